/* iso_day: days as nearly all extracts write them, YYYY-MM-DD, for inner loops. */
#ifndef SEFPACK_BASE_ISO_DAY_H
#define SEFPACK_BASE_ISO_DAY_H

#include "day.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

/* out[i]: the day of cell[i * step], where that is exactly such a day of the years 1901 to 2099;
 * DAY_NONE for all else, among it days that day_from_iso knows. True where a cell that holds
 * something has none. */
bool
iso_days(const struct text *cell, size_t step, uint32_t count, day *out);

#endif
