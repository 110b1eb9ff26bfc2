#include "states.h"

#include "config.h"
#include "dataset.h"

static bool
decided_by(const struct deals *deals, uint32_t deal, day at)
{
    return deals->outcome[deal] != OUTCOME_OPEN &&
           (deals->close[deal] == DAY_NONE || deals->close[deal] <= at);
}

/* What the deals table says of `at`: a deal decided later was open then, in a stage we do not know.
 */
static struct deal_state
as_in_the_table(const struct dataset *dataset, uint32_t deal, day at)
{
    const struct deals *deals = &dataset->deals;
    bool still_open = deals->outcome[deal] == OUTCOME_OPEN || !decided_by(deals, deal, at);
    bool same_stage = still_open == (deals->outcome[deal] == OUTCOME_OPEN);
    struct deal_state state = {
        .exists = deals->created[deal] <= at,
        .qualified = deals->qualified[deal] != DAY_NONE && deals->qualified[deal] <= at,
        .outcome = still_open ? OUTCOME_OPEN : deals->outcome[deal],
        .stage = same_stage ? deals->stage[deal] : -1,
        .owner = deals->owner[deal],
        .amount = deals->amount[deal],
        .close = deals->close[deal],
    };
    return state;
}

static void
fold(struct deal_state *state, const struct config *config, const struct history_rows *history,
     uint64_t row)
{
    if (history->stage[row] >= 0) {
        state->stage = history->stage[row];
        state->outcome = (uint8_t)config->stage[state->stage].outcome;
    }
    if (history->amount[row] != MONEY_NONE)
        state->amount = history->amount[row];
    if (column_day(&history->close, row) != DAY_NONE)
        state->close = column_day(&history->close, row);
    if (column_at(&history->owner, row) != NONE)
        state->owner = column_at(&history->owner, row);
}

struct deal_state
states_at(const struct config *config, const struct dataset *dataset, uint32_t deal, day at)
{
    const struct history_rows *history = &dataset->history;
    struct deal_state state = as_in_the_table(dataset, deal, at);
    if (!history->present)
        return state;
    uint64_t first = history->first[deal], end = history->first[deal + 1];
    for (uint64_t row = first; row < end; row++) {
        if (row > first && column_day(&history->day, row) > at)
            break;
        fold(&state, config, history, row);
    }
    return state;
}

struct deal_state
states_now(const struct dataset *dataset, uint32_t deal)
{
    return as_in_the_table(dataset, deal, dataset->as_of);
}

int16_t
states_stage(const struct dataset *dataset, uint32_t deal, day at)
{
    const struct history_rows *history = &dataset->history;
    uint64_t first = history->present ? history->first[deal] : 0;
    uint64_t end = history->present ? history->first[deal + 1] : 0;
    int16_t stage = -1; /* the latest one named */
    for (uint64_t row = first; row < end && (row == first || column_day(&history->day, row) <= at);
         row++)
        stage = history->stage[row] >= 0 ? history->stage[row] : stage;
    return stage >= 0 ? stage : as_in_the_table(dataset, deal, at).stage;
}

/* The stage a deal had from `created` on. */
static int16_t
first_stage(const struct dataset *dataset, uint32_t deal)
{
    const struct history_rows *history = &dataset->history;
    uint64_t row = history->first[deal];
    if (history->stage[row] >= 0)
        return history->stage[row];
    return dataset->deals.outcome[deal] == OUTCOME_OPEN ? dataset->deals.stage[deal] : -1;
}

/* The stays that ended; `stay` becomes the one that has not. */
static uint32_t
ended_stays(const struct history_rows *history, uint32_t deal, struct spell *stay,
            struct spell *out)
{
    uint32_t count = 0;
    int16_t stage = stay->stage; /* the latest stage named */
    uint64_t end = history->first[deal + 1];
    for (uint64_t row = history->first[deal]; row < end; row++) {
        day today = column_day(&history->day, row);
        if (history->stage[row] >= 0)
            stage = history->stage[row];
        bool day_ends = row + 1 == end || column_day(&history->day, row + 1) != today;
        if (!day_ends || stage == stay->stage)
            continue;
        if (today > stay->from) {
            stay->to = today;
            out[count++] = *stay;
            stay->from = today;
        }
        stay->stage = stage;
    }
    return count;
}

uint32_t
states_spells(const struct config *config, const struct dataset *dataset, uint32_t deal,
              struct spell *out)
{
    const struct history_rows *history = &dataset->history;
    if (!history->present || history->first[deal] == history->first[deal + 1])
        return 0;
    const struct deals *deals = &dataset->deals;
    bool decided = deals->outcome[deal] != OUTCOME_OPEN;
    struct spell stay = {first_stage(dataset, deal), deals->created[deal], 0, false};
    uint32_t count = ended_stays(history, deal, &stay, out);
    if (decided && stay.stage >= 0 && config->stage[stay.stage].outcome != OUTCOME_OPEN)
        return count;
    day end = decided ? deals->close[deal] : dataset->as_of;
    stay.to = end > stay.from ? end : stay.from;
    stay.last = !decided;
    out[count++] = stay;
    return count;
}
