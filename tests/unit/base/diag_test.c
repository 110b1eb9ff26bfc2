#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag.h"

#include <stdlib.h>
#include <string.h>

/* What a diag printed so far. */
struct page {
    FILE *stream;
    char *text;
    size_t length;
};

static const struct place nowhere = {NULL, 0, 0};

static void
a_message_names_its_place(void **state)
{
    (void)state;
    struct page page;
    page.stream = open_memstream(&page.text, &page.length);
    struct diag *diag = diag_new(page.stream, false, false);
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "a.b", (struct place){"c.yaml", 3, 7}, "no %s",
                "x");
    diag_hint(diag, "did you mean %s?", "y");
    diag_report(diag, SEVERITY_WARNING, EXIT_OK, "a.c", (struct place){"c.yaml", 4, 0}, "line");
    diag_report(diag, SEVERITY_NOTE, EXIT_OK, "a.d", (struct place){"c.yaml", 0, 9}, "file");
    diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "a.e", nowhere, "nowhere");
    diag_flush(diag);
    diag_flush(diag);
    assert_string_equal(page.text, "c.yaml:3:7: error: no x [a.b]\n"
                                   "  hint: did you mean y?\n"
                                   "c.yaml:4: warning: line [a.c]\n"
                                   "c.yaml: note: file [a.d]\n"
                                   "sefpack: error: nowhere [a.e]\n");
    assert_int_equal(diag_count(diag, SEVERITY_ERROR), 2);
    assert_int_equal(diag_count(diag, SEVERITY_WARNING), 1);
    assert_int_equal(diag_count(diag, SEVERITY_NOTE), 1);
    diag_free(diag);
    fclose(page.stream);
    free(page.text);
}

static void
repeats_are_counted(void **state)
{
    (void)state;
    struct page page;
    page.stream = open_memstream(&page.text, &page.length);
    struct diag *diag = diag_new(page.stream, false, false);
    for (uint32_t i = 1; i <= 7; i++) {
        diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "row.bad", (struct place){"a.csv", i, 0},
                    "x%u", i);
        diag_hint(diag, "h%u", i);
    }
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "row.bad", (struct place){"b.csv", 1, 0},
                "other");
    diag_flush(diag);
    static const char first[] = "a.csv:1: error: x1 [row.bad]\n  hint: h1\n"
                                "a.csv:2: error: x2 [row.bad]\n  hint: h2\n"
                                "a.csv:3: error: x3 [row.bad]\n  hint: h3\n"
                                "a.csv:4: error: x4 [row.bad]\n  hint: h4\n"
                                "a.csv:5: error: x5 [row.bad]\n  hint: h5\n"
                                "b.csv:1: error: other [row.bad]\n"
                                "a.csv: error: 2 more of these [row.bad]\n";
    assert_string_equal(page.text, first);
    diag_flush(diag);
    assert_string_equal(page.text, first);
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "row.bad", (struct place){"a.csv", 8, 0}, "x8");
    diag_flush(diag);
    assert_string_equal(page.text + strlen(first), "a.csv: error: 1 more of these [row.bad]\n");
    assert_int_equal(diag_count(diag, SEVERITY_ERROR), 9);
    diag_free(diag);
    fclose(page.stream);
    free(page.text);
}

static void
foreign_text_cannot_act(void **state)
{
    (void)state;
    struct page page;
    page.stream = open_memstream(&page.text, &page.length);
    struct diag *diag = diag_new(page.stream, false, false);
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "a", (struct place){"\033[2J.csv", 1, 0},
                "a\nforged: error\x7F\xFF \u202E\u2066 é\xC2\x85");
    diag_flush(diag);
    assert_string_equal(page.text, "\\x1b[2J.csv:1: error: a\\x0aforged: error\\x7f\\xff "
                                   "\\xe2\\x80\\xae\\xe2\\x81\\xa6 é\\xc2\\x85 [a]\n");
    diag_free(diag);
    fclose(page.stream);
    free(page.text);
}

static void
json_has_one_object_a_line(void **state)
{
    (void)state;
    struct page page;
    page.stream = open_memstream(&page.text, &page.length);
    struct diag *diag = diag_new(page.stream, true, true);
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "a", (struct place){"x.csv", 1, 2}, "say \"%s\"",
                "hi");
    diag_hint(diag, "h");
    diag_report(diag, SEVERITY_NOTE, EXIT_OK, "b", nowhere, "n");
    diag_flush(diag);
    assert_string_equal(
        page.text,
        "{\"severity\":\"error\",\"id\":\"a\",\"file\":\"x.csv\",\"line\":1,\"column\":2,"
        "\"message\":\"say \\\"hi\\\"\",\"hint\":\"h\"}\n"
        "{\"severity\":\"note\",\"id\":\"b\",\"file\":null,\"line\":0,\"column\":0,"
        "\"message\":\"n\",\"hint\":null}\n");
    diag_free(diag);
    fclose(page.stream);
    free(page.text);
}

static void
colour_is_for_the_word_alone(void **state)
{
    (void)state;
    struct page page;
    page.stream = open_memstream(&page.text, &page.length);
    struct diag *diag = diag_new(page.stream, true, false);
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "a", nowhere, "x");
    diag_flush(diag);
    assert_string_equal(page.text, "sefpack: \033[1;31merror\033[0m: x [a]\n");
    diag_free(diag);
    fclose(page.stream);
    free(page.text);
}

static void
the_weightiest_code_is_the_exit(void **state)
{
    static const enum exit_code order[] = {EXIT_FAILED, EXIT_DELIVERY, EXIT_IDENTITY, EXIT_PACK,
                                           EXIT_INPUT,  EXIT_CONFIG,   EXIT_USAGE};
    (void)state;
    struct diag *diag = diag_new(NULL, false, false);
    assert_int_equal(diag_exit(diag), EXIT_OK);
    diag_report(diag, SEVERITY_WARNING, EXIT_OK, "w", nowhere, "w");
    diag_hint(diag, "h");
    assert_int_equal(diag_exit(diag), EXIT_OK);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        diag_report(diag, SEVERITY_ERROR, order[i], "e", nowhere, "e");
        assert_int_equal(diag_exit(diag), order[i]);
    }
    diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "e", nowhere, "e");
    assert_int_equal(diag_exit(diag), EXIT_USAGE);
    diag_flush(diag); /* without a stream: nothing */
    diag_hint(diag, "too late: nothing");
    diag_free(diag);
    diag_free(NULL);
}

/* The caller's strings may be gone by the time of printing. */
static void
messages_keep_their_own_copies(void **state)
{
    (void)state;
    struct page page;
    page.stream = open_memstream(&page.text, &page.length);
    struct diag *diag = diag_new(page.stream, false, false);
    char id[] = "idid", file[] = "file";
    diag_report(diag, SEVERITY_NOTE, EXIT_OK, id, (struct place){file, 1, 1}, "%s", "w");
    memset(id, 'x', 4);
    memset(file, 'x', 4);
    diag_flush(diag);
    assert_string_equal(page.text, "file:1:1: note: w [idid]\n");
    diag_free(diag);
    fclose(page.stream);
    free(page.text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_names_its_place),
        cmocka_unit_test(repeats_are_counted),
        cmocka_unit_test(foreign_text_cannot_act),
        cmocka_unit_test(json_has_one_object_a_line),
        cmocka_unit_test(colour_is_for_the_word_alone),
        cmocka_unit_test(the_weightiest_code_is_the_exit),
        cmocka_unit_test(messages_keep_their_own_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
