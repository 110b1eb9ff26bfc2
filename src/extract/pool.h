/* pool: bytes made for one batch (unescaped, joined, replaced cells), forgotten together and used
 * again for the next batch. */
#ifndef SEFPACK_EXTRACT_POOL_H
#define SEFPACK_EXTRACT_POOL_H

#include "text.h"

#include <stddef.h>

struct pool_block;

struct pool { /* zero-initialise */
    struct pool_block *first, *current;
    size_t used; /* of the current block */
};

/* Room for `length` bytes, unaligned; it does not move. */
char *
pool_room(struct pool *pool, size_t length);

struct text
pool_copy(struct pool *pool, struct text text);

void
pool_clear(struct pool *pool); /* keeps the room */

void
pool_free(struct pool *pool);

#endif
