/* entrances: when deals entered the open stages and what became of them, found once; each scope
 * only counts those of its sellers. */
#ifndef SEFPACK_MEASURE_ENTRANCES_H
#define SEFPACK_MEASURE_ENTRANCES_H

#include "work.h"

enum entrance_end { ENTRANCE_NONE, ENTRANCE_BEYOND, ENTRANCE_DROPPED, ENTRANCE_CENSORED };

struct entrance {
    uint16_t stay;  /* days of the first stay, at most the curve's */
    uint16_t after; /* days to the end, likewise */
    uint8_t end;    /* enum entrance_end: got beyond, lost without, neither */
    bool staying;   /* the first stay lasts */
};

struct entrance_list {
    uint32_t count;
    struct entrance *entrance;
};

/* into[i][owner]: into open stage i, in the order of the config. */
struct entrances {
    struct entrance_list **into;
};

/* Entrances of deals without a history and those older than the curve's days are left out.
 * All memory from `arena`. */
struct entrances *
entrances_find(const struct work *work, struct arena *arena);

#endif
