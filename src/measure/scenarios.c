#include "scenarios.h"

#include "needs.h"

#include <math.h>

#define Z_TWO_SIDED 1.959963985 /* 5 % */
#define Z_POWER 0.841621234     /* 80 % */

static uint32_t
scenario_count(const struct config *config)
{
    return config->what_if_count < SCENARIOS_MOST ? config->what_if_count : SCENARIOS_MOST;
}

void
scenarios_find(const struct equation *equation, struct scope_facts *facts)
{
    const struct work *work = equation->work;
    for (uint32_t i = 0; i < scenario_count(work->config); i++) {
        struct equation changed = *equation;
        changed.s = work->p > 0 ? work->config->what_if_win_rate[i] / work->p : 0;
        struct outlook outlook = equation_solve(&changed);
        facts->system.scenario[i].expected = (double)facts->bookings + outlook_now(outlook);
        facts->system.scenario[i].need = needs_count(facts)
                                             ? needs_time_true(&changed, facts, outlook.existing)
                                             : (struct maybe){.why = WHY_NOT_CONFIGURED};
    }
}

double
scenarios_proof(double from, double to)
{
    double mean = (from + to) / 2;
    if (from == to) {
        return 0;
    }
    double root = Z_TWO_SIDED * sqrt(2 * mean * (1 - mean)) +
                  Z_POWER * sqrt(from * (1 - from) + to * (1 - to));
    return ceil(root * root / ((to - from) * (to - from)));
}

static struct maybe
sum_needs(const struct sheet *sheet, uint32_t scenario)
{
    const struct work *work = sheet->work;
    struct maybe sum = {.why = WHY_NOT_CONFIGURED};
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        if (!needs_count(own)) {
            continue;
        }
        if (own->system.scenario[scenario].need.why != WHY_NONE) {
            return own->system.scenario[scenario].need;
        }
        sum = (struct maybe){sum.value + own->system.scenario[scenario].need.value, WHY_NONE};
    }
    return sum;
}

/* N* at the scenario's rate. */
static struct maybe
deals_needed(const struct scope_facts *facts, double rate)
{
    if (!facts->has_quota) {
        return (struct maybe){.why = WHY_NOT_CONFIGURED};
    }
    if (facts->gap == 0) {
        return (struct maybe){0, WHY_NONE};
    }
    if (facts->size.why != WHY_NONE) {
        return facts->size;
    }
    return facts->size.value > 0 && rate > 0
               ? (struct maybe){(double)facts->gap / facts->size.value / rate, WHY_NONE}
               : (struct maybe){.why = WHY_ZERO_DENOMINATOR};
}

static const char *
key_of(const struct sheet *sheet, double rate)
{
    struct buf key = {0};
    buf_string(&key, "win_rate ");
    buf_real(&key, rate);
    const char *copy = sheet_text(sheet, buf_as_text(&key));
    buf_free(&key);
    return copy;
}

void
scenarios_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct scope_facts *facts = sheet->facts;
    for (uint32_t s = 0; s < scenario_count(work->config); s++) {
        double rate = work->config->what_if_win_rate[s], expected = 0;
        double proof = scenarios_proof(facts->w.value, rate);
        for (uint32_t i = facts->first; i < facts->end; i++) {
            const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
            expected += own->system.scenario[s].expected;
        }
        measure_row(sheet, M_SYSTEM_SCENARIOS,
                    CELLS(STRING(F_KEY, key_of(sheet, rate)), REAL(F_EXPECTED, expected),
                          measure_cell(F_NEEDED, sum_needs(sheet, s)),
                          measure_cell(F_DEALS_NEEDED, deals_needed(facts, rate)),
                          proof > 0 && proof < 9e15 ? WHOLE(F_PROOF_DEALS, (int64_t)proof)
                                                    : EMPTY(F_PROOF_DEALS)));
    }
    if (scenario_count(work->config) == 0) {
        measure_null(sheet, M_SYSTEM_SCENARIOS, WHY_NOT_CONFIGURED);
    }
}
