/* states: what a deal was at the end of an earlier day, read off its history rows.
 *
 * Before its first row a deal is as that row says, from `created` on; what the row leaves empty is
 * as in the deals table; later rows change what they name. A deal without history is as it is now,
 * open until its close day. */
#ifndef SEFPACK_MEASURE_STATES_H
#define SEFPACK_MEASURE_STATES_H

#include "day.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct dataset;

struct deal_state {
    bool exists;     /* created on or before the day */
    bool qualified;  /* its day of qualification is on or before the day */
    uint8_t outcome; /* enum outcome */
    int16_t stage;   /* config stage, -1 unknown */
    uint32_t owner;  /* seller; sellers.count when unknown */
    int64_t amount;  /* MONEY_NONE unknown */
    day close;       /* DAY_NONE unknown */
};

/* The state of a deal at the end of `at`, a day before as-of. */
struct deal_state
states_at(const struct config *config, const struct dataset *dataset, uint32_t deal, day at);

/* The state at as-of: the row of the deals table. */
struct deal_state
states_now(const struct dataset *dataset, uint32_t deal);

/* The stage at the end of `at` alone; -1 unknown. */
int16_t
states_stage(const struct dataset *dataset, uint32_t deal, day at);

/* One unbroken stay in one stage, by states at day ends. */
struct spell {
    int16_t stage; /* -1: unknown */
    day from, to;  /* entered and left; `to` of the last one is as-of or the day it was decided */
    bool last;
};

/* Writes the spells of a deal with history, in order, and gives their number, which is at most the
 * deal's rows + 2. 0 for a deal without history. A stay that ends with a decision is followed
 * by no spell of the closed stage; `last` marks the stay that still lasts at as-of. */
uint32_t
states_spells(const struct config *config, const struct dataset *dataset, uint32_t deal,
              struct spell *out);

#endif
