/* A doc as one HTML file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "fixture.h"
#include "html.h"
#include "opened.h"
#include "picture.h"
#include "sha256.h"
#include "symbols.h"

#include <stdio.h>
#include <string.h>

/* The page of a doc, as a string of the doc's arena. */
static const char *
page_of(const struct doc *doc)
{
    struct buf out = {0};
    struct write_result result = html_write(doc, fonts, &out);
    assert_null(result.fault);
    const char *page = arena_copy(doc->arena, out.bytes, out.length);
    buf_free(&out);
    return page;
}

static bool
has(const char *page, const char *what)
{
    return strstr(page, what) != NULL;
}

static void
test_policy_holds_the_style(void **state)
{
    (void)state;
    struct doc *doc = fixture_make(&fixtures[0], &metrics);
    const char *page = page_of(doc), *style = strstr(page, "<style>") + strlen("<style>");
    struct buf base64 = {0};
    char hex[65], bytes[32];
    sha256_hex(style, (size_t)(strstr(style, "</style>") - style), hex);
    for (size_t i = 0; i < 32; i++) {
        unsigned value;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &value), 1);
        bytes[i] = (char)value;
    }
    picture_base64((struct text){bytes, 32}, &base64);
    const char *policy =
        arena_printf(doc->arena, "style-src 'sha256-%.*s'", (int)base64.length, base64.bytes);
    assert_true(has(page, policy));
    assert_false(has(page, "<script"));
    assert_false(has(page, " style="));
    assert_false(has(page, "http:"));
    buf_free(&base64);
    arena_free(doc->arena);
}

/* Every id stands once, every inner link leads to one, no heading level is left out. */
static void
test_ids_and_headings(void **state)
{
    (void)state;
    for (const struct fixture *fixture = fixtures; fixture->name; fixture++) {
        struct doc *doc = fixture_make(fixture, &metrics);
        const char *page = page_of(doc);
        struct symbols *ids = symbols_new(64);
        for (const char *at = page; (at = strstr(at, " id=\"")); at++) {
            uint32_t known = symbols_count(ids);
            struct text id = {at + 5, (uint32_t)strcspn(at + 5, "\"")};
            assert_int_equal(symbols_intern(ids, id), known);
        }
        for (const char *at = page; (at = strstr(at, " href=\"#")); at++) {
            struct text id = {at + 8, (uint32_t)strcspn(at + 8, "\"")};
            assert_int_not_equal(symbols_find(ids, id), SYMBOL_NONE);
        }
        char level = '0';
        for (const char *at = strstr(page, "<body"); (at = strstr(at, "<h")); at++)
            if (at[2] >= '1' && at[2] <= '6') {
                assert_true(at[2] <= level + 1);
                level = at[2];
            }
        symbols_free(ids);
        arena_free(doc->arena);
    }
}

static void
test_links(void **state)
{
    (void)state;
    static const struct {
        const char *url, *written;
    } cases[] = {
        {"https://example.com/a?b=1&c", "<a href=\"https://example.com/a?b&#61;1&amp;c\">x</a>"},
        {"teams/north/pack.html", "<a href=\"teams/north/pack.html\">x</a>"},
        {"javascript:alert(1)", "<p>x</p>"},
        {"//elsewhere.example/", "<p>x</p>"},
        {"a#b#c", "<p>x</p>"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc *doc = fixture_empty();
        struct block *block = build_text(doc, NULL, BLOCK_PARAGRAPH, "x");
        block->text.run[0].url = cases[i].url;
        assert_true(has(page_of(doc), cases[i].written));
        arena_free(doc->arena);
    }
}

static void
test_foreign_text(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct block *block = build_text(doc, NULL, BLOCK_PARAGRAPH, "by ");
    build_run(doc, &block->text, "\xE2\x80\xAE<b>\x01שלום 🚀", RUN_CRM | RUN_BOLD, NULL);
    doc->title = "<i>&";
    const char *page = page_of(doc);
    assert_true(has(page, "<p>by <strong><bdi>&lt;b&gt;\xEF\xBF\xBDשלום 🚀</bdi></strong></p>"));
    assert_true(has(page, "<title>&lt;i&gt;&amp;</title>"));
    assert_true(has(page, "<h1>&lt;i&gt;&amp;</h1>"));
    arena_free(doc->arena);
}

static void
test_details(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct block *details = build_titled(doc, NULL, BLOCK_DETAILS, "rows", "Three rows");
    build_text(doc, details, BLOCK_PARAGRAPH, "inside");
    const char *page = page_of(doc);
    assert_true(has(page, "<details id=\"rows\"><summary>Three rows</summary>\n<p>inside</p>"));
    arena_free(doc->arena);
}

static void
test_logo(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct buf out = {0};
    assert_false(has(page_of(doc), "<img"));
    doc->company = "A \"B\"";
    doc->logo = SOURCE_DIR "/tests/unit/write/logo.png";
    const char *page = page_of(doc);
    assert_true(has(page, "<img class=\"logo\" width=\"180\" height=\"48\" alt=\"A &quot;B&quot;\" "
                          "src=\"data:image/png;base64,iVBORw0KGgo"));
    doc->logo = "/nowhere.png";
    assert_string_equal(html_write(doc, fonts, &out).fault, "the logo /nowhere.png cannot be read");
    buf_free(&out);
    arena_free(doc->arena);
}

static void
test_missing_template(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct buf out = {0};
    doc->frame = "nothing.html";
    const char *fault = html_write(doc, fonts, &out).fault;
    assert_non_null(fault);
    assert_true(has(fault, "nothing.html or pack.css cannot be read"));
    buf_free(&out);
    arena_free(doc->arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_policy_holds_the_style),
        cmocka_unit_test(test_ids_and_headings),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_foreign_text),
        cmocka_unit_test(test_details),
        cmocka_unit_test(test_logo),
        cmocka_unit_test(test_missing_template),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
