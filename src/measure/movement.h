/* movement: how the pipeline of this period became what it is, deal by deal.
 *
 * A deal is in the window on a day when it is qualified, open and expected to close in the period.
 * Between the end of an earlier day and as-of each deal falls into one bucket, so that
 * start + buckets = end, by number and value. Which earlier day: earlier.h.
 *
 * Where a stored run is of that very day, the start is what that run closed with; what the deals of
 * that day come to by now, in today's teams and by today's history, differs by `restated`. */
#ifndef SEFPACK_MEASURE_MOVEMENT_H
#define SEFPACK_MEASURE_MOVEMENT_H

#include "states.h"

#include <stdbool.h>
#include <stdint.h>

struct period;

enum bucket {
    BUCKET_START,
    BUCKET_RESTATED, /* what the opening is now less what the run of that day said it was */
    BUCKET_WON,
    BUCKET_LOST,
    BUCKET_NO_DECISION,
    BUCKET_DISQUALIFIED,
    BUCKET_REMOVED,
    BUCKET_TRANSFERRED_OUT,
    BUCKET_PUSHED_OUT,
    BUCKET_PULLED_EARLIER,
    BUCKET_NEW,
    BUCKET_REOPENED,
    BUCKET_QUALIFIED,
    BUCKET_TRANSFERRED_IN,
    BUCKET_PUSHED_IN,
    BUCKET_PULLED_IN,
    BUCKET_INCREASED,
    BUCKET_DECREASED,
    BUCKET_END,
    BUCKET_COUNT
};

extern const char *const movement_bucket_names[BUCKET_COUNT];

/* One deal on the two days, as one scope sees it. */
struct move {
    struct deal_state before, now;
    bool owned_before, owned_now; /* the owner then, the owner now is in the scope */
    bool removed;                 /* no longer among the deals */
};

struct movement {
    int64_t number[BUCKET_COUNT], value[BUCKET_COUNT]; /* signed */
    int64_t opening, slipped; /* in the window on the earlier day; of these, slipped since */
    bool overflow;            /* a sum of money passed 64 bits and stands at its limit */
};

/* Qualified, open and expected to close in the period. */
bool
movement_in_window(const struct deal_state *state, const struct period *period);

/* Adds one deal to a scope's movement. `ended`: as-of is the last day of the period, so that a
 * deal still open has slipped. */
void
movement_add(struct movement *movement, const struct move *move, const struct period *period,
             bool ended);

#endif
