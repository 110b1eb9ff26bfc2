/* What is measured by the memory of earlier runs: movement and its restatement, pushes, accuracy.
 * Each run is remembered in a folder as a publication leaves it, and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "movement.h"
#include "past_runs.h"
#include "process.h"
#include "remember.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Measures with what the runs in the folder knew. */
static void
measure_with_memory(const char *folder, struct builder *b)
{
    struct history *history = past_runs_open(folder, b);
    b->measures = measures_compute(&b->config, &b->dataset, history, 2, b->diag);
    history_close(history);
}

/* Remembers the measures as the run of the builder's as-of day. */
static void
remember(const char *folder, const struct builder *b)
{
    char as_of[11];
    struct buf bytes = {0};
    day_to_iso(b->config.as_of, as_of);
    remember_write(b->measures, TEXT("\"id\": \"x\""), &bytes);
    past_runs_add(folder, as_of, buf_slice(&bytes, 0, bytes.length));
    buf_free(&bytes);
}

static struct builder *
company(const char *as_of, const char *team_of_s2)
{
    struct builder *b = builder_new(as_of);
    build_team(b, "T1", NULL);
    build_team(b, "T2", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", team_of_s2, NULL);
    return b;
}

static void
deal(struct builder *b, const char *id, const char *owner, const char *stage, int64_t amount,
     const char *close)
{
    struct build_deal *d = build_deal(b, id, owner, "2026-06-01", stage, amount);
    d->close = builder_day(close);
    if (strcmp(stage, "Lead") == 0)
        d->qualified = DAY_NONE;
}

static void
assert_bucket(const struct builder *b, const char *scope, const char *bucket, int64_t number,
              int64_t value)
{
    double n = builder_row(b, scope, M_PIPELINE_MOVEMENT, bucket, F_NUMBER),
           v = builder_row(b, scope, M_PIPELINE_MOVEMENT, bucket, F_VALUE);
    if (n != (double)number || v != (double)value)
        fail_msg("%s %s: %g, %g", scope, bucket, n, v);
}

static void
assert_closes(const struct builder *b)
{
    for (uint32_t scope = 0; scope < b->dataset.scope_count; scope++) {
        const struct measure *m = measures_get(b->measures, scope, M_PIPELINE_MOVEMENT);
        double number = 0, value = 0;
        for (uint32_t i = 0; i + 1 < m->row_count; i++) {
            number += measure_number(&m->row[i], F_NUMBER, 0);
            value += measure_number(&m->row[i], F_VALUE, 0);
        }
        assert_true(number == measure_number(&m->row[BUCKET_END], F_NUMBER, -1));
        assert_true(value == measure_number(&m->row[BUCKET_END], F_VALUE, -1));
    }
}

/* October's run, in a quarter that lasts until the end of the year. */
static void
october(const char *folder)
{
    struct builder *b = company("2026-10-31", "T1");
    deal(b, "A", "S1", "Open", 100, "2026-11-30");
    deal(b, "B", "S1", "Open", 50, "2026-12-15");
    deal(b, "C", "S2", "Open", 30, "2026-12-20");
    deal(b, "D", "S2", "Open", 20, "2026-11-05");
    deal(b, "E", "S2", "Lead", 10, "2026-12-05"); /* not qualified yet */
    deal(b, "F", "S1", "Open", 7, "2027-02-01");
    deal(b, "G", "S1", "Open", 5, "2026-12-01");
    measure_with_memory(folder, b);
    assert_int_equal(builder_measure(b, "S1", M_PIPELINE_MOVEMENT)->why, WHY_NO_DATA);
    remember(folder, b);
    builder_free(b);
}

static void
movement_starts_where_the_last_run_closed(void **state)
{
    october(*state);
    struct builder *b = company("2026-11-30", "T1");
    deal(b, "A", "S1", "Won", 110, "2026-11-20");
    deal(b, "B", "S1", "Open", 60, "2026-12-15");
    deal(b, "C", "S2", "Open", 30, "2027-01-20");
    deal(b, "D", "S2", "Lost", 20, "2026-11-25");
    deal(b, "E", "S2", "Open", 10, "2026-12-05");
    b->build_deal[4].qualified = builder_day("2026-11-10");
    deal(b, "F", "S1", "Open", 7, "2026-12-30"); /* G is no longer there */
    struct build_deal *d = build_deal(b, "H", "S1", "2026-11-11", "Open", 3);
    d->close = builder_day("2026-12-24");
    measure_with_memory(*state, b);
    const struct measure *movement = builder_measure(b, "company", M_PIPELINE_MOVEMENT);
    assert_true(measure_number(&movement->fields, F_SINCE, 0) == builder_day("2026-10-31"));
    assert_string_equal(measure_field(&movement->fields, F_BASIS)->text, MEASURE_FROM_RUNS);
    assert_bucket(b, "company", "start", 5, 205);
    assert_bucket(b, "company", "restated", 0, 0);
    assert_bucket(b, "company", "won", -1, -100);
    assert_bucket(b, "company", "lost", -1, -20);
    assert_bucket(b, "company", "removed", -1, -5);
    assert_bucket(b, "company", "pushed_out", -1, -30);
    assert_bucket(b, "company", "qualified", 1, 10);
    assert_bucket(b, "company", "pulled_in", 1, 7);
    assert_bucket(b, "company", "new", 1, 3);
    assert_bucket(b, "company", "increased", 0, 10);
    assert_bucket(b, "company", "end", 4, 80);
    assert_bucket(b, "S1", "start", 3, 155);
    assert_closes(b);
    assert_true(builder_value(b, "company", M_PIPELINE_SLIP_RATE, F_K) == 1);
    assert_true(builder_value(b, "company", M_PIPELINE_SLIP_RATE, F_N) == 5);
    builder_free(b);
}

static void
another_order_of_teams_is_a_restatement(void **state)
{
    october(*state);
    struct builder *b = company("2026-11-30", "T2"); /* S2 was of T1 in October */
    deal(b, "A", "S1", "Open", 100, "2026-12-30");
    deal(b, "B", "S1", "Open", 50, "2026-12-15");
    deal(b, "C", "S2", "Open", 30, "2026-12-20");
    deal(b, "D", "S2", "Open", 20, "2026-12-05");
    deal(b, "G", "S1", "Open", 5, "2026-12-01");
    measure_with_memory(*state, b);
    assert_bucket(b, "company", "restated", 0, 0);
    assert_bucket(b, "T1", "start", 5, 205);
    assert_bucket(b, "T1", "restated", -2, -50);
    assert_bucket(b, "T1", "end", 3, 155);
    assert_bucket(b, "T2", "start", 0, 0);
    assert_bucket(b, "T2", "restated", 2, 50);
    assert_bucket(b, "T2", "end", 2, 50);
    assert_closes(b);
    builder_free(b);
}

static void
a_history_that_was_rewritten_is_a_restatement(void **state)
{
    struct builder *b = company("2026-09-30", "T1"); /* the last day before the quarter */
    deal(b, "A", "S1", "Open", 100, "2026-11-30");
    measure_with_memory(*state, b);
    remember(*state, b);
    builder_free(b);
    b = company("2026-10-31", "T1");
    deal(b, "A", "S1", "Open", 100, "2026-11-30");
    build_change(b, "A", "2026-06-01", "Open", 80, "2026-11-30"); /* it is said now */
    build_change(b, "A", "2026-10-10", NULL, 100, NULL);
    measure_with_memory(*state, b);
    assert_string_equal(
        measure_field(&builder_measure(b, "S1", M_PIPELINE_MOVEMENT)->fields, F_BASIS)->text,
        "history");
    assert_bucket(b, "S1", "start", 1, 100);
    assert_bucket(b, "S1", "restated", 0, -20);
    assert_bucket(b, "S1", "increased", 0, 20);
    assert_bucket(b, "S1", "end", 1, 100);
    assert_closes(b);
    builder_free(b);
}

/* Three months in which the close of deals moves. */
static void
remember_closes(const char *folder, const char *as_of, const char *a, const char *b_close)
{
    struct builder *b = company(as_of, "T1");
    deal(b, "A", "S1", "Open", 100, a);
    if (b_close)
        deal(b, "B", "S2", "Open", 40, b_close);
    measure_with_memory(folder, b);
    remember(folder, b);
    builder_free(b);
}

static void
pushes_are_counted_over_the_runs(void **state)
{
    remember_closes(*state, "2026-07-31", "2026-10-01", NULL);
    remember_closes(*state, "2026-08-31", "2026-11-01", "2026-12-01");
    remember_closes(*state, "2026-09-30", "2026-10-15", "2026-12-01");
    struct builder *b = company("2026-10-31", "T1");
    deal(b, "A", "S1", "Open", 100, "2026-12-31"); /* on, back, on */
    deal(b, "AA", "S1", "Open", 1, "2026-12-31");  /* never seen before */
    deal(b, "B", "S2", "Open", 40, "2026-12-02");
    measure_with_memory(*state, b);
    assert_true(builder_value(b, "company", M_PIPELINE_PUSHES, F_NUMBER) == 2);
    assert_true(builder_value(b, "company", M_PIPELINE_PUSHES, F_VALUE) == 140);
    assert_true(builder_value(b, "company", M_PIPELINE_PUSHES, F_N) == 2);
    assert_true(builder_value(b, "company", M_PIPELINE_PUSHES, F_SINCE) ==
                builder_day("2026-07-31"));
    assert_true(builder_row(b, "S1", M_PIPELINE_PUSHES, "2", F_NUMBER) == 1);
    assert_true(builder_row(b, "S2", M_PIPELINE_PUSHES, "1", F_VALUE) == 40);
    assert_int_equal(b->measures->fact[0].pushes, 2);
    assert_int_equal(b->measures->fact[0].pushed_days, 31 + 77);
    assert_int_equal(b->measures->fact[1].pushes, -1);
    assert_int_equal(b->measures->fact[2].pushed_days, 1);
    builder_free(b);
}

/* Memory holds what the extracts said: with and without earlier runs it is the same. */
static void
memory_does_not_depend_on_memory(void **state)
{
    struct buf alone = {0}, with = {0};
    october(*state);
    for (int again = 0; again < 2; again++) {
        struct builder *b = company("2026-11-30", "T1");
        deal(b, "A", "S1", "Won", 110, "2026-11-20");
        deal(b, "B", "S1", "Open", 60, "2026-12-15");
        if (again)
            measure_with_memory(*state, b);
        else {
            char empty[96];
            snprintf(empty, sizeof empty, "%s/none", (const char *)*state);
            mkdir(empty, 0755);
            measure_with_memory(empty, b);
        }
        remember_write(b->measures, TEXT(""), again ? &with : &alone);
        builder_free(b);
    }
    assert_string_equal(alone.bytes, with.bytes);
    assert_null(strstr(with.bytes, "forecast.accuracy"));
    assert_null(strstr(with.bytes, "pipeline.movement"));
    buf_free(&alone);
    buf_free(&with);
}

/* ---- Accuracy ---- */

/* A memory of one number or more, written by hand. */
static void
remember_forecast(const char *folder, const char *as_of, double expected, double low, double high,
                  double next)
{
    char memory[512];
    int length =
        snprintf(memory, sizeof memory,
                 "{\"schema\": 1, \"run\": {\"as_of\": \"%s\"}, \"deals\": [], \"scopes\": ["
                 "{\"kind\": \"company\", \"id\": \"company\", \"measures\": {"
                 "\"forecast.expected\": {\"value\": %g}, \"forecast.p10\": {\"value\": %g},"
                 "\"forecast.p90\": {\"value\": %g}, \"forecast.next\": {\"value\": %g}}}]}",
                 as_of, expected, low, high, next);
    past_runs_add(folder, as_of, (struct text){memory, (uint32_t)length});
}

static const struct cells *
accuracy_row(const struct builder *b, const char *period, int lead)
{
    const struct measure *accuracy = builder_measure(b, "company", M_FORECAST_ACCURACY);
    for (uint32_t r = 0; r < accuracy->row_count; r++)
        if (strcmp(measure_field(&accuracy->row[r], F_PERIOD)->text, period) == 0 &&
            measure_number(&accuracy->row[r], F_LEAD, 0) == lead)
            return &accuracy->row[r];
    return NULL;
}

static void
win(struct builder *b, const char *id, const char *on, int64_t amount)
{
    struct build_deal *d = build_deal(b, id, "S1", "2025-01-05", "Won", amount);
    d->close = builder_day(on);
}

static void
forecasts_are_held_against_bookings(void **state)
{
    /* quarters end on 31 March, 30 June, 30 September */
    remember_forecast(*state, "2026-01-31", 100, 60, 140, 10); /* 59 days before */
    remember_forecast(*state, "2026-02-28", 110, 70, 130, 10); /* 31 days before */
    remember_forecast(*state, "2026-03-30", 90, 85, 95, 10);   /* 1 day before */
    remember_forecast(*state, "2026-05-01", 50, 10, 60, 10);   /* 60 days before */
    remember_forecast(*state, "2026-06-12", 50, 10, 60, 10);   /* 18: near to no lead */
    struct builder *b = company("2026-07-31", "T1");
    win(b, "W1", "2025-11-11", 60);
    win(b, "W2", "2026-02-02", 80);
    win(b, "W3", "2026-06-06", 200);
    measure_with_memory(*state, b);
    const struct measure *accuracy = builder_measure(b, "company", M_FORECAST_ACCURACY);
    assert_int_equal(accuracy->why, WHY_TOO_FEW);
    assert_int_equal(accuracy->row_count, 4);
    const struct cells *row = accuracy_row(b, "2026-Q1", 60);
    assert_true(measure_number(row, F_FORECAST, 0) == 100);
    assert_true(measure_number(row, F_ACTUAL, 0) == 80);
    assert_true(measure_number(row, F_INSIDE, -1) == 1);
    assert_true(measure_number(row, F_DAYS, 0) == 59);
    assert_true(measure_number(row, F_NAIVE, 0) == 60);
    assert_true(measure_number(accuracy_row(b, "2026-Q1", 1), F_INSIDE, -1) == 0);
    row = accuracy_row(b, "2026-Q2", 60);
    assert_true(measure_number(row, F_INSIDE, -1) == 0);
    assert_true(measure_number(row, F_NAIVE, 0) == 80);
    assert_null(accuracy_row(b, "2026-Q2", 30));
    assert_true(isnan(builder_row(b, "company", M_FORECAST_ACCURACY_LEADS, "60", F_VALUE)));
    assert_true(builder_row(b, "company", M_FORECAST_ACCURACY_LEADS, "60", F_N) == 2);
    builder_free(b);
}

/* By months, a run at the end of each is 30 days before the end of the next. */
static void
enough_periods_are_scored_by_lead(void **state)
{
    static const struct {
        const char *run, *won_on;
        double next;
        int64_t booked;
    } months[] = {{"2026-01-31", "2026-01-15", 120, 100},
                  {"2026-02-28", "2026-02-15", 90, 110},
                  {"2026-03-31", "2026-03-15", 130, 80},
                  {"2026-04-30", "2026-04-15", 95, 120},
                  {"2026-05-31", "2026-05-15", 0, 100}};
    struct builder *b = company("2026-05-31", "T1");
    builder_config(b)->period = PERIOD_MONTH;
    win(b, "W0", "2025-12-15", 100); /* what a naive forecast needs */
    for (int i = 0; i < 5; i++) {
        if (i < 4)
            remember_forecast(*state, months[i].run, 0, 0, 0, months[i].next);
        win(b, build_id(b, "M", i), months[i].won_on, months[i].booked);
    }
    b->config.as_of = b->dataset.as_of = builder_day("2026-06-30");
    measure_with_memory(*state, b);
    const struct measure *accuracy = builder_measure(b, "company", M_FORECAST_ACCURACY);
    assert_int_equal(accuracy->why, WHY_NONE);
    assert_int_equal(accuracy->row_count, 4); /* February to May, from the month before each */
    const struct cells *row = accuracy_row(b, "2026-M03", 30);
    assert_true(measure_number(row, F_FORECAST, 0) == 90);
    assert_true(measure_number(row, F_NAIVE, 0) == 100); /* January's: February had not ended */
    assert_true(isnan(measure_number(row, F_INSIDE, NAN)));
    /* F 120 90 130 95 against A 110 80 120 100 */
    double wide = 10 + 10 + 10 + 5, actual = 410;
    assert_true(fabs(builder_row(b, "company", M_FORECAST_ACCURACY_LEADS, "30", F_VALUE) -
                     wide / actual) < 1e-12);
    assert_true(fabs(builder_row(b, "company", M_FORECAST_ACCURACY_LEADS, "30", F_BIAS) -
                     25 / actual) < 1e-12);
    /* naive 100 100 110 80 against the same: 10 20 10 20 */
    assert_true(fabs(builder_row(b, "company", M_FORECAST_ACCURACY_LEADS, "30", F_SKILL) -
                     (1 - wide / 60)) < 1e-12);
    assert_true(isnan(builder_row(b, "company", M_FORECAST_ACCURACY_LEADS, "60", F_VALUE)));
    builder_free(b);
}

static void
a_value_outside_the_limits_is_a_signal(void **state)
{
    static const double steady[] = {10, 12, 11, 13, 11, 12}, jump[] = {10, 12, 11, 13, 11, 17},
                        flat[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1},
                        stir[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.2};
    (void)state;
    /* mean 11.4, mean moving range 1.75: 11.4 -/+ 4.655 */
    struct process process = process_of(steady, 6);
    assert_true(process.judged && !process.signal);
    assert_true(fabs(process.mean - 11.4) < 1e-12);
    assert_true(fabs(process.low - 6.745) < 1e-12 && fabs(process.high - 16.055) < 1e-12);
    assert_true(process_of(jump, 6).signal);
    assert_false(process_of(flat, 6).signal);
    assert_true(process_of(stir, 6).signal);
    assert_false(process_of(jump + 1, 5).judged);
    assert_false(process_of(NULL, 0).judged);
}

/* Forty decided deals, `won` of them, and `open` ones against the same quota. */
static struct builder *
spiral(const char *as_of, int won, int open)
{
    struct builder *b = company(as_of, "T1");
    build_quota(b, "S1", NULL, 100000);
    for (int i = 0; i < 40; i++)
        build_closed(b, build_id(b, "C", i), "S1", 40, 60, i < won ? "Won" : "Lost", 1000);
    for (int i = 0; i < open; i++)
        build_open(b, build_id(b, "X", i), "S1", 30, 30, 1000);
    return b;
}

static bool
spirals(const char *folder, int won, int open)
{
    struct builder *b = spiral("2026-11-15", won, open);
    measure_with_memory(folder, b);
    const struct scope_measures *s = &b->measures->scope[builder_scope(b, "S1")];
    bool found = false;
    for (uint32_t i = 0; i < s->finding_count; i++)
        found |= strcmp(s->finding[i].id, "death_spiral") == 0;
    builder_free(b);
    return found;
}

/* Coverage up, win rate down beyond chance, their product flat. */
static void
coverage_for_win_rate_is_a_death_spiral(void **state)
{
    struct builder *then = spiral("2026-07-15", 20, 20);
    builder_measures(then);
    remember(*state, then);
    builder_free(then);
    assert_true(spirals(*state, 8, 50));
    assert_false(spirals(*state, 8, 20));  /* coverage as it was */
    assert_false(spirals(*state, 8, 80));  /* the product rose */
    assert_false(spirals(*state, 14, 28)); /* 20 -> 14 of 40 is chance */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(movement_starts_where_the_last_run_closed, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(another_order_of_teams_is_a_restatement, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(a_history_that_was_rewritten_is_a_restatement,
                                        past_runs_set_up, past_runs_tear_down),
        cmocka_unit_test_setup_teardown(pushes_are_counted_over_the_runs, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(memory_does_not_depend_on_memory, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(forecasts_are_held_against_bookings, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(enough_periods_are_scored_by_lead, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(coverage_for_win_rate_is_a_death_spiral, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test(a_value_outside_the_limits_is_a_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
