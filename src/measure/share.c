#include "intervals.h"
#include "work.h"

struct share
share_of(const struct work *work, double k, double n)
{
    if (n <= 0) {
        return (struct share){.why = WHY_ZERO_DENOMINATOR};
    }
    struct interval interval = intervals_of(work->intervals, k, n);
    return (struct share){
        .k = k, .n = n, .value = k / n, .low = interval.low, .high = interval.high};
}
