/* winning: how often, how large, how fast: the own rates of every scope. */
#ifndef SEFPACK_MEASURE_WINNING_H
#define SEFPACK_MEASURE_WINNING_H

struct sheet;
struct work;

/* The rate w, sizes, cycle, curve. */
void
winning_measure(const struct sheet *sheet);

/* a and b of the chance of winning by size, from the company's decided deals in T with an amount:
 * fills work->has_size_effect and effect_*. */
void
winning_fit_size(struct work *work);

/* z of an open deal: logistic(a + b v / median v) / p; 1 without size effect or amount. */
double
winning_size_effect(const struct work *work, long long amount);

#endif
