#include "winning.h"

#include "curve.h"
#include "logistic.h"
#include "memory.h"
#include "percentile.h"
#include "shrink.h"
#include "threads.h"
#include "work.h"

#include <math.h>
#include <stdlib.h>

#define FEWEST_FOR_SIZE 20

/* ---- Preparation: the facts of every scope ---- */

static void
add_up(struct scope_facts *to, const struct scope_facts *from)
{
    work_merge(to, &to->won, from->won);
    work_merge(to, &to->lost, from->lost);
    work_merge(to, &to->no_decision, from->no_decision);
    work_merge(to, &to->open, from->open);
    work_merge(to, &to->clean, from->clean);
    work_merge(to, &to->zombie, from->zombie);
    work_merge(to, &to->created, from->created);
    work_merge(to, &to->created_recent, from->created_recent);
    work_merge(to, &to->renewals_due, from->renewals_due);
    for (int i = 0; i < SEGMENT_COUNT; i++) {
        work_merge(to, &to->booked[i], from->booked[i]);
        work_merge(to, &to->booked_t[i], from->booked_t[i]);
    }
    to->won_days += from->won_days;
    to->decided_days += from->decided_days;
    to->left_in_r += from->left_in_r;
    to->overflow |= from->overflow;
}

/* What the flags say of an owner's open deals. */
static void
count_open(void *context, uint32_t owner, unsigned worker)
{
    const struct work *work = context;
    struct scope_facts *facts = work_seller(work, owner);
    (void)worker;
    for (uint32_t i = work->open_first[owner]; i < work->open_first[owner + 1]; i++) {
        struct open_deal *open = &work->open[i];
        const struct deal_fact *fact = &work->measures->fact[open->fact];
        open->flags = fact->flags;
        open->age = fact->age;
        open->primary = fact->primary;
        open->clean = fact->clean;
        open->zombie = fact->zombie;
        work_tally(facts, &facts->open, open->amount);
        if (open->clean) {
            work_tally(facts, &facts->clean, open->amount);
        }
    }
}

static void
add_sellers(struct work *work)
{
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        struct scope_facts *facts = &work->facts[s];
        for (uint32_t i = facts->first; facts->kind != SCOPE_SELLER && i < facts->end; i++) {
            add_up(facts, work_seller(work, work->dataset->order[i]));
        }
    }
}

/* The rates of all owners from k of n, and of the teams above them by the weight of their deals. */
static double
find_rates(struct work *work, bool with_zombies)
{
    uint32_t owners = work->owner_count;
    double *k = arena_array(work->arena, owners, sizeof *k);
    double *n = arena_array(work->arena, owners, sizeof *n);
    struct share *own = arena_array(work->arena, owners, sizeof *own);
    const struct share **part = arena_array(work->arena, owners, sizeof(struct share *));
    for (uint32_t i = 0; i < owners; i++) {
        const struct scope_facts *facts = work_seller(work, i);
        k[i] = facts->won.number;
        n[i] = work_decided(facts) + (with_zombies ? (double)facts->zombie.number : 0);
    }
    struct shrinkage fit = shrink_fit(owners, k, n, work->config->estimates.prior_strength,
                                      work->config->estimates.prior_win_rate);
    shrink_all(&fit, owners, k, n, own);
    for (uint32_t i = 0; i < owners; i++) {
        struct scope_facts *facts = work_seller(work, i);
        *(with_zombies ? &facts->wz : &facts->w) = own[i];
    }
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        struct scope_facts *facts = &work->facts[s];
        uint32_t count = facts->end - facts->first;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t owner = work->dataset->order[facts->first + i];
            const struct scope_facts *seller = work_seller(work, owner);
            part[i] = &own[owner];
            k[i] = with_zombies ? seller->open.number : seller->clean.number; /* now the weights */
        }
        if (facts->kind != SCOPE_SELLER) {
            *(with_zombies ? &facts->wz : &facts->w) = shrink_team(&fit, count, part, k);
        }
    }
    return fit.p;
}

/* A sum over n drawn towards the company's mean as if `strength` more of that size had been seen.
 */
static struct maybe
drawn(double sum, double n, struct maybe company, double strength)
{
    if (company.why != WHY_NONE || n + strength <= 0) {
        return company;
    }
    return (struct maybe){(sum + strength * company.value) / (n + strength), WHY_NONE};
}

static struct maybe
mean_of(double sum, double n)
{
    return n > 0 ? (struct maybe){sum / n, WHY_NONE} : (struct maybe){0, WHY_ZERO_DENOMINATOR};
}

/* What a size is when nothing was won: the median of the open deals. */
static struct maybe
median_open(struct work *work)
{
    const struct measures *measures = work->measures;
    int64_t *amount = arena_array(work->arena, measures->fact_count, sizeof *amount);
    uint32_t count = 0;
    for (uint32_t f = 0; f < measures->fact_count; f++) {
        amount[count] = work->dataset->deals.amount[measures->fact[f].deal];
        count += amount[count] != MONEY_NONE ? 1 : 0;
    }
    return count > 0 ? (struct maybe){percentile_median(amount, count), WHY_NONE}
                     : (struct maybe){0, WHY_NO_DATA};
}

struct sums { /* of one scope, before they are drawn */
    double won, won_n, decided, decided_n;
};

static struct sums
sums_of(const struct scope_facts *facts)
{
    struct sums out = {.won = (double)facts->won.value, .won_n = facts->won.valued};
    out.decided = out.won + (double)facts->lost.value + (double)facts->no_decision.value;
    out.decided_n = out.won_n + facts->lost.valued + facts->no_decision.valued;
    return out;
}

static void
find_sizes(struct work *work)
{
    struct scope_facts *company = &work->facts[0];
    struct sums sums = sums_of(company);
    double strength = work->config->estimates.shrink_deals;
    company->size = mean_of(sums.won, sums.won_n);
    company->size_decided = mean_of(sums.decided, sums.decided_n);
    struct maybe open = sums.won_n > 0 && sums.decided_n > 0 ? company->size : median_open(work);
    company->size = sums.won_n > 0 ? company->size : open;
    company->size_decided = sums.decided_n > 0 ? company->size_decided : open;
    company->cycle_own = mean_of((double)company->won_days, company->won.number);
    company->in_pipeline = mean_of((double)company->decided_days, work_decided(company));
    for (uint32_t s = 1; s <= work->dataset->scope_count; s++) {
        struct scope_facts *facts = &work->facts[s];
        sums = sums_of(facts);
        facts->size = drawn(sums.won, sums.won_n, company->size, strength);
        facts->size_decided = drawn(sums.decided, sums.decided_n, company->size_decided, strength);
        facts->cycle_own =
            drawn((double)facts->won_days, facts->won.number, company->cycle_own, strength);
        facts->in_pipeline =
            drawn((double)facts->decided_days, work_decided(facts), company->in_pipeline, strength);
    }
    struct maybe size = company->size;
    work->strategic_from = MONEY_NONE;
    if (size.why == WHY_NONE) {
        double from = ceil(work->config->strategic_times_average * size.value - 1e-6);
        work->strategic_from = from < 9e18 ? (int64_t)from : INT64_MAX;
    }
}

/* Events and censorings by age of the deals qualified in the curve's window. */
static void
build_curve(struct work *work)
{
    const struct deals *deals = &work->dataset->deals;
    static const int8_t cause[] = {[OUTCOME_OPEN] = -1,
                                   [OUTCOME_WON] = CAUSE_WON,
                                   [OUTCOME_LOST] = CAUSE_LOST,
                                   [OUTCOME_NO_DECISION] = CAUSE_NO_DECISION,
                                   [OUTCOME_DISQUALIFIED] = CAUSE_DISQUALIFIED};
    int64_t after = (int64_t)work->as_of - work->config->estimates.curve_days;
    day oldest = work->as_of + 1;
    for (uint32_t d = 0; d < deals->count; d++) {
        day from = deals->qualified[d];
        oldest = from != DAY_NONE && from > after && from < oldest ? from : oldest;
    }
    uint32_t ages = (uint32_t)(work->as_of - oldest + 1);
    uint32_t *events = arena_array(work->arena, (size_t)ages * CAUSE_COUNT, sizeof *events);
    uint32_t *censored = arena_array(work->arena, ages, sizeof *censored);
    for (uint32_t d = 0; d < deals->count; d++) {
        day from = deals->qualified[d];
        if (from == DAY_NONE || from <= after || deals->segment[d] == SEGMENT_RENEWAL) {
            continue;
        }
        int8_t why = cause[deals->outcome[d]];
        day to = why < 0 ? work->as_of : deals->close[d];
        uint32_t age = to > from ? (uint32_t)(to - from) : 0;
        (*(why < 0 ? &censored[age] : &events[(size_t)why * ages + age]))++;
    }
    work->curve = curve_new(work->arena, ages, events, censored,
                            (uint32_t)work->config->estimates.curve_minimum, work->p,
                            work->config->estimates.prior_cycle_days);
    int32_t cycle = curve_reaches(work->curve, 0.5);
    work->cycle = cycle < 0 ? (struct maybe){0, WHY_NO_DATA} : (struct maybe){cycle, WHY_NONE};
}

static void
find_pace(struct work *work)
{
    struct maybe company = work->facts[0].cycle_own;
    for (uint32_t i = 0; i < work->owner_count; i++) {
        struct scope_facts *facts = work_seller(work, i);
        facts->s = work->p > 0 ? facts->w.value / work->p : 0;
        facts->time_scale = 1;
        if (company.why == WHY_NONE && company.value > 0 && facts->cycle_own.value > 0) {
            facts->time_scale = fmin(2, fmax(0.5, company.value / facts->cycle_own.value));
        }
        day start = facts->known ? work->dataset->sellers.start[i] : DAY_NONE;
        facts->ramping = start != DAY_NONE && work->cycle.why == WHY_NONE &&
                         work->as_of - start < work->cycle.value;
    }
}

void
winning_fit_size(struct work *work)
{
    uint32_t all = work->decided_first[work->owner_count], count = 0;
    int64_t *amount = memory_new(all, sizeof *amount);
    double *x = memory_new(all, sizeof *x);
    bool *won = memory_new(all, sizeof *won);
    for (uint32_t i = 0; i < all; i++) {
        if (work->decided[i].amount != MONEY_NONE) {
            amount[count] = work->decided[i].amount;
            x[count] = (double)amount[count];
            won[count++] = work->decided[i].outcome == OUTCOME_WON;
        }
    }
    if (count >= FEWEST_FOR_SIZE) {
        work->effect_median = percentile_median(amount, count);
        for (uint32_t i = 0; i < count; i++) {
            x[i] /= work->effect_median;
        }
        work->has_size_effect = work->effect_median > 0 &&
                                logistic_fit(count, x, won, &work->effect_a, &work->effect_b);
    }
    free(amount);
    free(x);
    free(won);
}

double
winning_size_effect(const struct work *work, long long amount)
{
    if (!work->has_size_effect || amount == MONEY_NONE) {
        return 1;
    }
    double v = amount > 0 ? (double)amount : 0;
    return logistic(work->effect_a + work->effect_b * v / work->effect_median) / work->p;
}

/* What an owner's open deals are worth looking at. */
static void
weigh_open(void *context, uint32_t owner, unsigned worker)
{
    const struct work *work = context;
    const struct deals *deals = &work->dataset->deals;
    (void)worker;
    for (uint32_t i = work->open_first[owner]; i < work->open_first[owner + 1]; i++) {
        struct open_deal *open = &work->open[i];
        struct deal_fact *fact = &work->measures->fact[open->fact];
        open->strategic = deals->strategic[open->deal] == ANSWER_YES ||
                          (open->amount != MONEY_NONE && work->strategic_from != MONEY_NONE &&
                           open->amount >= work->strategic_from);
        open->size_effect = winning_size_effect(work, open->amount);
        fact->strategic = open->strategic;
        fact->size_effect = open->size_effect;
    }
}

/* What only needs rates and the deals. */
static void (*const fits[])(struct work *) = {winning_fit_size, build_curve};
enum { FITS = sizeof fits / sizeof *fits };

static void
fit(void *context, uint32_t which, unsigned worker)
{
    (void)worker;
    fits[which](context);
}

void
winning_prepare(struct work *work)
{
    threads_each(work->jobs, work->owner_count, count_open, work);
    add_sellers(work);
    work->p = find_rates(work, false);
    find_rates(work, true);
    find_sizes(work);
    threads_each(work->jobs, FITS, fit, work);
    find_pace(work);
    threads_each(work->jobs, work->owner_count, weigh_open, work);
}

/* ---- Measures ---- */

static void
put_median(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    int64_t *amount = arena_array(sheet->scratch, sheet->facts->won.valued, sizeof *amount);
    uint32_t count = 0;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->decided_first[owner]; j < work->decided_first[owner + 1]; j++) {
            const struct decided *here = &work->decided[j];
            if (here->outcome == OUTCOME_WON && here->amount != MONEY_NONE) {
                amount[count++] = here->amount;
            }
        }
    }
    if (count == 0) {
        measure_null(sheet, M_DEALS_SIZE_WON_MEDIAN, WHY_ZERO_DENOMINATOR);
    } else {
        measure_put(sheet, M_DEALS_SIZE_WON_MEDIAN,
                    CELLS(REAL(F_VALUE, percentile_median(amount, count)), WHOLE(F_N, count)));
    }
}

/* What the company's curve says, in every scope. */
static void
put_company(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    measure_maybe(sheet, M_DEALS_CYCLE, work->cycle);
    if (work->cycle.why == WHY_NONE) {
        measure_add(sheet, M_DEALS_CYCLE,
                    CELLS(REAL(F_LOW, curve_reaches(work->curve, 0.1)),
                          REAL(F_HIGH, curve_reaches(work->curve, 0.9))));
    }
    if (work->curve->fallback) {
        measure_add(sheet, M_DEALS_CYCLE, CELLS(STRING(F_BASIS, "prior")));
    }
    if (work->age_p95 < 0) {
        measure_null(sheet, M_DEALS_AGE_AT_WIN_P95, WHY_ZERO_DENOMINATOR);
    } else {
        measure_put(sheet, M_DEALS_AGE_AT_WIN_P95,
                    CELLS(WHOLE(F_VALUE, work->age_p95), WHOLE(F_N, work->facts[0].won.number)));
    }
    if (work->has_size_effect) {
        measure_put(sheet, M_DEALS_SIZE_EFFECT,
                    CELLS(REAL(F_A, work->effect_a), REAL(F_B, work->effect_b)));
    } else {
        measure_null(sheet, M_DEALS_SIZE_EFFECT, WHY_TOO_FEW);
        measure_add(sheet, M_DEALS_SIZE_EFFECT, CELLS(STRING(F_BASIS, "no_size_effect")));
    }
}

static void
put_curve(const struct sheet *sheet)
{
    const struct curve *curve = sheet->work->curve;
    measure_put(sheet, M_CURVE, 0, NULL);
    if (curve->fallback) {
        measure_add(sheet, M_CURVE, CELLS(STRING(F_BASIS, "prior")));
        return;
    }
    for (uint32_t age = 0; age < curve->ages; age++) {
        if (curve->at_risk_event[age] > 0) {
            measure_row(sheet, M_CURVE,
                        CELLS(WHOLE(F_AGE, age), REAL(F_F_W, curve->share[CAUSE_WON][age]),
                              REAL(F_F_L, curve->share[CAUSE_LOST][age]),
                              REAL(F_F_ND, curve->share[CAUSE_NO_DECISION][age]),
                              REAL(F_F_DQ, curve->share[CAUSE_DISQUALIFIED][age]),
                              REAL(F_S, curve->surviving[age]),
                              WHOLE(F_N, (int64_t)curve->at_risk[age])));
        }
    }
}

void
winning_measure(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    measure_share(sheet, M_DEALS_WIN_RATE_OWN, facts->w);
    measure_maybe(sheet, M_DEALS_SIZE_WON, facts->size);
    measure_maybe(sheet, M_DEALS_SIZE_DECIDED, facts->size_decided);
    struct maybe rate = facts->size.why != WHY_NONE ? facts->size : facts->size_decided;
    rate.value = facts->w.value * facts->size.value / facts->size_decided.value;
    if (rate.why == WHY_NONE && facts->size_decided.value <= 0) {
        rate.why = WHY_ZERO_DENOMINATOR;
    }
    measure_maybe(sheet, M_DEALS_VALUE_WIN_RATE, rate);
    measure_maybe(sheet, M_DEALS_CYCLE_OWN, facts->cycle_own);
    measure_maybe(sheet, M_DEALS_CYCLE_NAIVE, mean_of((double)facts->won_days, facts->won.number));
    put_median(sheet);
    put_company(sheet);
    if (facts->kind == SCOPE_COMPANY) {
        put_curve(sheet);
    }
}
