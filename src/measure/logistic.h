/* logistic: the chance of a win by one covariate. */
#ifndef SEFPACK_MEASURE_LOGISTIC_H
#define SEFPACK_MEASURE_LOGISTIC_H

#include <stdbool.h>
#include <stdint.h>

/* Maximum likelihood of logistic(a + b x) over won[i] at x[i], by Newton's method from
 * a = logit(mean), b = 0 until both steps are below 1e-10, at most 25 steps. False without spread
 * in x or in won, under separation, or without convergence. At the maximum the fitted chances
 * add up to the wins, and those weighted by x to the sum of x over the wins. */
bool
logistic_fit(uint32_t count, const double *x, const bool *won, double *a, double *b);

double
logistic(double t);

#endif
