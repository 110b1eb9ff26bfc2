/* States on earlier days, and the buckets between two of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "movement.h"
#include "states.h"

/* The period is 2026-10-01 .. 2026-12-31, the earlier state that of the end of 2026-09-30. */
#define AS_OF "2026-11-15"
#define BEFORE "2026-09-30"

static struct builder *
company(void)
{
    struct builder *b = builder_new(AS_OF);
    build_team(b, "T1", NULL);
    build_team(b, "T2", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    build_seller(b, "S3", "T2", NULL);
    return b;
}

static void
assert_bucket(const struct builder *b, const char *scope, const char *bucket, int64_t number,
              int64_t value)
{
    if (builder_row(b, scope, M_PIPELINE_MOVEMENT, bucket, F_NUMBER) != (double)number ||
        builder_row(b, scope, M_PIPELINE_MOVEMENT, bucket, F_VALUE) != (double)value)
        fail_msg("%s %s: %g, %g", scope, bucket,
                 builder_row(b, scope, M_PIPELINE_MOVEMENT, bucket, F_NUMBER),
                 builder_row(b, scope, M_PIPELINE_MOVEMENT, bucket, F_VALUE));
}

/* start + buckets = end, by number and value, in every scope. */
static void
assert_closes(const struct builder *b)
{
    for (uint32_t scope = 0; scope < b->dataset.scope_count; scope++) {
        const struct measure *m = measures_get(b->measures, scope, M_PIPELINE_MOVEMENT);
        double number = 0, value = 0;
        assert_int_equal(m->row_count, BUCKET_COUNT);
        for (uint32_t i = 0; i + 1 < m->row_count; i++) {
            number += measure_number(&m->row[i], F_NUMBER, 0);
            value += measure_number(&m->row[i], F_VALUE, 0);
        }
        assert_true(number == measure_number(&m->row[BUCKET_END], F_NUMBER, -1));
        assert_true(value == measure_number(&m->row[BUCKET_END], F_VALUE, -1));
    }
}

static void
test_states_of_a_day(void **state)
{
    (void)state;
    struct builder *b = company();
    struct build_deal *d = build_deal(b, "D1", "S2", "2026-06-01", "Proposal", 900);
    d->close = builder_day("2026-12-01");
    build_change(b, "D1", "2026-07-01", "Lead", 500, NULL)->owner = "S1";
    build_change(b, "D1", "2026-08-10", "Open", MONEY_NONE, "2026-10-20");
    build_change(b, "D1", "2026-08-10", NULL, 700, NULL); /* the same day: the last stands */
    build_change(b, "D1", "2026-10-10", "Proposal", 900, "2026-12-01")->owner = "S2";
    builder_finish(b);
    struct deal_state s = states_at(&b->config, &b->dataset, 0, builder_day("2026-05-31"));
    assert_false(s.exists);
    /* before its first row a deal is as that row says; what it leaves empty as in the table */
    s = states_at(&b->config, &b->dataset, 0, builder_day("2026-06-01"));
    assert_true(s.exists && s.qualified && s.outcome == OUTCOME_OPEN);
    assert_int_equal(s.stage, 0);
    assert_int_equal(s.amount, 500);
    assert_int_equal(s.close, builder_day("2026-12-01"));
    assert_int_equal(s.owner, 0);
    s = states_at(&b->config, &b->dataset, 0, builder_day(BEFORE));
    assert_int_equal(s.stage, 1);
    assert_int_equal(s.amount, 700);
    assert_int_equal(s.close, builder_day("2026-10-20"));
    assert_int_equal(s.owner, 0);
    s = states_at(&b->config, &b->dataset, 0, builder_day("2026-10-10"));
    assert_int_equal(s.stage, 2);
    assert_int_equal(s.owner, 1);
    builder_free(b);
}

static void
test_a_deal_without_history_was_open_until_its_close(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Won", 900)->close = builder_day("2026-10-10");
    builder_finish(b);
    struct deal_state s = states_at(&b->config, &b->dataset, 0, builder_day("2026-10-09"));
    assert_true(s.exists && s.outcome == OUTCOME_OPEN);
    assert_int_equal(s.close, builder_day("2026-10-10"));
    assert_int_equal(s.stage, -1);
    s = states_at(&b->config, &b->dataset, 0, builder_day("2026-10-10"));
    assert_int_equal(s.outcome, OUTCOME_WON);
    builder_free(b);
}

static void
test_spells(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-06-01", "Proposal", 900);
    build_change(b, "D1", "2026-06-01", "Lead", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-11", "Open", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-06-15", NULL, 800, NULL); /* no change of stage */
    build_change(b, "D1", "2026-06-21", "Proposal", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-07-01", "Open", MONEY_NONE, NULL); /* back: a spell of its own */
    build_change(b, "D1", "2026-07-05", "Won", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-07-05", "Proposal", MONEY_NONE, NULL); /* the day ends here */
    build_deal(b, "D2", "S1", "2026-06-01", "Won", 900)->close = builder_day("2026-07-01");
    build_change(b, "D2", "2026-06-11", "Open", MONEY_NONE, NULL);
    build_deal(b, "D3", "S1", "2026-06-01", "Open", 900);
    builder_finish(b);
    struct spell spell[10];
    assert_int_equal(states_spells(&b->config, &b->dataset, 0, spell), 5);
    static const int16_t stages[] = {0, 1, 2, 1, 2};
    static const char *const from[] = {"2026-06-01", "2026-06-11", "2026-06-21", "2026-07-01",
                                       "2026-07-05"};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(spell[i].stage, stages[i]);
        assert_int_equal(spell[i].from, builder_day(from[i]));
        assert_int_equal(spell[i].to, builder_day(i < 4 ? from[i + 1] : AS_OF));
        assert_true(spell[i].last == (i == 4));
    }
    /* won without a row that says so: the stay ends at its close */
    assert_int_equal(states_spells(&b->config, &b->dataset, 1, spell), 1);
    assert_int_equal(spell[0].from, builder_day("2026-06-01"));
    assert_int_equal(spell[0].to, builder_day("2026-07-01"));
    assert_false(spell[0].last);
    assert_int_equal(states_spells(&b->config, &b->dataset, 2, spell), 0);
    builder_free(b);
}

/* An open deal that was in the window at the start of the period, 100 worth. */
static struct build_deal *
in_window(struct builder *b, const char *id, const char *stage, const char *close)
{
    struct build_deal *d = build_deal(b, id, "S1", "2026-06-01", stage, 100);
    d->close = builder_day(close);
    build_change(b, id, "2026-06-01", "Open", 100, "2026-11-30");
    return d;
}

static void
test_ways_out(void **state)
{
    (void)state;
    struct builder *b = company();
    in_window(b, "A1", "Won", "2026-10-15");
    in_window(b, "A2", "Lost", "2026-10-15");
    in_window(b, "A3", "None", "2026-10-15");
    in_window(b, "A4", "Junk", "2026-10-15");
    in_window(b, "A5", "Open", "2026-12-15")->owner = "S3"; /* handed to the other team */
    build_change(b, "A5", "2026-07-01", NULL, MONEY_NONE, NULL)->owner = "S1";
    build_change(b, "A5", "2026-10-20", NULL, MONEY_NONE, NULL)->owner = "S3";
    in_window(b, "A6", "Open", "2027-01-01");
    in_window(b, "A7", "Open", NULL); /* no expected close any more */
    in_window(b, "A8", "Open", "2026-09-01");
    in_window(b, "A9", "Open", "2026-12-31"); /* stays */
    builder_measures(b);
    assert_bucket(b, "S1", "start", 9, 900);
    assert_bucket(b, "S1", "won", -1, -100);
    assert_bucket(b, "S1", "lost", -1, -100);
    assert_bucket(b, "S1", "no_decision", -1, -100);
    assert_bucket(b, "S1", "disqualified", -1, -100);
    assert_bucket(b, "S1", "transferred_out", -1, -100);
    assert_bucket(b, "S1", "pushed_out", -2, -200);
    assert_bucket(b, "S1", "pulled_earlier", -1, -100);
    assert_bucket(b, "S1", "end", 1, 100);
    assert_bucket(b, "S3", "transferred_in", 1, 100);
    assert_bucket(b, "T2", "transferred_in", 1, 100);
    assert_bucket(b, "company", "transferred_in", 0, 0); /* nothing moved for both together */
    assert_bucket(b, "company", "end", 2, 200);
    assert_closes(b);
    /* slipped: expected later, or never; those decided have not */
    assert_true(builder_value(b, "S1", M_PIPELINE_SLIP_RATE, F_K) == 2);
    assert_true(builder_value(b, "S1", M_PIPELINE_SLIP_RATE, F_N) == 9);
    builder_free(b);
}

static void
test_ways_in(void **state)
{
    (void)state;
    struct builder *b = company();
    struct build_deal *d = build_deal(b, "B1", "S1", "2026-10-05", "Open", 10); /* new */
    d->close = builder_day("2026-12-15");
    d = build_deal(b, "B2", "S1", "2026-06-01", "Open", 20); /* reopened */
    d->close = builder_day("2026-12-15");
    build_change(b, "B2", "2026-06-01", "Open", 20, "2026-08-01");
    build_change(b, "B2", "2026-08-01", "Lost", MONEY_NONE, NULL);
    build_change(b, "B2", "2026-10-15", "Open", MONEY_NONE, "2026-12-15");
    d = build_deal(b, "B3", "S1", "2026-06-01", "Open", 30); /* qualified since */
    d->qualified = builder_day("2026-10-02");
    d->close = builder_day("2026-12-15");
    d = build_deal(b, "B4", "S1", "2026-06-01", "Open", 40); /* pushed in */
    d->close = builder_day("2026-10-20");
    build_change(b, "B4", "2026-06-01", "Open", 40, "2026-09-15");
    d = build_deal(b, "B5", "S1", "2026-06-01", "Open", 50); /* pulled in */
    d->close = builder_day("2026-12-20");
    build_change(b, "B5", "2026-06-01", "Open", 50, "2027-02-01");
    d = build_deal(b, "B6", "S1", "2026-06-01", "Open", 70); /* grown */
    d->close = builder_day("2026-12-20");
    build_change(b, "B6", "2026-06-01", "Open", 60, "2026-12-20");
    build_change(b, "B6", "2026-10-20", NULL, 70, NULL);
    d = build_deal(b, "B7", "S1", "2026-10-05", "Won", 500); /* came and went */
    d->close = builder_day("2026-11-01");
    d = build_deal(b, "B8", "S1", "2026-10-05", "Won", 900); /* a renewal is not in the picture */
    d->close = builder_day("2026-11-01");
    d->segment = SEGMENT_RENEWAL;
    builder_measures(b);
    assert_bucket(b, "S1", "start", 1, 60);
    assert_bucket(b, "S1", "new", 2, 510);
    assert_bucket(b, "S1", "won", -1, -500);
    assert_bucket(b, "S1", "reopened", 1, 20);
    assert_bucket(b, "S1", "qualified", 1, 30);
    assert_bucket(b, "S1", "pushed_in", 1, 40);
    assert_bucket(b, "S1", "pulled_in", 1, 50);
    assert_bucket(b, "S1", "increased", 0, 10);
    assert_bucket(b, "S1", "end", 6, 220);
    assert_closes(b);
    builder_free(b);
}

static void
test_a_change_of_owner_inside_a_team(void **state)
{
    (void)state;
    struct builder *b = company();
    struct build_deal *d = build_deal(b, "C1", "S2", "2026-06-01", "Open", 100);
    d->close = builder_day("2026-12-01");
    build_change(b, "C1", "2026-06-01", "Open", 100, "2026-12-01")->owner = "S1";
    build_change(b, "C1", "2026-10-15", NULL, MONEY_NONE, NULL)->owner = "S2";
    d = build_deal(b, "C2", "S2", "2026-06-01", "Won", 200); /* handed over, then won */
    d->close = builder_day("2026-11-01");
    build_change(b, "C2", "2026-06-01", "Open", 200, "2026-12-01")->owner = "S1";
    build_change(b, "C2", "2026-10-15", NULL, MONEY_NONE, NULL)->owner = "S2";
    build_change(b, "C2", "2026-11-01", "Won", MONEY_NONE, NULL);
    builder_measures(b);
    assert_bucket(b, "S1", "transferred_out", -1, -100);
    assert_bucket(b, "S1", "won", -1, -200); /* it leaves its old owner as won */
    assert_bucket(b, "S2", "transferred_in", 1, 100);
    assert_bucket(b, "S2", "won", 0, 0);
    assert_bucket(b, "T1", "transferred_out", 0, 0);
    assert_bucket(b, "T1", "transferred_in", 0, 0);
    assert_bucket(b, "T1", "won", -1, -200);
    assert_closes(b);
    builder_free(b);
}

static void
test_an_unknown_amount_counts_in_numbers_only(void **state)
{
    (void)state;
    struct builder *b = company();
    struct build_deal *d = build_deal(b, "D1", "S1", "2026-06-01", "Open", MONEY_NONE);
    d->close = builder_day("2026-12-01");
    build_change(b, "D1", "2026-06-01", "Open", MONEY_NONE, "2026-12-01");
    builder_measures(b);
    assert_bucket(b, "S1", "start", 1, 0);
    assert_bucket(b, "S1", "end", 1, 0);
    assert_closes(b);
    builder_free(b);
}

static void
test_snapshot(void **state)
{
    (void)state; /* without history the `previous` file tells, and knows what was removed */
    struct builder *b = company();
    struct build_deal *d = build_deal(b, "D1", "S1", "2026-06-01", "Open", 100);
    d->close = builder_day("2026-12-01");
    d = build_deal(b, "D2", "S1", "2026-06-01", "Open", 70); /* was not in the file */
    d->close = builder_day("2026-12-01");
    struct dataset *data = builder_finish(b);
    static uint32_t deal[] = {0, NONE}, owner[] = {0, 1};
    static int16_t stage[] = {1, 1};
    static int64_t amount[] = {120, 30};
    static uint8_t segment[] = {SEGMENT_NEW, SEGMENT_NEW};
    day close[] = {builder_day("2026-12-01"), builder_day("2026-11-01")};
    day qualified[] = {builder_day("2026-06-01"), builder_day("2026-06-01")};
    data->earlier = (struct earlier){.present = true,
                                     .day = builder_day("2026-10-05"),
                                     .count = 2,
                                     .deal = deal,
                                     .owner = owner,
                                     .stage = stage,
                                     .amount = amount,
                                     .close = close,
                                     .qualified = qualified,
                                     .segment = segment};
    builder_measures(b);
    assert_bucket(b, "company", "start", 2, 150);
    assert_bucket(b, "company", "removed", -1, -30);
    assert_bucket(b, "S2", "removed", -1, -30);
    assert_bucket(b, "company", "new", 1, 70);
    assert_bucket(b, "company", "decreased", 0, -20);
    assert_closes(b);
    builder_free(b);
}

static void
test_without_an_earlier_state(void **state)
{
    (void)state;
    struct builder *b = company();
    build_open(b, "D1", "S1", 10, 10, 100);
    builder_measures(b);
    assert_int_equal(builder_measure(b, "S1", M_PIPELINE_MOVEMENT)->why, WHY_NOT_CONFIGURED);
    assert_int_equal(builder_measure(b, "S1", M_PIPELINE_SLIP_RATE)->why, WHY_NOT_CONFIGURED);
    builder_free(b);
}

static void
test_on_the_last_day_what_is_open_has_slipped(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-12-31");
    build_seller(b, "S1", NULL, NULL);
    in_window(b, "A1", "Open", "2026-12-31");
    in_window(b, "A2", "Won", "2026-12-30");
    builder_measures(b);
    assert_true(builder_value(b, "S1", M_PIPELINE_SLIP_RATE, F_K) == 1);
    assert_true(builder_value(b, "S1", M_PIPELINE_SLIP_RATE, F_N) == 2);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states_of_a_day),
        cmocka_unit_test(test_a_deal_without_history_was_open_until_its_close),
        cmocka_unit_test(test_spells),
        cmocka_unit_test(test_ways_out),
        cmocka_unit_test(test_ways_in),
        cmocka_unit_test(test_a_change_of_owner_inside_a_team),
        cmocka_unit_test(test_an_unknown_amount_counts_in_numbers_only),
        cmocka_unit_test(test_snapshot),
        cmocka_unit_test(test_without_an_earlier_state),
        cmocka_unit_test(test_on_the_last_day_what_is_open_has_slipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
