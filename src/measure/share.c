#include "beta.h"
#include "work.h"

struct share
share_of(double k, double n)
{
    if (n <= 0) {
        return (struct share){.why = WHY_ZERO_DENOMINATOR};
    }
    struct interval interval = beta_jeffreys(k, n, 0.1);
    return (struct share){
        .k = k, .n = n, .value = k / n, .low = interval.low, .high = interval.high};
}
