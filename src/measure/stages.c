/* Stage conversion: who enters a stage, who ever gets beyond it, how long it takes. */
#include "aalen_johansen.h"
#include "entrances.h"
#include "kaplan_meier.h"
#include "memory.h"
#include "work.h"

#include <stdlib.h>

/* What became of the entrants of one open stage, by days since entry. */
struct stage_counts {
    uint32_t entrants;
    uint32_t *events;         /* causes: got beyond, lost without */
    uint32_t *censored;       /* still there, or disqualified */
    uint32_t *left, *staying; /* the first stay: ended, lasting */
};

enum { CAUSES = 2, ARRAYS = CAUSES + 3 };

/* The stages of one scope: the days of the curves go as far as anything happened. */
struct stage_curves {
    uint32_t ages;
    struct stage_counts *counts; /* by config stage */
    uint32_t *room;
    double *share;
};

static uint32_t
last_age(const struct sheet *sheet)
{
    const struct entrances *entrances = sheet->work->entrances;
    uint32_t last = 0;
    for (uint32_t place = sheet->facts->first; place < sheet->facts->end; place++) {
        const struct entrance *entrance = &entrances->entrance[entrances->first[place]];
        for (uint32_t i = 0; i < entrances->count[place]; i++) {
            uint32_t age =
                entrance[i].stay > entrance[i].after ? entrance[i].stay : entrance[i].after;
            last = age > last ? age : last;
        }
    }
    return last;
}

static struct stage_curves
new_curves(const struct sheet *sheet)
{
    size_t stages = sheet->work->config->stage_count;
    struct stage_curves curves = {.ages = last_age(sheet) + 1};
    size_t ages = curves.ages;
    curves.counts = memory_new(stages, sizeof *curves.counts);
    curves.room = memory_new(stages * ARRAYS * ages, sizeof *curves.room);
    curves.share = memory_new((CAUSES + 1) * ages, sizeof *curves.share);
    for (size_t i = 0; i < stages; i++) {
        uint32_t *room = curves.room + i * ARRAYS * ages;
        curves.counts[i] = (struct stage_counts){
            0, room, room + CAUSES * ages, room + (CAUSES + 1) * ages, room + (CAUSES + 2) * ages};
    }
    return curves;
}

static void
count_entrances(const struct sheet *sheet, const struct stage_curves *curves)
{
    const struct entrances *entrances = sheet->work->entrances;
    for (uint32_t place = sheet->facts->first; place < sheet->facts->end; place++) {
        const struct entrance *entrance = &entrances->entrance[entrances->first[place]];
        for (uint32_t i = 0; i < entrances->count[place]; i++, entrance++) {
            struct stage_counts *counts = &curves->counts[entrance->stage];
            counts->entrants++;
            (entrance->staying ? counts->staying : counts->left)[entrance->stay]++;
            if (entrance->end == ENTRANCE_CENSORED)
                counts->censored[entrance->after]++;
            else
                counts->events[entrance->end * curves->ages + entrance->after]++;
        }
    }
}

static void
put_stage(const struct sheet *sheet, const struct stage_curves *curves, uint32_t stage)
{
    const struct stage_counts *counts = &curves->counts[stage];
    uint32_t ages = curves->ages;
    const char *name = sheet->work->config->stage[stage].name;
    if (counts->entrants == 0) {
        measure_row(
            sheet, M_PIPELINE_STAGE_CONVERSION,
            CELLS(STRING(F_KEY, name), WHOLE(F_N, 0), EMPTY(F_VALUE), EMPTY(F_MEDIAN_DAYS)));
        return;
    }
    aalen_johansen(CAUSES, ages, counts->events, counts->censored, curves->share,
                   curves->share + (size_t)CAUSES * ages);
    int32_t median = kaplan_meier_median(ages, counts->left, counts->staying);
    measure_row(sheet, M_PIPELINE_STAGE_CONVERSION,
                CELLS(STRING(F_KEY, name), WHOLE(F_N, counts->entrants),
                      REAL(F_VALUE, curves->share[ENTRANCE_BEYOND * ages + ages - 1]),
                      median < 0 ? EMPTY(F_MEDIAN_DAYS) : WHOLE(F_MEDIAN_DAYS, median)));
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
    if (!work->entrances) {
        measure_null(sheet, M_PIPELINE_STAGE_CONVERSION,
                     work->dataset->history.present ? WHY_NO_DATA : WHY_NOT_CONFIGURED);
        return;
    }
    struct stage_curves curves = new_curves(sheet);
    count_entrances(sheet, &curves);
    for (uint32_t i = 0; i < work->config->stage_count; i++)
        if (work->config->stage[i].outcome == OUTCOME_OPEN)
            put_stage(sheet, &curves, i);
    free(curves.share);
    free(curves.room);
    free(curves.counts);
}
