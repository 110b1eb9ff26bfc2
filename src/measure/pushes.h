/* pushes: how often and how far the expected close of an open deal was moved later. */
#ifndef SEFPACK_MEASURE_PUSHES_H
#define SEFPACK_MEASURE_PUSHES_H

#include "day.h"

#include <stdint.h>

struct work;

struct pushes {
    int32_t times; /* moves later; moves earlier take nothing back */
    int32_t days;  /* of them all together */
};

/* One more state of a deal, in the order of time: *standing is the close of the state before,
 * DAY_NONE at first; an unknown close is no move. */
void
pushes_add(struct pushes *pushes, day *standing, day close);

/* By the deal's history, as its states at day ends. */
struct pushes
pushes_of_history(const struct work *work, uint32_t deal);

#endif
