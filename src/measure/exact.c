#include "exact.h"

#include <math.h>

static double
log_choose(double n, double k)
{
    int sign;
    return lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) - lgamma_r(n - k + 1, &sign);
}

double
exact_binomial(uint64_t before, uint64_t after)
{
    if (before == after) {
        return 1;
    }
    uint64_t fewer = before < after ? before : after;
    double n = (double)before + (double)after;
    double term = exp(log_choose(n, (double)fewer) - n * M_LN2), sum = 0;
    for (uint64_t k = fewer + 1; k-- > 0 && term > sum * 1e-18;) {
        sum += term;
        term *= (double)k / (n - (double)k + 1);
    }
    return fmin(1, 2 * sum);
}

/* The tables up to as likely as `limit`, from the mode outwards in one direction; probabilities
 * relative to the mode's. `total` adds all. */
static void
walk(double from, double to, double k, double n1, double n2, double limit, double *rare,
     double *total)
{
    double term = 1;
    for (double x = from; x != to;) {
        if (to > from) {
            term *= (n1 - x) * (k - x) / ((x + 1) * (n2 - k + x + 1));
            x++;
        } else {
            term *= x * (n2 - k + x) / ((n1 - x + 1) * (k - x + 1));
            x--;
        }
        *total += term;
        *rare += term <= limit ? term : 0;
        if (term < 1e-20 * *total && term <= limit) {
            break;
        }
    }
}

double
exact_fisher(uint64_t k1, uint64_t n1, uint64_t k2, uint64_t n2)
{
    if (n1 == 0 || n2 == 0) {
        return 1;
    }
    double a = (double)n1, b = (double)n2, k = (double)k1 + (double)k2;
    double least = fmax(0, k - b), most = fmin(k, a);
    double mode = fmin(most, fmax(least, floor((k + 1) * (a + 1) / (a + b + 2))));
    double seen = exp(log_choose(a, (double)k1) + log_choose(b, (double)k2) - log_choose(a, mode) -
                      log_choose(b, k - mode));
    double limit = seen * (1 + 1e-7), total = 1, rare = limit >= 1 ? 1 : 0;
    walk(mode, most, k, a, b, limit, &rare, &total);
    walk(mode, least, k, a, b, limit, &rare, &total);
    return fmin(1, rare / total);
}
