/* Stage conversion: who enters a stage, who ever gets beyond it, how long it takes. */
#include "aalen_johansen.h"
#include "entrances.h"
#include "kaplan_meier.h"
#include "work.h"

enum { CAUSES = 2, WORD_BITS = 64 }; /* the causes of enum entrance_end */

/* What happened to the entrants of a stage so many days after they had entered it. */
struct happened {
    uint32_t ended[CAUSES + 1]; /* got beyond, lost without; still there, or disqualified */
    uint32_t left, staying;     /* the first stay: ended, lasting */
};

/* One stage of one scope. Of the curve's days few see anything at a seller's: a bit says which. */
struct stage_counts {
    uint32_t days, entrants; /* days of the curve */
    struct happened *on;     /* by day */
    uint64_t *bit;
};

static struct stage_counts
new_counts(const struct sheet *sheet)
{
    size_t days = (size_t)sheet->work->config->estimates.curve_days + 1;
    return (struct stage_counts){
        .days = (uint32_t)days,
        .on = arena_array(sheet->scratch, days, sizeof(struct happened)),
        .bit = arena_array(sheet->scratch, days / WORD_BITS + 1, sizeof(uint64_t))};
}

static void
count_entrances(struct stage_counts *counts, const struct entrance_list *list)
{
    counts->entrants += list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct entrance *entrance = &list->entrance[i];
        struct happened *stay = &counts->on[entrance->stay];
        (*(entrance->staying ? &stay->staying : &stay->left))++;
        counts->on[entrance->after].ended[entrance->end - ENTRANCE_BEYOND]++;
    }
}

static void
mark(const struct stage_counts *counts, uint32_t when)
{
    counts->bit[when / WORD_BITS] |= (uint64_t)1 << when % WORD_BITS;
}

static void
mark_entrances(const struct stage_counts *counts, const struct entrance_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        mark(counts, list->entrance[i].stay);
        mark(counts, list->entrance[i].after);
    }
}

/* Counts the entrances of a scope's sellers into a stage; of many every day is taken to have seen
 * some. */
static void
count_stage(const struct sheet *sheet, struct stage_counts *counts,
            const struct entrance_list *into)
{
    const uint32_t *order = sheet->work->dataset->order;
    counts->entrants = 0;
    for (uint32_t place = sheet->facts->first; place < sheet->facts->end; place++)
        count_entrances(counts, &into[order[place]]);
    if (counts->entrants < counts->days) {
        for (uint32_t place = sheet->facts->first; place < sheet->facts->end; place++)
            mark_entrances(counts, &into[order[place]]);
        return;
    }
    for (uint32_t when = 0; when < counts->days; when++)
        mark(counts, when);
}

/* The counts of the days with anything side by side, ascending, for the estimators, which lose
 * nothing by it. */
struct stage_days {
    uint32_t count, *day;
    uint32_t *events, *censored, *left, *staying;
    double *share;
};

/* The counts are clean again after it. */
static struct stage_days
draw_together(const struct stage_counts *counts, struct arena *arena)
{
    uint32_t words = counts->days / WORD_BITS + 1, seen = 0;
    struct stage_days days = {0};
    for (uint32_t word = 0; word < words; word++)
        days.count += (uint32_t)__builtin_popcountll(counts->bit[word]);
    days.day = arena_array(arena, days.count, sizeof *days.day);
    days.events = arena_array(arena, (size_t)CAUSES * days.count, sizeof *days.events);
    days.censored = arena_array(arena, days.count, sizeof *days.censored);
    days.left = arena_array(arena, days.count, sizeof *days.left);
    days.staying = arena_array(arena, days.count, sizeof *days.staying);
    days.share = arena_array(arena, (size_t)(CAUSES + 1) * days.count, sizeof *days.share);
    for (uint32_t word = 0; word < words; word++)
        for (; counts->bit[word]; counts->bit[word] &= counts->bit[word] - 1) {
            uint32_t at = word * WORD_BITS + (uint32_t)__builtin_ctzll(counts->bit[word]);
            struct happened *here = &counts->on[at];
            for (uint32_t cause = 0; cause < CAUSES; cause++)
                days.events[cause * days.count + seen] = here->ended[cause];
            days.censored[seen] = here->ended[CAUSES];
            days.left[seen] = here->left;
            days.staying[seen] = here->staying;
            days.day[seen++] = at;
            *here = (struct happened){0};
        }
    return days;
}

static void
put_stage(const struct sheet *sheet, const struct stage_counts *counts, const char *name)
{
    if (counts->entrants == 0) {
        measure_row(
            sheet, M_PIPELINE_STAGE_CONVERSION,
            CELLS(STRING(F_KEY, name), WHOLE(F_N, 0), EMPTY(F_VALUE), EMPTY(F_MEDIAN_DAYS)));
        return;
    }
    struct stage_days days = draw_together(counts, sheet->scratch);
    aalen_johansen(CAUSES, days.count, days.events, days.censored, days.share,
                   days.share + (size_t)CAUSES * days.count);
    int32_t median = kaplan_meier_median(days.count, days.left, days.staying);
    double beyond = days.share[days.count - 1];
    measure_row(sheet, M_PIPELINE_STAGE_CONVERSION,
                CELLS(STRING(F_KEY, name), WHOLE(F_N, counts->entrants), REAL(F_VALUE, beyond),
                      median < 0 ? EMPTY(F_MEDIAN_DAYS) : WHOLE(F_MEDIAN_DAYS, days.day[median])));
}

void
stages_prepare(struct work *work, struct arena *arena)
{
    const struct history_rows *history = &work->dataset->history;
    if (history->present && history->count > 0)
        work->entrances = entrances_find(work, arena);
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
    struct stage_counts counts = new_counts(sheet);
    for (uint32_t i = 0, open = 0; i < work->config->stage_count; i++) {
        if (work->config->stage[i].outcome != OUTCOME_OPEN)
            continue;
        count_stage(sheet, &counts, entrances->into[open++]);
        put_stage(sheet, &counts, work->config->stage[i].name);
    }
}
