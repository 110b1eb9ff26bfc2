/* Stage conversion: who enters a stage, who ever gets beyond it, how long it takes. */
#include "aalen_johansen.h"
#include "kaplan_meier.h"
#include "memory.h"
#include "states.h"
#include "work.h"

#include <stdlib.h>

/* What became of the entrants of one open stage, by days since entry. */
struct stage_counts {
    uint32_t entrants;
    uint32_t *events;         /* causes: got beyond, lost without */
    uint32_t *censored;       /* still there, or disqualified */
    uint32_t *left, *staying; /* the first stay: ended, lasting */
};

enum { BEYOND, DROPPED, CAUSES };

struct stage_walk {
    const struct work *work;
    uint32_t days;               /* of the curves: ages 0 .. days */
    struct stage_counts *counts; /* by config stage */
    struct spell *spells;
};

static bool
is_beyond(const struct config *config, int16_t state, uint32_t stage)
{
    if (state < 0)
        return false;
    enum outcome outcome = config->stage[state].outcome;
    return outcome == OUTCOME_WON || (outcome == OUTCOME_OPEN && (uint32_t)state > stage);
}

/* The stays of a deal, and behind them the stage in which it was decided, from its day on: the
 * closed stage in which history ends, else that of the deals table. */
static uint32_t
walk_of(const struct stage_walk *walk, uint32_t deal)
{
    const struct config *config = walk->work->config;
    const struct dataset *dataset = walk->work->dataset;
    const struct deals *deals = &dataset->deals;
    uint32_t count = states_spells(config, dataset, deal, walk->spells);
    if (deals->outcome[deal] == OUTCOME_OPEN)
        return count;
    day from = count ? walk->spells[count - 1].to : deals->created[deal];
    int16_t stage = states_stage(config, dataset, deal, walk->work->as_of);
    if (stage < 0 || config->stage[stage].outcome == OUTCOME_OPEN)
        stage = deals->stage[deal];
    walk->spells[count] = (struct spell){stage, from, from, true};
    return count + 1;
}

static uint32_t
age_of(const struct stage_walk *walk, day from, day to)
{
    int32_t age = to - from;
    return age < 0 ? 0 : age > (int32_t)walk->days ? walk->days : (uint32_t)age;
}

/* From the entry on: the first state beyond the stage, or lost, or disqualified, or neither. */
static void
follow(const struct stage_walk *walk, uint32_t count, uint32_t entry, uint32_t stage)
{
    const struct config *config = walk->work->config;
    struct stage_counts *counts = &walk->counts[stage];
    day from = walk->spells[entry].from;
    uint32_t ages = walk->days + 1;
    for (uint32_t i = entry; i < count; i++) {
        const struct spell *spell = &walk->spells[i];
        uint32_t age = age_of(walk, from, spell->from);
        if (is_beyond(config, spell->stage, stage)) {
            counts->events[BEYOND * ages + age]++;
            return;
        }
        enum outcome outcome =
            spell->stage < 0 ? OUTCOME_OPEN : config->stage[spell->stage].outcome;
        if (outcome == OUTCOME_LOST || outcome == OUTCOME_NO_DECISION) {
            counts->events[DROPPED * ages + age]++;
            return;
        }
        if (outcome == OUTCOME_DISQUALIFIED) {
            counts->censored[age]++;
            return;
        }
    }
    counts->censored[age_of(walk, from, walk->work->as_of)]++;
}

/* The first state at or beyond a stage enters it; one beyond it has skipped it and left at once. */
static void
enter(const struct stage_walk *walk, uint32_t count, uint32_t stage)
{
    const struct work *work = walk->work;
    struct stage_counts *counts = &walk->counts[stage];
    for (uint32_t i = 0; i < count; i++) {
        const struct spell *spell = &walk->spells[i];
        bool skipped = is_beyond(work->config, spell->stage, stage);
        if (!skipped && spell->stage != (int16_t)stage)
            continue;
        if (spell->from <= work->as_of - (int32_t)walk->days)
            return;
        counts->entrants++;
        if (skipped)
            counts->left[0]++;
        else if (spell->last)
            counts->staying[age_of(walk, spell->from, work->as_of)]++;
        else
            counts->left[age_of(walk, spell->from, spell->to)]++;
        follow(walk, count, i, stage);
        return;
    }
}

static struct stage_walk
new_walk(const struct work *work, struct arena *arena)
{
    const struct config *config = work->config;
    struct stage_walk walk = {.work = work, .days = (uint32_t)config->estimates.curve_days};
    size_t ages = (size_t)walk.days + 1;
    walk.counts = arena_array(arena, config->stage_count, sizeof *walk.counts);
    for (uint32_t i = 0; i < config->stage_count; i++) {
        walk.counts[i].events = arena_array(arena, CAUSES * ages, sizeof(uint32_t));
        walk.counts[i].censored = arena_array(arena, ages, sizeof(uint32_t));
        walk.counts[i].left = arena_array(arena, ages, sizeof(uint32_t));
        walk.counts[i].staying = arena_array(arena, ages, sizeof(uint32_t));
    }
    walk.spells = arena_array(arena, (size_t)work->longest_history + 2, sizeof *walk.spells);
    return walk;
}

static void
walk_scope(const struct sheet *sheet, const struct stage_walk *walk)
{
    const struct dataset *dataset = sheet->work->dataset;
    const struct deals *deals = &dataset->deals;
    const struct config *config = sheet->work->config;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = dataset->order[i];
        for (uint32_t j = deals->owner_first[owner]; j < deals->owner_first[owner + 1]; j++) {
            uint32_t deal = deals->by_owner[j];
            if (deals->segment[deal] == SEGMENT_RENEWAL ||
                dataset->history.first[deal] == dataset->history.first[deal + 1])
                continue;
            uint32_t count = walk_of(walk, deal);
            for (uint32_t stage = 0; stage < config->stage_count; stage++)
                if (config->stage[stage].outcome == OUTCOME_OPEN)
                    enter(walk, count, stage);
        }
    }
}

static void
put_stage(const struct sheet *sheet, const struct stage_walk *walk, uint32_t stage, double *share)
{
    const struct stage_counts *counts = &walk->counts[stage];
    uint32_t ages = walk->days + 1;
    const char *name = sheet->work->config->stage[stage].name;
    if (counts->entrants == 0) {
        measure_row(
            sheet, M_PIPELINE_STAGE_CONVERSION,
            CELLS(STRING(F_KEY, name), WHOLE(F_N, 0), EMPTY(F_VALUE), EMPTY(F_MEDIAN_DAYS)));
        return;
    }
    aalen_johansen(CAUSES, ages, counts->events, counts->censored, share,
                   share + (size_t)CAUSES * ages);
    int32_t median = kaplan_meier_median(ages, counts->left, counts->staying);
    measure_row(sheet, M_PIPELINE_STAGE_CONVERSION,
                CELLS(STRING(F_KEY, name), WHOLE(F_N, counts->entrants),
                      REAL(F_VALUE, share[BEYOND * ages + ages - 1]),
                      median < 0 ? EMPTY(F_MEDIAN_DAYS) : WHOLE(F_MEDIAN_DAYS, median)));
}

void
stages_prepare(struct work *work)
{
    const struct history_rows *history = &work->dataset->history;
    if (!history->present)
        return;
    for (uint32_t deal = 0; deal < work->dataset->deals.count; deal++) {
        uint64_t rows = history->first[deal + 1] - history->first[deal];
        if (rows > work->longest_history)
            work->longest_history = rows;
    }
}

void
stages_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    if (!work->dataset->history.present || work->dataset->history.count == 0) {
        measure_null(sheet, M_PIPELINE_STAGE_CONVERSION,
                     work->dataset->history.present ? WHY_NO_DATA : WHY_NOT_CONFIGURED);
        return;
    }
    struct arena *arena = arena_new();
    struct stage_walk walk = new_walk(work, arena);
    double *share = arena_array(arena, ((size_t)walk.days + 1) * (CAUSES + 1), sizeof *share);
    walk_scope(sheet, &walk);
    for (uint32_t i = 0; i < work->config->stage_count; i++)
        if (work->config->stage[i].outcome == OUTCOME_OPEN)
            put_stage(sheet, &walk, i, share);
    arena_free(arena);
}
