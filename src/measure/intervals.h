/* intervals: the 80 % Jeffreys intervals of rates. The sellers' counts are small and come again and
 * again: an interval of few is found once, by the thread that asks first, and remembered. */
#ifndef SEFPACK_MEASURE_INTERVALS_H
#define SEFPACK_MEASURE_INTERVALS_H

#include "arena.h"
#include "beta.h"

struct intervals;

/* Nothing remembered yet; lives in `arena`. */
struct intervals *
intervals_new(struct arena *arena);

/* beta_jeffreys(k, n, 0.1), from any thread; n > 0. */
struct interval
intervals_of(struct intervals *intervals, double k, double n);

#endif
