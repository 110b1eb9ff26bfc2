/* percentile: by nearest rank (rank = ceil(pct x n / 100), 1-based), and medians (the mean of the
 * two middle ones). */
#ifndef SEFPACK_MEASURE_PERCENTILE_H
#define SEFPACK_MEASURE_PERCENTILE_H

#include <stdint.h>

/* Reorders `value`; count > 0. */
int32_t
percentile_of_days(int32_t *value, uint32_t count, uint32_t percent);

/* Reorders `value`, which holds no NaN; count > 0. */
double
percentile_of_reals(double *value, uint32_t count, uint32_t percent);

struct percentiles {
    double p10, p50, p90;
};

/* Three at once, likewise: the others are only looked for on their side of the middle one. */
struct percentiles
percentiles_of_reals(double *value, uint32_t count);

/* The median of whole numbers, count > 0; reorders them. */
double
percentile_median(int64_t *value, uint32_t count);

#endif
