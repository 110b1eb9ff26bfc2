#include "qualify.h"

#include "deals.h"
#include "threads.h"

enum { PARTS = 64 };

struct stage_walk
qualify_walk(const struct history_rows *history, uint32_t deal)
{
    if (!history->present || history->count == 0)
        return (struct stage_walk){.stage = -1};
    return (struct stage_walk){history, history->first[deal], history->first[deal + 1], DAY_NONE,
                               -1};
}

bool
qualify_step(struct stage_walk *walk)
{
    const struct history_rows *history = walk->history;
    if (walk->at == walk->end)
        return false;
    walk->day = column_day(&history->day, walk->at);
    for (; walk->at < walk->end && column_day(&history->day, walk->at) == walk->day; walk->at++)
        if (history->stage[walk->at] >= 0)
            walk->stage = history->stage[walk->at];
    return true;
}

void
qualify_close_days(struct loader *loader, struct intake *deals, const struct history_rows *history)
{
    const int16_t *stage = deals->column[DEAL_STAGE];
    day *close = deals->column[DEAL_CLOSE];
    for (uint32_t d = 0; d < deals->count; d++) {
        if (close[d] != DAY_NONE || loader->config->stage[stage[d]].outcome == OUTCOME_OPEN)
            continue;
        struct stage_walk walk = qualify_walk(history, d);
        while (close[d] == DAY_NONE && qualify_step(&walk))
            if (walk.stage == stage[d])
                close[d] = walk.day;
    }
}

/* A deal closed after as-of is open, in the stage that history knows, if that is an open one. */
static void
reopen(struct loader *loader, uint32_t deal)
{
    struct deals *deals = &loader->dataset->deals;
    struct stage_walk walk = qualify_walk(&loader->dataset->history, deal);
    while (qualify_step(&walk))
        continue;
    bool open = walk.stage >= 0 && loader->config->stage[walk.stage].outcome == OUTCOME_OPEN;
    deals->stage[deal] = open ? walk.stage : -1;
    deals->outcome[deal] = OUTCOME_OPEN;
    deals->category[deal] = CATEGORY_NONE;
}

static void
find_state(struct loader *loader, uint32_t deal)
{
    struct deals *deals = &loader->dataset->deals;
    const struct config_stage *stage = &loader->config->stage[deals->stage[deal]];
    deals->outcome[deal] = (uint8_t)stage->outcome;
    if (deals->category[deal] == CATEGORY_UNSET)
        deals->category[deal] = (uint8_t)stage->category;
    if (stage->outcome != OUTCOME_OPEN && deals->close[deal] > loader->as_of)
        reopen(loader, deal);
}

static bool
is_open_qualified(const struct config *config, int16_t stage)
{
    return stage >= 0 && config->stage[stage].outcome == OUTCOME_OPEN &&
           config->stage[stage].qualified;
}

static bool
was_ever_open(const struct loader *loader, uint32_t deal)
{
    const struct history_rows *history = &loader->dataset->history;
    if (!history->present || history->count == 0)
        return false;
    for (uint64_t at = history->first[deal]; at < history->first[deal + 1]; at++)
        if (history->stage[at] >= 0 &&
            loader->config->stage[history->stage[at]].outcome == OUTCOME_OPEN)
            return true;
    return false;
}

/* Whether the day of creation stands for the day of qualification. */
static bool
is_qualified_from_creation(const struct loader *loader, uint32_t deal)
{
    const struct deals *deals = &loader->dataset->deals;
    enum outcome outcome = (enum outcome)deals->outcome[deal];
    if (outcome == OUTCOME_OPEN)
        return is_open_qualified(loader->config, deals->stage[deal]);
    if (outcome == OUTCOME_LOST || outcome == OUTCOME_NO_DECISION)
        return !was_ever_open(loader, deal);
    return outcome == OUTCOME_WON;
}

static day
find_day(const struct loader *loader, uint32_t deal, uint8_t *from)
{
    const struct dataset *dataset = loader->dataset;
    struct stage_walk walk = qualify_walk(&dataset->history, deal);
    *from = TQ_FIELD;
    if (dataset->deals.qualified[deal] != DAY_NONE)
        return dataset->deals.qualified[deal];
    *from = TQ_HISTORY;
    while (qualify_step(&walk))
        if (is_open_qualified(loader->config, walk.stage))
            return walk.day;
    *from = TQ_CREATED;
    return is_qualified_from_creation(loader, deal) ? dataset->deals.created[deal] : DAY_NONE;
}

static void
qualify_part(void *context, uint32_t part, unsigned worker)
{
    struct loader *loader = context;
    struct deals *deals = &loader->dataset->deals;
    uint32_t from = (uint32_t)((uint64_t)deals->count * part / PARTS);
    uint32_t to = (uint32_t)((uint64_t)deals->count * (part + 1) / PARTS);
    (void)worker;
    for (uint32_t d = from; d < to; d++) {
        uint8_t *from_where = &deals->qualified_from[d];
        find_state(loader, d);
        day qualified = find_day(loader, d, from_where);
        if (qualified != DAY_NONE && deals->outcome[d] != OUTCOME_OPEN &&
            deals->close[d] < qualified)
            qualified = deals->close[d];
        if (qualified == DAY_NONE || qualified > loader->as_of) {
            qualified = DAY_NONE;
            *from_where = TQ_UNKNOWN;
        }
        deals->qualified[d] = qualified;
    }
}

void
qualify_deals(struct loader *loader)
{
    threads_each(loader->jobs, PARTS, qualify_part, loader);
}
