/* rows_behind: the records a measure was counted from. */
#ifndef SEFPACK_MEASURE_ROWS_BEHIND_H
#define SEFPACK_MEASURE_ROWS_BEHIND_H

#include "config.h"
#include "dataset.h"
#include "measures.h"

struct rows_behind; /* a set of records of one table */

struct row_behind {
    struct text id, owner;
    const char *state; /* stage, or NULL */
    day on;            /* close, or what else tells the record; DAY_NONE */
    int64_t amount;    /* MONEY_NONE unknown */
    bool has_chance;
    double chance; /* q of an open deal */
};

/* NULL when a measure has no set of its own. */
const struct rows_behind *
rows_behind_of(enum measure_id id);

/* What the set is, in words: "deals won in the 365 days up to as-of". */
const char *
rows_behind_words(const struct rows_behind *rows);

/* Calls `take` with each record of the scope in ascending id. */
void
rows_behind_each(const struct rows_behind *rows, const struct measures *measures, uint32_t scope,
                 void (*take)(void *context, const struct row_behind *row), void *context);

#endif
