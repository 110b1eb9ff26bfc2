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

/* The continued fraction of I_x(a, b), good for x below the mean. */
static double
fraction(double x, double a, double b)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    if (fabs(d) < DBL_MIN) {
        d = DBL_MIN;
    }
    d = 1 / d;
    double h = d;
    for (int m = 1; m < 100000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step[2] = {even, odd}, delta = 1;
        for (int i = 0; i < 2; i++) {
            d = 1 + step[i] * d;
            c = 1 + step[i] / c;
            d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
            c = fabs(c) < DBL_MIN ? DBL_MIN : c;
            delta = c * d;
            h *= delta;
        }
        if (fabs(delta - 1) < 4 * DBL_EPSILON) {
            break;
        }
    }
    return h;
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

/* I_x(a, b) inside of 0 and 1. */
static double
cumulative(struct place place, double a, double b, double scale)
{
    double x = place.x, front = exp(scale + a * place.log_x + b * place.log_rest);
    if (x < (a + 1) / (a + b + 2)) {
        return front * fraction(x, a, b) / a;
    }
    return 1 - front * fraction(1 - x, b, a) / b;
}

double
beta_cumulative(double x, double a, double b)
{
    if (x <= 0) {
        return 0;
    }
    return x >= 1 ? 1 : cumulative(place_of(x), a, b, log_scale(a, b));
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

double
beta_quantile(double share, double a, double b)
{
    if (a > LARGE && b > LARGE) {
        return large_quantile(share, a, b);
    }
    double low = 0, high = 1, x = a / (a + b);
    double scale = log_scale(a, b);
    for (int i = 0; i < 200 && high - low > 1e-16 * x; i++) {
        struct place place = place_of(x);
        bool inner = x > 0 && x < 1;
        double miss = (inner ? cumulative(place, a, b, scale) : x > 0) - share;
        if (miss == 0) {
            break;
        }
        if (miss < 0) {
            low = x;
        } else {
            high = x;
        }
        /* Newton's step where it stays inside, else halving */
        double density = exp(scale + (a - 1) * place.log_x + (b - 1) * place.log_rest);
        double next = x - miss / density;
        bool inside = density > 0 && next > low && next < high;
        next = inside ? next : (low + high) / 2;
        if (fabs(next - x) <= 1e-15 * next) {
            return next;
        }
        x = next;
    }
    return x;
}

struct interval
beta_jeffreys(double k, double n, double tail)
{
    double a = k + 0.5, b = n - k + 0.5;
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
