#include "whole_job.h"

#include "equation.h"
#include "intervals.h"
#include "levers.h"
#include "needs.h"

#include <math.h>

#define NEGLECTED 0.6
#define OVER 1.5
#define ENOUGH 1.0
#define WORTH 0.05 /* of quota, over two periods */

enum part {
    PART_TERRITORY,
    PART_PROSPECTING,
    PART_WIN,
    PART_INTEGRITY,
    PART_PIPELINE,
    PART_FORECAST,
    PART_COUNT
};

static const char *const part_names[PART_COUNT] = {
    [PART_TERRITORY] = "territory",
    [PART_PROSPECTING] = "prospecting",
    [PART_WIN] = "win",
    [PART_INTEGRITY] = "integrity",
    [PART_PIPELINE] = "pipeline",
    [PART_FORECAST] = "forecast",
};

struct job_part {
    struct maybe have, need, ratio;
    double high; /* upper 80 % bound of the ratio */
    double n;
};

static struct maybe
none(enum why why)
{
    return (struct maybe){.why = why};
}

static struct maybe
some(double value)
{
    return (struct maybe){value, WHY_NONE};
}

static void
compare(struct job_part *part)
{
    if (part->have.why != WHY_NONE || part->need.why != WHY_NONE) {
        part->ratio = part->have.why != WHY_NONE ? part->have : part->need;
    } else if (part->need.value <= 0) {
        part->ratio = none(WHY_ZERO_DENOMINATOR);
    } else {
        part->ratio = some(part->have.value / part->need.value);
    }
}

/* Creation of a period against the steady need, of those who are present and have a quota. */
static void
compare_creation(const struct sheet *sheet, struct job_part *part)
{
    const struct work *work = sheet->work;
    bool counted = false;
    part->have = part->need = none(WHY_NOT_CONFIGURED);
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        if (!needs_count(own)) {
            continue;
        }
        part->have = some(part->have.value + own->lambda * work->length);
        if (!counted || part->need.why == WHY_NONE) { /* one unknown makes the sum unknown */
            struct maybe steady = own->system.steady;
            part->need = steady.why == WHY_NONE ? some(part->need.value + steady.value) : steady;
        }
        counted = true;
    }
}

/* N_c against the standing coverage of a steady period, (1 / w)(L / len)(Q / A). */
static void
compare_stock(const struct sheet *sheet, struct job_part *part)
{
    const struct scope_facts *facts = sheet->facts;
    part->have = some(facts->clean.number);
    if (!facts->has_quota) {
        part->need = none(WHY_NOT_CONFIGURED);
    } else if (facts->size.why != WHY_NONE || facts->in_pipeline.why != WHY_NONE) {
        part->need = facts->size.why != WHY_NONE ? facts->size : facts->in_pipeline;
    } else if (facts->size.value <= 0 || facts->w.value <= 0) {
        part->need = none(WHY_ZERO_DENOMINATOR);
    } else {
        double standing = facts->in_pipeline.value / sheet->work->length / facts->w.value;
        part->need = some(standing * (double)facts->quota / facts->size.value);
    }
}

static void
find_parts(const struct sheet *sheet, struct job_part part[PART_COUNT])
{
    const struct scope_facts *facts = sheet->facts;
    const struct maybe *reference = sheet->work->reference;
    double expected = (double)facts->bookings + facts->existing + facts->fresh;
    part[PART_TERRITORY].have = levers_have(facts, FACTOR_TERRITORY);
    part[PART_TERRITORY].need = reference[FACTOR_TERRITORY];
    compare_creation(sheet, &part[PART_PROSPECTING]);
    part[PART_WIN].have = some(facts->w.value);
    part[PART_WIN].need = reference[FACTOR_WIN];
    part[PART_INTEGRITY].have = levers_have(facts, FACTOR_INTEGRITY);
    part[PART_INTEGRITY].need = reference[FACTOR_INTEGRITY];
    compare_stock(sheet, &part[PART_PIPELINE]);
    part[PART_FORECAST].have = some(expected);
    part[PART_FORECAST].need =
        facts->has_quota ? some((double)facts->quota) : none(WHY_NOT_CONFIGURED);
    for (int i = 0; i < PART_COUNT; i++) {
        compare(&part[i]);
    }
}

/* Evidence and upper bounds of a seller's parts. */
static void
find_bounds(const struct sheet *sheet, struct job_part part[PART_COUNT])
{
    const struct scope_facts *facts = sheet->facts;
    double open = facts->open.number, clean = facts->clean.number;
    struct intervals *intervals = sheet->work->intervals;
    part[PART_TERRITORY].n = facts->coverage.why == WHY_NONE ? facts->coverage.n : 0;
    if (part[PART_TERRITORY].n > 0) {
        struct interval covered = intervals_of(intervals, facts->coverage.k, facts->coverage.n);
        part[PART_TERRITORY].high = covered.high / part[PART_TERRITORY].need.value;
    }
    part[PART_PROSPECTING].n = facts->created_recent.number;
    part[PART_PROSPECTING].high = facts->lambda_days > 0
                                      ? intervals_count_high(intervals, facts->lambda_count) /
                                            facts->lambda_days * sheet->work->length /
                                            part[PART_PROSPECTING].need.value
                                      : INFINITY;
    part[PART_WIN].n = work_decided(facts);
    part[PART_WIN].high = facts->w.high / part[PART_WIN].need.value;
    part[PART_INTEGRITY].n = open;
    part[PART_INTEGRITY].high =
        open > 0 ? intervals_of(intervals, clean, open).high / part[PART_INTEGRITY].need.value
                 : INFINITY;
    part[PART_PIPELINE].n = part[PART_FORECAST].n = clean;
    part[PART_PIPELINE].high =
        intervals_count_high(intervals, facts->clean.number) / part[PART_PIPELINE].need.value;
    part[PART_FORECAST].high = facts->p90 / part[PART_FORECAST].need.value;
}

/* What moving a part to its need is worth over this period and the next. */
static double
worth_of(const struct sheet *sheet, const struct job_part *part, enum part which)
{
    static const int factor[PART_COUNT] = {[PART_TERRITORY] = FACTOR_TERRITORY,
                                           [PART_WIN] = FACTOR_WIN,
                                           [PART_INTEGRITY] = FACTOR_INTEGRITY};
    const struct scope_facts *facts = sheet->facts;
    if (which == PART_FORECAST) {
        return part->need.value - part->have.value;
    }
    if (which == PART_PIPELINE) {
        double stock = facts->existing + facts->next_existing;
        return stock > 0 ? stock * (1 / part->ratio.value - 1) : 0;
    }
    if (which == PART_PROSPECTING) {
        struct equation equation = equation_of(sheet->scratch, sheet->work, facts, false);
        equation.lambda = part->need.value / sheet->work->length;
        struct outlook outlook = equation_solve(&equation);
        return outlook_now(outlook) + outlook_next(outlook) - facts->existing - facts->fresh -
               facts->next_existing - facts->next_fresh;
    }
    struct maybe gain = facts->system.gain[factor[which]];
    return gain.why == WHY_NONE ? gain.value : 0;
}

static bool
known(const struct job_part *part)
{
    return part->ratio.why == WHY_NONE;
}

static void
put_neglected(const struct sheet *sheet, const struct job_part part[PART_COUNT])
{
    double fewest = sheet->work->config->findings.minimum_n;
    bool enough = false, short_of = false;
    for (int i = 0; i < PART_COUNT; i++) { /* the other part: n is asked only for over-investing */
        enough |= known(&part[i]) && part[i].ratio.value >= ENOUGH;
        short_of |= known(&part[i]) && part[i].ratio.value < NEGLECTED && part[i].n >= fewest;
    }
    measure_put(sheet, M_SYSTEM_NEGLECTED, 0, NULL);
    measure_put(sheet, M_SYSTEM_OVER_INVESTED, 0, NULL);
    for (int i = 0; i < PART_COUNT; i++) {
        double ratio = part[i].ratio.value;
        if (!known(&part[i]) || part[i].n < fewest) {
            continue;
        }
        if (ratio >= OVER && short_of) {
            measure_row(sheet, M_SYSTEM_OVER_INVESTED,
                        CELLS(STRING(F_KEY, part_names[i]), REAL(F_RATIO, ratio)));
        }
        if (ratio >= NEGLECTED || !(part[i].high < 1) || !enough) {
            continue;
        }
        double gain = worth_of(sheet, &part[i], (enum part)i);
        if (gain >= WORTH * (double)sheet->facts->quota) {
            measure_row(sheet, M_SYSTEM_NEGLECTED,
                        CELLS(STRING(F_KEY, part_names[i]), REAL(F_RATIO, ratio),
                              REAL(F_HIGH, part[i].high), REAL(F_GAIN, gain)));
        }
    }
}

void
whole_job_measure(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    struct job_part part[PART_COUNT] = {0};
    find_parts(sheet, part);
    for (int i = 0; i < PART_COUNT; i++) {
        measure_row(sheet, M_SYSTEM_WHOLE_JOB,
                    CELLS(STRING(F_KEY, part_names[i]), measure_cell(F_HAVE, part[i].have),
                          measure_cell(F_NEED, part[i].need),
                          measure_cell(F_RATIO, part[i].ratio)));
    }
    if (facts->kind != SCOPE_SELLER) {
        return;
    }
    if (!needs_count(facts) || facts->ramping) {
        enum why why = needs_count(facts) ? WHY_NOT_YET_EXPECTED : WHY_NOT_CONFIGURED;
        measure_null(sheet, M_SYSTEM_NEGLECTED, why);
        measure_null(sheet, M_SYSTEM_OVER_INVESTED, why);
        return;
    }
    find_bounds(sheet, part);
    put_neglected(sheet, part);
}
