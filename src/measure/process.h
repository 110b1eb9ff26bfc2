/* process: whether the latest of a series stands out from what the series does anyway. */
#ifndef SEFPACK_MEASURE_PROCESS_H
#define SEFPACK_MEASURE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

enum { PROCESS_FEWEST = 6 }; /* values, the latest among them */

struct process {
    bool judged;            /* there were values enough */
    double mean, low, high; /* of the values before the latest: natural process limits */
    bool signal;            /* the latest lies outside them */
};

/* An XmR chart of `count` values in the order of time: mean -/+ 2.66 x mean moving range of those
 * before the latest (Shewhart 1931; 2.66 = 3 / 1.128, Wheeler and Chambers 1992). Fewer than
 * PROCESS_FEWEST: not judged, all zero. */
struct process
process_of(const double *value, uint32_t count);

#endif
