#include "shrink.h"

#include "beta.h"

#include <math.h>

#define TAIL 0.1 /* 80 % intervals */
#define FEWEST 3 /* sellers */
#define FEWEST_CASES 30
#define FEW 64 /* cases below are often the same */
#define MOST_RHO 0.5

static double
corrected(double k, double n)
{
    return k <= 0 || k >= n ? (k + 0.5) / (n + 1) : k / n;
}

/* The moment estimate; NAN where there is none. */
static double
estimate_rho(uint32_t count, const double *k, const double *n, double sum_k, double sum_n)
{
    double p = sum_k / sum_n, spread = 0, squares = 0;
    uint32_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (n[i] > 0) {
            double off = k[i] / n[i] - p;
            spread += n[i] * off * off;
            squares += n[i] * n[i];
            used++;
        }
    }
    if (used < FEWEST || sum_n < FEWEST_CASES || sum_k <= 0 || sum_k >= sum_n) {
        return NAN;
    }
    double free = (double)used - 1, below = sum_n - squares / sum_n - free;
    return below <= 0 ? NAN : fmin(MOST_RHO, (spread / (p * (1 - p)) - free) / below);
}

struct shrinkage
shrink_fit(uint32_t count, const double *k, const double *n, double prior_strength,
           double prior_rate)
{
    struct shrinkage out = {.strength = prior_strength, .basis = "prior"};
    for (uint32_t i = 0; i < count; i++) {
        out.sum_k += k[i];
        out.sum_n += n[i];
    }
    if (out.sum_n <= 0) {
        out.p = prior_rate;
        double a = out.p * out.strength, b = out.strength - a;
        out.pooled =
            (struct interval_pair){a > 0 ? beta_quantile(TAIL, a, b > 0 ? b : 1e-9) : 0,
                                   b > 0 ? beta_quantile(1 - TAIL, a > 0 ? a : 1e-9, b) : 1};
        return out;
    }
    out.p = corrected(out.sum_k, out.sum_n);
    struct interval whole = beta_jeffreys(out.sum_k, out.sum_n, TAIL);
    out.pooled = (struct interval_pair){whole.low, whole.high};
    double rho = estimate_rho(count, k, n, out.sum_k, out.sum_n);
    if (!isnan(rho)) {
        out.rho = rho;
        out.strength = rho > 0 ? 1 / rho - 1 : INFINITY;
        out.basis = rho > 0 ? "shrunk" : "pooled";
    }
    return out;
}

struct share
shrink_one(const struct shrinkage *shrinkage, double k, double n)
{
    struct share out = {.k = k, .n = n, .basis = shrinkage->basis};
    if (isinf(shrinkage->strength) || (n <= 0 && shrinkage->sum_n <= 0)) {
        out.value = shrinkage->p;
        out.low = shrinkage->pooled.low;
        out.high = shrinkage->pooled.high;
        return out;
    }
    double alpha = shrinkage->p * shrinkage->strength;
    double a = k + alpha, b = n - k + shrinkage->strength - alpha;
    out.value = a / (n + shrinkage->strength);
    struct interval interval = beta_interval(a, b, TAIL);
    out.low = interval.low;
    out.high = interval.high;
    return out;
}

void
shrink_all(const struct shrinkage *shrinkage, uint32_t count, const double *k, const double *n,
           struct share *out)
{
    uint32_t same[FEW * (FEW + 1) / 2] = {0}; /* the seller + 1 with k of n at n (n + 1) / 2 + k */
    for (uint32_t i = 0; i < count; i++) {
        uint32_t whole = n[i] < FEW ? (uint32_t)n[i] : 0, won = whole > 0 ? (uint32_t)k[i] : 0;
        bool few = whole > 0 && whole == n[i] && won == k[i] && won <= whole;
        uint32_t *first = &same[few ? whole * (whole + 1) / 2 + won : 0];
        if (*first > 0) {
            out[i] = out[*first - 1];
            continue;
        }
        out[i] = shrink_one(shrinkage, k[i], n[i]);
        *first = few ? i + 1 : 0;
    }
}

struct share
shrink_team(const struct shrinkage *shrinkage, uint32_t count, const struct share *const *part,
            const double *weight)
{
    struct share out = {.basis = "sum"};
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        out.k += part[i]->k;
        out.n += part[i]->n;
        sum += weight[i];
        out.value += weight[i] * part[i]->value;
        out.low += weight[i] * part[i]->low;
        out.high += weight[i] * part[i]->high;
    }
    if (sum > 0) {
        out.value /= sum;
        out.low /= sum;
        out.high /= sum;
    } else if (out.n > 0) {
        struct interval own = beta_jeffreys(out.k, out.n, TAIL);
        bool one_sided = shrinkage->sum_k <= 0 || shrinkage->sum_k >= shrinkage->sum_n;
        out.value = one_sided ? shrinkage->p : out.k / out.n;
        out.low = own.low;
        out.high = own.high;
    } else {
        out.value = shrinkage->p;
        out.low = shrinkage->pooled.low;
        out.high = shrinkage->pooled.high;
    }
    return out;
}
