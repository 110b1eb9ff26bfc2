/* remembered: which numbers of earlier runs the measures and the packs look at. */
#ifndef SEFPACK_MEASURE_REMEMBERED_H
#define SEFPACK_MEASURE_REMEMBERED_H

#include "history.h"

struct arena;
struct dataset;

/* The list for history_open, in `arena`. Only what a run found in its own extracts may stand in it:
 * what it learnt from memory would depend on the order in which months were run. */
const struct history_wanted *
remembered_wanted(const struct dataset *dataset, struct arena *arena, uint32_t *count);

#endif
