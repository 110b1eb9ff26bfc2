/* earlier: the deals as they were on a day before as-of, from the best there is.
 *
 * History gives any day, and so the one before the period; else the `previous` snapshot gives its
 * own day; else the last stored run gives the deals that were open on its day. */
#ifndef SEFPACK_MEASURE_EARLIER_H
#define SEFPACK_MEASURE_EARLIER_H

#include "states.h"

struct work;
struct arena;
struct history_deal;

enum earlier_source { EARLIER_NONE, EARLIER_HISTORY, EARLIER_SNAPSHOT, EARLIER_RUN };

struct earlier_deals {
    enum earlier_source source;
    day day;
    const struct work *work;
    uint32_t *row_of_deal;          /* of a snapshot or run; NONE: not in it */
    const struct history_deal *run; /* of a run */
    uint32_t run_count;
};

/* Finds the source; EARLIER_NONE when there is none. What it allocates is in `arena`. */
struct earlier_deals
earlier_find(const struct work *work, struct arena *arena);

/* A deal at the end of that day; renewals are never qualified. */
struct deal_state
earlier_state(const struct earlier_deals *earlier, uint32_t deal);

/* Calls `take` with each deal of that day that is no longer among the deals, in ascending id. */
void
earlier_removed(const struct earlier_deals *earlier,
                void (*take)(void *context, struct deal_state before), void *context);

#endif
