/* distribution: what a scope may book: open deals as independent chances, new deals as a compound
 * Poisson variable, on one grid of money. */
#ifndef SEFPACK_MEASURE_DISTRIBUTION_H
#define SEFPACK_MEASURE_DISTRIBUTION_H

#include "arena.h"

#include <stdint.h>

struct bets { /* deals: value in minor units (>= 0), chance 0..1 */
    uint32_t count;
    const int64_t *value;
    const double *chance;
};

struct jumps { /* sellers' new deals: a mean number of jumps of a size */
    uint32_t count;
    const double *size, *mean;
    double largest; /* the largest size, those without jumps included */
};

struct distribution {
    int64_t step;    /* minor units between points */
    uint32_t points; /* 0 .. points - 1 */
    double *mass;
    double cut; /* what the mean lost where mass passed the top, in points: with A = 0 the top is
                   the sum of the values, and deals split between points pass it */
    const double *upto; /* the mass at a point and below */
    double mean;        /* in points */
};

/* The grid: top = sum of values + Y + 10 sqrt(Y A) + 3 A, step = max(1, ceil(top / 1024)). A value
 * between two points is split so that its mean is exact; what passes the top stays on the last
 * point. Jumps by Panjer's recursion (Panjer 1981). `correlation` 0..0.6 is one common factor of
 * the bets (Vasicek 1987), integrated by 21 Gauss-Hermite nodes. All memory from `arena`. */
struct distribution
distribution_new(struct arena *arena, struct bets bets, struct jumps jumps, double correlation);

/* The smallest grid value with a cumulative share >= share - 1e-12. */
double
distribution_quantile(const struct distribution *distribution, double share);

/* The mass at grid values >= value. */
double
distribution_reaching(const struct distribution *distribution, double value);

double
distribution_mean(const struct distribution *distribution);

#endif
