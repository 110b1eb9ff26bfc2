/* Stage conversion: entries, skips, ways back, exits that compete. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

#define AS_OF "2026-11-15"

static void
assert_stage(const struct builder *b, const char *stage, double n, double value, double median)
{
    double row[3] = {builder_row(b, "company", M_PIPELINE_STAGE_CONVERSION, stage, F_N),
                     builder_row(b, "company", M_PIPELINE_STAGE_CONVERSION, stage, F_VALUE),
                     builder_row(b, "company", M_PIPELINE_STAGE_CONVERSION, stage, F_MEDIAN_DAYS)};
    const double expected[3] = {n, value, median};
    for (int i = 0; i < 3; i++)
        if (isnan(expected[i]) ? !isnan(row[i]) : !(fabs(row[i] - expected[i]) < 1e-12))
            fail_msg("%s: n %g, value %g, median %g", stage, row[0], row[1], row[2]);
}

static struct builder *
company(void)
{
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    return b;
}

static void
test_a_straight_way(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Won", 5)->close = builder_day("2026-06-21");
    build_change(b, "D1", "2026-06-01", "Lead", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-05", "Open", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-11", "Proposal", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-21", "Won", MONEY_NONE, NULL);
    builder_measures(b);
    assert_stage(b, "Lead", 1, 1, 4);
    assert_stage(b, "Open", 1, 1, 6);
    assert_stage(b, "Proposal", 1, 1, 10);
    builder_free(b);
}

static void
test_skipped_stages(void **state)
{
    (void)state; /* Lead -> Won: Open and Proposal are entered and left on that day */
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Won", 5)->close = builder_day("2026-06-21");
    build_change(b, "D1", "2026-06-01", "Lead", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-21", "Won", MONEY_NONE, NULL);
    builder_measures(b);
    assert_stage(b, "Lead", 1, 1, 20);
    assert_stage(b, "Open", 1, 1, 0);
    assert_stage(b, "Proposal", 1, 1, 0);
    builder_free(b);
}

/* The first later state decides: history says won, whatever the deals table says afterwards. */
static void
test_history_ends_otherwise(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "None", 5)->close = builder_day("2026-06-25");
    build_change(b, "D1", "2026-06-01", "Open", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-21", "Won", MONEY_NONE, NULL);
    build_deal(b, "D2", "S1", "2026-06-01", "Lost", 5)->close = builder_day("2026-06-11");
    build_change(b, "D2", "2026-06-01", "Open", MONEY_NONE, NULL);
    builder_measures(b);
    assert_stage(b, "Open", 2, .5, 10);
    assert_stage(b, "Proposal", 1, 1, 0);
    builder_free(b);
}

static void
test_competing_and_censored(void **state)
{
    (void)state;
    /* Proposal: D1 won at 10; D2 lost at 5; D3 open since 3 days; D4 disqualified at 8.
     * Age 3: 4 at risk, none ends, D3 leaves. 5: 3 at risk, 1/3 lost, S 2/3. 8: D4 leaves.
     * 10: 1 at risk, won: 2/3. */
    struct builder *b = company();
    static const char *const ends[] = {"Won", "Lost", NULL, "Junk"};
    static const int days[] = {10, 5, 3, 8};
    for (int i = 0; i < 4; i++) {
        const char *id = build_id(b, "D", i);
        day from = builder_day(AS_OF) - (ends[i] ? 100 : 3);
        struct build_deal *d = build_deal(b, id, "S1", NULL, ends[i] ? ends[i] : "Proposal", 5);
        d->created = d->qualified = from;
        d->close = ends[i] ? from + days[i] : DAY_NONE;
        build_change(b, id, NULL, "Proposal", MONEY_NONE, NULL)->day = from;
        if (i == 1) /* the others lack the row of their end: the close day ends the stay */
            build_change(b, id, NULL, ends[i], MONEY_NONE, NULL)->day = from + days[i];
    }
    builder_measures(b);
    /* stays: 3 lasting, 5, 8 and 10 ended: S 2/3, 1/3, 0: half are gone at 8 */
    assert_stage(b, "Proposal", 4, 2.0 / 3, 8);
    assert_stage(b, "Open", 4, 1, 0); /* the first state skips what is below it */
    builder_free(b);
}

static void
test_the_first_entry_counts(void **state)
{
    (void)state; /* Open -> Proposal -> Open, still there */
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Open", 5);
    build_change(b, "D1", "2026-06-01", "Open", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-11", "Proposal", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-15", "Open", MONEY_NONE, NULL);
    builder_measures(b);
    assert_stage(b, "Open", 1, 1, 10);
    assert_stage(b, "Proposal", 1, 0, 4); /* left, but not for a later stage */
    builder_free(b);
}

static void
test_who_is_in_the_sample(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Open", 5); /* no history */
    build_deal(b, "D2", "S1", "2026-06-01", "Open", 5)->segment = SEGMENT_RENEWAL;
    build_change(b, "D2", "2026-06-01", "Open", MONEY_NONE, NULL);
    build_deal(b, "D3", "S1", "2023-11-16", "Open", 5); /* entered 1095 days ago: too long */
    build_change(b, "D3", "2023-11-16", "Open", MONEY_NONE, NULL);
    build_deal(b, "D4", "S1", "2023-11-17", "Open", 5);
    build_change(b, "D4", "2023-11-17", "Open", MONEY_NONE, NULL);
    builder_measures(b);
    assert_stage(b, "Open", 1, 0, NAN);
    assert_stage(b, "Proposal", 0, NAN, NAN);
    builder_free(b);
}

static void
test_no_history(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Open", 5);
    builder_measures(b);
    assert_int_equal(builder_measure(b, "S1", M_PIPELINE_STAGE_CONVERSION)->why,
                     WHY_NOT_CONFIGURED);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_straight_way),
        cmocka_unit_test(test_skipped_stages),
        cmocka_unit_test(test_history_ends_otherwise),
        cmocka_unit_test(test_competing_and_censored),
        cmocka_unit_test(test_the_first_entry_counts),
        cmocka_unit_test(test_who_is_in_the_sample),
        cmocka_unit_test(test_no_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
