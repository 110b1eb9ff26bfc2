#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "beta.h"
#include "builder.h"

#include <math.h>

static void
near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b)))) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

/* 10 deals of 72k (6 won) and 10 of 24k (2 won); one large and two small wins in this period. */
static void
add_sizes(struct builder *b, const char *owner)
{
    for (int i = 0; i < 20; i++) {
        bool large = i < 10, won = i < 6 || i == 10 || i == 11;
        bool now = i == 0 || i == 10 || i == 11;
        build_closed(b, build_id(b, "D", i), owner, 60, now ? 5 : 200, won ? "Won" : "Lost",
                     large ? 7200000 : 2400000);
    }
}

/* quota 600k, booked 120k, A 60k, w .40, A_d 48k -> W_n 8, N* 20, w_v .50, V* 960k; and the size
 * effect of the same deals: p(72k) = .6, p(24k) = .2 */
static void
test_coverage(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-10-31");
    b->config.fiscal_year_starts = 2; /* P is August to October */
    build_seller(b, "S1", NULL, NULL);
    add_sizes(b, "S1");
    build_quota(b, "S1", NULL, 60000000);
    build_open(b, "X1", "S1", 10, 30, 7200000);
    build_open(b, "X2", "S1", 10, 30, 2400000);
    builder_measures(b);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_BROAD, F_VALUE), .4);
    near(builder_value(b, "company", M_DEALS_WIN_RATE_OWN, F_VALUE), .4);
    near(builder_value(b, "company", M_DEALS_SIZE_WON, F_VALUE), 6000000);
    near(builder_value(b, "company", M_DEALS_SIZE_DECIDED, F_VALUE), 4800000);
    near(builder_value(b, "company", M_DEALS_VALUE_WIN_RATE, F_VALUE), .5);
    near(builder_value(b, "company", M_FORECAST_BOOKED, F_VALUE), 12000000);
    near(builder_value(b, "company", M_PIPELINE_WINS_NEEDED, F_VALUE), 8);
    near(builder_value(b, "company", M_PIPELINE_DEALS_NEEDED, F_VALUE), 20);
    near(builder_value(b, "company", M_PIPELINE_VALUE_NEEDED, F_VALUE), 96000000);
    near(b->measures->fact[0].size_effect * .4, .6);
    near(b->measures->fact[1].size_effect * .4, .2);
    near(builder_value(b, "company", M_DEALS_WIN_RATE_VALUE, F_VALUE), .5);
    near(builder_value(b, "company", M_DEALS_WIN_RATE_VALUE_EX_LARGEST, F_VALUE),
         (48000000.0 - 7200000) / (96000000.0 - 7200000));
    near(builder_value(b, "company", M_DEALS_SIZE_WON_MEDIAN, F_VALUE), 7200000);
    builder_free(b);
}

/* T is (as-of - 365, as-of]; renewals and disqualified deals are in no rate. */
static void
test_window(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-10-31");
    build_seller(b, "S1", NULL, NULL);
    build_closed(b, "D1", "S1", 40, 0, "Won", 100);
    build_closed(b, "D2", "S1", 40, 364, "Lost", 100);
    build_closed(b, "D3", "S1", 40, 365, "Won", 100);
    build_closed(b, "D4", "S1", 40, 10, "Junk", 100);
    build_closed(b, "D5", "S1", 40, 10, "None", MONEY_NONE);
    build_closed(b, "D6", "S1", 40, 10, "Won", 100)->segment = SEGMENT_RENEWAL;
    build_closed(b, "D7", "nobody", 40, 10, "Lost", 300);
    builder_measures(b);
    near(builder_value(b, "S1", M_DEALS_WON, F_NUMBER), 1);
    near(builder_value(b, "S1", M_DEALS_NO_DECISION, F_NUMBER), 1);
    near(builder_value(b, "S1", M_DEALS_NO_DECISION, F_VALUE), 0);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_BROAD, F_N), 3);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_NARROW, F_VALUE), .5);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_VALUE, F_N), 2); /* the one without amount */
    near(builder_value(b, "company", M_DEALS_LOST, F_NUMBER), 2); /* the unknown owner's too */
    near(builder_value(b, "company", M_DEALS_LOST, F_VALUE), 400);
    near(builder_value(b, "S1", M_FORECAST_BOOKED, F_VALUE), 200); /* renewals are bookings */
    builder_free(b);
}

/* Fewer than 10 wins: only the close rule; from 10 on also the age rule, above the 95th percentile
 * by nearest rank. */
static void
test_zombies(void **state)
{
    (void)state;
    for (int wins = 9; wins <= 10; wins++) {
        struct builder *b = builder_new("2026-10-31");
        build_seller(b, "S1", NULL, NULL);
        for (int i = 0; i < wins; i++) {
            build_closed(b, build_id(b, "W", i), "S1", 10 * (i + 1), 30, "Won", 1000);
        }
        build_open(b, "X1", "S1", 10 * wins, 20, 1000);
        build_open(b, "X2", "S1", 10 * wins + 1, 20, 1000);
        build_open(b, "X3", "S1", 5, -30, 1000);
        build_open(b, "X4", "S1", 5, -31, 1000);
        build_open(b, "X5", "S1", 5, DAY_NONE, 1000);
        builder_measures(b);
        const struct deal_fact *fact = b->measures->fact;
        assert_false(fact[0].zombie);
        assert_int_equal(fact[1].zombie, wins == 10);
        assert_false(fact[2].zombie);
        assert_true(fact[3].zombie);
        assert_false(fact[4].zombie);
        near(fact[3].q, 0);
        near(builder_value(b, "S1", M_DEALS_WIN_RATE_PLANNING, F_N), wins + (wins == 10 ? 2 : 1));
        near(builder_value(b, "S1", M_DEALS_AGE_AT_WIN_P95, F_VALUE), 10 * wins);
        builder_free(b);
    }
}

/* The company's own mean, everybody else drawn to it as by ten more deals. */
static void
test_sizes_are_drawn(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-10-31");
    build_seller(b, "S1", NULL, NULL);
    build_seller(b, "S2", NULL, NULL);
    build_closed(b, "D1", "S1", 10, 30, "Won", 4000);
    build_closed(b, "D2", "S1", 30, 30, "Won", 2000);
    build_closed(b, "D3", "S1", 50, 30, "Lost", 9000);
    builder_measures(b);
    near(builder_value(b, "company", M_DEALS_SIZE_WON, F_VALUE), 3000);
    near(builder_value(b, "S1", M_DEALS_SIZE_WON, F_VALUE), (6000 + 10 * 3000) / 12.0);
    near(builder_value(b, "S2", M_DEALS_SIZE_WON, F_VALUE), 3000);
    near(builder_value(b, "S1", M_DEALS_SIZE_DECIDED, F_VALUE), (15000 + 10 * 5000) / 13.0);
    near(builder_value(b, "S1", M_DEALS_CYCLE_NAIVE, F_VALUE), 20);
    near(builder_value(b, "S2", M_DEALS_CYCLE_OWN, F_VALUE), 20);
    assert_int_equal(builder_measure(b, "S2", M_DEALS_CYCLE_NAIVE)->why, WHY_ZERO_DENOMINATOR);
    assert_int_equal(builder_measure(b, "S2", M_DEALS_WIN_RATE_BROAD)->why, WHY_ZERO_DENOMINATOR);
    builder_free(b);
}

/* Nobody has ever decided anything: priors; a size from the open deals' median. */
static void
test_nothing_decided(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-09-15");
    build_seller(b, "S1", NULL, NULL);
    build_open(b, "X1", "S1", 10, 10, 1000);
    build_open(b, "X2", "S1", 0, 10, 3001);
    build_open(b, "X3", "S1", 0, 10, MONEY_NONE);
    builder_measures(b);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_OWN, F_VALUE), .25);
    near(builder_value(b, "S1", M_DEALS_WIN_RATE_OWN, F_LOW), beta_quantile(.1, 5, 15));
    near(builder_value(b, "company", M_DEALS_SIZE_WON, F_VALUE), 2000.5);
    near(builder_value(b, "company", M_DEALS_CYCLE, F_VALUE), 63);
    near(b->measures->fact[0].q, .25 * (1 - exp(-15 / 90.0)));
    assert_int_equal(builder_measure(b, "company", M_CURVE)->row_count, 0);
    builder_free(b);

    b = builder_new("2026-09-15"); /* and no deal at all */
    build_seller(b, "S1", NULL, NULL);
    builder_measures(b);
    assert_int_equal(builder_measure(b, "S1", M_DEALS_SIZE_WON)->why, WHY_NO_DATA);
    near(builder_value(b, "company", M_FORECAST_EXPECTED, F_VALUE), 0);
    assert_int_equal(diag_exit(b->diag), EXIT_OK);
    builder_free(b);
}

static void
test_mix(void **state)
{
    (void)state;
    static const char *const letters[] = {"metrics", "buyer"};
    struct builder *b = builder_new("2026-09-15");
    b->config.qualification.count = 2;
    b->config.qualification.string = letters;
    build_seller(b, "S1", NULL, NULL);
    struct build_deal *d = build_closed(b, "D1", "S1", 10, 30, "Won", 4000);
    d->source = "Fair", d->letter[0] = 3, d->letter[1] = 1;
    d = build_closed(b, "D2", "S1", 10, 30, "Lost", 1000);
    d->source = "Fair", d->reason = "Price", d->letter[0] = 0;
    build_closed(b, "D3", "S1", 10, 30, "None", 500);
    d = build_open(b, "X1", "S1", 10, 30, 12000);
    d->letter[0] = 2, d->letter[1] = 3;
    build_open(b, "X2", "S1", 10, 30, 11999)->strategic = ANSWER_NO;
    build_open(b, "X3", "S1", 10, 30, 1)->strategic = ANSWER_YES;
    builder_measures(b);
    near(builder_row(b, "S1", M_DEALS_SOURCES, "Fair", F_N), 2);
    near(builder_row(b, "S1", M_DEALS_SOURCES, "Fair", F_K), 1);
    near(builder_row(b, "S1", M_DEALS_SOURCES, "Fair", F_VALUE), 5000);
    near(builder_row(b, "S1", M_DEALS_SOURCES, "", F_N), 1);
    near(builder_row(b, "S1", M_DEALS_LOSS_REASONS, "Price", F_VALUE), 1000);
    near(builder_row(b, "S1", M_DEALS_LOSS_REASONS, "", F_NUMBER), 1);
    near(builder_row(b, "S1", M_DEALS_QUALIFICATION, "1", F_RATE), 1);
    near(builder_row(b, "S1", M_DEALS_QUALIFICATION, "0", F_RATE), 0);
    near(builder_row(b, "S1", M_DEALS_QUALIFICATION, "0", F_NO_LIFT), 0);
    near(builder_row(b, "S1", M_DEALS_QUALIFICATION, "", F_N), 1);
    assert_null(measure_key(builder_measure(b, "S1", M_DEALS_QUALIFICATION), "3"));
    assert_int_equal(b->measures->fact[0].weakest, 2);
    near(b->measures->fact[0].complete, 1);
    assert_int_equal(b->measures->fact[1].weakest, -1);
    near(b->measures->fact[1].complete, 0);
    near(builder_value(b, "S1", M_DEALS_STRATEGIC, F_NUMBER), 2); /* 3 x 4000, and flagged */
    near(builder_value(b, "S1", M_DEALS_STRATEGIC, F_SHARE_OPEN), 12001 / 24000.0);
    near(builder_value(b, "S1", M_DEALS_STRATEGIC, F_SHARE_WON), 0);
    builder_free(b);
}

/* Sellers' rates of section 12, through a team with open deals of unequal number. */
static void
test_team_rate(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-10-31");
    static const int wins[] = {10, 4, 9, 5}, open[] = {3, 1, 0, 0};
    static const char *const seller[] = {"S1", "S2", "S3", "S4"};
    static const double w[] = {.425, .275, .40, .30};
    build_team(b, "T1", NULL);
    build_team(b, "T2", NULL);
    for (int s = 0; s < 4; s++) {
        build_seller(b, seller[s], s < 2 ? "T1" : "T2", NULL);
        for (int i = 0; i < 20; i++) {
            build_closed(b, build_id(b, seller[s], i), seller[s], 300, 30,
                         i < wins[s] ? "Won" : "Lost", 1000);
        }
        for (int i = 0; i < open[s]; i++) {
            build_open(b, build_id(b, seller[s], 100 + i), seller[s], 5, 5, 1000);
        }
    }
    builder_measures(b);
    for (int s = 0; s < 4; s++) {
        near(builder_value(b, seller[s], M_DEALS_WIN_RATE_OWN, F_VALUE), w[s]);
    }
    near(builder_value(b, "T1", M_DEALS_WIN_RATE_OWN, F_VALUE), (3 * .425 + .275) / 4);
    near(builder_value(b, "T2", M_DEALS_WIN_RATE_OWN, F_VALUE), 14 / 40.0);
    near(builder_value(b, "T2", M_DEALS_WIN_RATE_OWN, F_LOW), beta_jeffreys(14, 40, .1).low);
    near(builder_value(b, "company", M_DEALS_WIN_RATE_OWN, F_N), 80);
    builder_free(b);
}

/* 50,000 deals, all on the same day. */
static void
test_many_at_once(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-10-31");
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < 50000; i++) {
        const char *stage = i % 5 == 0 ? "Won" : i % 5 == 1 ? "Lost" : "Open";
        build_closed(b, build_id(b, "D", i), "S1", 0, 0, stage, 100 + i % 7);
    }
    builder_measures(b);
    near(builder_value(b, "company", M_DEALS_WIN_RATE_BROAD, F_VALUE), .5);
    near(builder_value(b, "company", M_PIPELINE_OPEN, F_NUMBER), 30000);
    near(builder_value(b, "company", M_DEALS_CYCLE, F_VALUE), 0);
    assert_int_equal(diag_exit(b->diag), EXIT_OK);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage),        cmocka_unit_test(test_window),
        cmocka_unit_test(test_zombies),         cmocka_unit_test(test_sizes_are_drawn),
        cmocka_unit_test(test_nothing_decided), cmocka_unit_test(test_mix),
        cmocka_unit_test(test_team_rate),       cmocka_unit_test(test_many_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
