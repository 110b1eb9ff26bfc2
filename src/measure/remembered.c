#include "remembered.h"

#include "arena.h"
#include "dataset.h"

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

enum { ALWAYS = sizeof always / sizeof *always, MONTHS_MOST = 12 };

const struct history_wanted *
remembered_wanted(const struct dataset *dataset, struct arena *arena, uint32_t *count)
{
    struct history_wanted *wanted = arena_array(arena, ALWAYS + 2 * MONTHS_MOST, sizeof *wanted);
    memcpy(wanted, always, sizeof always);
    *count = ALWAYS;
    /* what was open and expected in the months of this period: the opening of its movement */
    for (day d = dataset->period.start; d <= dataset->period.end && *count < ALWAYS + 24;) {
        struct civil civil = day_to_civil(d);
        const char *month = arena_printf(arena, "%04d-%02d", civil.year, civil.month);
        wanted[(*count)++] = (struct history_wanted){"pipeline.by_close_month", month, "number"};
        wanted[(*count)++] = (struct history_wanted){"pipeline.by_close_month", month, "value"};
        civil = (struct civil){civil.month == 12 ? civil.year + 1 : civil.year,
                               civil.month == 12 ? 1 : civil.month + 1, 1};
        d = day_from_civil(civil);
    }
    return wanted;
}
