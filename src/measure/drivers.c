#include "drivers.h"

#include <math.h>

/* (a - b) / (ln a - ln b), the mean that makes the terms add up. */
static double
logarithmic_mean(double a, double b)
{
    double ratio = log(a / b);
    if (fabs(ratio) < 1e-9) /* the series around 1, where the quotient cancels */
        return b * (1 + ratio / 2 + ratio * ratio / 6);
    return (a - b) / ratio;
}

static void
split_by_shapley(const double before[DRIVER_COUNT], const double after[DRIVER_COUNT],
                 double term[DRIVER_COUNT])
{
    for (int i = 0; i < DRIVER_COUNT; i++) {
        int j = (i + 1) % DRIVER_COUNT, k = (i + 2) % DRIVER_COUNT;
        double others = before[j] * before[k] / 3 + after[j] * after[k] / 3 +
                        (before[j] * after[k] + after[j] * before[k]) / 6;
        term[i] = (after[i] - before[i]) * others;
    }
}

void
drivers_split(const double before[DRIVER_COUNT], const double after[DRIVER_COUNT],
              double term[DRIVER_COUNT])
{
    double product_before = 1, product_after = 1;
    for (int i = 0; i < DRIVER_COUNT; i++) {
        if (before[i] <= 0 || after[i] <= 0) {
            split_by_shapley(before, after, term);
            return;
        }
        product_before *= before[i];
        product_after *= after[i];
    }
    double mean = logarithmic_mean(product_after, product_before);
    for (int i = 0; i < DRIVER_COUNT; i++)
        term[i] = mean * log(after[i] / before[i]);
}
