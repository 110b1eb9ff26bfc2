/* Stage conversion: who enters a stage, who ever gets beyond it, how long it takes. */
#include "aalen_johansen.h"
#include "entrances.h"
#include "kaplan_meier.h"
#include "memory.h"
#include "work.h"

#include <stdlib.h>

enum { CAUSES = 2, WORD_BITS = 64 };

/* What happened to the entrants of a stage so many days after they had entered it. */
struct happened {
    uint32_t ended[CAUSES], censored; /* got beyond, lost without; still there, or disqualified */
    uint32_t left, staying;           /* the first stay: ended, lasting */
};

/* One stage of one scope. Of the curve's days few see anything at a seller's: a bit says which, and
 * the counts of these are drawn together for the estimators, which lose nothing by it. */
struct stage_counts {
    uint32_t days, seen; /* of the curve; of them with anything */
    uint32_t entrants;
    struct happened *on; /* by day */
    uint64_t *bit;
    /* by day seen */
    uint32_t *day, *events, *censored, *left, *staying;
    double *share;
};

static struct stage_counts
new_counts(const struct work *work, struct arena *arena)
{
    size_t days = (size_t)work->config->estimates.curve_days + 1;
    return (struct stage_counts){.days = (uint32_t)days,
                                 .on = arena_array(arena, days, sizeof(struct happened)),
                                 .bit = arena_array(arena, days / WORD_BITS + 1, sizeof(uint64_t)),
                                 .day = arena_array(arena, days, sizeof(uint32_t)),
                                 .events = arena_array(arena, CAUSES * days, sizeof(uint32_t)),
                                 .censored = arena_array(arena, days, sizeof(uint32_t)),
                                 .left = arena_array(arena, days, sizeof(uint32_t)),
                                 .staying = arena_array(arena, days, sizeof(uint32_t)),
                                 .share = arena_array(arena, (CAUSES + 1) * days, sizeof(double))};
}

static struct happened *
happened_on(struct stage_counts *counts, uint32_t when)
{
    counts->bit[when / WORD_BITS] |= (uint64_t)1 << when % WORD_BITS;
    return &counts->on[when];
}

static void
count_entrances(struct stage_counts *counts, const struct entrance_list *list)
{
    counts->entrants += list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct entrance *entrance = &list->entrance[i];
        struct happened *stay = happened_on(counts, entrance->stay);
        struct happened *end = happened_on(counts, entrance->after);
        (*(entrance->staying ? &stay->staying : &stay->left))++;
        (*(entrance->end == ENTRANCE_CENSORED ? &end->censored : &end->ended[entrance->end]))++;
    }
}

/* The days with anything, ascending, side by side; their counts are clean again. */
static void
draw_together(struct stage_counts *counts)
{
    counts->seen = 0;
    for (uint32_t word = 0; word <= counts->days / WORD_BITS; word++)
        for (; counts->bit[word]; counts->bit[word] &= counts->bit[word] - 1)
            counts->day[counts->seen++] =
                word * WORD_BITS + (uint32_t)__builtin_ctzll(counts->bit[word]);
    for (uint32_t i = 0; i < counts->seen; i++) {
        struct happened *here = &counts->on[counts->day[i]];
        for (uint32_t cause = 0; cause < CAUSES; cause++)
            counts->events[cause * counts->seen + i] = here->ended[cause];
        counts->censored[i] = here->censored;
        counts->left[i] = here->left;
        counts->staying[i] = here->staying;
        *here = (struct happened){0};
    }
}

static void
put_stage(const struct sheet *sheet, struct stage_counts *counts, const char *name)
{
    if (counts->entrants == 0) {
        measure_row(
            sheet, M_PIPELINE_STAGE_CONVERSION,
            CELLS(STRING(F_KEY, name), WHOLE(F_N, 0), EMPTY(F_VALUE), EMPTY(F_MEDIAN_DAYS)));
        return;
    }
    draw_together(counts);
    uint32_t seen = counts->seen;
    aalen_johansen(CAUSES, seen, counts->events, counts->censored, counts->share,
                   counts->share + (size_t)CAUSES * seen);
    int32_t median = kaplan_meier_median(seen, counts->left, counts->staying);
    measure_row(
        sheet, M_PIPELINE_STAGE_CONVERSION,
        CELLS(STRING(F_KEY, name), WHOLE(F_N, counts->entrants),
              REAL(F_VALUE, counts->share[ENTRANCE_BEYOND * seen + seen - 1]),
              median < 0 ? EMPTY(F_MEDIAN_DAYS) : WHOLE(F_MEDIAN_DAYS, counts->day[median])));
}

void
stages_prepare(struct work *work)
{
    const struct history_rows *history = &work->dataset->history;
    if (history->present && history->count > 0)
        work->entrances = entrances_find(work);
}

void
stages_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct entrances *entrances = work->entrances;
    if (!entrances) {
        measure_null(sheet, M_PIPELINE_STAGE_CONVERSION,
                     work->dataset->history.present ? WHY_NO_DATA : WHY_NOT_CONFIGURED);
        return;
    }
    struct arena *arena = arena_new();
    struct stage_counts counts = new_counts(work, arena);
    for (uint32_t i = 0, open = 0; i < work->config->stage_count; i++) {
        if (work->config->stage[i].outcome != OUTCOME_OPEN)
            continue;
        counts.entrants = 0;
        for (uint32_t place = sheet->facts->first; place < sheet->facts->end; place++)
            count_entrances(&counts, &entrances->list[(size_t)place * entrances->stages + open]);
        put_stage(sheet, &counts, work->config->stage[i].name);
        open++;
    }
    arena_free(arena);
}
