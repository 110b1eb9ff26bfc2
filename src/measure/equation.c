#include "equation.h"

#include "curve.h"

#include <math.h>

static uint32_t
seller_of(const struct work *work, const struct scope_facts *facts)
{
    return facts->seller == NONE ? work->dataset->sellers.count : facts->seller;
}

struct equation
equation_of(struct arena *arena, const struct work *work, const struct scope_facts *facts,
            bool flagged)
{
    uint32_t owner = seller_of(work, facts);
    uint32_t first = work->open_first[owner], end = work->open_first[owner + 1];
    struct equation out = {.work = work, .s = facts->s, .lambda = facts->lambda};
    out.size = facts->size.why == WHY_NONE ? facts->size.value : 0;
    out.worth = 1;
    out.time = facts->time_scale;
    out.stock.deal = arena_array(arena, end - first, sizeof *out.stock.deal);
    for (uint32_t i = first; i < end; i++) {
        const struct deal_fact *fact = &work->measures->fact[work->open_by_owner[i]];
        int64_t amount = work->dataset->deals.amount[fact->deal];
        if (!fact->zombie && fact->clean != flagged) {
            out.stock.deal[out.stock.count++] =
                (struct stock_deal){.age = fact->age,
                                    .value = amount > 0 ? (double)amount : 0,
                                    .size_effect = fact->size_effect};
        }
    }
    return out;
}

void
equation_chances(const struct equation *equation, int32_t age, double size_effect, double *now,
                 double *next)
{
    const struct work *work = equation->work;
    double rate = equation->s * size_effect, days = work->days_left;
    double q = rate * curve_chance(work->curve, equation->time, age, 0, days);
    *now = fmin(1, fmax(0, q));
    q = rate * curve_chance(work->curve, equation->time, age, days, work->next_length);
    *next = fmin(1 - *now, fmax(0, q));
}

struct outlook
equation_solve(const struct equation *equation)
{
    const struct work *work = equation->work;
    struct outlook out = {0};
    for (uint32_t i = 0; i < equation->stock.count; i++) {
        const struct stock_deal *deal = &equation->stock.deal[i];
        double now, next;
        equation_chances(equation, deal->age, deal->size_effect, &now, &next);
        out.existing += deal->value * now;
        out.next_existing += deal->value * next;
    }
    out.existing *= equation->worth;
    out.next_existing *= equation->worth;
    double wins = equation->lambda * equation->size * equation->worth * equation->s;
    int days = work->days_left, later = days + work->next_length;
    out.fresh = wins * curve_sum(work->curve, equation->time, 0, days - 1);
    out.next_fresh = wins * curve_sum(work->curve, equation->time, days, later - 1);
    return out;
}

double
equation_now(const struct equation *equation)
{
    const struct work *work = equation->work;
    double sum = 0, days = work->days_left;
    for (uint32_t i = 0; i < equation->stock.count; i++) {
        const struct stock_deal *deal = &equation->stock.deal[i];
        double chance = curve_chance(work->curve, equation->time, deal->age, 0, days);
        sum += deal->value * fmin(1, equation->s * deal->size_effect * chance);
    }
    double wins = equation->lambda * equation->size * equation->s;
    sum += wins * curve_sum(work->curve, equation->time, 0, work->days_left - 1);
    return sum * equation->worth;
}

double
equation_by_end(const struct equation *equation)
{
    const struct work *work = equation->work;
    return work->days_left > 0 ? curve_won(work->curve, work->days_left * equation->time) : 0;
}

double
equation_by_next_end(const struct equation *equation)
{
    const struct work *work = equation->work;
    double days = work->days_left + work->next_length;
    return curve_won(work->curve, days * equation->time);
}
