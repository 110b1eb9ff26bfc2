/* part: what a section can hold. A part is one row of the table in parts.c, named in the outlines
 * of templates/packs; it builds blocks into a section, or nothing when there is nothing to say. */
#ifndef SEFPACK_PACK_PART_H
#define SEFPACK_PACK_PART_H

#include "voice.h"

struct part_row {
    const char *name;
    void (*build)(const struct voice *voice, struct block *section);
};

extern const struct part_row part_table[]; /* name NULL ends */

/* NULL when there is none of that name. */
const struct part_row *
part_find(const char *name);

#endif
