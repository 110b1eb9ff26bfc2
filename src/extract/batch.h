/* batch: rows on their way from a source to the sink, one cell a canonical field.
 *
 * A source puts the cells of a row where the binding says (binding->plain into batch_cells,
 * binding->extra into batch_extra) and calls batch_keep; rows that are none it hands to
 * batch_refuse. Cells may point anywhere that lives as long as the batch is used; `pool` is room
 * for those that must be made. */
#ifndef SEFPACK_EXTRACT_BATCH_H
#define SEFPACK_EXTRACT_BATCH_H

#include "extract.h"
#include "mapping.h"
#include "pool.h"

#include <stddef.h>

enum refusal {
    REFUSAL_ROW,   /* a rejected row */
    REFUSAL_LONE,  /* rejected, but its only cell may be the title above a footer */
    REFUSAL_FOOTER /* no record: totals and copyright behind or above the rows */
};

struct refused {
    enum refusal kind;
    uint64_t line;
    uint32_t after; /* rows of the batch before it */
    const char *reason;
    struct text raw; /* at most the first 4 KiB, in the pool */
};

struct batch { /* zero-initialise */
    const struct binding *binding;
    const char *file;
    uint32_t count;
    size_t capacity;
    struct text *cell, *extra, *raw;
    uint32_t *line;
    struct pool pool;
    size_t refused_count, refused_capacity;
    struct refused *refused;
    uint64_t dropped, repeated, blank;
    uint64_t bytes, ahead; /* see extract.h */
};

/* Empties it; the binding may be another than before. */
void
batch_begin(struct batch *batch, const struct binding *binding, const char *file);

/* Room for `rows` more rows. */
void
batch_reserve(struct batch *batch, uint32_t rows);

/* Where the cells of the next row go: [field], and [slot] for the extra ones. Reserve first. A
 * field that no plain cell feeds is left alone. */
static inline struct text *
batch_cells(const struct batch *batch)
{
    size_t each = batch->binding->field_count;
    return each ? batch->cell + batch->count * each : NULL;
}

static inline struct text *
batch_extra(const struct batch *batch)
{
    size_t each = batch->binding->extra_count;
    return each ? batch->extra + batch->count * each : NULL;
}

/* Makes the cells that are made of others; false when the row is to be dropped. */
bool
batch_make(struct batch *batch);

/* The next row has all its cells: makes what is made of them and counts it in, unless it is to be
 * dropped. */
static inline void
batch_keep(struct batch *batch, uint64_t line, struct text raw)
{
    if ((batch->binding->made_count | batch->binding->drop_count | batch->binding->empty_count) &&
        !batch_make(batch))
        return;
    batch->line[batch->count] = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    batch->raw[batch->count] = raw;
    batch->count++;
}

void
batch_refuse(struct batch *batch, enum refusal kind, uint64_t line, const char *reason,
             struct text raw);

struct rows
batch_rows(const struct batch *batch);

void
batch_free(struct batch *batch);

#endif
