#include "levers.h"

#include "percentile.h"

#include <math.h>

#define MORE 1.1           /* the creation and size levers */
#define DAYS_FASTER 5      /* the cycle lever */
#define POINT 0.01         /* the win lever */
#define NOTABLE 0.01       /* of quota: below, nothing binds */
#define NEARLY 0.9         /* of the largest gain: binds with it */
#define MOST_TERRITORY 2.0 /* times the creation of today */

const char *const levers_factor_names[FACTOR_COUNT] = {
    [FACTOR_TERRITORY] = "territory",
    [FACTOR_PROSPECTING] = "prospecting",
    [FACTOR_WIN] = "win",
    [FACTOR_SIZE] = "size",
    [FACTOR_CYCLE] = "cycle",
    [FACTOR_INTEGRITY] = "integrity",
};

static const char *const lever_names[LEVER_COUNT] = {
    [LEVER_WIN] = "win",     [LEVER_NOW] = "now",   [LEVER_CREATION] = "creation",
    [LEVER_CYCLE] = "cycle", [LEVER_SIZE] = "size", [LEVER_INTEGRITY] = "integrity",
};

static struct maybe
some(double value)
{
    return (struct maybe){value, WHY_NONE};
}

static struct maybe
none(enum why why)
{
    return (struct maybe){.why = why};
}

/* ---- References ---- */

struct maybe
levers_have(const struct scope_facts *facts, enum factor factor)
{
    double open = (double)facts->open.value;
    switch (factor) {
    case FACTOR_TERRITORY:
        return (struct maybe){facts->coverage.value, facts->coverage.why};
    case FACTOR_PROSPECTING:
        return some(facts->lambda);
    case FACTOR_WIN:
        return some(facts->w.value);
    case FACTOR_SIZE:
        return facts->size;
    case FACTOR_CYCLE:
        return facts->cycle_own;
    case FACTOR_INTEGRITY:
        return open > 0 ? some((double)facts->clean.value / open) : none(WHY_ZERO_DENOMINATOR);
    case FACTOR_COUNT:
        break;
    }
    return none(WHY_NOT_DEFINED);
}

static struct maybe
mean_creation(const struct work *work)
{
    double sum = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->dataset->sellers.count; i++) {
        const struct scope_facts *facts = work_seller(work, i);
        sum += facts->present ? facts->lambda : 0;
        count += facts->present ? 1 : 0;
    }
    return count > 0 ? some(sum / count) : none(WHY_NO_DATA);
}

static struct maybe
company_value(const struct work *work, enum factor factor)
{
    if (factor == FACTOR_PROSPECTING) {
        return mean_creation(work);
    }
    return factor == FACTOR_WIN ? some(work->p) : levers_have(&work->facts[0], factor);
}

void
levers_find_reference(struct work *work)
{
    double *value = arena_array(work->arena, work->owner_count, sizeof *value);
    for (int f = 0; f < FACTOR_COUNT; f++) {
        enum factor factor = (enum factor)f;
        struct maybe company = company_value(work, factor);
        uint32_t count = 0;
        for (uint32_t i = 0; i < work->dataset->sellers.count; i++) {
            const struct scope_facts *facts = work_seller(work, i);
            struct maybe own = levers_have(facts, factor);
            if (facts->present && !facts->ramping && own.why == WHY_NONE) {
                value[count++] = own.value;
            }
        }
        if (count > 0 && company.why == WHY_NONE) {
            double better = percentile_of_reals(value, count, factor == FACTOR_CYCLE ? 25 : 75);
            company.value = (better + company.value) / 2;
        }
        work->reference[f] = company;
    }
}

/* ---- Levers ---- */

static struct lever_money
against(const struct equation *equation, struct equation changed, struct outlook base)
{
    struct outlook outlook = equation_solve_again(&changed, equation, base);
    return (struct lever_money){some(outlook_now(outlook) - outlook_now(base)),
                                some(outlook_next(outlook) - outlook_next(base))};
}

static struct lever_money
one_more_deal(const struct equation *equation, const struct scope_facts *facts)
{
    double by_end = equation_by_end(equation), rate = equation->s;
    if (!facts->present) {
        return (struct lever_money){none(WHY_NOT_CONFIGURED), none(WHY_NOT_CONFIGURED)};
    }
    if (facts->size.why != WHY_NONE) {
        return (struct lever_money){facts->size, facts->size};
    }
    return (struct lever_money){
        some(equation->size * fmin(1, rate * by_end)),
        some(equation->size * rate * (equation_by_next_end(equation) - by_end))};
}

static struct lever_money
faster(const struct equation *equation, const struct scope_facts *facts, struct outlook base)
{
    struct equation changed = *equation;
    double days = facts->in_pipeline.value;
    if (facts->in_pipeline.why != WHY_NONE || days <= DAYS_FASTER) {
        enum why why = facts->in_pipeline.why != WHY_NONE ? facts->in_pipeline.why : WHY_TOO_FEW;
        return (struct lever_money){none(why), none(why)};
    }
    changed.time *= days / (days - DAYS_FASTER);
    return against(equation, changed, base);
}

static struct lever_money
cleaned(struct arena *arena, const struct equation *equation, const struct scope_facts *facts)
{
    struct equation flagged = equation_of(arena, equation->work, facts, true);
    struct outlook outlook = equation_solve(&flagged);
    return (struct lever_money){some(outlook.existing), some(outlook.next_existing)};
}

static void
find_levers(struct arena *arena, const struct equation *equation, struct scope_facts *facts,
            struct outlook base)
{
    struct lever_money *lever = facts->system.lever;
    struct equation changed = *equation;
    changed.s = equation->work->p > 0 ? fmin(1, facts->w.value + POINT) / equation->work->p : 0;
    lever[LEVER_WIN] = against(equation, changed, base);
    changed = *equation;
    changed.lambda *= MORE;
    lever[LEVER_CREATION] = against(equation, changed, base);
    changed = *equation;
    changed.worth *= MORE;
    lever[LEVER_SIZE] = against(equation, changed, base);
    lever[LEVER_NOW] = one_more_deal(equation, facts);
    lever[LEVER_CYCLE] = faster(equation, facts, base);
    lever[LEVER_INTEGRITY] = cleaned(arena, equation, facts);
}

/* ---- Gains ---- */

static struct maybe
both(struct lever_money money)
{
    return some(money.now.value + money.next.value);
}

/* The equation with one factor moved from `have` to `reference`. */
static struct equation
moved(const struct equation *equation, enum factor factor, double have, double reference)
{
    struct equation out = *equation;
    switch (factor) {
    case FACTOR_TERRITORY:
        out.lambda *= have > 0 ? fmin(MOST_TERRITORY, reference / have) : MOST_TERRITORY;
        break;
    case FACTOR_PROSPECTING:
        out.lambda = reference;
        break;
    case FACTOR_WIN:
        out.s = out.work->p > 0 ? reference / out.work->p : 0;
        break;
    case FACTOR_SIZE:
        out.worth *= have > 0 ? reference / have : 1;
        break;
    case FACTOR_CYCLE:
        out.time *= reference > 0 ? have / reference : 1;
        break;
    case FACTOR_INTEGRITY:
    case FACTOR_COUNT:
        break;
    }
    return out;
}

static struct maybe
gain_of(const struct equation *equation, const struct scope_facts *facts, enum factor factor,
        struct outlook base)
{
    struct maybe have = levers_have(facts, factor), reference = equation->work->reference[factor];
    if (!facts->present) {
        return none(WHY_NOT_CONFIGURED);
    }
    if (have.why != WHY_NONE || reference.why != WHY_NONE) {
        return have.why != WHY_NONE ? have : reference;
    }
    bool lower = factor == FACTOR_CYCLE;
    if (lower ? have.value <= reference.value : have.value >= reference.value) {
        return some(0);
    }
    if (factor == FACTOR_INTEGRITY) {
        double part = (reference.value - have.value) / (1 - have.value);
        return some(part * both(facts->system.lever[LEVER_INTEGRITY]).value);
    }
    return both(against(equation, moved(equation, factor, have.value, reference.value), base));
}

/* The factor with the largest gain, FACTOR_COUNT when none is worth it, -1 when none is known. */
static int
binding_of(const struct maybe *gain, const struct scope_facts *facts)
{
    int largest = -1;
    for (int f = 0; f < FACTOR_COUNT; f++) {
        if (gain[f].why == WHY_NONE && (largest < 0 || gain[f].value > gain[largest].value)) {
            largest = f;
        }
    }
    if (largest < 0) {
        return -1;
    }
    bool worth = facts->has_quota ? gain[largest].value >= NOTABLE * (double)facts->quota
                                  : gain[largest].value > 0;
    return worth && gain[largest].value > 0 ? largest : FACTOR_COUNT;
}

void
levers_find(struct arena *arena, const struct equation *equation, struct scope_facts *facts)
{
    struct outlook base = equation_solve(equation);
    find_levers(arena, equation, facts, base);
    for (int f = 0; f < FACTOR_COUNT; f++) {
        facts->system.gain[f] = gain_of(equation, facts, (enum factor)f, base);
    }
    facts->system.binding = binding_of(facts->system.gain, facts);
}

/* ---- Measures ---- */

/* Nulls are left out of a sum; only nulls give a null. */
static void
add_known(struct maybe *sum, struct maybe part)
{
    if (part.why == WHY_NONE) {
        *sum = some(sum->why == WHY_NONE ? sum->value + part.value : part.value);
    } else if (sum->why == WHY_NOT_DEFINED) {
        *sum = part;
    }
}

static void
put_binding(const struct sheet *sheet, const struct maybe gain[FACTOR_COUNT],
            const uint32_t bound[FACTOR_COUNT])
{
    const struct scope_facts *facts = sheet->facts;
    int binding = binding_of(gain, facts);
    if (binding < 0) {
        measure_null(sheet, M_SYSTEM_BINDING, gain[0].why);
    } else {
        struct buf with = {0};
        for (int f = 0; f < FACTOR_COUNT && binding < FACTOR_COUNT; f++) {
            if (f != binding && gain[f].why == WHY_NONE &&
                gain[f].value >= NEARLY * gain[binding].value) {
                buf_printf(&with, "%s%s", with.length > 0 ? " " : "", levers_factor_names[f]);
            }
        }
        const char *name = binding < FACTOR_COUNT ? levers_factor_names[binding] : "none";
        measure_put(sheet, M_SYSTEM_BINDING,
                    CELLS(STRING(F_VALUE, name),
                          STRING(F_CO_BINDING, sheet_text(sheet, buf_as_text(&with)))));
        buf_free(&with);
    }
    for (int f = 0; f < FACTOR_COUNT && facts->kind != SCOPE_SELLER; f++) {
        measure_row(sheet, M_SYSTEM_BINDING,
                    CELLS(STRING(F_KEY, levers_factor_names[f]), WHOLE(F_N, bound[f])));
    }
}

static void
put_rows(const struct sheet *sheet, const struct lever_money lever[LEVER_COUNT],
         const struct maybe gain[FACTOR_COUNT])
{
    for (int l = 0; l < LEVER_COUNT; l++) {
        measure_row(sheet, M_SYSTEM_LEVERS,
                    CELLS(STRING(F_KEY, lever_names[l]), measure_cell(F_PERIOD, lever[l].now),
                          measure_cell(F_NEXT, lever[l].next)));
    }
    for (int f = 0; f < FACTOR_COUNT; f++) {
        measure_row(sheet, M_SYSTEM_GAINS,
                    CELLS(STRING(F_KEY, levers_factor_names[f]), measure_cell(F_VALUE, gain[f])));
    }
}

void
levers_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    struct lever_money lever[LEVER_COUNT];
    struct maybe gain[FACTOR_COUNT];
    uint32_t bound[FACTOR_COUNT] = {0};
    for (int l = 0; l < LEVER_COUNT; l++) {
        lever[l] = (struct lever_money){none(WHY_NOT_DEFINED), none(WHY_NOT_DEFINED)};
    }
    for (int f = 0; f < FACTOR_COUNT; f++) {
        gain[f] = none(WHY_NOT_DEFINED);
    }
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        for (int l = 0; l < LEVER_COUNT; l++) {
            add_known(&lever[l].now, own->system.lever[l].now);
            add_known(&lever[l].next, own->system.lever[l].next);
        }
        for (int f = 0; f < FACTOR_COUNT; f++) {
            add_known(&gain[f], own->system.gain[f]);
        }
        if (own->present && own->system.binding >= 0 && own->system.binding < FACTOR_COUNT) {
            bound[own->system.binding]++;
        }
    }
    for (int f = 0; f < FACTOR_COUNT; f++) { /* a team without sellers */
        gain[f].why = gain[f].why == WHY_NOT_DEFINED ? WHY_NO_DATA : gain[f].why;
    }
    put_rows(sheet, lever, gain);
    put_binding(sheet, gain, bound);
}
