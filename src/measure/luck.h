/* luck: how unequal the results of identical sellers come out by chance alone. */
#ifndef SEFPACK_MEASURE_LUCK_H
#define SEFPACK_MEASURE_LUCK_H

#include <stdint.h>

/* splitmix64 (Steele, Lea and Flood 2014): the next number of a stream. */
uint64_t
luck_next(uint64_t *state);

struct inequality {
    double top20, gini; /* share of the top fifth (rounded up); Gini coefficient */
};

/* Of `count` > 0 values, sorted ascending, whose sum is positive. */
struct inequality
luck_inequality(const double *value, uint32_t count);

/* For each of `draws` draws: the inequality of `count` sellers with Poisson(mean) wins each, by
 * inversion of uniforms of splitmix64. A draw in which nobody wins is equality itself: a fifth
 * (rounded up) has its own share, Gini 0. 0 < mean. */
void
luck_draw(uint64_t seed, uint32_t draws, uint32_t count, double mean, struct inequality *out);

#endif
