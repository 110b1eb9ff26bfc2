#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "locale.h"

#include <math.h>
#include <stdlib.h>

/* What a call appends, as a string that lives until the next one. */
static struct buf out;

static const char *
text_now(void)
{
    return out.bytes ? out.bytes : "";
}

#define SHOW(call) (buf_clear(&out), call, text_now())

static const char *
number(const char *tag, double value, int decimals)
{
    struct locale *locale = locale_open(tag);
    assert_non_null(locale);
    SHOW(locale_number(locale, &out, value, decimals, SIGN_MINUS));
    locale_close(locale);
    return text_now();
}

static const char *
kpi(const char *tag, double minor, const char *code, int digits)
{
    struct locale *locale = locale_open(tag);
    assert_non_null(locale);
    SHOW(locale_money(locale, &out, minor, code, digits, SIGN_MINUS));
    locale_close(locale);
    return text_now();
}

static void
separators_are_those_of_the_country(void **state)
{
    (void)state;
    assert_string_equal(number("en-GB", 1234567.891, 2), "1,234,567.89");
    assert_string_equal(number("en-US", 1234567.891, 2), "1,234,567.89");
    assert_string_equal(number("de-DE", 1234567.891, 2), "1.234.567,89");
    assert_string_equal(number("de-CH", 1234567.891, 2), "1’234’567.89");
    assert_string_equal(number("fr-FR", 1234567.891, 2), "1\u202F234\u202F567,89");
    assert_string_equal(number("en-IN", 1234567.891, 2), "12,34,567.89");
    assert_string_equal(number("es-ES", 1234, 0), "1234");
    assert_string_equal(number("es-ES", 12345, 0), "12.345");
    assert_string_equal(number("ar-EG", 1234.5, 1), "1,234.5"); /* European digits everywhere */
}

static void
numbers_keep_their_decimals(void **state)
{
    (void)state;
    assert_string_equal(number("en-GB", 0, 0), "0");
    assert_string_equal(number("en-GB", -0.0, 2), "0.00");
    assert_string_equal(number("en-GB", -0.004, 2), "0.00");
    assert_string_equal(number("en-GB", -0.005, 2), "−0.01");
    assert_string_equal(number("en-GB", 999.5, 0), "1,000");
    assert_string_equal(number("en-GB", 1.005, 2), "1.01");
    assert_string_equal(number("en-GB", 1e21, 0), "1,000,000,000,000,000,000,000");
    assert_string_equal(number("en-GB", 4.9e-324, 3), "0.000");
    assert_string_equal(number("en-GB", -1234, 0), "−1,234");
}

static void
whole_numbers_reach_their_limits(void **state)
{
    (void)state;
    struct locale *en = locale_open("en-GB");
    assert_string_equal(SHOW(locale_whole(en, &out, INT64_MAX, SIGN_MINUS)),
                        "9,223,372,036,854,775,807");
    assert_string_equal(SHOW(locale_whole(en, &out, INT64_MIN, SIGN_MINUS)),
                        "−9,223,372,036,854,775,808");
    assert_string_equal(SHOW(locale_whole(en, &out, 999, SIGN_ALWAYS)), "+999");
    assert_string_equal(SHOW(locale_whole(en, &out, 0, SIGN_ALWAYS)), "0");
    locale_close(en);
}

static void
signs_are_shown_on_differences(void **state)
{
    (void)state;
    struct locale *en = locale_open("en-GB");
    assert_string_equal(SHOW(locale_number(en, &out, 1.25, 1, SIGN_ALWAYS)), "+1.3");
    assert_string_equal(SHOW(locale_number(en, &out, -1.25, 1, SIGN_ALWAYS)), "−1.3");
    assert_string_equal(SHOW(locale_number(en, &out, 0.04, 1, SIGN_ALWAYS)), "0.0");
    assert_string_equal(SHOW(locale_number(en, &out, -0.04, 1, SIGN_ALWAYS)), "0.0");
    locale_close(en);
}

static void
compact_numbers_have_three_digits(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},          {0.5, "0.5"},       {12, "12"},           {987, "987"},
        {999.4, "999"},    {999.5, "1.00k"},   {12345, "12.3k"},     {999499, "999k"},
        {999500, "1.00m"}, {4225000, "4.23m"}, {-4225000, "−4.23m"}, {1.5e9, "1.50bn"},
        {2e12, "2.00tn"},  {5e16, "50,000tn"}, {9.995, "10"},
    };
    struct locale *en = locale_open("en-GB");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(SHOW(locale_compact(en, &out, cases[i].value, SIGN_MINUS)),
                            cases[i].text);
    locale_close(en);
}

static void
percents_follow_the_rule_of_ten(void **state)
{
    (void)state;
    static const struct {
        double share;
        const char *text;
    } cases[] = {
        {0, "0%"},           {0.0004, "<0.1%"}, {0.0005, "0.1%"}, {0.012, "1.2%"},
        {0.0994, "9.9%"},    {0.0995, "10%"},   {0.123, "12%"},   {0.285, "29%"},
        {0.9999, "100%"},    {1, "100%"},       {12.5, "1,250%"}, {-0.031, "−3.1%"},
        {-0.0001, ">−0.1%"},
    };
    struct locale *en = locale_open("en-GB"), *de = locale_open("de"), *tr = locale_open("tr");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(SHOW(locale_percent(en, &out, cases[i].share)), cases[i].text);
    assert_string_equal(SHOW(locale_percent(de, &out, 0.012)), "1,2\u00A0%");
    assert_string_equal(SHOW(locale_percent(de, &out, 0.0001)), "<0,1\u00A0%");
    assert_string_equal(SHOW(locale_percent(tr, &out, 0.5)), "%50");
    assert_string_equal(SHOW(locale_percent_fixed(de, &out, 0.12345, 1, false)), "12,3\u00A0%");
    assert_string_equal(SHOW(locale_percent_fixed(de, &out, 0.12345, 1, true)), "12,3");
    locale_close(en);
    locale_close(de);
    locale_close(tr);
}

static void
points_are_signed(void **state)
{
    (void)state;
    struct locale *en = locale_open("en-GB"), *de = locale_open("de-DE");
    assert_string_equal(SHOW(locale_points(en, &out, 0.012)), "+1.2\u00A0pp");
    assert_string_equal(SHOW(locale_points(en, &out, -0.25)), "−25\u00A0pp");
    assert_string_equal(SHOW(locale_points(en, &out, 0)), "0.0\u00A0pp");
    assert_string_equal(SHOW(locale_points(de, &out, -0.012)), "−1,2\u00A0PP");
    assert_string_equal(SHOW(locale_ratio(en, &out, 2.5, 1)), "2.5×");
    assert_string_equal(SHOW(locale_ratio(de, &out, 1.67, 2)), "1,67×");
    locale_close(en);
    locale_close(de);
}

static void
money_for_reading_has_words(void **state)
{
    (void)state;
    assert_string_equal(kpi("en-GB", 423000000, "EUR", 2), "EUR\u00A04.23m");
    assert_string_equal(kpi("en-GB", -423000000, "EUR", 2), "−EUR\u00A04.23m");
    assert_string_equal(kpi("en-GB", 1234500, "USD", 2), "USD\u00A012.3k");
    assert_string_equal(kpi("en-GB", 99949999, "EUR", 2), "EUR\u00A0999k");
    assert_string_equal(kpi("en-GB", 99950000, "EUR", 2), "EUR\u00A01.00m");
    assert_string_equal(kpi("en-GB", 0, "EUR", 2), "EUR\u00A00");
    assert_string_equal(kpi("en-GB", 12345, "EUR", 2), "EUR\u00A0123");
    assert_string_equal(kpi("en-GB", 5, "EUR", 2), "EUR\u00A00.05");
    assert_string_equal(kpi("en-GB", 42, "JPY", 0), "JPY\u00A042");
    assert_string_equal(kpi("en-GB", 1500000, "KWD", 3), "KWD\u00A01.50k");
    assert_string_equal(kpi("en-GB", 150000000000, NULL, 2), "1.50bn");
    assert_string_equal(kpi("de-DE", 423000000, "EUR", 2), "4,23\u00A0Mio.\u00A0EUR");
    assert_string_equal(kpi("de-DE", 1234500, "EUR", 2), "12,3\u00A0Tsd.\u00A0EUR");
    assert_string_equal(kpi("de-CH", 423000000, "CHF", 2), "CHF\u00A04.23\u00A0Mio.");
    assert_string_equal(kpi("fr-FR", 423000000000, "EUR", 2), "4,23\u00A0Md\u00A0EUR");
    assert_string_equal(kpi("fr-FR", 1234500, "EUR", 2), "12,3\u00A0k\u00A0EUR");
}

static void
money_for_tables_has_fixed_decimals(void **state)
{
    (void)state;
    struct locale *en = locale_open("en-GB"), *ch = locale_open("de-CH");
    assert_string_equal(SHOW(locale_money_table(en, &out, 123456789, 2, 0, 0, SIGN_MINUS)),
                        "1,234,568");
    assert_string_equal(SHOW(locale_money_table(en, &out, 123456789, 2, 6, 2, SIGN_MINUS)), "1.23");
    assert_string_equal(SHOW(locale_money_table(ch, &out, -123456789, 2, 0, 2, SIGN_MINUS)),
                        "−1’234’567.89");
    assert_string_equal(SHOW(locale_money_table(en, &out, 50, 2, 0, 0, SIGN_ALWAYS)), "+1");
    assert_string_equal(SHOW(locale_money_table(en, &out, 49, 2, 0, 0, SIGN_ALWAYS)), "0");
    assert_string_equal(locale_power_word(en, 6), "m");
    assert_string_equal(locale_power_word(ch, 3), "Tsd.");
    assert_string_equal(locale_power_word(ch, 0), "");
    locale_close(en);
    locale_close(ch);
}

static void
money_in_full_is_exact(void **state)
{
    (void)state;
    struct locale *en = locale_open("en-GB"), *de = locale_open("de-DE");
#define FULL(locale, minor, code, digits)                                                          \
    SHOW(locale_money_full(locale, &out, minor, code, digits, SIGN_MINUS))
    assert_string_equal(FULL(en, 123456789, "EUR", 2), "EUR\u00A01,234,567.89");
    assert_string_equal(FULL(de, 123456789, "EUR", 2), "1.234.567,89\u00A0EUR");
    assert_string_equal(FULL(en, 0, "EUR", 2), "EUR\u00A00.00");
    assert_string_equal(FULL(en, -7, "EUR", 2), "−EUR\u00A00.07");
    assert_string_equal(FULL(en, 7, "KWD", 3), "KWD\u00A00.007");
    assert_string_equal(FULL(en, -1234, "KWD", 3), "−KWD\u00A01.234");
    assert_string_equal(FULL(en, 1234, "JPY", 0), "JPY\u00A01,234");
    assert_string_equal(FULL(en, INT64_MAX, "EUR", 2), "EUR\u00A092,233,720,368,547,758.07");
    assert_string_equal(FULL(en, INT64_MIN, "EUR", 2), "−EUR\u00A092,233,720,368,547,758.08");
    assert_string_equal(FULL(en, 9, NULL, 4), "0.0009");
    locale_close(en);
    locale_close(de);
}

static void
dates_are_written_out(void **state)
{
    (void)state;
    static const struct {
        const char *tag, *forms[DATE_FORM_COUNT];
    } cases[] = {
        {"en-GB", {"31 October 2026", "31 Oct 2026", "October 2026", "Oct 2026", "31 Oct"}},
        {"en-US", {"October 31, 2026", "Oct 31, 2026", "October 2026", "Oct 2026", "Oct 31"}},
        {"de-DE", {"31. Oktober 2026", "31. Okt. 2026", "Oktober 2026", "Okt. 2026", "31. Okt."}},
        {"fr-FR", {"31 octobre 2026", "31 oct. 2026", "octobre 2026", "oct. 2026", "31 oct."}},
        {"th-TH", {"31 ตุลาคม 2026", "31 ต.ค. 2026", "ตุลาคม 2026", "ต.ค. 2026", "31 ต.ค."}},
    };
    day d = day_from_civil((struct civil){2026, 10, 31});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct locale *locale = locale_open(cases[i].tag);
        for (enum locale_date form = 0; form < DATE_FORM_COUNT; form++)
            assert_string_equal(SHOW(locale_day(locale, &out, d, form)), cases[i].forms[form]);
        locale_close(locale);
    }
    struct locale *en = locale_open("en-GB");
    d = day_from_civil((struct civil){1600, 1, 1});
    assert_string_equal(SHOW(locale_day(en, &out, d, DATE_LONG)), "1 January 1600");
    d = day_from_civil((struct civil){9998, 12, 31});
    assert_string_equal(SHOW(locale_day(en, &out, d, DATE_LONG)), "31 December 9998");
    locale_close(en);
}

static void
plurals_follow_what_is_printed(void **state)
{
    (void)state;
    struct locale *en = locale_open("en"), *fr = locale_open("fr"), *pl = locale_open("pl"),
                  *ar = locale_open("ar");
    assert_int_equal(locale_plural(en, 1, 0), PLURAL_ONE);
    assert_int_equal(locale_plural(en, 0, 0), PLURAL_OTHER);
    assert_int_equal(locale_plural(en, 1, 1), PLURAL_OTHER);
    assert_int_equal(locale_plural(en, 1.2, 0), PLURAL_ONE); /* it is printed as 1 */
    assert_int_equal(locale_plural(en, -1, 0), PLURAL_ONE);
    assert_int_equal(locale_plural(fr, 0, 0), PLURAL_ONE);
    assert_int_equal(locale_plural(fr, 1.5, 1), PLURAL_ONE);
    assert_int_equal(locale_plural(fr, 2, 0), PLURAL_OTHER);
    assert_int_equal(locale_plural(pl, 3, 0), PLURAL_FEW);
    assert_int_equal(locale_plural(pl, 5, 0), PLURAL_MANY);
    assert_int_equal(locale_plural(pl, 22, 0), PLURAL_FEW);
    assert_int_equal(locale_plural(ar, 0, 0), PLURAL_ZERO);
    assert_int_equal(locale_plural(ar, 2, 0), PLURAL_TWO);
    assert_string_equal(locale_plural_names[PLURAL_OTHER], "other");
    locale_close(en);
    locale_close(fr);
    locale_close(pl);
    locale_close(ar);
}

static void
lists_are_joined_by_words(void **state)
{
    (void)state;
    static const char *const items[] = {"North", "South", "Ωmega", "\xFF", "West"};
    struct locale *en = locale_open("en-GB"), *us = locale_open("en-US"), *de = locale_open("de");
    assert_string_equal(SHOW(locale_list(en, &out, 0, items)), "");
    assert_string_equal(SHOW(locale_list(en, &out, 1, items)), "North");
    assert_string_equal(SHOW(locale_list(en, &out, 2, items)), "North and South");
    assert_string_equal(SHOW(locale_list(en, &out, 3, items)), "North, South and Ωmega");
    assert_string_equal(SHOW(locale_list(us, &out, 3, items)), "North, South, and Ωmega");
    assert_string_equal(SHOW(locale_list(de, &out, 5, items)),
                        "North, South, Ωmega, \uFFFD und West");
    locale_close(en);
    locale_close(us);
    locale_close(de);
}

static void
unknown_languages_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "x",
                                      "en_GB",
                                      "xx-YY",
                                      "tlh",
                                      "de--DE",
                                      "-",
                                      "root",
                                      "und",
                                      "en-GB ",
                                      "123",
                                      "@",
                                      "a-very-long-tag-that-is-no-tag"};
    /* ICU would take the language of the process for these. */
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(locale_open(bad[i]));
    struct locale *locale = locale_open("en-ZZ");
    assert_non_null(locale);
    assert_string_equal(SHOW(locale_number(locale, &out, 1234.5, 1, SIGN_MINUS)), "1,234.5");
    assert_string_equal(locale_tag(locale), "en-ZZ");
    assert_string_equal(locale_language(locale), "en");
    assert_false(locale_right_to_left(locale));
    locale_close(locale);
    locale = locale_open("he");
    assert_true(locale_right_to_left(locale));
    locale_close(locale);
    locale_close(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separators_are_those_of_the_country),
        cmocka_unit_test(numbers_keep_their_decimals),
        cmocka_unit_test(whole_numbers_reach_their_limits),
        cmocka_unit_test(signs_are_shown_on_differences),
        cmocka_unit_test(compact_numbers_have_three_digits),
        cmocka_unit_test(percents_follow_the_rule_of_ten),
        cmocka_unit_test(points_are_signed),
        cmocka_unit_test(money_for_reading_has_words),
        cmocka_unit_test(money_for_tables_has_fixed_decimals),
        cmocka_unit_test(money_in_full_is_exact),
        cmocka_unit_test(dates_are_written_out),
        cmocka_unit_test(plurals_follow_what_is_printed),
        cmocka_unit_test(lists_are_joined_by_words),
        cmocka_unit_test(unknown_languages_are_refused),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_free(&out);
    return failed;
}
