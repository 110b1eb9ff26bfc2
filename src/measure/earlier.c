#include "earlier.h"

#include "history.h"
#include "work.h"

/* The seller with that id, or the unknown owner. */
static uint32_t
seller_of(const struct sellers *sellers, struct text id)
{
    uint32_t low = 0, high = sellers->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text_compare(sellers->id[middle], id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sellers->count && text_equal(sellers->id[low], id);
    return found ? low : sellers->count;
}

static uint32_t *
no_rows(const struct work *work, struct arena *arena)
{
    uint32_t *rows = arena_array(arena, work->dataset->deals.count, sizeof *rows);
    for (uint32_t i = 0; i < work->dataset->deals.count; i++)
        rows[i] = NONE;
    return rows;
}

static struct earlier_deals
from_snapshot(const struct work *work, struct arena *arena)
{
    const struct earlier *snapshot = &work->dataset->earlier;
    struct earlier_deals earlier = {EARLIER_SNAPSHOT,     snapshot->day, work,
                                    no_rows(work, arena), NULL,          0};
    for (uint32_t i = 0; i < snapshot->count; i++)
        if (snapshot->deal[i] != NONE)
            earlier.row_of_deal[snapshot->deal[i]] = i;
    return earlier;
}

/* Both lists ascend by id, so one walk finds the pairs. */
static void
match_run(struct earlier_deals *earlier)
{
    const struct deals *deals = &earlier->work->dataset->deals;
    for (uint32_t deal = 0, row = 0; deal < deals->count && row < earlier->run_count;) {
        int order = text_compare(texts_at(&deals->id, deal), earlier->run[row].id);
        if (order == 0)
            earlier->row_of_deal[deal] = row;
        deal += order <= 0;
        row += order >= 0;
    }
}

static struct earlier_deals
from_run(const struct work *work, struct arena *arena)
{
    const day *runs = NULL;
    uint32_t count = history_runs(work->history, &runs);
    if (count == 0)
        return (struct earlier_deals){.source = EARLIER_NONE, .work = work};
    struct earlier_deals earlier = {
        EARLIER_RUN, runs[count - 1], work, no_rows(work, arena), NULL, 0};
    earlier.run_count = history_deals(work->history, earlier.day, &earlier.run);
    match_run(&earlier);
    return earlier;
}

struct earlier_deals
earlier_find(const struct work *work, struct arena *arena)
{
    const struct dataset *dataset = work->dataset;
    if (dataset->history.present && dataset->history.count)
        return (struct earlier_deals){
            .source = EARLIER_HISTORY, .day = dataset->period.start - 1, .work = work};
    if (dataset->earlier.present && dataset->earlier.day < dataset->as_of)
        return from_snapshot(work, arena);
    if (work->history)
        return from_run(work, arena);
    return (struct earlier_deals){.source = EARLIER_NONE, .work = work};
}

static struct deal_state
snapshot_state(const struct work *work, uint32_t row)
{
    const struct earlier *snapshot = &work->dataset->earlier;
    struct deal_state state = {
        .exists = true,
        .qualified = snapshot->qualified[row] != DAY_NONE &&
                     snapshot->qualified[row] <= snapshot->day &&
                     snapshot->segment[row] != SEGMENT_RENEWAL,
        .outcome = OUTCOME_OPEN,
        .stage = snapshot->stage[row],
        .owner = snapshot->owner[row],
        .amount = snapshot->amount[row],
        .close = snapshot->close[row],
    };
    if (state.stage >= 0 && (state.close == DAY_NONE || state.close <= snapshot->day))
        state.outcome = (uint8_t)work->config->stage[state.stage].outcome;
    return state;
}

static struct deal_state
run_state(const struct earlier_deals *earlier, uint32_t row)
{
    const struct history_deal *deal = &earlier->run[row];
    return (struct deal_state){
        .exists = true,
        .qualified = deal->qualified != DAY_NONE && deal->segment != SEGMENT_RENEWAL,
        .outcome = OUTCOME_OPEN,
        .stage = -1,
        .owner = seller_of(&earlier->work->dataset->sellers, deal->owner),
        .amount = deal->has_amount ? deal->amount : MONEY_NONE,
        .close = deal->close,
    };
}

/* A run lists all open deals: an older deal that it does not list had been decided. */
static struct deal_state
unlisted_state(const struct earlier_deals *earlier, uint32_t deal)
{
    const struct dataset *dataset = earlier->work->dataset;
    struct deal_state state = states_now(dataset, deal);
    day qualified = dataset->deals.qualified[deal];
    state.exists = earlier->source == EARLIER_RUN && dataset->deals.created[deal] <= earlier->day;
    state.qualified = qualified != DAY_NONE && qualified <= earlier->day;
    state.outcome = state.exists ? OUTCOME_LOST : OUTCOME_OPEN;
    return state;
}

struct deal_state
earlier_state(const struct earlier_deals *earlier, uint32_t deal)
{
    const struct work *work = earlier->work;
    if (earlier->source == EARLIER_HISTORY) {
        struct deal_state state = states_at(work->config, work->dataset, deal, earlier->day);
        if (work->dataset->deals.segment[deal] == SEGMENT_RENEWAL)
            state.qualified = false;
        return state;
    }
    uint32_t row = earlier->row_of_deal[deal];
    if (row == NONE)
        return unlisted_state(earlier, deal);
    return earlier->source == EARLIER_SNAPSHOT ? snapshot_state(work, row)
                                               : run_state(earlier, row);
}

static void
removed_from_run(const struct earlier_deals *earlier,
                 void (*take)(void *context, struct deal_state before), void *context)
{
    const struct deals *deals = &earlier->work->dataset->deals;
    for (uint32_t deal = 0, row = 0; row < earlier->run_count;) {
        int order = deal < deals->count
                        ? text_compare(texts_at(&deals->id, deal), earlier->run[row].id)
                        : 1;
        if (order > 0)
            take(context, run_state(earlier, row));
        deal += order <= 0;
        row += order >= 0;
    }
}

void
earlier_removed(const struct earlier_deals *earlier,
                void (*take)(void *context, struct deal_state before), void *context)
{
    if (earlier->source == EARLIER_RUN)
        removed_from_run(earlier, take, context);
    if (earlier->source != EARLIER_SNAPSHOT)
        return;
    const struct earlier *snapshot = &earlier->work->dataset->earlier;
    for (uint32_t row = 0; row < snapshot->count; row++)
        if (snapshot->deal[row] == NONE)
            take(context, snapshot_state(earlier->work, row));
}
