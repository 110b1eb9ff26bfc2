/* Needs, levers, what closes the gap alone, scenarios: a seller without decided deals, whose
 * numbers can be had by hand. As-of 2026-07-15: D = 77, the next period has 92 days; p = w = .25, s
 * = 1, F(t) = .25 (1 - e^(-t / 90)), A the median of the open deals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "scenarios.h"

#include <math.h>

#define D 77
#define NEXT 92

static double
won_by(double days)
{
    return .25 * (1 - exp(-days / 90));
}

static void
near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b)))) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

static struct builder *
young_seller(int64_t quota)
{
    struct builder *b = builder_new("2026-07-15");
    b->config.rule[FLAG_PAST_CLOSE].word = RULE_FATAL;
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_open(b, "X1", "S1", 100, 10, 1000000);
    build_open(b, "X2", "S1", 100, 20, 1000000);
    build_open(b, "X3", "S1", 100, -1, 1000000); /* flagged */
    build_quota(b, "S1", NULL, quota);
    return b;
}

static void
test_needs(void **state)
{
    (void)state;
    struct builder *b = young_seller(10000000);
    struct build_deal *recent = build_open(b, "X4", "S1", 50, 30, 1000000); /* in R: lambda 1/91 */
    recent->created = recent->qualified;
    builder_measures(b);
    double left = 10000000 - 3000000 * won_by(D), worth = 1000000 * won_by(D);
    near(builder_value(b, "S1", M_PIPELINE_WINS_NEEDED, F_VALUE), 10);
    near(builder_value(b, "S1", M_PIPELINE_DEALS_NEEDED, F_VALUE), 40);
    near(builder_value(b, "S1", M_SYSTEM_NEEDED_SEED_RAW, F_VALUE), 36);
    near(builder_value(b, "S1", M_SYSTEM_NEEDED_SEED_CLEAN, F_VALUE), 37);
    near(builder_value(b, "S1", M_SYSTEM_NEEDED_TIME_TRUE, F_VALUE), left / worth);
    near(builder_value(b, "S1", M_SYSTEM_NEEDED_STEADY, F_VALUE), 40);
    near(builder_value(b, "T1", M_SYSTEM_NEEDED_TIME_TRUE, F_VALUE), left / worth);
    assert_int_equal(builder_measure(b, "S1", M_SYSTEM_NEEDED_LEADS)->why, WHY_NOT_CONFIGURED);
    assert_int_equal(builder_measure(b, "S1", M_SYSTEM_NEEDED_ACCOUNTS)->why, WHY_NOT_CONFIGURED);
    double expected = builder_value(b, "S1", M_FORECAST_EXPECTED, F_VALUE);
    near(builder_row(b, "S1", M_SYSTEM_FEASIBLE, "creation", F_HAVE), 2);
    near(builder_row(b, "S1", M_SYSTEM_FEASIBLE, "concurrent", F_HAVE), 17);
    near(builder_row(b, "S1", M_SYSTEM_FEASIBLE, "creation", F_VALUE), 0);
    assert_null(measure_key(builder_measure(b, "S1", M_SYSTEM_FEASIBLE), "accounts"));
    near(builder_value(b, "S1", M_SYSTEM_FEASIBLE, F_VALUE), expected + 2 * worth);
    near(builder_row(b, "S1", M_SYSTEM_WHOLE_JOB, "prospecting", F_RATIO), 92 / 91.0 / 40);
    builder_free(b);
}

static void
test_levers(void **state)
{
    (void)state;
    struct builder *b = young_seller(10000000);
    builder_measures(b);
    double now = 2000000 * won_by(D), after = 2000000 * (won_by(D + NEXT) - won_by(D));
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "win", F_PERIOD), now * .04);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "win", F_NEXT), after * .04);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "size", F_PERIOD), now / 10);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "now", F_PERIOD), 1000000 * won_by(D));
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "now", F_NEXT), after / 2);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "creation", F_PERIOD), 0);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "integrity", F_PERIOD), now / 2);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "integrity", F_NEXT), after / 2);
    assert_true(isnan(builder_row(b, "S1", M_SYSTEM_LEVERS, "cycle", F_PERIOD))); /* no L */
    near(builder_row(b, "T1", M_SYSTEM_LEVERS, "win", F_PERIOD), now * .04);
    builder_free(b);
}

/* The cycle lever compresses the axis, L to L - 5, of the exponential curve too. */
static void
test_cycle_lever(void **state)
{
    (void)state;
    struct builder *b = young_seller(10000000);
    for (int i = 0; i < 4; i++)
        build_closed(b, build_id(b, "C", i), "S1", 50, 60, i ? "Lost" : "Won", 1000000);
    builder_measures(b);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_OWN, F_VALUE), .25);
    near(builder_value(b, "S1", M_FORECAST_NEW, F_VALUE), 0);
    near(builder_row(b, "S1", M_SYSTEM_LEVERS, "cycle", F_PERIOD),
         2000000 * (won_by(D * 50 / 45.0) - won_by(D)));
    builder_free(b);
}

static void
test_closes_alone(void **state)
{
    (void)state;
    struct builder *b = young_seller((int64_t)llround(3200000 * won_by(D))); /* 1.6 x X */
    builder_measures(b);
    double win = builder_row(b, "S1", M_SYSTEM_CLOSES_ALONE, "win", F_VALUE);
    assert_true(fabs(win - .4) < 1e-6);
    double size = builder_row(b, "S1", M_SYSTEM_CLOSES_ALONE, "size", F_VALUE);
    assert_true(fabs(size - 1600000) < 10);
    const struct cells *row =
        measure_key(builder_measure(b, "S1", M_SYSTEM_CLOSES_ALONE), "creation");
    assert_string_equal(measure_field(row, F_WHY)->text, "impossible"); /* nothing times three */
    assert_int_equal(builder_measure(b, "T1", M_SYSTEM_CLOSES_ALONE)->why, WHY_NOT_DEFINED);
    builder_free(b);
    b = young_seller(1000);
    builder_measures(b);
    row = measure_key(builder_measure(b, "S1", M_SYSTEM_CLOSES_ALONE), "win");
    assert_string_equal(measure_field(row, F_WHY)->text, "met");
    builder_free(b);
}

/* Same quota, less work; same work, more money; and how many deals would prove the change. */
static void
test_scenarios(void **state)
{
    (void)state;
    struct builder *b = young_seller(10000000);
    builder_measures(b);
    double worth = 2 * won_by(D);
    near(builder_row(b, "S1", M_SYSTEM_SCENARIOS, "win_rate 0.5", F_EXPECTED), 2000000 * worth);
    near(builder_row(b, "S1", M_SYSTEM_SCENARIOS, "win_rate 0.5", F_DEALS_NEEDED), 20);
    near(builder_row(b, "S1", M_SYSTEM_SCENARIOS, "win_rate 0.5", F_NEEDED),
         (10000000 - 2000000 * worth) / (1000000 * worth));
    near(builder_row(b, "S1", M_SYSTEM_SCENARIOS, "win_rate 0.5", F_PROOF_DEALS),
         scenarios_proof(.25, .5));
    near(scenarios_proof(1 / 3.0, .5), 137);
    near(scenarios_proof(.4, .5), 388);
    near(builder_value(b, "S1", M_SYSTEM_VISIBLE_FROM, F_VALUE), builder_day("2026-09-16"));
    near(builder_value(b, "S1", M_SYSTEM_LAST_USEFUL_DAY, F_VALUE), builder_day("2026-07-29"));
    builder_free(b);
}

/* The gain of a factor moves it to its reference: half-way from the company's value to the better
 * quarter; the largest binds, and a team counts whom it binds. */
static void
test_binding(void **state)
{
    (void)state;
    struct builder *b = young_seller(1000000);
    build_seller(b, "S2", "T1", NULL);
    for (int i = 0; i < 9; i++)
        build_open(b, build_id(b, "Y", i), "S2", 100, 10, 1000000);
    builder_measures(b);
    double both = won_by(D) + won_by(D + NEXT) - won_by(D), own = 2 / 3.0, all = 11 / 12.0;
    double reference = (1 + all) / 2;
    near(builder_row(b, "S1", M_SYSTEM_GAINS, "integrity", F_VALUE),
         (reference - own) / (1 - own) * 1000000 * both);
    near(builder_row(b, "S2", M_SYSTEM_GAINS, "integrity", F_VALUE), 0);
    near(builder_row(b, "S1", M_SYSTEM_GAINS, "win", F_VALUE), 0);
    assert_string_equal(
        measure_field(&builder_measure(b, "S1", M_SYSTEM_BINDING)->fields, F_VALUE)->text,
        "integrity");
    assert_string_equal(
        measure_field(&builder_measure(b, "S2", M_SYSTEM_BINDING)->fields, F_VALUE)->text, "none");
    near(builder_row(b, "T1", M_SYSTEM_BINDING, "integrity", F_N), 1);
    near(builder_row(b, "T1", M_SYSTEM_BINDING, "win", F_N), 0);
    builder_free(b);
}

/* A null among a team's sellers makes the sum null; who has no quota is left out of it. */
static void
test_sums_of_needs(void **state)
{
    (void)state;
    struct builder *b = young_seller(10000000);
    build_seller(b, "S2", "T1", NULL);
    builder_measures(b);
    near(builder_value(b, "T1", M_SYSTEM_NEEDED_STEADY, F_VALUE), 40);
    assert_int_equal(builder_measure(b, "S2", M_SYSTEM_NEEDED_STEADY)->why, WHY_NOT_CONFIGURED);
    builder_free(b);
    b = young_seller(10000000);
    b->config.capacity.too_late_below = .5;
    builder_measures(b);
    assert_int_equal(builder_measure(b, "S1", M_SYSTEM_NEEDED_TIME_TRUE)->why, WHY_TOO_LATE);
    assert_int_equal(builder_measure(b, "T1", M_SYSTEM_NEEDED_TIME_TRUE)->why, WHY_TOO_LATE);
    assert_int_equal(builder_measure(b, "T1", M_SYSTEM_NEEDED_LEADS)->why, WHY_TOO_LATE);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needs),         cmocka_unit_test(test_levers),
        cmocka_unit_test(test_cycle_lever),   cmocka_unit_test(test_closes_alone),
        cmocka_unit_test(test_scenarios),     cmocka_unit_test(test_binding),
        cmocka_unit_test(test_sums_of_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
