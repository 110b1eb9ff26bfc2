#include "memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LARGE_PAGE = 1 << 21 };

_Noreturn void
memory_exhausted(size_t bytes)
{
    char line[80];
    int length =
        snprintf(line, sizeof line, "sefpack: error: out of memory (%zu bytes wanted)\n", bytes);
    /* Not stdio: its buffers may need memory, and a forked worker must not flush the parent's. */
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        _exit(1);
    _exit(1);
}

void
memory_open(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

void
memory_large(void *room, size_t bytes)
{
    if (bytes < 2 * (size_t)LARGE_PAGE)
        return;
    uintptr_t from = ((uintptr_t)room + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    uintptr_t to = ((uintptr_t)room + bytes) / LARGE_PAGE * LARGE_PAGE;
    madvise((char *)room + (from - (uintptr_t)room), to - from, MADV_HUGEPAGE);
}

void *
memory_new(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        memory_exhausted(SIZE_MAX);
    void *room = calloc(bytes ? bytes : 1, 1);
    if (!room)
        memory_exhausted(bytes);
    memory_large(room, bytes);
    return room;
}

void
memory_grow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return;
    size_t wish = *capacity < 16 ? 16 : *capacity + *capacity / 2, bytes;
    if (wish < need)
        wish = need;
    if (__builtin_mul_overflow(wish, size, &bytes))
        memory_exhausted(SIZE_MAX);
    void *old, *room;
    memcpy(&old, array, sizeof old); /* `array` is the address of a pointer of any type */
    room = realloc(old, bytes);
    if (!room)
        memory_exhausted(bytes);
    memory_large(room, bytes);
    memcpy(array, &room, sizeof room);
    *capacity = wish;
}
