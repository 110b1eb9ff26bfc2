/* scan: 64 bytes of CSV at a time, as bit masks; the only place that knows of vector instructions.
 *
 * Every kernel gives the same answers. Bytes must be followed by SCAN_SLACK readable ones; the byte
 * at `length` is looked at as a neighbour: make it a line feed.
 *
 * A quote is well placed when it opens a cell right behind a delimiter or a line end, closes one
 * right before either, or is doubled inside. While all quotes are, parity alone says what is inside
 * and any reader agrees; where one is not, and where a row grows suspiciously long, the scan stops
 * and row.c reads that row byte by byte. */
#ifndef SEFPACK_EXTRACT_SCAN_H
#define SEFPACK_EXTRACT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SCAN_SLACK = 128,
    SCAN_ROW_MOST = 64 * 1024, /* bytes of a row that parity alone may span */
    SCAN_LINES_MOST = 100      /* line ends inside the quotes of one row, likewise */
};

/* From the start of a row: where the whole rows end. A row ends at LF, CRLF or a CR alone. */
struct scan_cut {
    const char *bytes;
    uint32_t from, length;
    char delimiter;
    uint32_t columns; /* of a row with a line end inside quotes: else it needs care */
    uint32_t end;     /* out: behind the last row end of the plain rows */
    bool care;        /* out: the row that begins at `end` needs care */
    uint64_t lines;   /* out: line ends in [from, end), those inside quotes too */
};

/* Whole plain rows, as scan_cut gave them, flattened: the places of all delimiters and row ends. */
struct scan_split {
    const char *bytes;
    uint32_t from, length;
    char delimiter;
    uint32_t *separator; /* room for length - from, and 64 more */
    uint32_t *row_end;   /* of row r: its last entry in `separator`; room likewise */
    uint32_t *row_line;  /* of row r: line ends in [from, its first byte); room likewise */
    uint32_t rows;       /* out */
    bool nul, quotes;    /* out: there is such a byte */
    bool escapes;        /* out: there may be a doubled quote inside a cell */
};

struct scan_kernel {
    const char *name;
    void (*cut)(struct scan_cut *cut);
    void (*split)(struct scan_split *split);
    size_t (*ascii)(const char *bytes, size_t length); /* how many bytes up to one above 127 */
};

/* The fastest that this machine can run. */
const struct scan_kernel *
scan_kernel(void);

/* All that this machine can run, slowest first: for tests. NULL after the last. */
const struct scan_kernel *
scan_kernel_at(unsigned i);

extern const struct scan_kernel scan_portable;
#ifdef __x86_64__
extern const struct scan_kernel scan_sse2, scan_avx2, scan_avx512;
#endif

#endif
