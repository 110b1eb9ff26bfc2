/* intervals: the 80 % intervals of rates and counts. The sellers' counts are small and come again
 * and again: what few give is found once, by the thread that asks first, and remembered. */
#ifndef SEFPACK_MEASURE_INTERVALS_H
#define SEFPACK_MEASURE_INTERVALS_H

#include "arena.h"
#include "beta.h"

#include <stdint.h>

struct intervals;

/* Nothing remembered yet; lives in `arena`. */
struct intervals *
intervals_new(struct arena *arena);

/* beta_jeffreys(k, n, 0.1), from any thread; n > 0. */
struct interval
intervals_of(struct intervals *intervals, double k, double n);

/* beta_garwood_high(count, 0.1), likewise. */
double
intervals_count_high(struct intervals *intervals, uint32_t count);

#endif
