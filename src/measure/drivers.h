/* drivers: why bookings moved, as terms that add up to the move.
 *
 * A product of three factors changes from `before` to `after`. Where all are positive its change
 * is split by the logarithmic mean Divisia index (Ang 2005, "The LMDI approach to decomposition
 * analysis"); where one is zero or negative by Shapley values, the mean over all orders in which
 * the factors could have moved. */
#ifndef SEFPACK_MEASURE_DRIVERS_H
#define SEFPACK_MEASURE_DRIVERS_H

#include <stdint.h>

struct work;
struct scope_facts;

enum { DRIVER_VOLUME, DRIVER_WIN, DRIVER_SIZE, DRIVER_COUNT };

/* term[i]: what factor i added; the three add up to the change of the product. */
void
drivers_split(const double before[DRIVER_COUNT], const double after[DRIVER_COUNT],
              double term[DRIVER_COUNT]);

/* Adds a qualified, non-renewal deal to its owner's decisions, if it was decided in the period to
 * date or on the same days of the one before. */
void
drivers_count(const struct work *work, struct scope_facts *facts, uint32_t deal);

#endif
