#include "equation.h"

#include "curve.h"

#include <math.h>

static uint32_t
seller_of(const struct work *work, const struct scope_facts *facts)
{
    return facts->seller == NONE ? work->dataset->sellers.count : facts->seller;
}

/* g of a deal of that age in the `days` after `wait` more. The fallback's g is the same for every
 * seller: only what compresses the axis counts. */
static double
chance_of(const struct equation *equation, int32_t age, double wait, double days)
{
    const struct curve *curve = equation->work->curve;
    double scale = curve->fallback ? equation->time / equation->pace : equation->time;
    return curve_chance(curve, scale, age, wait, days);
}

/* g of a deal of that age in the days left and in the next period. */
static void
look_up(const struct equation *equation, struct stock_deal *deal)
{
    double days = equation->work->days_left, later = equation->work->next_length;
    deal->now = chance_of(equation, deal->age, 0, days);
    deal->next = chance_of(equation, deal->age, days, later);
}

/* Sums of F over the days that new deals of this and the next period have. */
static void
sum_days(const struct work *work, double time, double *now, double *next)
{
    int days = work->days_left, later = days + work->next_length;
    *now = curve_sum(work->curve, time, 0, days - 1);
    *next = curve_sum(work->curve, time, days, later - 1);
}

void
equation_prepare(const struct work *work, struct scope_facts *facts)
{
    sum_days(work, facts->time_scale, &facts->days_won, &facts->next_days_won);
}

struct equation
equation_of(struct arena *arena, const struct work *work, const struct scope_facts *facts,
            bool flagged)
{
    uint32_t owner = seller_of(work, facts);
    uint32_t first = work->open_first[owner], end = work->open_first[owner + 1];
    struct equation out = {.work = work, .s = facts->s, .lambda = facts->lambda};
    /* credits may outweigh what was won: no money is expected of new deals then */
    out.size = facts->size.why == WHY_NONE && facts->size.value > 0 ? facts->size.value : 0;
    out.worth = 1;
    out.pace = out.time = facts->time_scale;
    out.stock.time = out.time;
    out.stock.days_won = facts->days_won;
    out.stock.next_days_won = facts->next_days_won;
    out.stock.deal = arena_array(arena, end - first, sizeof *out.stock.deal);
    for (uint32_t i = first; i < end; i++) {
        const struct open_deal *open = &work->open[i];
        if (!open->zombie && open->clean != flagged) {
            struct stock_deal *deal = &out.stock.deal[out.stock.count++];
            deal->age = open->age;
            deal->value = open->amount > 0 ? (double)open->amount : 0;
            deal->size_effect = open->size_effect;
            look_up(&out, deal);
        }
    }
    return out;
}

/* The chances of a deal, which has g of the time of the stock. */
static void
chances(const struct equation *equation, struct stock_deal deal, double *now, double *next)
{
    double rate = equation->s * deal.size_effect;
    if (equation->time != equation->stock.time) {
        look_up(equation, &deal);
    }
    *now = fmin(1, fmax(0, rate * deal.now));
    *next = fmin(1 - *now, fmax(0, rate * deal.next));
}

void
equation_chances(const struct equation *equation, int32_t age, double size_effect, double *now,
                 double *next)
{
    struct stock_deal deal = {.age = age, .size_effect = size_effect};
    look_up(equation, &deal);
    struct equation here = *equation;
    here.stock.time = equation->time;
    chances(&here, deal, now, next);
}

static void
add_fresh(const struct equation *equation, struct outlook *outlook)
{
    double wins = equation->lambda * equation->size * equation->worth * equation->s;
    double now = equation->stock.days_won, next = equation->stock.next_days_won;
    if (equation->time != equation->stock.time) {
        sum_days(equation->work, equation->time, &now, &next);
    }
    outlook->fresh = wins * now;
    outlook->next_fresh = wins * next;
}

struct outlook
equation_solve(const struct equation *equation)
{
    struct outlook out = {0};
    for (uint32_t i = 0; i < equation->stock.count; i++) {
        double now, next;
        chances(equation, equation->stock.deal[i], &now, &next);
        out.existing += equation->stock.deal[i].value * now;
        out.next_existing += equation->stock.deal[i].value * next;
    }
    out.existing *= equation->worth;
    out.next_existing *= equation->worth;
    add_fresh(equation, &out);
    return out;
}

struct outlook
equation_solve_again(const struct equation *equation, const struct equation *base,
                     struct outlook known)
{
    if (equation->s != base->s || equation->time != base->time) {
        return equation_solve(equation);
    }
    known.existing *= equation->worth / base->worth;
    known.next_existing *= equation->worth / base->worth;
    add_fresh(equation, &known);
    return known;
}

double
equation_now(const struct equation *equation)
{
    const struct work *work = equation->work;
    double sum = 0, days = work->days_left;
    bool same = equation->time == equation->stock.time;
    for (uint32_t i = 0; i < equation->stock.count; i++) {
        const struct stock_deal *deal = &equation->stock.deal[i];
        double chance = same ? deal->now : chance_of(equation, deal->age, 0, days);
        sum += deal->value * fmin(1, fmax(0, equation->s * deal->size_effect * chance));
    }
    double wins = equation->lambda * equation->size * equation->s;
    sum += wins * (same ? equation->stock.days_won
                        : curve_sum(work->curve, equation->time, 0, work->days_left - 1));
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
