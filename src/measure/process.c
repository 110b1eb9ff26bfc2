#include "process.h"

#include <math.h>

#define RANGES_TO_LIMIT 2.66

struct process
process_of(const double *value, uint32_t count)
{
    double sum = 0, ranges = 0;
    if (count < PROCESS_FEWEST)
        return (struct process){0};
    uint32_t before = count - 1;
    for (uint32_t i = 0; i < before; i++) {
        sum += value[i];
        ranges += i ? fabs(value[i] - value[i - 1]) : 0;
    }
    double mean = sum / before, reach = RANGES_TO_LIMIT * ranges / (before - 1);
    double latest = value[before];
    /* a sum of equal values may differ from them in the last place */
    double slack = 1e-9 * fmax(fabs(mean), fabs(latest));
    return (struct process){.judged = true,
                            .mean = mean,
                            .low = mean - reach,
                            .high = mean + reach,
                            .signal = fabs(latest - mean) > reach + slack};
}
