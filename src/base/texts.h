/* texts: a column of texts that hardly repeat, one behind the other in one block. While all are as
 * long as the first, as ids of a table mostly are, nothing but their bytes is kept; else where each
 * of them begins is, too, in four bytes. */
#ifndef SEFPACK_BASE_TEXTS_H
#define SEFPACK_BASE_TEXTS_H

#include "text.h"

#include <stddef.h>

enum { TEXTS_GROUP = 256 };

struct texts { /* zero-initialise; copies share what they point to */
    uint32_t count;
    uint32_t width; /* bytes of each, while `start` is NULL */
    char *bytes;
    size_t length, capacity;
    uint32_t *start; /* count + 1, from the base of their group; NULL: all are `width` long */
    uint64_t *base;  /* one for TEXTS_GROUP texts */
    size_t starts, bases;
};

/* Behind those that are there. The array's texts may be anywhere. */
void
texts_append(struct texts *texts, const struct text *array, uint32_t count);

/* New texts: number i is what rows[i] was. The work is shared by `jobs` threads. */
struct texts
texts_gather(const struct texts *texts, const uint32_t *rows, uint32_t count, unsigned jobs);

/* Leaves them empty and usable. */
void
texts_free(struct texts *texts);

static inline size_t
texts_start(const struct texts *texts, size_t number)
{
    return texts->base[number / TEXTS_GROUP] + texts->start[number];
}

/* The bytes live as long as nothing is appended; no NUL stands behind them. */
static inline struct text
texts_at(const struct texts *texts, size_t number)
{
    if (!texts->start)
        return (struct text){texts->bytes + number * texts->width, texts->width};
    size_t start = texts_start(texts, number);
    return (struct text){texts->bytes + start, (uint32_t)(texts_start(texts, number + 1) - start)};
}

#endif
