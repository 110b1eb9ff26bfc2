#include "movement.h"

#include "config.h"
#include "dataset.h"

const char *const movement_bucket_names[BUCKET_COUNT] = {
    [BUCKET_START] = "start",
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
    movement->value[bucket] += value;
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
    if (was)
        count_in(movement, BUCKET_START, 1, before);
    if (is)
        count_in(movement, BUCKET_END, 1, now);
    if (was && is) {
        count_in(movement, now > before ? BUCKET_INCREASED : BUCKET_DECREASED, 0, now - before);
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
