#include "pool.h"

#include "memory.h"

#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct pool_block {
    struct pool_block *next;
    size_t size;
    char bytes[];
};

/* A block behind the current one with room for `length` bytes. */
static struct pool_block *
next_block(struct pool *pool, size_t length)
{
    struct pool_block **link = pool->current ? &pool->current->next : &pool->first;
    if (*link && (*link)->size >= length)
        return *link;
    size_t size = length > BLOCK_BYTES ? length : BLOCK_BYTES;
    struct pool_block *block = memory_new(1, sizeof *block + size);
    block->size = size;
    block->next = *link;
    *link = block;
    return block;
}

char *
pool_room(struct pool *pool, size_t length)
{
    if (!pool->current || pool->current->size - pool->used < length) {
        pool->current = next_block(pool, length);
        pool->used = 0;
    }
    char *room = pool->current->bytes + pool->used;
    pool->used += length;
    return room;
}

struct text
pool_copy(struct pool *pool, struct text text)
{
    char *room = pool_room(pool, text.length);
    if (text.length)
        memcpy(room, text.bytes, text.length);
    return (struct text){room, text.length};
}

void
pool_clear(struct pool *pool)
{
    pool->current = NULL;
    pool->used = 0;
}

void
pool_free(struct pool *pool)
{
    for (struct pool_block *block = pool->first, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    *pool = (struct pool){0};
}
