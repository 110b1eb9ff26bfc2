/* The pipeline: needs and coverage by hand, cuts that add up, padding that moves nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

#define AS_OF "2026-11-15"

static void
assert_near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-9 * (1 + fabs(b))))
        fail_msg("%.12g is not %.12g", a, b);
}

static void
assert_measure(const struct builder *b, const char *scope, enum measure_id id, double value)
{
    assert_near(builder_value(b, scope, id, F_VALUE), value);
}

static void
assert_why(const struct builder *b, const char *scope, enum measure_id id, enum why why)
{
    assert_int_equal(builder_measure(b, scope, id)->why, why);
}

static void
assert_row(const struct builder *b, enum measure_id id, const char *key, double number,
           double value)
{
    assert_near(builder_row(b, "company", id, key, F_NUMBER), number);
    assert_near(builder_row(b, "company", id, key, F_VALUE), value);
}

/* One seller, 40 decided deals: 16 won of 60k, 24 lost of 40k: w .40, A 60k, A_d 48k, w_v .50. */
static struct builder *
company(void)
{
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < 40; i++)
        build_closed(b, build_id(b, "C", i), "S1", 60, 100, i < 16 ? "Won" : "Lost",
                     i < 16 ? 6000000 : 4000000);
    return b;
}

static void
test_coverage_by_hand(void **state)
{
    (void)state; /* quota 600k, booked 120k: W_n 8, N* 20, V* 960k */
    struct builder *b = company();
    build_quota(b, "S1", NULL, 60000000);
    struct build_deal *won = build_closed(b, "R1", "S1", 60, 10, "Won", 12000000);
    won->segment = SEGMENT_RENEWAL; /* a booking, but no rate */
    for (int i = 0; i < 10; i++)
        build_open(b, build_id(b, "D", i), "S1", 10, 20, 4800000);
    builder_measures(b);
    assert_measure(b, "company", M_FORECAST_GAP, 48000000);
    assert_measure(b, "company", M_PIPELINE_WINS_NEEDED, 8);
    assert_measure(b, "company", M_PIPELINE_DEALS_NEEDED, 20);
    assert_measure(b, "company", M_PIPELINE_VALUE_NEEDED, 96000000);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_NEEDED_NUMBER, 2.5);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_NEEDED_VALUE, 2);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_RAW_NUMBER, 1.25);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_RAW_VALUE, 1);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_GLOBAL_ASK, 1.2);
    /* L 60 days of a period of 92: (1/.4)(60/92) */
    assert_measure(b, "company", M_PIPELINE_COVERAGE_STANDING_NUMBER, 2.5 * 60 / 92);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_STANDING_VALUE, 2.0 * 60 / 92);
    /* 10 deals x .4 x 60k / 60 d = 4k a day; won in T 16 x 60k / 365 */
    assert_measure(b, "company", M_PIPELINE_VELOCITY, 400000);
    assert_measure(b, "company", M_PIPELINE_VELOCITY_OBSERVED, 96000000.0 / 365);
    const struct cell *note =
        measure_field(&builder_measure(b, "company", M_PIPELINE_VELOCITY_BALANCE)->fields, F_NOTE);
    assert_non_null(note);
    assert_string_equal(note->text, "not_steady");
    builder_free(b);
}

static void
test_no_gap_nothing_to_cover(void **state)
{
    (void)state;
    struct builder *b = company();
    build_quota(b, "S1", NULL, 100);
    build_closed(b, "B1", "S1", 10, 5, "Won", 100);
    build_open(b, "D1", "S1", 10, 20, 4800000);
    builder_measures(b);
    assert_measure(b, "S1", M_PIPELINE_WINS_NEEDED, 0);
    assert_measure(b, "S1", M_PIPELINE_DEALS_NEEDED, 0);
    assert_measure(b, "S1", M_PIPELINE_VALUE_NEEDED, 0);
    assert_why(b, "S1", M_PIPELINE_COVERAGE_RAW_NUMBER, WHY_MET);
    assert_why(b, "S1", M_PIPELINE_COVERAGE_CLEAN_VALUE, WHY_MET);
    assert_why(b, "S1", M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER, WHY_MET);
    assert_true(builder_value(b, "S1", M_PIPELINE_COVERAGE_NEEDED_NUMBER, F_VALUE) > 1);
    builder_free(b);
}

static void
test_no_quota(void **state)
{
    (void)state;
    struct builder *b = company();
    build_open(b, "D1", "S1", 10, 20, 4800000);
    builder_measures(b);
    assert_why(b, "S1", M_PIPELINE_WINS_NEEDED, WHY_NOT_CONFIGURED);
    assert_why(b, "S1", M_PIPELINE_COVERAGE_CLEAN_NUMBER, WHY_NOT_CONFIGURED);
    assert_measure(b, "company", M_PIPELINE_COVERAGE_NEEDED_NUMBER, 2.5); /* the own need stands */
    builder_free(b);
}

static void
test_empty_company(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    builder_measures(b);
    assert_measure(b, "S1", M_PIPELINE_OPEN, 0);
    assert_why(b, "S1", M_PIPELINE_REPLACEMENT, WHY_ZERO_DENOMINATOR);
    assert_why(b, "S1", M_PIPELINE_CONCENTRATION_TOP3, WHY_ZERO_DENOMINATOR);
    assert_measure(b, "S1", M_PIPELINE_COVERAGE_NEEDED_NUMBER, 4); /* the prior of .25 */
    builder_free(b);
}

static void
test_padding_moves_nothing_that_leads(void **state)
{
    (void)state; /* eight dead deals */
    double w[2], clean[2], expected[2], sufficiency[2], raw[2];
    for (int padded = 0; padded < 2; padded++) {
        struct builder *b = company();
        builder_config(b)->rule[FLAG_PAST_CLOSE].word = RULE_FATAL;
        build_quota(b, "S1", NULL, 60000000);
        for (int i = 0; i < 8; i++)
            build_open(b, build_id(b, "D", i), "S1", 30, 20, 4800000);
        for (int i = 0; padded && i < 8; i++)
            build_open(b, build_id(b, "X", i), "S1", 30, -5, 4800000);
        builder_measures(b);
        w[padded] = builder_value(b, "S1", M_DEALS_WIN_RATE_OWN, F_VALUE);
        clean[padded] = builder_value(b, "S1", M_PIPELINE_COVERAGE_CLEAN_NUMBER, F_VALUE);
        raw[padded] = builder_value(b, "S1", M_PIPELINE_COVERAGE_RAW_NUMBER, F_VALUE);
        sufficiency[padded] =
            builder_value(b, "S1", M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER, F_VALUE);
        expected[padded] = builder_value(b, "S1", M_FORECAST_EXISTING, F_VALUE);
        builder_free(b);
    }
    assert_near(raw[1], 2 * raw[0]); /* by their share */
    assert_near(w[1], w[0]);
    assert_near(clean[1], clean[0]);
    assert_true(sufficiency[1] <= sufficiency[0] + 1e-12);
    assert_true(expected[1] <= expected[0] + 1e-12);
    assert_true(expected[0] > 0);
}

static void
test_cuts(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    static const int ages[] = {0, 30, 31, 90, 91, 180, 181, 365, 366, 900};
    for (int i = 0; i < 10; i++) {
        struct build_deal *d =
            build_open(b, build_id(b, "D", i), "S1", ages[i], i < 5 ? 20 : 60, 100 + i);
        d->source = i < 3 ? "Web" : i < 5 ? "Fair" : NULL;
        d->stage = i < 4 ? "Open" : "Proposal";
    }
    struct build_deal *d = build_open(b, "E1", "S1", 5, DAY_NONE, MONEY_NONE);
    d->source = "Fair";
    d = build_open(b, "R1", "S1", 5, 20, 999); /* a renewal is not in `open` */
    d->segment = SEGMENT_RENEWAL;
    builder_measures(b);
    assert_near(builder_value(b, "company", M_PIPELINE_OPEN, F_NUMBER), 11);
    assert_measure(b, "company", M_PIPELINE_OPEN, 1045);
    assert_row(b, M_PIPELINE_BY_AGE, "0-30", 3, 201);
    assert_row(b, M_PIPELINE_BY_AGE, "31-90", 2, 205);
    assert_row(b, M_PIPELINE_BY_AGE, "91-180", 2, 209);
    assert_row(b, M_PIPELINE_BY_AGE, "181-365", 2, 213);
    assert_row(b, M_PIPELINE_BY_AGE, "366+", 2, 217);
    assert_row(b, M_PIPELINE_BY_SOURCE, "Web", 3, 303);
    assert_row(b, M_PIPELINE_BY_SOURCE, "Fair", 3, 207);
    assert_row(b, M_PIPELINE_BY_SOURCE, "", 5, 535);
    assert_row(b, M_PIPELINE_BY_STAGE, "Open", 5, 406);
    assert_row(b, M_PIPELINE_BY_STAGE, "Proposal", 6, 639);
    assert_row(b, M_PIPELINE_BY_STAGE, "", 0, 0);
    assert_row(b, M_PIPELINE_BY_CLOSE_MONTH, "2026-12", 5, 510);
    assert_row(b, M_PIPELINE_BY_CLOSE_MONTH, "2027-01", 5, 535);
    assert_row(b, M_PIPELINE_BY_CLOSE_MONTH, "", 1, 0);
    builder_free(b);
}

static void
test_concentration(void **state)
{
    (void)state; /* 70 10 10 10: 90 % in three; 1 / (.49 + .03) = 1.923 */
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    static const int64_t amounts[] = {10, 70, 10, 10, 0};
    for (int i = 0; i < 5; i++)
        build_open(b, build_id(b, "D", i), "S1", 5, 20, amounts[i]);
    builder_measures(b);
    assert_measure(b, "S1", M_PIPELINE_CONCENTRATION_TOP3, 0.9);
    assert_measure(b, "S1", M_PIPELINE_CONCENTRATION_EFFECTIVE, 1 / 0.52);
    builder_free(b);
}

static void
test_created_and_replaced(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    build_deal(b, "D1", "S1", "2026-10-01", "Open", 10); /* in P and R */
    build_deal(b, "D2", "S1", "2026-08-17", "Open", 20); /* the first day of R */
    build_deal(b, "D3", "S1", "2026-08-16", "Open", 40); /* before R */
    build_deal(b, "D4", "S1", "2026-10-02", "Junk", 80)->close = builder_day("2026-10-09");
    build_deal(b, "D5", "S1", "2026-10-02", "Open", 160)->segment = SEGMENT_RENEWAL;
    build_deal(b, "D6", "S1", "2026-10-02", "Lead", 320); /* not qualified */
    build_deal(b, "D7", "S1", "2026-01-02", "Lost", 640)->close = builder_day("2026-10-09");
    builder_measures(b);
    assert_near(builder_value(b, "S1", M_PIPELINE_CREATED, F_NUMBER), 2);
    assert_measure(b, "S1", M_PIPELINE_CREATED, 90);
    assert_near(builder_value(b, "S1", M_PIPELINE_CREATED_RECENT, F_NUMBER), 3);
    assert_measure(b, "S1", M_PIPELINE_CREATED_RECENT, 110);
    assert_measure(b, "S1", M_PIPELINE_REPLACEMENT, 1.5);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage_by_hand),
        cmocka_unit_test(test_no_gap_nothing_to_cover),
        cmocka_unit_test(test_no_quota),
        cmocka_unit_test(test_empty_company),
        cmocka_unit_test(test_padding_moves_nothing_that_leads),
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_concentration),
        cmocka_unit_test(test_created_and_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
