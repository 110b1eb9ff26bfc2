#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "currency.h"
#include "number.h"

#include <stdio.h>
#include <stdlib.h>

static const struct number_format plain = {'.', 0, false}, english = {'.', ',', false},
                                  german = {',', '.', false}, swiss = {'.', '\'', false},
                                  french = {',', ' ', false}, indian = {'.', ',', true};

static void
expect(const char *cell, struct number_format format, int64_t coefficient, int scale)
{
    struct decimal found = {0, 0};
    enum number_fault fault = number_parse(text_of(cell), format, &found);
    if (fault != NUMBER_OK || found.coefficient != coefficient || found.scale != scale)
        fail_msg("'%s': fault %d, %lld by %d", cell, fault, (long long)found.coefficient,
                 found.scale);
}

static void
expect_fault(const char *cell, struct number_format format, enum number_fault fault)
{
    struct decimal found;
    enum number_fault got = number_parse(text_of(cell), format, &found);
    if (got != fault)
        fail_msg("'%s': fault %d", cell, got);
}

static void
cells_as_people_write_them(void **state)
{
    (void)state;
    expect("0", plain, 0, 0);
    expect("-0", plain, 0, 0);
    expect("007", plain, 7, 0);
    expect("1.5", plain, 15, 1);
    expect("1.50", plain, 15, 1);
    expect("15000.0000", plain, 15000, 0);
    expect(".5", plain, 5, 1);
    expect("5.", plain, 5, 0);
    expect("+5", plain, 5, 0);
    expect("-5", plain, -5, 0);
    expect("5-", plain, -5, 0);
    expect("\u22125", plain, -5, 0);
    expect("5 \u2212", plain, -5, 0);
    expect("(1,234)", english, -1234, 0);
    expect("($1,234.50)", english, -12345, 1);
    expect("$(1,234.50)", english, -12345, 1);
    expect("-$1,234", english, -1234, 0);
    expect("$-1,234", english, -1234, 0);
    expect("$7,450,000.00 ", english, 7450000, 0);
    expect("1.234,56", german, 123456, 2);
    expect("1.234.567", german, 1234567, 0);
    expect("1.234,56 \u20AC", german, 123456, 2);
    expect("EUR 1.234,56", german, 123456, 2);
    expect("1'234.50", swiss, 12345, 1);
    expect("1\u2019234.50", swiss, 12345, 1);
    expect("CHF 1\u2019234.00", swiss, 1234, 0);
    expect("1 234,5", french, 12345, 1);
    expect("1\u202F234,5", french, 12345, 1);
    expect("1\u00A0234,5 \u20AC", french, 12345, 1);
    expect("1\u2009234", french, 1234, 0);
    expect("12,34,567.5", indian, 12345675, 1);
    expect("1,00,000", indian, 100000, 0);
    expect("999", indian, 999, 0);
    expect("1,000", indian, 1000, 0);
    expect("US$ 5", plain, 5, 0);
    expect("5 USD", plain, 5, 0);
    expect("5USD", plain, 5, 0);
    expect("$5 USD", plain, 5, 0);
    expect("R$ 5", plain, 5, 0);
    expect("5 kr", plain, 5, 0);
    expect("5 z\u0142", plain, 5, 0);
    expect("\u00A3\u00A05", plain, 5, 0);
    expect("\uFEFF 5\u200B", plain, 5, 0);
}

static void
suffixes_and_percents(void **state)
{
    (void)state;
    expect("450k", plain, 450000, 0);
    expect("450 K", plain, 450000, 0);
    expect("1.2M", plain, 1200000, 0);
    expect("1.2mn", plain, 1200000, 0);
    expect("1.2 Mn EUR", plain, 1200000, 0);
    expect("1.2345678bn", plain, 1234567800, 0);
    expect("1.123456789k", plain, 1123456789, 6);
    expect("$1.2M", plain, 1200000, 0);
    expect("-1.5m", plain, -1500000, 0);
    expect("(1.5m)", plain, -1500000, 0);
    expect("50%", plain, 50, 2);
    expect("12.5 %", plain, 125, 3);
    expect("-5%", plain, -5, 2);
    expect("0%", plain, 0, 0);
    expect("5 MXN", plain, 5, 0); /* a currency, not millions */
}

static void
what_is_no_number(void **state)
{
    static const char *const bad[] = {"-",
                                      "+",
                                      ".",
                                      ",",
                                      "()",
                                      "$",
                                      "EUR",
                                      "abc",
                                      "1e5",
                                      "1E+05",
                                      "0x10",
                                      "nan",
                                      "inf",
                                      "Infinity",
                                      "1.2.3",
                                      "--5",
                                      "-5-",
                                      "+-5",
                                      "(5",
                                      "5)",
                                      "(-5)",
                                      "((5))",
                                      "-(5)",
                                      "5 5",
                                      "1 234",
                                      "5kk",
                                      "5k%",
                                      "5%%",
                                      "%5",
                                      "k5",
                                      "5 kg",
                                      "ABC 5",
                                      "5 EURO",
                                      "5 eur",
                                      "12:30",
                                      "2026-10-31",
                                      "1/2",
                                      "5#",
                                      "TBD",
                                      "#N/A",
                                      "5\u2013",
                                      "\u0665",
                                      "\xFF",
                                      "5\xFF",
                                      "$$$5",
                                      "1_000",
                                      "=1+1",
                                      "5 Mio",
                                      "1.2345678901",
                                      "0.0000000001",
                                      "1.00000000001%"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_fault(bad[i], plain, NUMBER_UNREADABLE);
    expect_fault("", plain, NUMBER_EMPTY);
    expect_fault(" \t\u00A0", plain, NUMBER_EMPTY);
    assert_int_equal(number_parse((struct text){NULL, 0}, plain, &(struct decimal){0, 0}),
                     NUMBER_EMPTY);
    assert_int_equal(number_parse((struct text){"5\0", 2}, plain, &(struct decimal){0, 0}),
                     NUMBER_UNREADABLE);
}

static void
groups_must_have_the_right_size(void **state)
{
    static const char *const bad[] = {"1,23",    "1,2345", "1234,567",  ",123",    "1,,234",
                                      "1,234,5", "1,234,", "12,34,567", "1.5,000", "1,234 567"};
    static const char *const bad_indian[] = {"100,000", "1,000,000", "1,00,00", "12,345,678"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_fault(bad[i], english, NUMBER_UNREADABLE);
    for (size_t i = 0; i < sizeof bad_indian / sizeof *bad_indian; i++)
        expect_fault(bad_indian[i], indian, NUMBER_UNREADABLE);
    expect_fault("1,234", plain, NUMBER_UNREADABLE);
    expect_fault("1.234", german, NUMBER_OK);
    expect("1234.5", english, 12345, 1); /* groups may be left out */
    expect_fault("1,234.5", german, NUMBER_UNREADABLE);
}

static void
limits_are_exact(void **state)
{
    char digits[3000];
    (void)state;
    expect("9223372036854775807", plain, INT64_MAX, 0);
    expect("-9223372036854775807", plain, -INT64_MAX, 0);
    expect("9223372036.854775807", plain, INT64_MAX, 9);
    expect("0.123456789", plain, 123456789, 9);
    expect("0.1234567890000000", plain, 123456789, 9);
    expect("1.0000000000000000000000", plain, 1, 0);
    expect("9223372036854775.807k", plain, INT64_MAX, 0);
    expect("0.1234567%", plain, 1234567, 9);
    expect_fault("0.12345678%", plain, NUMBER_UNREADABLE);
    expect_fault("9223372036854775808", plain, NUMBER_TOO_LARGE);
    expect_fault("-9223372036854775808", plain, NUMBER_TOO_LARGE);
    expect_fault("9223372036.854775808", plain, NUMBER_TOO_LARGE);
    expect_fault("9223372036854776k", plain, NUMBER_TOO_LARGE);
    expect_fault("10000000000bn", plain, NUMBER_TOO_LARGE);
    memset(digits, '9', sizeof digits);
    assert_int_equal(
        number_parse((struct text){digits, sizeof digits}, plain, &(struct decimal){0, 0}),
        NUMBER_TOO_LARGE);
    memset(digits, '0', sizeof digits);
    digits[sizeof digits - 1] = '7';
    struct decimal found;
    assert_int_equal(number_parse((struct text){digits, sizeof digits}, plain, &found), NUMBER_OK);
    assert_int_equal(found.coefficient, 7);
}

static void
the_fast_path_agrees(void **state)
{
    static const char *const other[] = {
        "",      "-",     ".",   ".5",           "5.",
        "+5",    "1,000", "5 ",  " 5",           "--5",
        "1.2.3", "-.5",   "5e3", "1.1234567890", "1234567890123456789",
        "5\xFF"};
    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(number_parse_plain(text_of(other[i]), &(struct decimal){0, 0}));
    assert_false(number_parse_plain((struct text){NULL, 0}, &(struct decimal){0, 0}));
    srand(1);
    for (int i = 0; i < 200000; i++) {
        char cell[32];
        int whole = rand() % 12, part = rand() % 8;
        snprintf(cell, sizeof cell, "%s%0*d%s%0*d", rand() % 2 ? "-" : "", whole, rand() % 1000,
                 part ? "." : "", part, part ? rand() % 10 : 0);
        if (!part)
            cell[strlen(cell) - 1] = '\0';
        struct decimal fast, slow;
        if (!number_parse_plain(text_of(cell), &fast))
            continue;
        assert_int_equal(number_parse(text_of(cell), plain, &slow), NUMBER_OK);
        assert_true(fast.scale >= slow.scale);
        for (; slow.scale < fast.scale; slow.scale++)
            slow.coefficient *= 10;
        assert_int_equal(fast.coefficient, slow.coefficient);
    }
}

static int64_t
minor(int64_t value, int scale, int64_t rate, int rate_scale, int digits)
{
    int64_t result = MONEY_NONE;
    struct decimal amount = {value, (uint8_t)scale}, times = {rate, (uint8_t)rate_scale};
    return number_to_minor(amount, times, digits, &result) ? result : MONEY_NONE;
}

static void
money_rounds_once_half_away(void **state)
{
    (void)state;
    assert_int_equal(minor(12345, 1, 1, 0, 2), 123450);
    assert_int_equal(minor(1, 0, 92, 2, 2), 92);
    assert_int_equal(minor(12345, 4, 1, 0, 2), 123);
    assert_int_equal(minor(12350, 4, 1, 0, 2), 124);
    assert_int_equal(minor(-12350, 4, 1, 0, 2), -124);
    assert_int_equal(minor(-12349, 4, 1, 0, 2), -123);
    assert_int_equal(minor(5, 1, 1, 0, 0), 1);
    assert_int_equal(minor(-5, 1, 1, 0, 0), -1);
    assert_int_equal(minor(4, 1, 1, 0, 0), 0);
    assert_int_equal(minor(1, 0, 1, 0, 3), 1000);
    assert_int_equal(minor(0, 9, 123456789, 9, 2), 0);
    assert_int_equal(minor(1, 9, 1, 9, 0), 0);
    assert_int_equal(minor(INT64_MAX, 9, INT64_MAX, 9, 0), MONEY_NONE);
    assert_int_equal(minor(INT64_MAX, 0, 1, 0, 0), INT64_MAX);
    assert_int_equal(minor(-INT64_MAX, 0, 1, 0, 0), -INT64_MAX);
    assert_int_equal(minor(INT64_MAX, 0, 1, 0, 1), MONEY_NONE);
    assert_int_equal(minor(INT64_MAX, 2, 1, 0, 2), INT64_MAX);
    assert_int_equal(minor(INT64_MAX, 9, 1000000000, 0, 0), INT64_MAX);
    assert_int_equal(minor(INT64_MAX, 9, 1000000001, 0, 0), MONEY_NONE);
    assert_int_equal(minor(INT64_MIN, 0, 1, 0, 0), MONEY_NONE);
}

static void
sums_are_checked(void **state)
{
    int64_t sum = 0;
    (void)state;
    assert_true(number_add(1, 2, &sum));
    assert_int_equal(sum, 3);
    assert_true(number_add(INT64_MAX, -INT64_MAX, &sum));
    assert_int_equal(sum, 0);
    assert_false(number_add(INT64_MAX, 1, &sum));
    assert_false(number_add(-INT64_MAX, -1, &sum)); /* it would read as no money at all */
    assert_false(number_add(-INT64_MAX, -2, &sum));
}

static void
decimals_become_reals(void **state)
{
    (void)state;
    assert_true(number_to_real((struct decimal){15, 1}) == 1.5);
    assert_true(number_to_real((struct decimal){123456789, 9}) == 0.123456789);
    assert_true(number_to_real((struct decimal){-7, 0}) == -7);
}

static void
currencies_have_digits(void **state)
{
    static const char *const none[] = {"", "EU", "EURO", "eur", "E1R", "\xFF\xFF\xFF"};
    (void)state;
    assert_int_equal(currency_digits(TEXT("EUR")), 2);
    assert_int_equal(currency_digits(TEXT("JPY")), 0);
    assert_int_equal(currency_digits(TEXT("KRW")), 0);
    assert_int_equal(currency_digits(TEXT("KWD")), 3);
    assert_int_equal(currency_digits(TEXT("CLF")), 4);
    assert_int_equal(currency_digits(TEXT("XYZ")), 2);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(currency_digits(text_of(none[i])), -1);
    assert_int_equal(currency_length(TEXT("EUR 5")), 3);
    assert_int_equal(currency_length(TEXT("\u20AC5")), 3);
    assert_int_equal(currency_length(TEXT("EURO")), 0);
    assert_int_equal(currency_length(TEXT("ABC")), 0);
    assert_int_equal(currency_length(TEXT("krill")), 0);
    assert_int_equal(currency_length((struct text){NULL, 0}), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_as_people_write_them),
        cmocka_unit_test(suffixes_and_percents),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(groups_must_have_the_right_size),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(the_fast_path_agrees),
        cmocka_unit_test(money_rounds_once_half_away),
        cmocka_unit_test(sums_are_checked),
        cmocka_unit_test(decimals_become_reals),
        cmocka_unit_test(currencies_have_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
