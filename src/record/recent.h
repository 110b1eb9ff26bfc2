/* recent: what the cells of one column turned into, of late. Ids, stages and kinds repeat from row
 * to row: what a cell means is then worked out once. Cells are compared whole, as they stand. */
#ifndef SEFPACK_RECORD_RECENT_H
#define SEFPACK_RECORD_RECENT_H

#include "hash.h"
#include "text.h"

#include <stdbool.h>

enum { RECENT_PLACES = 256, RECENT_SHORT = 16 };

struct recent_place {
    uint64_t first, last; /* bytes of the cell, all of a short one */
    struct text cell;
    uint32_t value;
};

/* The cells must stay where they are while it is used. */
struct recent {
    struct recent_place place[RECENT_PLACES];
};

static inline void
recent_open(struct recent *recent)
{
    memset(recent, 0xFF, sizeof *recent); /* of a length that no cell has */
}

/* The place of a cell. False when it is new there: then it is the caller's to set `value`. */
static inline bool
recent_has(struct recent *recent, struct text cell, struct recent_place **out)
{
    uint64_t first, last = cell.length;
    if (cell.length > 8) {
        first = hash_load(cell.bytes);
        last = hash_load(cell.bytes + cell.length - 8);
    } else {
        first = hash_load_short(cell.bytes, cell.length);
    }
    uint64_t mixed = (first ^ (last << 31 | last >> 33)) * UINT64_C(0x9E3779B97F4A7C15);
    struct recent_place *place = *out = &recent->place[mixed >> 56];
    if (((place->first ^ first) | (place->last ^ last) | (place->cell.length ^ cell.length)) == 0 &&
        (cell.length <= RECENT_SHORT || text_same(place->cell, cell)))
        return true;
    place->first = first;
    place->last = last;
    place->cell = cell;
    return false;
}

#endif
