/* exact: signal or noise, by counting every outcome that is as unlikely as the one seen. */
#ifndef SEFPACK_MEASURE_EXACT_H
#define SEFPACK_MEASURE_EXACT_H

#include <stdint.h>

/* Two counts that were expected to be equal: two-sided exact binomial at 1/2 of their sum. 1 for
 * 0 and 0. */
double
exact_binomial(uint64_t before, uint64_t after);

/* k1 of n1 against k2 of n2: Fisher's exact test, two-sided, the tables of a probability up to
 * (1 + 1e-7) of that seen. 1 where either n is 0. k <= n. */
double
exact_fisher(uint64_t k1, uint64_t n1, uint64_t k2, uint64_t n2);

#endif
