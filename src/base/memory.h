/* memory: arrays that grow, on the heap, for stages that do not yet know how much will come.
 * Like the arena, never NULL: out of memory ends the program here, in one place, with exit 1. */
#ifndef SEFPACK_BASE_MEMORY_H
#define SEFPACK_BASE_MEMORY_H

#include <stddef.h>

/* Once, at the start: large blocks come straight from the system, grow without being copied and go
 * back when they are freed. */
void
memory_open(void);

void *
memory_new(size_t count, size_t size); /* zeroed; free() it */

/* Makes room for at least `need` things in *array (of *capacity things of `size` bytes), growing
 * by half or more. New room is not zeroed. *array may be NULL with *capacity 0. */
void
memory_grow(void *array, size_t *capacity, size_t need, size_t size);

/* Asks for large pages behind a block of many megabytes, as memory_new and memory_grow do: each
 * page that is touched for the first time costs a fault. Only speed depends on it. */
void
memory_large(void *room, size_t bytes);

/* Prints one line and leaves with exit code 1. */
_Noreturn void
memory_exhausted(size_t bytes);

#endif
