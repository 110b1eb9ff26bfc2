#include "message.h"

#include "locale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct value {
    const char *name;
    struct argument is;
};

static bool
find(void *context, const char *name, struct argument *out)
{
    for (const struct value *value = context; value->name; value++)
        if (strcmp(value->name, name) == 0)
            return *out = value->is, true;
    return false;
}

static struct value values[] = {{"n", {ARGUMENT_NUMBER, 3, NULL}},
                                {"one", {ARGUMENT_NUMBER, 1, NULL}},
                                {"none", {ARGUMENT_NUMBER, 0, NULL}},
                                {"half", {ARGUMENT_NUMBER, 1.5, NULL}},
                                {"who", {ARGUMENT_TEXT, 0, "anna"}},
                                {"hebrew", {ARGUMENT_TEXT, 0, "צוות (דרום)."}},
                                {"marked", {ARGUMENT_TEXT, 0, "a\xE2\x81\xA9שלום\xE2\x81\xA8z"}},
                                {"umlaut", {ARGUMENT_TEXT, 0, "ärger"}},
                                {"forecast.gap", {ARGUMENT_NUMBER, 12345600, NULL}},
                                {"lost", {ARGUMENT_NONE, 0, "no data"}},
                                {0}};

static void
assert_says(const char *tag, const char *pattern, const char *expected)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(NULL, false, false);
    struct locale *locale = locale_open(tag);
    struct buf out = {0};
    const struct message *message =
        message_parse(arena, pattern, (struct place){"words", 1, 1}, diag);
    assert_non_null(message);
    message_write(message, locale, (struct message_money){"EUR", 2},
                  (struct arguments){values, find}, &out);
    buf_char(&out, '\0');
    assert_string_equal(out.bytes, expected);
    buf_free(&out);
    locale_close(locale);
    diag_free(diag);
    arena_free(arena);
}

static void
arguments_and_formats(void **state)
{
    (void)state;
    assert_says("en-GB", "a {who} b", "a anna b");
    assert_says("en-GB", "{who, upper}, {umlaut, upper}", "Anna, Ärger");
    assert_says("en-GB", "{forecast.gap, money}|{forecast.gap, short}", "EUR\u00a0123k|123k");
    assert_says("de-DE", "{half, number}|{n, whole}|{half, ratio}", "1,5|3|1,5\u00d7");
    assert_says("en-GB", "{lost, money}", "no data");
    assert_says("en-GB", "{nobody}", "{nobody}");
}

static void
plurals(void **state)
{
    const char *pattern = "{%s, plural, =0 {none} one {# deal} other {# deals}}";
    static const struct {
        const char *name, *expected;
    } cases[] = {{"none", "none"}, {"one", "1 deal"}, {"n", "3 deals"}, {"half", "1.5 deals"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        snprintf(text, sizeof text, pattern, cases[i].name);
        assert_says("en-GB", text, cases[i].expected);
    }
    assert_says("pl-PL", "{n, plural, one {# a} few {# b} many {# c} other {# d}}", "3 b");
}

static void
selects(void **state)
{
    (void)state;
    assert_says("en-GB", "{who, select, anna {A} other {B}}", "A");
    assert_says("en-GB", "{who, select, bert {A} other {B}}", "B");
    assert_says("en-GB", "{n, select, known {told} other {untold}}", "told");
    assert_says("en-GB", "{lost, select, known {told} unknown {untold} other {?}}", "untold");
    assert_says("en-GB", "{lost, select, known {told} other {untold}}", "untold");
}

static void
nesting_and_quotes(void **state)
{
    (void)state;
    assert_says("en-GB", "{n, plural, other {{who, select, anna {her # of {n, whole}} other {}}}}",
                "her 3 of 3");
    assert_says("en-GB", "# stays, it's '{plain'}", "# stays, it's {plain}");
    assert_says("en-GB", "{who, select, anna {# stays} other {}}", "# stays");
}

/* The column is that of the character where the pattern goes wrong. */
static void
assert_refused(const char *pattern, const char *what, const char *column)
{
    struct arena *arena = arena_new();
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    char line[256] = "";
    assert_null(message_parse(arena, pattern, (struct place){"w.yaml", 7, 1}, diag));
    diag_flush(diag);
    rewind(stream);
    assert_non_null(fgets(line, sizeof line, stream));
    assert_non_null(strstr(line, what));
    assert_non_null(strstr(line, column));
    assert_int_equal(diag_exit(diag), EXIT_CONFIG);
    fclose(stream);
    diag_free(diag);
    arena_free(arena);
}

static void
faults(void **state)
{
    (void)state;
    assert_refused("a {n", "'}' is missing", "w.yaml:7:5:");
    assert_refused("a } b", "a '}' stands alone", "w.yaml:7:3:");
    assert_refused("{}", "a name is missing", "w.yaml:7:2:");
    assert_refused("{n, euros}", "an unknown format", "w.yaml:7:10:");
    assert_refused("{n, plural, one {x}}", "needs a branch 'other'", "w.yaml:7:20:");
    assert_refused("{n, select, a x}", "'{' is missing", "w.yaml:7:15:");
    assert_refused("é {n", "'}' is missing", "w.yaml:7:5:");
}

static void
too_deep(void **state)
{
    char pattern[1024] = "";
    (void)state;
    for (int i = 0; i < 20; i++)
        strcat(pattern, "{n, select, other {");
    strcat(pattern, "x");
    for (int i = 0; i < 20; i++)
        strcat(pattern, "}}");
    assert_refused(pattern, "nested too deeply", "w.yaml:7:");
}

/* What is written the other way keeps its signs, and the sentence its order. */
static void
foreign_arguments_are_isolated(void **state)
{
    (void)state;
    assert_says("en-GB", "Of {hebrew}, 3", "Of \xE2\x81\xA8צוות (דרום).\xE2\x81\xA9, 3");
    assert_says("en-GB", "{marked}",
                "\xE2\x81\xA8"
                "aשלוםz"
                "\xE2\x81\xA9");
    assert_says("en-GB", "{hebrew, select, other {{umlaut} and {who}}}", "ärger and anna");
    assert_says("ar-EG", "on {n, day}, 5",
                "on \xE2\x81\xA8"
                "4\u00a0يناير\u00a01970"
                "\xE2\x81\xA9, 5");
    assert_says("ar-EG", "{who, upper}",
                "\xE2\x81\xA8"
                "Anna"
                "\xE2\x81\xA9");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_arguments_are_isolated),
        cmocka_unit_test(arguments_and_formats),
        cmocka_unit_test(plurals),
        cmocka_unit_test(selects),
        cmocka_unit_test(nesting_and_quotes),
        cmocka_unit_test(faults),
        cmocka_unit_test(too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
