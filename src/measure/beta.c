#include "beta.h"

#include "normal.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define LARGE 1e6 /* from here on a, b count as normal with a skew */

static double
log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

/* Two values that are found side by side: most of the time of one is waiting for a division. */
enum { LANES = 2 };

static double
away_from_zero(double x)
{
    return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

/* The continued fractions of I_x(a, b), good for x below the mean. */
static void
fractions(const double x[LANES], const double a[LANES], const double b[LANES], double h[LANES])
{
    double c[LANES], d[LANES];
    bool ended[LANES] = {false, false};
    for (int i = 0; i < LANES; i++) {
        c[i] = 1;
        h[i] = d[i] = 1 / away_from_zero(1 - (a[i] + b[i]) * x[i] / (a[i] + 1));
    }
    for (int m = 1; m < 100000 && !(ended[0] && ended[1]); m++) {
        double more[LANES], delta[LANES];
        for (int i = 0; i < LANES; i++) {
            double even = m * (b[i] - m) * x[i] / ((a[i] + 2 * m - 1) * (a[i] + 2 * m));
            double odd =
                -(a[i] + m) * (a[i] + b[i] + m) * x[i] / ((a[i] + 2 * m) * (a[i] + 2 * m + 1));
            d[i] = 1 / away_from_zero(1 + even * d[i]);
            c[i] = away_from_zero(1 + even / c[i]);
            more[i] = h[i] * (c[i] * d[i]);
            d[i] = 1 / away_from_zero(1 + odd * d[i]);
            c[i] = away_from_zero(1 + odd / c[i]);
            delta[i] = c[i] * d[i];
            more[i] *= delta[i];
        }
        for (int i = 0; i < LANES; i++) {
            h[i] = ended[i] ? h[i] : more[i];
            ended[i] |= fabs(delta[i] - 1) < 4 * DBL_EPSILON;
        }
    }
}

/* What does not depend on x. */
static double
log_scale(double a, double b)
{
    return log_gamma(a + b) - log_gamma(a) - log_gamma(b);
}

/* x with its logarithms, which cumulative and density share. */
struct place {
    double x, log_x, log_rest;
};

static struct place
place_of(double x)
{
    return (struct place){x, log(x), log1p(-x)};
}

/* Where I_x(a, b) is asked, 0 < x < 1; scale from log_scale. */
struct question {
    struct place place;
    double a, b, scale;
};

static void
cumulatives(const struct question question[LANES], double out[LANES])
{
    double x[LANES], a[LANES], b[LANES], h[LANES];
    bool below[LANES];
    for (int i = 0; i < LANES; i++) {
        const struct question *here = &question[i];
        below[i] = here->place.x < (here->a + 1) / (here->a + here->b + 2);
        x[i] = below[i] ? here->place.x : 1 - here->place.x;
        a[i] = below[i] ? here->a : here->b;
        b[i] = below[i] ? here->b : here->a;
    }
    fractions(x, a, b, h);
    for (int i = 0; i < LANES; i++) {
        const struct question *here = &question[i];
        double front =
            exp(here->scale + here->a * here->place.log_x + here->b * here->place.log_rest);
        out[i] = below[i] ? front * h[i] / a[i] : 1 - front * h[i] / a[i];
    }
}

double
beta_cumulative(double x, double a, double b)
{
    if (x <= 0 || x >= 1) {
        return x >= 1;
    }
    struct question question = {place_of(x), a, b, log_scale(a, b)};
    double out[LANES];
    cumulatives((struct question[LANES]){question, question}, out);
    return out[0];
}

/* Cornish and Fisher's expansion by skew, Abramowitz and Stegun 26.2.49. */
static double
large_quantile(double share, double a, double b)
{
    double z = normal_quantile(share), sum = a + b;
    double sd = sqrt(a / sum * (b / sum) / (sum + 1));
    double skew = 2 * (b - a) * sqrt(sum + 1) / ((sum + 2) * sqrt(a * b));
    double x = a / sum + sd * (z + (z * z - 1) * skew / 6);
    return fmin(1, fmax(0, x));
}

/* The search for one x with I_x(a, b) = share. */
struct search {
    double share, a, b, scale, low, high, x;
    int steps;
    bool found;
};

static struct search
search_of(double share, double a, double b)
{
    struct search search = {.share = share, .a = a, .b = b, .high = 1, .x = a / (a + b)};
    search.found = a > LARGE && b > LARGE;
    if (search.found) {
        search.x = large_quantile(share, a, b);
    } else {
        search.scale = log_scale(a, b);
    }
    return search;
}

/* Newton's step where it stays inside, else halving. */
static void
step(struct search *search, const struct place *place, double cumulative)
{
    double miss = cumulative - search->share;
    *(miss < 0 ? &search->low : &search->high) = search->x;
    double density =
        exp(search->scale + (search->a - 1) * place->log_x + (search->b - 1) * place->log_rest);
    double next = search->x - miss / density;
    bool inside = density > 0 && next > search->low && next < search->high;
    next = inside ? next : (search->low + search->high) / 2;
    search->found = miss == 0 || fabs(next - search->x) <= 1e-15 * next;
    search->x = miss == 0 ? search->x : next;
}

static void
find(struct search search[LANES])
{
    for (;;) {
        struct question question[LANES];
        double seen[LANES];
        for (int i = 0; i < LANES; i++) {
            struct search *here = &search[i];
            here->found |= here->steps++ == 200 || !(here->high - here->low > 1e-16 * here->x);
            question[i] = (struct question){place_of(here->x), here->a, here->b, here->scale};
        }
        if (search[0].found && search[1].found) {
            return;
        }
        cumulatives(question, seen);
        for (int i = 0; i < LANES; i++) {
            bool inner = search[i].x > 0 && search[i].x < 1;
            if (!search[i].found) {
                step(&search[i], &question[i].place, inner ? seen[i] : search[i].x > 0);
            }
        }
    }
}

double
beta_quantile(double share, double a, double b)
{
    struct search search[LANES] = {search_of(share, a, b)};
    search[1] = search[0];
    search[1].found = true;
    find(search);
    return search[0].x;
}

struct interval
beta_interval(double a, double b, double tail)
{
    struct search search[LANES] = {search_of(tail, a, b), search_of(1 - tail, a, b)};
    find(search);
    return (struct interval){search[0].x, search[1].x};
}

struct interval
beta_jeffreys(double k, double n, double tail)
{
    double a = k + 0.5, b = n - k + 0.5;
    if (k > 0 && k < n) {
        return beta_interval(a, b, tail);
    }
    return (struct interval){.low = k <= 0 ? 0 : beta_quantile(tail, a, b),
                             .high = k >= n ? 1 : beta_quantile(1 - tail, a, b)};
}

/* P(X <= count) of a Poisson variable, summed from the largest term down. */
static double
poisson_cumulative(double count, double mean)
{
    double term = exp(count * log(mean) - mean - log_gamma(count + 1)), sum = 0;
    for (uint64_t i = (uint64_t)count + 1; i-- > 0 && term > sum * 1e-17;) {
        sum += term;
        term *= (double)i / mean;
    }
    return sum;
}

double
beta_garwood_high(double count, double tail)
{
    double low = count > 0 ? count : 1e-12, high = count + 10 + 10 * sqrt(count + 1);
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (poisson_cumulative(count, middle) > tail) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}
