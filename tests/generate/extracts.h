/* extracts: what the CRM would write of a world on one day. */
#ifndef SEFPACK_GENERATE_EXTRACTS_H
#define SEFPACK_GENERATE_EXTRACTS_H

#include "world.h"

struct view {
    const struct world *world;
    const char *folder;
    int32_t as_of;
    bool tidy;      /* no dirt */
    bool deals_xml; /* deals.xml beside deals.csv */
};

int32_t
extracts_day(int year, int month, int day);

/* Writes all extracts; false after a message when a file could not be written. */
bool
extracts_write(const struct view *view);

#endif
