/* beta: the beta distribution, for the intervals of rates, and the gamma's for those of counts. */
#ifndef SEFPACK_MEASURE_BETA_H
#define SEFPACK_MEASURE_BETA_H

/* The regularised incomplete beta function I_x(a, b), a, b > 0, 0 <= x <= 1. Continued fraction
 * of DiDonato and Morris 1992, evaluated by Lentz's method. */
double
beta_cumulative(double x, double a, double b);

/* The x with I_x(a, b) = share, 0 < share < 1, to 1e-13 or better. */
double
beta_quantile(double share, double a, double b);

struct interval {
    double low, high;
};

/* The quantiles of Beta(a, b) with `tail` outside on each side. */
struct interval
beta_interval(double a, double b, double tail);

/* Jeffreys interval of k of n (Brown, Cai and DasGupta 2001) with `tail` outside on each side:
 * quantiles of Beta(k + 1/2, n - k + 1/2); low 0 for k = 0, high 1 for k = n. n > 0; k may be
 * real. */
struct interval
beta_jeffreys(double k, double n, double tail);

/* The upper bound of a Poisson mean of which `count` were seen (Garwood 1936): the mean at which
 * so few are seen with a chance of `tail`. */
double
beta_garwood_high(double count, double tail);

#endif
