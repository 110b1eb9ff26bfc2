/* lines: rows put down as text, LINE|CELL|CELL, one line a row, to be compared. */
#ifndef SEFPACK_TEST_LINES_H
#define SEFPACK_TEST_LINES_H

#include "buf.h"
#include "extract.h"

#include <stdlib.h>

/* As a sink's parse() may return it; goes to lines_add. */
static inline struct buf *
lines_of(const struct rows *rows)
{
    struct buf *lines = calloc(1, sizeof *lines);
    for (uint32_t r = 0; r < rows->count; r++) {
        buf_int(lines, rows->line[r]);
        for (uint32_t f = 0; f < rows->fields; f++) {
            buf_char(lines, '|');
            buf_text(lines, rows->cell[(size_t)r * rows->fields + f]);
        }
        buf_char(lines, '\n');
    }
    return lines;
}

/* Adds what lines_of has made, and frees it. */
static inline void
lines_add(struct buf *all, void *parsed)
{
    struct buf *lines = parsed;
    buf_add(all, lines->bytes, lines->length);
    buf_free(lines);
    free(lines);
}

#endif
