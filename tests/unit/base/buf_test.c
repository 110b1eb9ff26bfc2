#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct buf out;

static const char *
real(double value)
{
    buf_clear(&out);
    buf_real(&out, value);
    return out.bytes;
}

static const char *
fixed(double value, int digits)
{
    buf_clear(&out);
    buf_fixed(&out, value, digits);
    return out.bytes;
}

static const char *
scaled(double value, int power, int digits)
{
    buf_clear(&out);
    buf_scaled(&out, value, power, digits);
    return out.bytes;
}

static void
pieces_are_joined(void **state)
{
    struct buf buf = {NULL, 0, 0};
    (void)state;
    buf_add(&buf, NULL, 0);
    assert_string_equal(buf.bytes, "");
    buf_text(&buf, TEXT("a"));
    buf_text(&buf, (struct text){NULL, 0});
    buf_string(&buf, "bc");
    buf_char(&buf, '\0');
    buf_printf(&buf, "%d-%s", 5, "x");
    assert_int_equal(buf.length, 7);
    assert_memory_equal(buf.bytes,
                        "abc\0"
                        "5-x",
                        8);
    assert_int_equal(buf_as_text(&buf).length, 7);
    buf_clear(&buf);
    assert_string_equal(buf.bytes, "");
    for (int i = 0; i < 100000; i++)
        buf_char(&buf, 'x');
    assert_int_equal(strlen(buf.bytes), 100000);
    buf_printf(&buf, "%*d", 50000, 1);
    assert_int_equal(strlen(buf.bytes), 150000);
    buf_free(&buf);
    assert_null(buf.bytes);
    buf_clear(&buf);
    buf_free(&buf);
}

static void
whole_numbers_are_written(void **state)
{
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{0, "0"},
                 {-1, "-1"},
                 {10, "10"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&out);
        buf_int(&out, cases[i].value);
        assert_string_equal(out.bytes, cases[i].text);
    }
}

static void
reals_are_shortest(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {100, "100"},
        {123456789012345680, "123456789012345680"},
        {9007199254740992, "9007199254740992"},
        {1e15, "1000000000000000"},
        {1e20, "100000000000000000000"},
        {999999999999999900000.0, "999999999999999900000"},
        {1e21, "1e21"},
        {-1.25e21, "-1.25e21"},
        {1e-7, "0.0000001"},
        {1.5e-7, "0.00000015"},
        {9.5e-8, "9.5e-8"},
        {1e-8, "1e-8"},
        {0.00001234, "0.00001234"},
        {5e-324, "5e-324"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {2.225073858507201e-308, "2.225073858507201e-308"},
        {DBL_MAX, "1.7976931348623157e308"},
        {0x1p-44, "5.684341886080802e-14"}, /* where the nearest 16 digits read back as another */
        {2076740591718185.25, "2076740591718185.2"},
        {4.35, "4.35"},
        {72057594037927936.0, "72057594037927940"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(real(cases[i].value), cases[i].text);
}

/* The library's own reader, to judge the writer: in the program it is not used. */
static bool
reads_back(const char *text, double value)
{
    return strtod(text, NULL) == value;
}

static double
random_real(void)
{
    uint64_t bits = 0;
    double value;
    for (int i = 0; i < 5; i++)
        bits = bits << 15 ^ (uint64_t)rand();
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void
reals_read_back_the_same(void **state)
{
    (void)state;
    srand(1);
    for (int i = 0; i < 200000; i++) {
        double value = random_real();
        if (i % 4 == 1)
            value = rand() / 1000.0;
        else if (i % 4 == 2)
            value = (double)rand() / rand();
        else if (i % 4 == 3)
            value = ldexp(1, rand() % 2098 - 1074);
        if (!isfinite(value))
            continue;
        const char *text = real(value);
        assert_true(reads_back(text, value));
        bool plain = fabs(value) >= 1e-7 && fabs(value) < 1e21;
        if (value != 0)
            assert_int_equal(strchr(text, 'e') == NULL, plain);
    }
}

/* One digit fewer would not do: neither of the two neighbours of 16 digits reads back. */
static void
no_shorter_real_reads_back(void **state)
{
    char text[40];
    (void)state;
    srand(2);
    for (int i = 0; i < 20000; i++) {
        double value = (double)rand() / (1 + rand());
        size_t digits = 0;
        for (const char *c = real(value); *c; c++)
            digits += *c >= '0' && *c <= '9' && (digits > 0 || *c != '0');
        if (value == 0 || digits < 2)
            continue;
        snprintf(text, sizeof text, "%.*e", (int)digits - 2, value);
        assert_false(reads_back(text, value) && fmod(value, 10) != 0);
    }
}

static void
fixed_decimals_round_half_away(void **state)
{
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {
        {0, 0, "0"},
        {0, 3, "0.000"},
        {-0.0, 1, "0.0"},
        {0.5, 0, "1"},
        {-0.5, 0, "-1"},
        {1.5, 0, "2"},
        {2.5, 0, "3"},
        {-2.5, 0, "-3"},
        {0.125, 2, "0.13"},
        {1.005, 2, "1.01"},
        {2.675, 2, "2.68"},
        {-1.005, 2, "-1.01"},
        {0.004, 2, "0.00"},
        {-0.004, 2, "0.00"},
        {-0.005, 2, "-0.01"},
        {0.995, 2, "1.00"},
        {9.995, 2, "10.00"},
        {99.5, 0, "100"},
        {0.05, 1, "0.1"},
        {0.04999, 1, "0.0"},
        {1e-300, 2, "0.00"},
        {123.456, 1, "123.5"},
        {1e15, 2, "1000000000000000.00"},
        {1e22, 1, "10000000000000000000000.0"},
        {123456789.125, 2, "123456789.13"},
        {5e-324, 10, "0.0000000000"},
        {0.1, 20, "0.10000000000000000000"},
        {999999999999.95, 1, "1000000000000.0"},
        {-1234.5678, 3, "-1234.568"},
        {-0.0004, 3, "0.000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(fixed(cases[i].value, cases[i].digits), cases[i].text);
    assert_int_equal(strlen(fixed(DBL_MAX, 0)), 309);
}

static void
scaling_is_exact(void **state)
{
    (void)state;
    assert_string_equal(scaled(0.285, 2, 0), "29");
    assert_string_equal(scaled(0.285, 2, 1), "28.5");
    assert_string_equal(scaled(0.57, 2, 2), "57.00");
    assert_string_equal(scaled(4225000, -6, 2), "4.23");
    assert_string_equal(scaled(-99950000, -5, 0), "-1000");
    assert_string_equal(scaled(1, -15, 2), "0.00");
    assert_string_equal(scaled(1, 20, 0), "100000000000000000000");
    assert_string_equal(scaled(1e300, -300, 1), "1.0");
    assert_string_equal(scaled(0, 5, 1), "0.0");
    assert_string_equal(scaled(0, 20, 2), "0.00");
}

/* The fast way and the exact way agree: what is far from a tie is what printf says. */
static void
fixed_agrees_with_printf_off_ties(void **state)
{
    char text[64];
    (void)state;
    srand(3);
    for (int i = 0; i < 200000; i++) {
        double value = (rand() - RAND_MAX / 2) / (double)(1 << rand() % 20);
        int digits = rand() % 7;
        double part = fabs(value) * pow(10, digits);
        part -= floor(part);
        if (fabs(part - 0.5) < 1e-6)
            continue;
        snprintf(text, sizeof text, "%.*f", digits, value);
        const char *want = text[0] == '-' && strspn(text, "-0.") == strlen(text) ? text + 1 : text;
        assert_string_equal(fixed(value, digits), want);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_joined),
        cmocka_unit_test(whole_numbers_are_written),
        cmocka_unit_test(reals_are_shortest),
        cmocka_unit_test(reals_read_back_the_same),
        cmocka_unit_test(no_shorter_real_reads_back),
        cmocka_unit_test(fixed_decimals_round_half_away),
        cmocka_unit_test(scaling_is_exact),
        cmocka_unit_test(fixed_agrees_with_printf_off_ties),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_free(&out);
    return failed;
}
