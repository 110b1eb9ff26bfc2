/* erase: a memory without a person. */
#ifndef SEFPACK_HISTORY_ERASE_H
#define SEFPACK_HISTORY_ERASE_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct erased {
    uint32_t scopes, deals; /* measures of the person; deals that lose their owner */
};

/* Writes the memory.json `memory` without the seller `person`: his own measures are gone and his
 * deals have no owner; sums of teams stay. Nothing is written when he does not stand in it. False
 * when it is no JSON. Numbers keep their digits. */
bool
erase_person(struct text memory, struct text person, struct buf *out, struct erased *erased);

#endif
