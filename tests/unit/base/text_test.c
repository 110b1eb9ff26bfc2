#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text.h"

#include <stdio.h>
#include <stdlib.h>

static const struct text nothing = {NULL, 0};

static int
sign(int number)
{
    return (number > 0) - (number < 0);
}

static void
order_is_by_bytes(void **state)
{
    static const char *const sorted[] = {"", "A", "AB", "B", "a", "\xC3\xA9", "\xFF"};
    (void)state;
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++)
            assert_int_equal(sign(text_compare(text_of(sorted[i]), text_of(sorted[j]))),
                             sign(i - j));
    assert_int_equal(text_compare(nothing, TEXT("")), 0);
    assert_true(text_compare((struct text){"a\0b", 3}, TEXT("a")) > 0);
    assert_true(text_equal(nothing, TEXT("")));
    assert_true(text_equal(text_of(NULL), nothing));
    assert_false(text_equal(TEXT("a"), TEXT("b")));
}

static void
case_is_folded_for_ascii_alone(void **state)
{
    (void)state;
    assert_true(text_equal_nocase(TEXT("Deal Owner"), TEXT("dEAL oWNER")));
    assert_false(text_equal_nocase(TEXT("é"), TEXT("É")));
    assert_false(text_equal_nocase(TEXT("a@"), TEXT("a`"))); /* 32 apart, but no letters */
    assert_false(text_equal_nocase(TEXT("a"), TEXT("ab")));
    assert_true(text_equal_nocase(nothing, nothing));
}

static void
trimming_takes_all_blanks(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"a", "a"},
        {"  a b \t\r\n", "a b"},
        {"\u00A0a\u00A0", "a"},
        {"\u200B\u202F\uFEFF a", "a"},
        {"a\u200B\u202F\uFEFF", "a"},
        {" \u00A0 ", ""},
        {"\u00E9", "\u00E9"},
        {"\xA0", "\xA0"}, /* half a blank is none */
        {"a\u2003b", "a\u2003b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(text_equal(text_trim(text_of(cases[i][0])), text_of(cases[i][1])));
    assert_int_equal(text_trim(nothing).length, 0);
}

static bool
is_valid(const char *string)
{
    return text_valid_utf8(string, strlen(string)) == strlen(string);
}

static void
utf8_is_checked_to_the_letter(void **state)
{
    static const char *const good[] = {
        "", "plain", "\x7F\xC2\x80\u07FF\u0800\xED\x9F\xBF\uE000\uFFFF", "\U00010000\U0010FFFF"};
    static const char *const bad[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC3",
                                      "\xC3(",
                                      "\xE0\x80\x80",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xED\xBF\xBF",
                                      "\xE2\x82",
                                      "\xE2\x82(",
                                      "\xF0\x80\x80\x80",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF4\x90\x80\x80",
                                      "\xF0\x9F\x98",
                                      "\xF0\x9F\x98(",
                                      "\xF5\x80\x80\x80",
                                      "\xFE",
                                      "\xFF"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(is_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char long_text[64];
        assert_int_equal(text_valid_utf8(bad[i], strlen(bad[i])), 0);
        snprintf(long_text, sizeof long_text, "twenty bytes before %s", bad[i]);
        assert_int_equal(text_valid_utf8(long_text, strlen(long_text)), 20);
    }
    assert_int_equal(text_valid_utf8(NULL, 0), 0);
    assert_int_equal(text_valid_utf8("a\0b", 3), 3);
}

static void
distance_counts_slips(void **state)
{
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"", "", 0},
        {"a", "", 1},
        {"period", "perid", 1},
        {"period", "pediod", 1},
        {"period", "preiod", 1},
        {"stages", "STAGES", 0},
        {"kitten", "sitting", 3},
        {"ab", "xyz", 3},
        {"ca", "abc", 3}, /* optimal string alignment: no edit between the swapped letters */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text a = text_of(cases[i].a), b = text_of(cases[i].b);
        assert_int_equal(text_distance(a, b, 9), cases[i].distance);
        assert_int_equal(text_distance(b, a, 9), cases[i].distance);
        assert_int_equal(text_distance(a, b, 1), cases[i].distance < 2 ? cases[i].distance : 2);
    }
}

static void
distance_of_long_texts_is_not_sought(void **state)
{
    static char a[200], b[200];
    (void)state;
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    assert_int_equal(text_distance((struct text){a, 200}, (struct text){b, 200}, 3), 4);
    assert_int_equal(text_distance((struct text){a, 200}, (struct text){a, 200}, 3), 0);
    assert_int_equal(text_distance((struct text){a, 127}, (struct text){b, 127}, 200), 127);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_by_bytes),
        cmocka_unit_test(case_is_folded_for_ascii_alone),
        cmocka_unit_test(trimming_takes_all_blanks),
        cmocka_unit_test(utf8_is_checked_to_the_letter),
        cmocka_unit_test(distance_counts_slips),
        cmocka_unit_test(distance_of_long_texts_is_not_sought),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
