/* row: one row of CSV read byte by byte: what the bytes mean is decided here alone.
 *
 * RFC 4180, and with care what is broken: a quote in the middle of a bare cell stands for itself;
 * blanks around a quoted cell are left away; text behind a closing quote makes the row a bad one,
 * for nobody can know what was meant. A row that has a line break inside quotes must be flawless:
 * else its quote is taken for a stray one, the line where it opened is rejected and reading goes on
 * with the next line, so that a stray quote costs one row. */
#ifndef SEFPACK_EXTRACT_ROW_H
#define SEFPACK_EXTRACT_ROW_H

#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ROW_COLUMNS_MOST = 4096,
    ROW_BYTES_MOST = 1024 * 1024,
    ROW_QUOTED_MOST = 64 * 1024, /* bytes of one quoted cell */
    ROW_LINES_MOST = 100         /* line ends inside one quoted cell */
};

enum row_verdict {
    ROW_MORE,    /* these bytes do not hold the whole row */
    ROW_GOOD,    /* flawless */
    ROW_LITERAL, /* right number of cells, but quotes stand oddly */
    ROW_BAD      /* `reason` says why */
};

struct row_cell {
    uint32_t start, length; /* without the quotes around it */
    bool escaped;           /* holds doubled quotes */
};

/* Zero-initialise; row_free at the end. Offsets count from `bytes` of the reading. */
struct row {
    enum row_verdict verdict;
    const char *reason;
    uint32_t start, end;   /* end: where the next row begins, in case of ROW_BAD too */
    uint32_t length;       /* bytes without the row's end */
    uint32_t lines;        /* line ends in [start, end) */
    bool open;             /* ROW_BAD and its line goes on behind these bytes */
    bool quote_fault;      /* ROW_BAD for a quote: trust only flawless rows now */
    uint32_t count;        /* cells; 0 where the row was given up before its end */
    struct row_cell *cell; /* the first ROW_COLUMNS_MOST */
    size_t capacity;
};

/* Reads the row at `start` of bytes[0 .. end); `final`: no bytes will follow. `columns` is the
 * number of cells that are right, 0 for any; empty cells beyond it are right too. */
void
row_read(struct row *row, const char *bytes, uint32_t start, uint32_t end, bool final,
         char delimiter, uint32_t columns);

/* A cell's bytes with doubled quotes made single: into `room` (of cell->length) when it has any. */
struct text
row_cell_text(const struct row_cell *cell, const char *bytes, char *room);

/* The same for the bytes between the quotes of a cell. */
struct text
row_unescape(struct text inner, char *room);

void
row_free(struct row *row);

#endif
