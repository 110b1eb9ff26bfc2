/* entrances: when deals entered the open stages and what became of them, found once; the deals of
 * a scope stand side by side, so that each scope only counts its stretch. */
#ifndef SEFPACK_MEASURE_ENTRANCES_H
#define SEFPACK_MEASURE_ENTRANCES_H

#include "work.h"

enum entrance_end { ENTRANCE_BEYOND, ENTRANCE_DROPPED, ENTRANCE_CENSORED };

struct entrance {
    uint16_t stage; /* of the config */
    uint16_t stay;  /* days of the first stay, at most the curve's */
    uint16_t after; /* days to the end, likewise */
    uint8_t end;    /* enum entrance_end: got beyond, lost without, neither */
    bool staying;   /* the first stay lasts */
};

/* The entrances of the sellers at the places first .. end of dataset.order are
 * entrance[first[place]] and the count[place] behind it, of each place. */
struct entrances {
    uint64_t *first;
    uint32_t *count;
    struct entrance *entrance;
};

/* For deals with a history; entrances older than the curve's days are left out. */
struct entrances *
entrances_find(const struct work *work);

#endif
