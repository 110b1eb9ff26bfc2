#include "movement.h"

#include "earlier.h"
#include "history.h"
#include "lineage.h"
#include "remembered.h"
#include "work.h"

#include <string.h>

const char *const movement_bucket_names[BUCKET_COUNT] = {
    [BUCKET_START] = "start",
    [BUCKET_RESTATED] = "restated",
    [BUCKET_WON] = "won",
    [BUCKET_LOST] = "lost",
    [BUCKET_NO_DECISION] = "no_decision",
    [BUCKET_DISQUALIFIED] = "disqualified",
    [BUCKET_REMOVED] = "removed",
    [BUCKET_TRANSFERRED_OUT] = "transferred_out",
    [BUCKET_PUSHED_OUT] = "pushed_out",
    [BUCKET_PULLED_EARLIER] = "pulled_earlier",
    [BUCKET_NEW] = "new",
    [BUCKET_REOPENED] = "reopened",
    [BUCKET_QUALIFIED] = "qualified",
    [BUCKET_TRANSFERRED_IN] = "transferred_in",
    [BUCKET_PUSHED_IN] = "pushed_in",
    [BUCKET_PULLED_IN] = "pulled_in",
    [BUCKET_INCREASED] = "increased",
    [BUCKET_DECREASED] = "decreased",
    [BUCKET_END] = "end",
};

static const enum bucket bucket_of_outcome[] = {
    [OUTCOME_WON] = BUCKET_WON,
    [OUTCOME_LOST] = BUCKET_LOST,
    [OUTCOME_NO_DECISION] = BUCKET_NO_DECISION,
    [OUTCOME_DISQUALIFIED] = BUCKET_DISQUALIFIED,
};

static bool
closes_in(const struct deal_state *state, const struct period *period)
{
    return state->close != DAY_NONE && state->close >= period->start && state->close <= period->end;
}

bool
movement_in_window(const struct deal_state *state, const struct period *period)
{
    return state->exists && state->qualified && state->outcome == OUTCOME_OPEN &&
           closes_in(state, period);
}

static enum bucket
way_out(const struct move *move, const struct period *period)
{
    const struct deal_state *now = &move->now;
    if (move->removed)
        return BUCKET_REMOVED;
    if (now->outcome != OUTCOME_OPEN)
        return bucket_of_outcome[now->outcome];
    if (!move->owned_now)
        return BUCKET_TRANSFERRED_OUT;
    if (now->close == DAY_NONE || now->close > period->end)
        return BUCKET_PUSHED_OUT;
    if (now->close < period->start)
        return BUCKET_PULLED_EARLIER;
    return BUCKET_REMOVED; /* became a renewal, or its qualification is known no more */
}

static enum bucket
way_in(const struct move *move, const struct period *period)
{
    const struct deal_state *before = &move->before;
    if (!before->exists)
        return BUCKET_NEW;
    if (before->outcome != OUTCOME_OPEN)
        return BUCKET_REOPENED;
    if (!before->qualified)
        return BUCKET_QUALIFIED;
    if (!move->owned_before)
        return BUCKET_TRANSFERRED_IN;
    bool earlier = before->close != DAY_NONE && before->close < period->start;
    return earlier ? BUCKET_PUSHED_IN : BUCKET_PULLED_IN;
}

static int64_t
value_of(const struct deal_state *state)
{
    return state->amount == MONEY_NONE ? 0 : state->amount;
}

static void
count_in(struct movement *movement, enum bucket bucket, int64_t number, int64_t value)
{
    movement->number[bucket] += number;
    int64_t *sum = &movement->value[bucket];
    if (__builtin_add_overflow(*sum, value, sum)) {
        *sum = value < 0 ? INT64_MIN + 1 : INT64_MAX;
        movement->overflow = true;
    }
}

/* Won, lost or given up between the two days without having been there on either. */
static bool
came_and_went(const struct move *move, const struct period *period)
{
    const struct deal_state *now = &move->now;
    bool decided = now->outcome != OUTCOME_OPEN && now->outcome != OUTCOME_DISQUALIFIED;
    return !move->before.exists && now->exists && now->qualified && decided && move->owned_now &&
           closes_in(now, period);
}

void
movement_add(struct movement *movement, const struct move *move, const struct period *period,
             bool ended)
{
    bool was = move->owned_before && movement_in_window(&move->before, period);
    bool is = !move->removed && move->owned_now && movement_in_window(&move->now, period);
    int64_t before = value_of(&move->before), now = value_of(&move->now);
    if (was) {
        count_in(movement, BUCKET_START, 1, before);
        movement->opening++;
    }
    if (is)
        count_in(movement, BUCKET_END, 1, now);
    if (was && is) {
        enum bucket bucket = now > before ? BUCKET_INCREASED : BUCKET_DECREASED;
        count_in(movement, bucket, 0, now);
        count_in(movement, bucket, 0, -before);
    } else if (was) {
        count_in(movement, way_out(move, period), -1, -before);
    } else if (is) {
        count_in(movement, way_in(move, period), 1, now);
    } else if (came_and_went(move, period)) {
        count_in(movement, BUCKET_NEW, 1, now);
        count_in(movement, bucket_of_outcome[move->now.outcome], -1, -now);
    }
    if (was && !move->removed && move->now.outcome == OUTCOME_OPEN &&
        (ended || move->now.close == DAY_NONE || move->now.close > period->end))
        movement->slipped++;
}

/* Whether it can be seen in any scope; most deals were decided long before. */
static bool
moves(const struct move *move, const struct period *period)
{
    return movement_in_window(&move->before, period) ||
           (move->now.exists && closes_in(&move->now, period));
}

/* Adds a deal to every scope of its owner then and of its owner now. */
static void
add_to_scopes(struct work *work, struct move *move)
{
    const struct dataset *dataset = work->dataset;
    if (!moves(move, &dataset->period))
        return;
    uint32_t then = move->before.owner, now = move->now.owner;
    bool ended = work->days_left == 0;
    uint32_t scope = lineage_first(dataset, then);
    for (; scope != NONE; scope = lineage_next(dataset, scope)) {
        move->owned_before = true;
        move->owned_now = !move->removed && lineage_holds(dataset, scope, now);
        movement_add(&work->movement[scope], move, &dataset->period, ended);
    }
    if (move->removed || now == then)
        return;
    scope = lineage_first(dataset, now);
    for (; scope != NONE; scope = lineage_next(dataset, scope)) {
        if (lineage_holds(dataset, scope, then))
            continue;
        move->owned_before = false;
        move->owned_now = true;
        movement_add(&work->movement[scope], move, &dataset->period, ended);
    }
}

static void
add_removed(void *context, struct deal_state before)
{
    struct move move = {.before = before, .now = before, .removed = true};
    add_to_scopes(context, &move);
}

/* What a run of that day expected in the months of this period; false when it did not know the
 * scope. */
static bool
closing_of(const struct work *work, uint32_t scope, day run, int64_t *number, int64_t *value)
{
    const struct period *period = &work->dataset->period;
    struct remembered_scope name = remembered_scope(work->dataset, scope);
    double found;
    if (!history_value(work->history, run, name.kind, name.id, "pipeline.open", "", "value",
                       &found))
        return false;
    *number = *value = 0;
    for (day d = period->start; d <= period->end; d = remembered_next_month(d)) {
        char month[16];
        remembered_month(d, month);
        if (history_value(work->history, run, name.kind, name.id, "pipeline.by_close_month", month,
                          "number", &found))
            *number += (int64_t)found;
        if (history_value(work->history, run, name.kind, name.id, "pipeline.by_close_month", month,
                          "value", &found))
            *value += (int64_t)found;
    }
    return true;
}

/* The start becomes the closing of the run of the earlier day, where there is one. */
static void
restate(struct work *work, day earlier)
{
    const day *runs = NULL;
    uint32_t count = work->history ? history_runs(work->history, &runs) : 0;
    while (count && runs[count - 1] > earlier)
        count--;
    if (count == 0 || runs[count - 1] != earlier)
        return;
    for (uint32_t scope = 0; scope < work->dataset->scope_count; scope++) {
        struct movement *movement = &work->movement[scope];
        int64_t number, value;
        if (!closing_of(work, scope, earlier, &number, &value))
            continue;
        count_in(movement, BUCKET_RESTATED, movement->number[BUCKET_START] - number,
                 movement->value[BUCKET_START] - value);
        movement->number[BUCKET_START] = number;
        movement->value[BUCKET_START] = value;
    }
}

/* What the earlier state comes from; for nothing, whether it could come from runs at all. */
static const char *
basis_of(const struct work *work, enum earlier_source source)
{
    static const char *const names[] = {[EARLIER_HISTORY] = "history",
                                        [EARLIER_SNAPSHOT] = "previous",
                                        [EARLIER_RUN] = MEASURE_FROM_RUNS};
    return source != EARLIER_NONE ? names[source] : work->history ? MEASURE_FROM_RUNS : NULL;
}

void
movement_prepare(struct work *work, struct arena *arena)
{
    const struct dataset *dataset = work->dataset;
    struct arena *passing = arena_new();
    struct earlier_deals earlier = earlier_find(work, passing);
    work->movement_basis = basis_of(work, earlier.source);
    work->movement_since = earlier.day;
    if (earlier.source == EARLIER_NONE) {
        bool configured = dataset->history.present || dataset->earlier.present || work->history;
        work->no_movement = configured ? WHY_NO_DATA : WHY_NOT_CONFIGURED;
        arena_free(passing);
        return;
    }
    uint32_t entries = dataset->scope_count + 1;
    work->movement = arena_array(arena, entries, sizeof *work->movement);
    for (uint32_t deal = 0; deal < dataset->deals.count; deal++) {
        struct move move = {earlier_state(&earlier, deal), states_now(dataset, deal), 0, 0, 0};
        if (dataset->deals.segment[deal] == SEGMENT_RENEWAL)
            move.now.qualified = false;
        add_to_scopes(work, &move);
    }
    earlier_removed(&earlier, add_removed, work);
    restate(work, earlier.day);
    arena_free(passing);
}

bool
movement_overflows(const struct work *work, uint32_t entry)
{
    return work->movement && work->movement[entry].overflow;
}

static void
put_nothing(const struct sheet *sheet, enum measure_id id)
{
    measure_null(sheet, id, sheet->work->no_movement);
    if (sheet->work->movement_basis)
        measure_add(sheet, id, CELLS(STRING(F_BASIS, sheet->work->movement_basis)));
}

void
movement_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    if (!work->movement) {
        put_nothing(sheet, M_PIPELINE_MOVEMENT);
        put_nothing(sheet, M_PIPELINE_SLIP_RATE);
        return;
    }
    const struct movement *movement = &work->movement[sheet->scope];
    measure_put(
        sheet, M_PIPELINE_MOVEMENT,
        CELLS(DAYCELL(F_SINCE, work->movement_since), STRING(F_BASIS, work->movement_basis)));
    measure_rows(sheet, M_PIPELINE_MOVEMENT, BUCKET_COUNT);
    for (int i = 0; i < BUCKET_COUNT; i++)
        measure_row(sheet, M_PIPELINE_MOVEMENT,
                    CELLS(STRING(F_KEY, movement_bucket_names[i]),
                          WHOLE(F_NUMBER, movement->number[i]),
                          WHOLE(F_VALUE, movement->value[i])));
    measure_share(sheet, M_PIPELINE_SLIP_RATE,
                  share_of(sheet->work, (double)movement->slipped, (double)movement->opening));
    if (strcmp(work->movement_basis, MEASURE_FROM_RUNS) == 0)
        measure_add(sheet, M_PIPELINE_SLIP_RATE, CELLS(STRING(F_BASIS, MEASURE_FROM_RUNS)));
}
