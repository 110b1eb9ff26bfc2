/* A doc as a PDF file; what other programs say of it stands in tests/system/pdf.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "fixture.h"
#include "layout.h"
#include "opened.h"
#include "pdf.h"
#include "pdf_file.h"

#include <string.h>

static void
test_same_bytes(void **state)
{
    (void)state;
    for (const struct fixture *fixture = fixtures; fixture->name; fixture++) {
        struct doc *doc = fixture_make(fixture, &metrics), *again = fixture_make(fixture, &metrics);
        struct buf one = {0}, other = {0};
        struct write_result result = pdf_write(doc, fonts, &one);
        assert_null(result.fault);
        assert_int_equal(result.pages, layout_doc(doc, fonts, doc->arena)->page_count);
        assert_memory_equal(one.bytes, "%PDF-1.7", 8);
        assert_memory_equal(one.bytes + one.length - 6, "%%EOF\n", 6);
        assert_null(pdf_write(again, fonts, &other).fault);
        assert_int_equal(one.length, other.length);
        assert_memory_equal(one.bytes, other.bytes, one.length);
        buf_free(&one);
        buf_free(&other);
        arena_free(doc->arena);
        arena_free(again->arena);
    }
}

static void
test_boxes_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t boxed;
    } cases[] = {{"Zażółć 王小明 שלום", 0}, {"two 🚀🔥 of them", 2}, {"\xF3\xB0\x80\x80", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc *doc = fixture_empty();
        struct buf out = {0};
        build_text(doc, NULL, BLOCK_PARAGRAPH, cases[i].text);
        assert_int_equal(pdf_write(doc, fonts, &out).boxed, cases[i].boxed);
        buf_free(&out);
        arena_free(doc->arena);
    }
}

static void
test_logo_that_cannot_be_read(void **state)
{
    (void)state;
    struct doc *doc = fixture_empty();
    struct buf out = {0};
    doc->logo = "/nowhere.png";
    assert_string_equal(pdf_write(doc, fonts, &out).fault, "the logo /nowhere.png cannot be read");
    buf_free(&out);
    arena_free(doc->arena);
}

/* What is not of the form that libharu writes is refused, wherever it ends. */
static void
test_other_files_are_refused(void **state)
{
    (void)state;
    static const char file[] = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f\r\n"
                               "0000000009 00000 n\r\ntrailer\n<<>>\nstartxref\n30\n%%EOF";
    struct pdf_objects none = {.first = 3};
    const struct pdf_contents nothing = {0};
    for (uint32_t length = 0; length < sizeof file; length++) {
        struct buf out = {0};
        assert_false(pdf_file_pack((struct text){file, length}, &nothing, &none, &out));
        buf_free(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_boxes_are_counted),
        cmocka_unit_test(test_logo_that_cannot_be_read),
        cmocka_unit_test(test_other_files_are_refused),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
