/* cycle: chains of "is below" that come back to where they began. */
#ifndef SEFPACK_RECORD_CYCLE_H
#define SEFPACK_RECORD_CYCLE_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether a chain of `up` (NONE ends it) is a circle. Then `chain` is like `T2 > T5 > T2`, from
 * the smallest row of the first circle found, and `row` is that row. */
bool
cycle_find(const uint32_t *up, uint32_t count, const struct text *id, struct buf *chain,
           uint32_t *row);

#endif
