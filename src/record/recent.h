/* recent: what the cells of one column turned into, of late. Ids, stages and kinds repeat from row
 * to row: what a cell means is then worked out once. Cells are compared whole, as they stand. */
#ifndef SEFPACK_RECORD_RECENT_H
#define SEFPACK_RECORD_RECENT_H

#include "hash.h"
#include "text.h"

#include <stdbool.h>

enum { RECENT_PLACES = 256 };

struct recent_place {
    uint64_t hash;
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
    uint64_t hash = hash_text(cell);
    struct recent_place *place = *out = &recent->place[hash >> 56];
    if (place->hash == hash && text_same(place->cell, cell))
        return true;
    place->hash = hash;
    place->cell = cell;
    return false;
}

#endif
