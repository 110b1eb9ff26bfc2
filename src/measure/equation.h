/* equation: the one equation that joins the views, for one seller:
 *   E(D) = B + sum_j v_j min(1, s z_j g(u_j, D)) + lambda A s sum_{d = 1..D} F(D - d)
 * with every factor open to change: what each lever, gain and scenario recomputes. */
#ifndef SEFPACK_MEASURE_EQUATION_H
#define SEFPACK_MEASURE_EQUATION_H

#include "work.h"

struct stock { /* open deals, zombies left out; their chances are 0 */
    uint32_t count;
    struct stock_deal {
        int32_t age;
        double value, size_effect; /* v = max(0, amount), z */
        double now, next;          /* g of this period and the next at the time below */
    } * deal;
    double time;
    double days_won, next_days_won; /* likewise: the sums of F for new deals of each day */
};

struct equation {
    const struct work *work;
    struct stock stock; /* the clean ones */
    double s, lambda, size;
    double worth; /* v_j times this; q unchanged */
    double pace;  /* k_i */
    double time;  /* k_i times what compresses the axis */
};

struct outlook { /* of this period from as-of on, and of the next: money without B */
    double existing, fresh, next_existing, next_fresh;
};

/* Fills facts->days_won and next_days_won, which equations begin with. */
void
equation_prepare(const struct work *work, struct scope_facts *facts);

/* A seller's (or the unknown owner's) equation as it is; the stock from `arena`. `flagged` takes
 * the deals with a fatal flag instead of the clean ones. */
struct equation
equation_of(struct arena *arena, const struct work *work, const struct scope_facts *facts,
            bool flagged);

/* q of a deal in this period and the next. */
void
equation_chances(const struct equation *equation, int32_t age, double size_effect, double *now,
                 double *next);

struct outlook
equation_solve(const struct equation *equation);

/* The same for one that differs from `base`, whose outlook is known: deals are looked at again
 * only where their chances differ. */
struct outlook
equation_solve_again(const struct equation *equation, const struct equation *base,
                     struct outlook known);

/* X + Y of this period alone. */
double
equation_now(const struct equation *equation);

/* F(D) in the seller's time, 0 on the last day of the period; and F(D + len+). */
double
equation_by_end(const struct equation *equation);

double
equation_by_next_end(const struct equation *equation);

static inline double
outlook_now(struct outlook outlook)
{
    return outlook.existing + outlook.fresh;
}

static inline double
outlook_next(struct outlook outlook)
{
    return outlook.next_existing + outlook.next_fresh;
}

#endif
