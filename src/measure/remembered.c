#include "remembered.h"

#include "arena.h"
#include "config.h"
#include "dataset.h"

#include <stdio.h>
#include <string.h>

static const struct history_wanted always[] = {
    /* accuracy and the path of the forecast */
    {"forecast.expected", "", "value"},
    {"forecast.p10", "", "value"},
    {"forecast.p90", "", "value"},
    {"forecast.next", "", "value"},
    {"forecast.booked", "", "value"},
    {"forecast.calls", "commit", "value"},
    {"forecast.calls", "best", "value"},
    /* trends, and what was asked */
    {"forecast.p_hit", "", "value"},
    {"forecast.steady", "", "value"},
    {"pipeline.clean", "", "value"},
    {"pipeline.open", "", "value"},
    {"pipeline.coverage.sufficiency.number", "", "value"},
    {"deals.win_rate.own", "", "value"},
    {"deals.size.won", "", "value"},
    {"deals.cycle.own", "", "value"},
    {"territory.coverage.number", "", "value"},
    {"prospecting.creation", "", "value"},
    {"system.binding", "", "value"},
    /* findings */
    {"pipeline.coverage.raw.number", "", "value"},
    {"deals.win_rate.broad", "", "k"},
    {"deals.win_rate.broad", "", "n"},
};

/* Those above, and the months' for the opening of a movement. */
static const char *const measures[] = {"forecast.expected",
                                       "forecast.p10",
                                       "forecast.p90",
                                       "forecast.next",
                                       "forecast.booked",
                                       "forecast.calls",
                                       "forecast.p_hit",
                                       "forecast.steady",
                                       "pipeline.clean",
                                       "pipeline.open",
                                       "pipeline.by_close_month",
                                       "pipeline.coverage.sufficiency.number",
                                       "pipeline.coverage.raw.number",
                                       "deals.win_rate.own",
                                       "deals.win_rate.broad",
                                       "deals.size.won",
                                       "deals.cycle.own",
                                       "territory.coverage.number",
                                       "prospecting.creation",
                                       "system.binding",
                                       NULL};

enum { ALWAYS = sizeof always / sizeof *always, MOST = ALWAYS + 2 * 12 };

struct history_source
remembered_source(const struct config *config)
{
    return (struct history_source){
        .out_dir = config->out.dir, .index = config->out.history, .measures = measures};
}

const struct history_wanted *
remembered_wanted(const struct dataset *dataset, struct arena *arena, uint32_t *count)
{
    struct history_wanted *wanted = arena_array(arena, MOST, sizeof *wanted);
    memcpy(wanted, always, sizeof always);
    *count = ALWAYS;
    /* what was open and expected in the months of this period: the opening of its movement */
    for (day d = dataset->period.start; d <= dataset->period.end && *count + 2 <= MOST;
         d = remembered_next_month(d)) {
        char month[16];
        remembered_month(d, month);
        const char *key = arena_string(arena, month);
        wanted[(*count)++] = (struct history_wanted){"pipeline.by_close_month", key, "number"};
        wanted[(*count)++] = (struct history_wanted){"pipeline.by_close_month", key, "value"};
    }
    return wanted;
}

struct remembered_scope
remembered_scope(const struct dataset *dataset, uint32_t scope)
{
    const struct scope *here = &dataset->scope[scope];
    switch (here->kind) {
    case SCOPE_TEAM:
        return (struct remembered_scope){"team", dataset->teams.id[here->index]};
    case SCOPE_SELLER:
        return (struct remembered_scope){"seller", dataset->sellers.id[here->index]};
    case SCOPE_COMPANY:
        break;
    }
    return (struct remembered_scope){"company", TEXT("company")};
}

void
remembered_month(day d, char out[16])
{
    struct civil civil = day_to_civil(d);
    snprintf(out, 16, "%04d-%02u", civil.year, (unsigned)civil.month % 100);
}

day
remembered_next_month(day d)
{
    struct civil civil = day_to_civil(d);
    bool last = civil.month == 12;
    return day_from_civil((struct civil){civil.year + last, last ? 1 : civil.month + 1, 1});
}
