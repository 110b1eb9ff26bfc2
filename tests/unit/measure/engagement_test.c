/* Engagement: people, not counts; and the circle of influence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

/* R is 2026-08-17 .. 2026-11-15, T begins on 2025-11-16. */
#define AS_OF "2026-11-15"

static void
assert_measure(const struct builder *b, const char *scope, enum measure_id id, double value)
{
    double here = builder_value(b, scope, id, F_VALUE);
    if (!(fabs(here - value) <= 1e-9 * (1 + fabs(value))))
        fail_msg("%s: %s is %.12g, not %.12g", scope, measure_table[id].name, here, value);
}

static struct builder *
company(void)
{
    struct builder *b = builder_new(AS_OF);
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    build_account(b, "A1", "S1");
    build_account(b, "A2", "S1");
    static const uint8_t levels[] = {LEVEL_EXECUTIVE, LEVEL_DIRECTOR, LEVEL_MANAGER, LEVEL_STAFF,
                                     LEVEL_UNKNOWN};
    for (int i = 0; i < 5; i++)
        build_contact(b, build_id(b, "C", i), "A1", levels[i]);
    return b;
}

static void
meets(struct builder *b, const char *contact, const char *owner, const char *on, uint32_t times)
{
    build_meet(b, contact, owner, "A1", NULL, on)->times = times;
}

static void
test_people(void **state)
{
    (void)state;
    struct builder *b = company();
    meets(b, "C00000", "S1", "2026-08-17", 1); /* the first day of R */
    meets(b, "C00001", "S1", "2026-08-16", 1); /* the day before it */
    meets(b, "C00001", "S2", "2026-09-01", 1); /* new to S2, not to the team */
    meets(b, "C00002", "S1", "2026-09-01", 3);
    meets(b, "C00002", "S1", "2024-01-01", 3); /* met before, even before T */
    meets(b, "C00002", "S2", "2026-09-02", 1);
    builder_measures(b);
    assert_measure(b, "S1", M_CALLS_PEOPLE, 2);
    assert_measure(b, "S1", M_CALLS_NEW_PEOPLE, 1);
    assert_measure(b, "S2", M_CALLS_PEOPLE, 2);
    assert_measure(b, "S2", M_CALLS_NEW_PEOPLE, 2);
    assert_measure(b, "T1", M_CALLS_PEOPLE, 3);
    assert_measure(b, "T1", M_CALLS_NEW_PEOPLE, 1);
    assert_measure(b, "company", M_CALLS_PEOPLE, 3);
    builder_free(b);
}

static void
test_effective_people(void **state)
{
    (void)state; /* A1: shares .7 .1 .1 .1 -> 1.92; A2: four equal -> 4 */
    struct builder *b = company();
    static const uint32_t times[] = {7, 1, 1, 1};
    for (int i = 0; i < 4; i++) {
        meets(b, build_id(b, "C", i), "S1", "2026-09-01", times[i]);
        build_meet(b, build_id(b, "C", i), "S2", "A2", NULL, "2026-09-01");
    }
    meets(b, "C00004", "S1", "2026-08-01", 9); /* before R */
    builder_measures(b);
    assert_measure(b, "S1", M_CALLS_EFFECTIVE_PEOPLE, 1 / 0.52);
    assert_measure(b, "S2", M_CALLS_EFFECTIVE_PEOPLE, 4);
    assert_measure(b, "T1", M_CALLS_EFFECTIVE_PEOPLE, (1 / 0.52 + 4) / 2);
    builder_free(b);
}

static void
test_senior(void **state)
{
    (void)state;
    struct builder *b = company();
    for (int i = 0; i < 5; i++)
        meets(b, build_id(b, "C", i), "S1", "2026-09-01", 1);
    builder_measures(b);
    assert_measure(b, "S1", M_CALLS_SENIOR_SHARE, 0.5); /* two of four known */
    assert_true(builder_value(b, "S1", M_CALLS_SENIOR_SHARE, F_N) == 4);
    builder_free(b);
}

static void
test_repeats(void **state)
{
    (void)state;
    struct builder *b = company();
    meets(b, "C00003", "S2", "2026-01-01", 4); /* a colleague's count */
    meets(b, "C00003", "S1", "2026-09-01", 2); /* four on earlier days: not yet */
    meets(b, "C00003", "S1", "2026-09-02", 3); /* six earlier: again */
    meets(b, "C00003", "S2", "2026-09-02", 1);
    meets(b, "C00001", "S1", "2026-01-01", 9); /* a director may be met often */
    meets(b, "C00001", "S1", "2026-09-02", 1);
    meets(b, "C00004", "S1", "2025-11-15", 9); /* before T */
    meets(b, "C00004", "S1", "2026-09-02", 4); /* of unknown level is not senior */
    meets(b, "C00004", "S1", "2026-09-03", 1); /* four */
    meets(b, "C00004", "S1", "2026-09-04", 1); /* five: again */
    builder_measures(b);
    assert_measure(b, "S1", M_CALLS_REPEAT_SHARE, 4.0 / 12);
    assert_measure(b, "S2", M_CALLS_REPEAT_SHARE, 1);
    assert_measure(b, "T1", M_CALLS_REPEAT_SHARE, 5.0 / 13);
    builder_free(b);
}

static void
test_advances(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-01-01", "Proposal", 5);
    build_change(b, "D1", "2026-01-01", "Open", MONEY_NONE, NULL);
    build_change(b, "D1", "2026-09-15", "Proposal", MONEY_NONE, NULL);
    build_deal(b, "D2", "S1", "2026-01-01", "Lost", 5)->close = builder_day("2026-09-10");
    build_change(b, "D2", "2026-01-01", "Open", MONEY_NONE, NULL);
    build_change(b, "D2", "2026-09-10", "Lost", MONEY_NONE, NULL);
    build_deal(b, "D3", "S1", "2026-01-01", "Won", 5)->close = builder_day("2026-09-10");
    build_change(b, "D3", "2026-01-01", "Open", MONEY_NONE, NULL);
    build_change(b, "D3", "2026-09-10", "Won", MONEY_NONE, NULL);
    meets(b, "C00000", "S1", "2026-09-01", 1);
    struct dataset *data = builder_finish(b);
    static const uint32_t owner[6], deal[] = {0, 0, 0, 1, 2, 0}, times[] = {1, 1, 4, 1, 2, 1};
    day days[] = {
        builder_day("2026-09-01"), /* 14 days before: advanced */
        builder_day("2026-08-31"), /* 15: not */
        builder_day("2026-09-15"), /* that day the stage is reached already */
        builder_day("2026-09-01"), /* lost is no advance */
        builder_day("2026-09-01"), /* won is */
        builder_day("2026-11-02"), /* 13 days old: too early to judge */
    };
    data->engagement.meetings_on_deals.count = 6;
    column_append(&data->engagement.meetings_on_deals.owner, 0, owner, 6, 0);
    column_append(&data->engagement.meetings_on_deals.deal, 0, deal, 6, 0);
    column_append_days(&data->engagement.meetings_on_deals.day, 0, days, 6, 0);
    column_append(&data->engagement.meetings_on_deals.times, 0, times, 6, 0);
    builder_measures(b);
    assert_measure(b, "S1", M_CALLS_ADVANCE_RATE, 3.0 / 9);
    builder_free(b);
}

static void
test_capture_and_its_note(void **state)
{
    (void)state;
    for (int logged = 5; logged <= 6; logged++) {
        struct builder *b = company();
        for (int i = 0; i < 10; i++) {
            const char *id = build_id(b, "W", i);
            build_closed(b, id, "S1", 10, 10, "Won", 5);
            if (i < logged)
                build_meet(b, "C00000", "S2", NULL, id, "2026-09-01");
        }
        build_closed(b, "R1", "S1", 10, 10, "Won", 5)->segment = SEGMENT_RENEWAL;
        builder_measures(b);
        assert_measure(b, "S1", M_CALLS_CAPTURE, logged / 10.0);
        const struct measure *share = builder_measure(b, "S1", M_CALLS_SENIOR_SHARE);
        const struct cell *note = measure_field(&share->fields, F_NOTE);
        if (logged == 5)
            assert_string_equal(note->text, "partly logged");
        else
            assert_null(note);
        builder_free(b);
    }
}

static void
test_no_activities(void **state)
{
    (void)state;
    struct builder *b = company();
    build_closed(b, "W1", "S1", 10, 10, "Won", 5);
    builder_measures(b);
    for (int id = M_CALLS_TWO_WAY_SHARE; id <= M_CALLS_CAPTURE; id++)
        assert_int_equal(builder_measure(b, "S1", (enum measure_id)id)->why, WHY_NOT_CONFIGURED);
    builder_free(b);
}

static void
test_influence(void **state)
{
    (void)state;
    struct builder *b = company();
    struct build_deal *d = build_deal(b, "D1", "S1", "2026-01-01", "Open", 5);
    d->strategic = ANSWER_YES;
    d->account = "A1";
    d = build_deal(b, "D2", "S1", "2026-01-01", "Open", 5);
    d->account = "A1"; /* not strategic */
    d = build_deal(b, "D3", "S1", "2026-01-01", "Open", 5);
    d->strategic = ANSWER_YES;
    d->account = "A2";
    build_meet(b, "C00000", "S1", "A1", "D1", "2026-09-01")->times = 2; /* new, executive */
    build_meet(b, "C00002", "S2", "A1", NULL, "2026-11-05");            /* loosely; known before */
    build_meet(b, "C00002", "S2", "A1", NULL, "2026-05-05");
    build_meet(b, "C00003", "S1", "A1", "D2", "2026-11-10"); /* about the other deal */
    build_meet(b, "C00004", "S1", "A1", "D1", "2025-11-15"); /* before T */
    builder_measures(b);
    const struct deal_fact *fact = &b->measures->fact[0];
    assert_int_equal(fact->people, 2);
    assert_int_equal(fact->new_people, 1);
    assert_int_equal(fact->levels[LEVEL_EXECUTIVE], 1);
    assert_int_equal(fact->levels[LEVEL_MANAGER], 1);
    assert_int_equal(fact->highest, LEVEL_EXECUTIVE);
    assert_true(fabs(fact->effective - 2) < 1e-12); /* two and two times */
    assert_int_equal(fact->silent_days, 10);
    assert_int_equal(b->measures->fact[1].people, 0);
    assert_int_equal(b->measures->fact[2].people, 0);
    assert_int_equal(b->measures->fact[2].silent_days, -1);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people),        cmocka_unit_test(test_effective_people),
        cmocka_unit_test(test_senior),        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_advances),      cmocka_unit_test(test_capture_and_its_note),
        cmocka_unit_test(test_no_activities), cmocka_unit_test(test_influence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
