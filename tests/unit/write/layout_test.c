/* Nothing overlaps, is cut or leaves the page, whatever stands in a doc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "faults.h"
#include "fixture.h"
#include "flow.h"
#include "layout.h"
#include "opened.h"

#include <stdio.h>
#include <string.h>

static void
test_fixtures(void **state)
{
    (void)state;
    for (const struct fixture *fixture = fixtures; fixture->name; fixture++) {
        struct doc *doc = fixture_make(fixture, &metrics);
        struct layout *layout = layout_doc(doc, fonts, doc->arena);
        assert_int_equal(faults_count(layout, fixture->name), 0);
        arena_free(doc->arena);
    }
}

/* The checker itself must see what it is there for. */
static void
test_faults_are_found(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct layout *layout = layout_new(doc->arena, fonts, doc);
    layout_page(layout, NULL, false, false);
    uint32_t tag = layout_tag(layout, TAG_DOCUMENT, "P");
    layout_text(layout, 0, 100, 100, TEXT("one"), 9, false, INK_TEXT, ALIGN_START, tag);
    assert_int_equal(faults_count(layout, "one"), 0);
    layout_text(layout, 0, 105, 103, TEXT("other"), 9, false, INK_TEXT, ALIGN_START, tag);
    layout_text(layout, 0, 560, 300, TEXT("far out"), 9, false, INK_TEXT, ALIGN_START, tag);
    assert_int_equal(faults_count(layout, "found as meant"), 2);
    arena_free(doc->arena);
}

static bool
has_type(const struct layout *layout, const struct item *item, const char *prefix)
{
    return strncmp(layout->tag[item->tag].type, prefix, strlen(prefix)) == 0;
}

/* The last piece of content of each page is no heading. */
static uint32_t
count_lost_headings(const struct layout *layout)
{
    uint32_t lost = 0;
    for (uint32_t p = 0; p + 1 < layout->page_count; p++) {
        const struct item *last = NULL;
        for (uint32_t i = 0; i < layout->page[p].count; i++)
            if (faults_is_text(&layout->page[p].item[i]) && layout->page[p].item[i].tag)
                last = &layout->page[p].item[i];
        lost += last && has_type(layout, last, "H");
    }
    return lost;
}

static void
add_paragraphs(struct doc *doc, struct block *page, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        build_text(doc, page, BLOCK_PARAGRAPH, "A line of text.");
}

static struct doc_table *
small_table(struct doc *doc, uint32_t rows)
{
    static const struct doc_column columns[] = {{"Name", ALIGN_START, 0}, {"EUR", ALIGN_END, 0}};
    struct doc_table *table = build_table(doc, "A table", 2, columns, rows);
    for (uint32_t r = 0; r < rows; r++) {
        struct doc_row *row = build_row(doc, table, r + 1 == rows ? ROW_TOTAL : ROW_BODY);
        build_cell(doc, row, 0, r + 1 == rows ? "Total" : "Somebody", RUN_CRM);
        build_cell(doc, row, 1, "1,234", RUN_PLAIN);
    }
    return table;
}

/* How many rows of the table's body stand on a page, and whether its total does. */
static uint32_t
count_rows(const struct layout *layout, uint32_t p, bool *total)
{
    uint32_t rows = 0;
    *total = false;
    for (uint32_t i = 0; i < layout->page[p].count; i++) {
        const struct item *item = &layout->page[p].item[i];
        if (!faults_is_text(item) || !has_type(layout, item, "TH") ||
            strcmp(layout->tag[item->tag].scope, "Row") != 0)
            continue;
        rows++;
        *total |= text_equal(item->word[0]->text, TEXT("Total"));
    }
    return rows;
}

/* A heading and a table of every length, beginning everywhere on a page. */
static void
test_breaks(void **state)
{
    (void)state;
    for (uint32_t above = 0; above < 45; above++) {
        for (uint32_t rows = 3; rows < 70; rows += 6) {
            struct doc *doc = fixture_empty();
            struct block *page = build_titled(doc, NULL, BLOCK_SECTION, "a", "A section");
            add_paragraphs(doc, page, above);
            struct block *heading = build_titled(doc, page, BLOCK_HEADING, NULL, "A heading");
            heading->level = 2;
            build_titled(doc, page, BLOCK_TABLE, NULL, NULL)->table = small_table(doc, rows);
            struct layout *layout = layout_doc(doc, fonts, doc->arena);
            uint32_t all = 0;
            assert_int_equal(count_lost_headings(layout), 0);
            for (uint32_t p = 0; p < layout->page_count; p++) {
                bool total;
                uint32_t here = count_rows(layout, p, &total);
                assert_true(!total || here > 1); /* never alone */
                assert_true(all > 0 || here == 0 || here >= 3);
                all += here;
            }
            assert_int_equal(all, rows);
            assert_int_equal(faults_count(layout, "breaks"), 0);
            arena_free(doc->arena);
        }
    }
}

/* A chart keeps its title and note; a section title goes with it. */
static void
test_exhibits_stay_whole(void **state)
{
    (void)state;
    static const char *const names[] = {"One", "Two", "Three"};
    static const double values[] = {3, 2, 1};
    for (uint32_t above = 0; above < 45; above++) {
        struct doc *doc = fixture_empty();
        struct block *page = build_titled(doc, NULL, BLOCK_SECTION, "a", "A section");
        add_paragraphs(doc, page, above);
        page = build_titled(doc, NULL, BLOCK_SECTION, "b", "Another section");
        struct block *block = build_titled(doc, page, BLOCK_EXHIBIT, NULL, NULL);
        block->exhibit = arena_alloc(doc->arena, sizeof *block->exhibit);
        *block->exhibit =
            (struct doc_exhibit){.anchor = "x",
                                 .title = "Finding",
                                 .note = "Source",
                                 .scene = fixture_bars(doc, &metrics, 400, names, values, 3)};
        struct layout *layout = layout_doc(doc, fonts, doc->arena);
        const struct landing *section = layout_find(layout, "b"),
                             *exhibit = layout_find(layout, "x");
        assert_non_null(section);
        assert_int_equal(section->page, exhibit->page);
        const struct page *at = &layout->page[exhibit->page];
        uint32_t scenes = 0;
        for (uint32_t i = 0; i < at->count; i++)
            scenes += at->item[i].kind == ITEM_SCENE;
        assert_int_equal(scenes, 1);
        assert_int_equal(count_lost_headings(layout), 0);
        assert_int_equal(faults_count(layout, "exhibits"), 0);
        arena_free(doc->arena);
    }
}

static void
test_contents_from_four_pages(void **state)
{
    (void)state;
    for (uint32_t pages = 2; pages < 7; pages++) {
        struct doc *doc = fixture_empty();
        for (uint32_t p = 0; p < pages; p++) {
            const char *name = arena_printf(doc->arena, "Section %u", p + 1);
            const char *anchor = arena_printf(doc->arena, "s%u", p);
            struct block *page = build_titled(doc, NULL, BLOCK_SECTION, anchor, name);
            page->new_page = p > 0;
            if (p == 0)
                build_titled(doc, page, BLOCK_CONTENTS, NULL, NULL);
        }
        struct layout *layout = layout_doc(doc, fonts, doc->arena);
        uint32_t links = 0;
        for (uint32_t i = 0; i < layout->page[0].count; i++)
            links += layout->page[0].item[i].kind == ITEM_LINK;
        assert_int_equal(layout->page_count, pages);
        assert_int_equal(links, pages < 4 ? 0 : pages);
        arena_free(doc->arena);
    }
}

static void
test_wide_tables_lie(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct block *page = build_titled(doc, NULL, BLOCK_SECTION, "a", "A section");
    add_paragraphs(doc, page, 3);
    struct doc_table *table = small_table(doc, 40);
    table->wide = true;
    build_titled(doc, page, BLOCK_TABLE, NULL, NULL)->table = table;
    add_paragraphs(doc, page, 1);
    struct layout *layout = layout_doc(doc, fonts, doc->arena);
    assert_int_equal(layout->page_count, 4);
    assert_false(layout->page[0].landscape);
    assert_true(layout->page[1].landscape);
    assert_true(layout->page[2].landscape);
    assert_false(layout->page[3].landscape);
    assert_int_equal(faults_count(layout, "wide"), 0);
    arena_free(doc->arena);
}

static void
test_appendix_has_its_own_numbers(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    build_titled(doc, NULL, BLOCK_SECTION, "a", "One");
    struct block *two = build_titled(doc, NULL, BLOCK_SECTION, "b", "Two");
    two->appendix = true;
    struct layout *layout = layout_doc(doc, fonts, doc->arena);
    assert_int_equal(layout->page_count, 2);
    assert_false(layout->page[0].appendix);
    assert_true(layout->page[1].appendix);
    assert_int_equal(layout->page[1].number, 1);
    arena_free(doc->arena);
}

/* At the right of the title, whose lines keep away from it. */
static void
test_logo(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    doc->logo = SOURCE_DIR "/tests/unit/write/logo.png";
    doc->title = "A title so long that it would run under the logo if nothing held it back there";
    struct layout *layout = layout_doc(doc, fonts, doc->arena);
    const struct item *logo = NULL;
    for (uint32_t i = 0; i < layout->page[0].count; i++)
        if (layout->page[0].item[i].kind == ITEM_IMAGE)
            logo = &layout->page[0].item[i];
    assert_non_null(logo);
    assert_true(logo->width <= 150 && logo->height <= 36);
    assert_float_equal(logo->x + logo->width, layout->width - MARGIN_SIDE, 0.01);
    assert_float_equal(logo->width / logo->height, 240 / 64.0, 0.01);
    assert_string_equal(layout->tag[logo->tag].type, "Figure");
    assert_string_equal(layout->tag[logo->tag].alternative, "Northwind");
    assert_int_equal(faults_count(layout, "logo"), 0);
    arena_free(doc->arena);
}

/* A section that ends just behind its page is put closer together; one much longer is not. */
static void
test_sections_fit(void **state)
{
    (void)state;
    enum { UNTIGHTENED = 33 /* lines that fit as they are */ };
    uint32_t closer = 0, most = 0;
    for (uint32_t lines = 25; lines < 60; lines++) {
        struct doc *doc = fixture_empty();
        struct block *page = build_titled(doc, NULL, BLOCK_SECTION, "a", "A section");
        add_paragraphs(doc, page, lines);
        page = build_titled(doc, NULL, BLOCK_SECTION, "b", "Another");
        page->new_page = true;
        struct layout *layout = layout_doc(doc, fonts, doc->arena);
        float low = 0;
        for (uint32_t i = 0; i < layout->page[0].count; i++)
            if (layout->page[0].item[i].tag != TAG_NONE)
                low = layout->page[0].item[i].y > low ? layout->page[0].item[i].y : low;
        closer += layout->page_count == 2 && low > layout->height - MARGIN_BOTTOM - 40;
        assert_true(layout->page_count == (layout_find(layout, "b")->page == 1 ? 2 : 3));
        most = layout->page_count == 2 ? lines : most;
        assert_int_equal(faults_count(layout, "fit"), 0);
        arena_free(doc->arena);
    }
    assert_true(closer > 3);
    assert_true(most > UNTIGHTENED + 3);
}

/* A day stays on one line beside texts that would take all the room. */
static void
test_days_stay_whole(void **state)
{
    (void)state;
    static const struct doc_column columns[] = {{"Deal", ALIGN_START, 0},
                                                {"Owner", ALIGN_START, 0},
                                                {"Close", ALIGN_START, 0},
                                                {"Watch", ALIGN_START, 0}};
    struct doc *doc = fixture_empty();
    struct doc_table *table = build_table(doc, NULL, 4, columns, 1);
    struct doc_row *row = build_row(doc, table, ROW_BODY);
    char *name = arena_alloc(doc->arena, 121);
    memset(name, 'W', 120);
    build_cell(doc, row, 0, "A deal title of sixty characters, no more and no less, it is",
               RUN_CRM);
    build_cell(doc, row, 1, name, RUN_CRM);
    build_cell(doc, row, 2, "14 Sept 2026", RUN_PLAIN);
    build_cell(doc, row, 3, "past close date, silent, one person only, no next step, long in stage",
               RUN_PLAIN);
    build_titled(doc, NULL, BLOCK_TABLE, NULL, NULL)->table = table;
    struct layout *layout = layout_doc(doc, fonts, doc->arena);
    uint32_t whole = 0;
    for (uint32_t i = 0; i < layout->page[0].count; i++) {
        const struct item *item = &layout->page[0].item[i];
        whole += faults_is_text(item) && item->word_count == 5 &&
                 text_equal(item->word[2]->text, TEXT("Sept"));
    }
    assert_int_equal(whole, 1);
    assert_int_equal(faults_count(layout, "days"), 0);
    arena_free(doc->arena);
}

/* Titles of any length, and names that have no place to break. */
static void
test_long_titles(void **state)
{
    (void)state;
    for (size_t length = 1; length < 3000; length = length * 2 + 1) {
        struct doc *doc = fixture_empty();
        char *title = arena_alloc(doc->arena, length + 1),
             *word = arena_alloc(doc->arena, length + 1);
        for (size_t i = 0; i < length; i++) {
            title[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
            word[i] = (char)('A' + i % 26);
        }
        doc->title = title;
        doc->footer = doc->company = doc->classification = word;
        struct block *page = build_titled(doc, NULL, BLOCK_SECTION, "a", word);
        struct block *figures = build_titled(doc, page, BLOCK_FIGURES, NULL, NULL);
        build_figure(doc, figures, (struct doc_figure){NULL, title, word, title, word});
        build_titled(doc, page, BLOCK_JUDGEMENT, NULL, title);
        build_text(doc, page, BLOCK_BANNER, word);
        struct layout *layout = layout_doc(doc, fonts, doc->arena);
        assert_int_equal(faults_count(layout, "long titles"), 0);
        arena_free(doc->arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults_are_found),
        cmocka_unit_test(test_fixtures),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_exhibits_stay_whole),
        cmocka_unit_test(test_contents_from_four_pages),
        cmocka_unit_test(test_wide_tables_lie),
        cmocka_unit_test(test_appendix_has_its_own_numbers),
        cmocka_unit_test(test_logo),
        cmocka_unit_test(test_sections_fit),
        cmocka_unit_test(test_days_stay_whole),
        cmocka_unit_test(test_long_titles),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
