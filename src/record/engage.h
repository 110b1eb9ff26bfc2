/* engage: activities folded into what the measures ask of them, while they stream by. All folds
 * are sums, unions and maxima, so that the order and the number of threads leave no trace. */
#ifndef SEFPACK_RECORD_ENGAGE_H
#define SEFPACK_RECORD_ENGAGE_H

#include "intake.h"
#include "loader.h"

enum {
    ACTIVITY_DAY,
    ACTIVITY_OWNER,
    ACTIVITY_TYPE,
    ACTIVITY_ACCOUNT,
    ACTIVITY_DEAL,
    ACTIVITY_CONTACT,
    ACTIVITY_DIRECTION,
    ACTIVITY_OUTCOME,
    ACTIVITY_COUNT,
    ACTIVITY_FIELDS
};

struct engage;

struct engage *
engage_open(struct loader *loader);

/* Folds the rows of a batch; on any thread. Future rows get their verdict. */
void
engage_chunk(struct engage *engage, struct chunk *chunk, const struct rows *rows);

/* Forgets all rows. */
void
engage_restart(struct engage *engage);

/* Gives the folds to the dataset and frees. */
void
engage_finish(struct engage *engage);

#endif
