/* Why bookings moved, whether it is more than chance, and how unequal results are, on companies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

/* 46 days into the quarter: compared with 2026-07-01 .. 2026-08-15. */
#define AS_OF "2026-11-15"

static void
assert_near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-9 * (1 + fabs(b))))
        fail_msg("%.12g is not %.12g", a, b);
}

static void
decided(struct builder *b, const char *prefix, const char *close, int won, int lost, int64_t size)
{
    for (int i = 0; i < won + lost; i++) {
        const char *stage = i < won ? "Won" : i % 2 ? "Lost" : "None";
        build_deal(b, build_id(b, prefix, i), "S1", "2026-01-01", stage, size)->close =
            builder_day(close);
    }
}

static void
test_the_bridge(void **state)
{
    (void)state; /* 20 x .4 x 60 -> 10 x .2 x 90; a renewal and later days do not count */
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    decided(b, "A", "2026-08-15", 8, 12, 60);
    decided(b, "B", "2026-08-16", 5, 0, 60);
    decided(b, "C", "2026-10-01", 2, 8, 90);
    build_deal(b, "R1", "S1", "2026-01-01", "Won", 7000)->segment = SEGMENT_RENEWAL;
    b->build_deal[b->build_deal_count - 1].close = builder_day("2026-10-05");
    builder_measures(b);
    double sum = 0;
    static const char *const keys[] = {"volume", "win", "size"};
    for (int i = 0; i < 3; i++)
        sum += builder_row(b, "S1", M_SYSTEM_BRIDGE, keys[i], F_VALUE);
    assert_near(sum, 180 - 480);
    double mean = (180.0 - 480) / log(180.0 / 480);
    assert_near(builder_row(b, "S1", M_SYSTEM_BRIDGE, "volume", F_VALUE), mean * log(0.5));
    assert_near(builder_row(b, "S1", M_SYSTEM_BRIDGE, "win", F_VALUE), mean * log(0.5));
    assert_near(builder_row(b, "S1", M_SYSTEM_BRIDGE, "size", F_VALUE), mean * log(1.5));
    assert_near(builder_row(b, "S1", M_SYSTEM_SIGNAL, "won", F_P), 112.0 / 1024); /* 8 and 2 */
    builder_free(b);
}

static void
test_ten_to_nine_is_no_change(void **state)
{
    (void)state;
    static const struct {
        int after;
        double low, high;
    } cases[] = {{9, 1, 1}, {3, 0.0915, 0.0925}, {2, 0.0385, 0.0395}};
    for (int i = 0; i < 3; i++) {
        struct builder *b = builder_new(AS_OF);
        build_seller(b, "S1", NULL, NULL);
        decided(b, "A", "2026-08-01", 10, 0, 60);
        decided(b, "B", "2026-10-10", cases[i].after, 0, 60);
        builder_measures(b);
        double p = builder_row(b, "S1", M_SYSTEM_SIGNAL, "won", F_P);
        assert_true(p >= cases[i].low - 1e-12 && p <= cases[i].high + 1e-12);
        builder_free(b);
    }
}

static void
test_nothing_on_either_side(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    builder_measures(b);
    assert_near(builder_row(b, "S1", M_SYSTEM_SIGNAL, "won", F_P), 1);
    assert_near(builder_row(b, "S1", M_SYSTEM_SIGNAL, "win_rate", F_P), 1);
    assert_near(builder_row(b, "S1", M_SYSTEM_BRIDGE, "win", F_VALUE), 0);
    builder_free(b);
}

static void
test_concentration(void **state)
{
    (void)state; /* five sellers, one with 16 of 20: top fifth 80 % */
    struct builder *b = builder_new(AS_OF);
    for (int i = 0; i < 5; i++) {
        const char *seller = build_id(b, "S", i);
        build_seller(b, seller, NULL, NULL);
        build_closed(b, build_id(b, "D", i), seller, 10, 30, "Won", i == 3 ? 1600 : 100);
    }
    build_seller(b, "S9", NULL, NULL)->end = builder_day(AS_OF) - 1; /* who left is not counted */
    build_closed(b, "D9", "S9", 10, 30, "Won", 90000);
    builder_measures(b);
    assert_near(builder_value(b, "company", M_SYSTEM_CONCENTRATION_TOP20, F_VALUE), 0.8);
    assert_near(builder_value(b, "company", M_SYSTEM_CONCENTRATION_TOP20, F_N), 5);
    assert_near(builder_value(b, "company", M_SYSTEM_CONCENTRATION_GINI, F_VALUE), 0.6);
    double low = builder_row(b, "company", M_SYSTEM_CONCENTRATION_LUCK_TOP20, "p10", F_VALUE);
    double high = builder_row(b, "company", M_SYSTEM_CONCENTRATION_LUCK_TOP20, "p90", F_VALUE);
    assert_true(low >= 0.2 && low < high && high <= 1);
    assert_int_equal(builder_measure(b, "S00001", M_SYSTEM_CONCENTRATION_TOP20)->why,
                     WHY_NOT_DEFINED);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_bridge),
        cmocka_unit_test(test_ten_to_nine_is_no_change),
        cmocka_unit_test(test_nothing_on_either_side),
        cmocka_unit_test(test_concentration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
