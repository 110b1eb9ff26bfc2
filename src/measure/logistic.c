#include "logistic.h"

#include <math.h>

double
logistic(double t)
{
    return t >= 0 ? 1 / (1 + exp(-t)) : exp(t) / (1 + exp(t));
}

struct newton {
    double gradient[2], hessian[3]; /* aa, ab, bb */
};

static struct newton
slope_at(uint32_t count, const double *x, const bool *won, double a, double b)
{
    struct newton out = {0};
    for (uint32_t i = 0; i < count; i++) {
        double chance = logistic(a + b * x[i]), off = (won[i] ? 1 : 0) - chance;
        double weight = chance * (1 - chance);
        out.gradient[0] += off;
        out.gradient[1] += off * x[i];
        out.hessian[0] += weight;
        out.hessian[1] += weight * x[i];
        out.hessian[2] += weight * x[i] * x[i];
    }
    return out;
}

bool
logistic_fit(uint32_t count, const double *x, const bool *won, double *a, double *b)
{
    double wins = 0, least = INFINITY, most = -INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        wins += won[i] ? 1 : 0;
        least = fmin(least, x[i]);
        most = fmax(most, x[i]);
    }
    if (wins <= 0 || wins >= count || !(most > least) || !isfinite(most - least)) {
        return false;
    }
    double mean = wins / count, at_a = log(mean / (1 - mean)), at_b = 0;
    for (int step = 0; step < 25; step++) {
        struct newton n = slope_at(count, x, won, at_a, at_b);
        double det = n.hessian[0] * n.hessian[2] - n.hessian[1] * n.hessian[1];
        double da = (n.hessian[2] * n.gradient[0] - n.hessian[1] * n.gradient[1]) / det;
        double db = (n.hessian[0] * n.gradient[1] - n.hessian[1] * n.gradient[0]) / det;
        if (!(det > 0) || !isfinite(da) || !isfinite(db)) {
            return false;
        }
        at_a += da;
        at_b += db;
        if (fabs(da) < 1e-10 && fabs(db) < 1e-10) {
            *a = at_a;
            *b = at_b;
            return true;
        }
    }
    return false;
}
