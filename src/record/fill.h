/* fill: the cells of a batch into the columns of a chunk, one field at a time. */
#ifndef SEFPACK_RECORD_FILL_H
#define SEFPACK_RECORD_FILL_H

#include "reading.h"

struct filling {
    const struct intake *intake;
    struct chunk *chunk;
    const struct rows *rows;
    uint32_t field;
    enum need need;
    void *column;
    uint32_t *scratch; /* one for each row */
};

/* The cells of one column as they stand, blanks at their ends too. */
struct cells {
    const struct text *first;
    size_t step;
    uint32_t count;
};

/* Fills all columns and the rows' hashes; rows that lack what they need are refused. */
void
fill_chunk(const struct intake *intake, struct chunk *chunk, const struct rows *rows);

/* KIND_SELLER, KIND_ACCOUNT, KIND_CONTACT, KIND_DEAL, KIND_REFERENCE: rows by their ids. */
void
reference_fill(const struct filling *filling);

/* KIND_CHANGE and KIND_VALUE: history as field, old and new value. */
void
change_fill(const struct filling *filling);

void
change_fill_value(const struct filling *filling);

static inline struct spot
fill_spot(const struct filling *filling, uint32_t row)
{
    return (struct spot){filling->intake, filling->chunk, filling->rows, row, filling->field};
}

static inline struct cells
fill_cells(const struct filling *filling)
{
    return (struct cells){filling->rows->cell + filling->field, filling->rows->fields,
                          filling->rows->count};
}

static inline struct text
cells_at(const struct cells *cells, uint32_t row)
{
    return cells->first[row * cells->step];
}

static inline struct text
fill_cell(const struct filling *filling, uint32_t row)
{
    return chunk_cell(filling->rows, row, filling->field);
}

#endif
