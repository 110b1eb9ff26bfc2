/* curve: the chance that a qualified deal is won by an age, from all qualified non-renewal deals
 * of the company; below the least number of decided deals an exponential curve. */
#ifndef SEFPACK_MEASURE_CURVE_H
#define SEFPACK_MEASURE_CURVE_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

enum cause { CAUSE_WON, CAUSE_LOST, CAUSE_NO_DECISION, CAUSE_DISQUALIFIED, CAUSE_COUNT };

struct curve {
    bool fallback; /* exponential: p (1 - e^(-t / scale)) */
    double p, scale;
    uint32_t ages;                          /* 0 .. ages - 1; 0 without any deal */
    double *share[CAUSE_COUNT], *surviving; /* [age] */
    uint64_t *at_risk_event;                /* events of any cause at the age: where the rows are */
    uint64_t *at_risk;                      /* deals that reached the age undecided */
};

/* `events` and `censored` as aalen_johansen takes them; `fewest` decided (won, lost, no decision)
 * below which it falls back to p and scale. */
struct curve *
curve_new(struct arena *arena, uint32_t ages, const uint32_t *events, const uint32_t *censored,
          uint32_t fewest, double p, double scale);

/* F and S at a real age of the company's time: the age is floored (with 1e-9 grace). 0 and 1 below
 * 0. */
double
curve_won(const struct curve *curve, double age);

double
curve_surviving(const struct curve *curve, double age);

/* F(inf). */
double
curve_ever(const struct curve *curve);

/* The smallest age at which F reaches `part` of F(inf) (tolerance 1e-12); -1 where F(inf) is 0. */
int32_t
curve_reaches(const struct curve *curve, double part);

/* g: the chance of a deal of `age` to be won in the `days` days after `wait` more days, all in
 * days of a seller whose time runs `scale` times the company's: (F(age + wait + days) -
 * F(age + wait)) / S(age), 0 where S is 0. Under the fallback, for any age and without rounding to
 * days, p (e^(-scale wait / 90) - e^(-scale (wait + days) / 90)). */
double
curve_chance(const struct curve *curve, double scale, double age, double wait, double days);

/* sum over d = from .. to of F(d x scale): new deals a day, won by the end. 0 for to < from. */
double
curve_sum(const struct curve *curve, double scale, int from, int to);

#endif
