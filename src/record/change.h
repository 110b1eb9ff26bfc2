/* change: history in its other two forms, as states after a change: rows that name a field with
 * its old and new value, and rows with one day column a stage. */
#ifndef SEFPACK_RECORD_CHANGE_H
#define SEFPACK_RECORD_CHANGE_H

#include "dataset.h"
#include "intake.h"

enum change {
    CHANGE_NOTHING,
    CHANGE_STAGE,
    CHANGE_AMOUNT,
    CHANGE_CLOSE,
    CHANGE_OWNER,
    CHANGE_CATEGORY,
    CHANGES
};

enum { CHANGED_DEAL, CHANGED_DAY, CHANGED_FIELD, CHANGED_OLD, CHANGED_NEW, CHANGED_CURRENCY };

/* As history_rows of the dataset, on the way there: plain arrays that the caller frees. */
struct states {
    uint64_t count;
    uint32_t *deal;
    day *day, *close;
    int16_t *stage;
    int64_t *amount;
    uint32_t *owner;
    uint8_t *category;
};

/* Rows of CHANGED_*, in order of deal and day, as states: before the first change of a deal a row
 * from its creation on with the first old value of each field. */
struct states
change_fold(const struct intake *intake, const day *created);

/* Rows of a deal and a day for each stage, as states in any order; days after as-of are left out.
 */
struct states
change_spread(const struct intake *intake, day as_of);

#endif
