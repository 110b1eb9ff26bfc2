/* blocks: each kind of block on paper. */
#ifndef SEFPACK_WRITE_BLOCKS_H
#define SEFPACK_WRITE_BLOCKS_H

#include "flow.h"

/* A chain of blocks, one below the other; titles stay with what follows. */
void
blocks_place(struct flow *flow, const struct block *block);

#endif
