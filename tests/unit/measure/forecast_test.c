#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

static void
near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b)))) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

/* No decided deal: p = w = .25, s = 1, F exponential with 90 days. As-of 2026-09-15: D = 15. */
static struct builder *
young_company(void)
{
    struct builder *b = builder_new("2026-09-15");
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    build_open(b, "X1", "S1", 100, 10, 1000000)->category = CATEGORY_COMMIT;
    build_open(b, "X2", "S1", 100, 20, 3000000);
    build_open(b, "X3", "S2", 100, -1, 500000);
    return b;
}

static void
test_equation(void **state)
{
    (void)state;
    struct builder *b = young_company();
    b->config.rule[FLAG_PAST_CLOSE].word = RULE_FATAL;
    struct build_deal *fresh = build_open(b, "X4", "S2", 30, 60, 1500000);
    fresh->created = fresh->qualified; /* in R: lambda = 1 / 91 */
    builder_measures(b);
    double g = .25 * (1 - exp(-15 / 90.0)), sum = 0, later = 0, size = 1250000;
    double next = .25 * (exp(-15 / 90.0) - exp(-107 / 90.0)); /* the 92 days of Q4 after 15 */
    for (int t = 0; t < 15; t++) {
        sum += .25 * (1 - exp(-t / 90.0));
    }
    for (int t = 15; t < 107; t++) {
        later += .25 * (1 - exp(-t / 90.0));
    }
    near(builder_value(b, "S1", M_FORECAST_EXISTING, F_VALUE), 4000000 * g);
    near(builder_value(b, "S1", M_FORECAST_NEW, F_VALUE), 0);
    near(builder_value(b, "S2", M_FORECAST_EXISTING, F_VALUE), 1500000 * g); /* X3 is flagged */
    near(builder_value(b, "S2", M_FORECAST_NEW, F_VALUE), size / 91 * sum);
    near(builder_value(b, "T1", M_FORECAST_EXPECTED, F_VALUE), 5500000 * g + size / 91 * sum);
    near(builder_value(b, "T1", M_FORECAST_NEXT, F_VALUE), 5500000 * next + size / 91 * later);
    near(builder_value(b, "S2", M_FORECAST_STEADY, F_VALUE), size / 91 * .25 * 92);
    near(builder_value(b, "T1", M_FORECAST_WITHOUT_LARGEST, F_VALUE),
         2500000 * g + size / 91 * sum);
    near(builder_value(b, "T1", M_FORECAST_WEIGHTED_CRM, F_VALUE), 6000000 * .25);
    near(builder_value(b, "T1", M_FORECAST_WEIGHTED_CRM, F_N), 4);
    near(builder_row(b, "T1", M_FORECAST_CATEGORIES, "commit", F_VALUE), 1000000);
    near(builder_row(b, "T1", M_FORECAST_CATEGORIES, "pipeline", F_VALUE), 500000);
    near(builder_row(b, "T1", M_FORECAST_CATEGORIES, "booked", F_NUMBER), 0);
    builder_free(b);
}

/* Below 20 decided deals a fast and a slow seller's deals have one curve: only w differs. */
static void
test_fallback_knows_no_pace(void **state)
{
    (void)state;
    struct builder *b = young_company();
    for (int i = 0; i < 5; i++) {
        build_closed(b, build_id(b, "F", i), "S1", 20, 5, "Won", 900); /* after 5 days */
        build_closed(b, build_id(b, "G", i), "S2", 220, 5, "Won", 900);
        build_closed(b, build_id(b, "L", i), "S2", 100, 5, "Lost", 900);
    }
    builder_measures(b);
    double fast = builder_value(b, "S1", M_DEALS_WIN_RATE_OWN, F_VALUE);
    double slow = builder_value(b, "S2", M_DEALS_WIN_RATE_OWN, F_VALUE);
    assert_true(builder_value(b, "S1", M_DEALS_CYCLE_OWN, F_VALUE) <
                builder_value(b, "S2", M_DEALS_CYCLE_OWN, F_VALUE));
    near(builder_value(b, "S1", M_FORECAST_EXISTING, F_VALUE),
         4000000 * fast * (1 - exp(-15 / 90.0)));
    near(builder_value(b, "S2", M_FORECAST_EXISTING, F_VALUE),
         500000 * slow * (1 - exp(-15 / 90.0)));
    builder_free(b);
}

/* Two deals at q, of round numbers of points: the distribution by hand. */
static void
test_distribution(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-09-15");
    build_seller(b, "S1", NULL, NULL);
    build_seller(b, "S2", NULL, NULL);
    build_open(b, "X1", "S1", 100, 10, 100);
    build_open(b, "X2", "S1", 100, 20, 300);
    build_quota(b, "S1", NULL, 300);
    builder_measures(b);
    double q = .25 * (1 - exp(-15 / 90.0));
    near(builder_value(b, "S1", M_FORECAST_P_HIT, F_VALUE), q);
    near(builder_value(b, "S1", M_FORECAST_P10, F_VALUE), 0);
    near(builder_value(b, "S1", M_FORECAST_DISTRIBUTION, F_VALUE), 400 * q);
    const struct measure *rows = builder_measure(b, "S1", M_FORECAST_DISTRIBUTION);
    double sum = 0;
    for (uint32_t i = 0; i < rows->row_count; i++) {
        sum += measure_number(&rows->row[i], F_P, 0);
    }
    near(sum, 1);
    assert_int_equal(builder_measure(b, "S2", M_FORECAST_P_HIT)->why, WHY_NOT_CONFIGURED);
    builder_free(b);
}

static void
test_quotas(void **state)
{
    (void)state;
    struct builder *b = young_company();
    static const double ramp[] = {.25, .5};
    b->config.ramp = ramp;
    b->config.ramp_count = 2;
    build_seller(b, "S3", NULL, "2026-09-01"); /* quarter 0 */
    build_seller(b, "S4", NULL, "2026-06-16"); /* day 91: quarter 1 */
    build_seller(b, "S5", NULL, "2026-03-15"); /* past the list */
    build_seller(b, "S6", NULL, "2026-10-01"); /* starts later: the first share */
    build_seller(b, "S7", NULL, NULL)->end = builder_day("2026-09-01");
    build_closed(b, "D1", "S1", 100, 3, "Won", 70);
    build_quota(b, "S1", NULL, 100);
    build_quota(b, "S2", NULL, 0);
    build_quota(b, NULL, "T1", 90);
    build_quota(b, "S3", NULL, 1001);
    build_quota(b, "S4", NULL, 1001);
    build_quota(b, "S5", NULL, 1001);
    build_quota(b, "S6", NULL, 1002);
    build_quota(b, "S7", NULL, 50);
    builder_measures(b);
    near(builder_value(b, "S3", M_FORECAST_QUOTA, F_VALUE), 250);
    near(builder_value(b, "S4", M_FORECAST_QUOTA, F_VALUE), 501); /* half away from zero */
    near(builder_value(b, "S5", M_FORECAST_QUOTA, F_VALUE), 1001);
    near(builder_value(b, "S6", M_FORECAST_QUOTA, F_VALUE), 251);
    near(builder_value(b, "T1", M_FORECAST_QUOTA, F_VALUE), 90);
    near(builder_value(b, "T1", M_FORECAST_OVER_ASSIGNMENT, F_VALUE), 10);
    near(builder_value(b, "company", M_FORECAST_QUOTA, F_VALUE), 90 + 250 + 501 + 1001 + 251 + 50);
    near(builder_value(b, "S1", M_FORECAST_ATTAINMENT, F_VALUE), .7);
    near(builder_value(b, "S1", M_FORECAST_GAP, F_VALUE), 30);
    assert_int_equal(builder_measure(b, "S2", M_FORECAST_ATTAINMENT)->why, WHY_ZERO_DENOMINATOR);
    near(builder_value(b, "S2", M_FORECAST_GAP, F_VALUE), 0);
    near(builder_value(b, "S2", M_FORECAST_P_HIT, F_VALUE), 1);
    assert_int_equal(builder_measure(b, "S2", M_PIPELINE_COVERAGE_RAW_NUMBER)->why, WHY_MET);
    assert_int_equal(builder_measure(b, "S3", M_FORECAST_ATTAINMENT)->why, WHY_NOT_YET_EXPECTED);
    assert_int_equal(builder_measure(b, "S5", M_FORECAST_ATTAINMENT)->why, WHY_NONE);
    builder_free(b);
}

/* The last day of a period: nothing more can happen in it, the next one is as ever. */
static void
test_last_day(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-09-30");
    build_seller(b, "S1", NULL, NULL);
    build_open(b, "X1", "S1", 40, 0, 1000);
    build_quota(b, "S1", NULL, 5000);
    builder_measures(b);
    near(builder_value(b, "S1", M_FORECAST_EXPECTED, F_VALUE), 0);
    near(builder_value(b, "S1", M_FORECAST_P90, F_VALUE), 0);
    assert_true(builder_value(b, "S1", M_FORECAST_NEXT, F_VALUE) > 0);
    assert_int_equal(builder_measure(b, "S1", M_SYSTEM_NEEDED_TIME_TRUE)->why, WHY_TOO_LATE);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "now", F_PERIOD), 0);
    builder_free(b);
}

static void
test_calls(void **state)
{
    (void)state;
    struct builder *b = young_company();
    build_call(b, "S1", "2026-08-01", 10, 20);
    build_call(b, "S1", "2026-09-01", 11, MONEY_NONE);
    builder_measures(b);
    near(builder_row(b, "T1", M_FORECAST_CALLS, "commit", F_VALUE), 11);
    assert_true(isnan(builder_row(b, "T1", M_FORECAST_CALLS, "best", F_VALUE)));
    assert_int_equal(builder_measure(b, "S2", M_FORECAST_CALLS)->why, WHY_NO_DATA);
    builder_free(b);
}

/* Dead deals raise raw coverage by their share; clean coverage and w do not move, what is expected
 * does not rise. */
static void
test_padding(void **state)
{
    (void)state;
    double clean[2], expected[2], rate[2], raw[2];
    for (int padded = 0; padded < 2; padded++) {
        struct builder *b = builder_new("2026-09-15");
        b->config.rule[FLAG_ZOMBIE].word = RULE_FATAL;
        build_seller(b, "S1", NULL, NULL);
        build_quota(b, "S1", NULL, 100000);
        for (int i = 0; i < 40; i++) {
            build_closed(b, build_id(b, "D", i), "S1", 20 + i, 40, i % 2 ? "Won" : "Lost", 1000);
        }
        for (int i = 0; i < 16; i++) {
            build_open(b, build_id(b, "X", i), "S1", 10, 10, 1000);
        }
        for (int i = 0; padded && i < 8; i++) {
            build_open(b, build_id(b, "Z", i), "S1", 500, 10, 1000);
        }
        builder_measures(b);
        raw[padded] = builder_value(b, "S1", M_PIPELINE_COVERAGE_RAW_NUMBER, F_VALUE);
        clean[padded] = builder_value(b, "S1", M_PIPELINE_COVERAGE_CLEAN_NUMBER, F_VALUE);
        expected[padded] = builder_value(b, "S1", M_FORECAST_EXPECTED, F_VALUE);
        rate[padded] = builder_value(b, "S1", M_DEALS_WIN_RATE_OWN, F_VALUE);
        builder_free(b);
    }
    near(raw[1], raw[0] * 24 / 16);
    near(clean[1], clean[0]);
    near(rate[1], rate[0]);
    assert_true(expected[1] <= expected[0]); /* dead deals were at risk and did not win */
}

/* Another team beside it changes no fact of a team (but what is the company's). */
static void
test_unrelated_team(void **state)
{
    (void)state;
    double booked[2], open[2], broad[2];
    for (int more = 0; more < 2; more++) {
        struct builder *b = young_company();
        build_closed(b, "D1", "S1", 30, 5, "Won", 700);
        if (more) {
            build_team(b, "T0", NULL);
            build_seller(b, "A1", "T0", NULL);
            build_closed(b, "C1", "A1", 30, 5, "Lost", 300);
            build_open(b, "C2", "A1", 30, 5, 300);
        }
        builder_measures(b);
        booked[more] = builder_value(b, "T1", M_FORECAST_BOOKED, F_VALUE);
        open[more] = builder_value(b, "T1", M_PIPELINE_OPEN, F_VALUE);
        broad[more] = builder_value(b, "T1", M_DEALS_WIN_RATE_BROAD, F_VALUE);
        builder_free(b);
    }
    near(booked[0], booked[1]);
    near(open[0], open[1]);
    near(broad[0], broad[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equation),       cmocka_unit_test(test_distribution),
        cmocka_unit_test(test_quotas),         cmocka_unit_test(test_last_day),
        cmocka_unit_test(test_calls),          cmocka_unit_test(test_padding),
        cmocka_unit_test(test_unrelated_team), cmocka_unit_test(test_fallback_knows_no_pace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
