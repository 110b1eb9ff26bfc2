#include "arena.h"

#include "memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ALIGNMENT = 16,
    FIRST_BLOCK = 16 << 10,
    LARGEST_BLOCK = 1 << 20,
};

struct block {
    struct block *previous;
    _Alignas(ALIGNMENT) char bytes[];
};

/* Things go into the newest block while they fit; a large thing gets a block of its own. */
struct arena {
    struct block *blocks;
    char *next;
    size_t room, block_size;
};

struct arena *
arena_new(void)
{
    struct arena *arena = memory_new(1, sizeof *arena);
    arena->block_size = FIRST_BLOCK;
    return arena;
}

static void
free_blocks(struct arena *arena)
{
    for (struct block *block = arena->blocks, *previous; block; block = previous) {
        previous = block->previous;
        free(block);
    }
    arena->blocks = NULL;
}

void
arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena);
    free(arena);
}

/* A single block for everything is kept; several are given up for a larger one next time. */
void
arena_clear(struct arena *arena)
{
    struct block *block = arena->blocks;
    if (block && !block->previous && arena->next) {
        size_t used = (size_t)(arena->next - block->bytes);
        memset(block->bytes, 0, used);
        arena->next = block->bytes;
        arena->room += used;
        return;
    }
    free_blocks(arena);
    arena->next = NULL;
    arena->room = 0;
    if (arena->block_size < LARGEST_BLOCK)
        arena->block_size *= 2;
}

static char *
add_block(struct arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX - sizeof(struct block))
        memory_exhausted(bytes);
    struct block *block = memory_new(1, sizeof *block + bytes);
    block->previous = arena->blocks;
    arena->blocks = block;
    return block->bytes;
}

static void *
take_slow(struct arena *arena, size_t bytes)
{
    if (bytes > arena->block_size / 4)
        return add_block(arena, bytes);
    arena->next = add_block(arena, arena->block_size);
    arena->room = arena->block_size;
    if (arena->block_size < LARGEST_BLOCK)
        arena->block_size *= 2;
    void *taken = arena->next;
    arena->next += bytes;
    arena->room -= bytes;
    return taken;
}

void *
arena_alloc(struct arena *arena, size_t bytes)
{
    size_t gap = -(uintptr_t)arena->next & (ALIGNMENT - 1);
    if (!arena->next || bytes > arena->room || gap > arena->room - bytes)
        return take_slow(arena, bytes);
    void *taken = arena->next + gap;
    arena->next += gap + bytes;
    arena->room -= gap + bytes;
    return taken;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        memory_exhausted(SIZE_MAX);
    return arena_alloc(arena, bytes);
}

bool
arena_extend(struct arena *arena, const void *thing, size_t bytes, size_t more)
{
    if (!arena->next || (const char *)thing + bytes != arena->next || more > arena->room)
        return false;
    arena->next += more;
    arena->room -= more;
    return true;
}

char *
arena_bytes(struct arena *arena, size_t bytes)
{
    if (!arena->next || bytes > arena->room)
        return take_slow(arena, bytes);
    char *taken = arena->next;
    arena->next += bytes;
    arena->room -= bytes;
    return taken;
}

char *
arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        memory_exhausted(length);
    char *copy = arena_bytes(arena, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *
arena_string(struct arena *arena, const char *string)
{
    return arena_copy(arena, string, strlen(string));
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        memory_exhausted(SIZE_MAX);
    char *text = arena_bytes(arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
