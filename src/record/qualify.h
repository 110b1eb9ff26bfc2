/* qualify: what history and the config's stages say about a deal: when it closed, what it is at
 * as-of, since when it is qualified. */
#ifndef SEFPACK_RECORD_QUALIFY_H
#define SEFPACK_RECORD_QUALIFY_H

#include "intake.h"
#include "loader.h"

/* A deal's stages by history, as they stood at the ends of days. */
struct stage_walk {
    const struct history_rows *history;
    uint64_t at, end;
    day day;
    int16_t stage; /* -1: unknown so far */
};

struct stage_walk
qualify_walk(const struct history_rows *history, uint32_t deal);

/* Goes to the end of the next day with rows; false when there is none. */
bool
qualify_step(struct stage_walk *walk);

/* Fills the empty close days of closed deals by the first history day in their present stage. */
void
qualify_close_days(struct loader *loader, struct intake *deals, const struct history_rows *history);

/* Outcome, stage and category at as-of; then the day of qualification and where it is from. */
void
qualify_deals(struct loader *loader);

#endif
