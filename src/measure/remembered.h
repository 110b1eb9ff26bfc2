/* remembered: which numbers of earlier runs the measures and the packs look at. */
#ifndef SEFPACK_MEASURE_REMEMBERED_H
#define SEFPACK_MEASURE_REMEMBERED_H

#include "history.h"

struct arena;
struct config;
struct dataset;

/* Where the memory lies, and which measures' numbers are wanted of it, whatever the extracts: the
 * rest of the source is the caller's. */
struct history_source
remembered_source(const struct config *config);

/* The list for history_open, in `arena`. Only what a run found in its own extracts may stand in it:
 * what it learnt from memory would depend on the order in which months were run. */
const struct history_wanted *
remembered_wanted(const struct dataset *dataset, struct arena *arena, uint32_t *count);

/* How memory names a scope. */
struct remembered_scope {
    const char *kind; /* company, team, seller */
    struct text id;
};

struct remembered_scope
remembered_scope(const struct dataset *dataset, uint32_t scope);

/* The key of a day's month in pipeline.by_close_month, and the first day of the next month. */
void
remembered_month(day d, char out[16]);

day
remembered_next_month(day d);

#endif
