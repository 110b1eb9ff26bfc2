/* scout: goes through the text of a file in order and says where whole rows stand.
 *
 * Plain stretches are found by parity (scan.h) and left to be split by anybody; rows that need care
 * are judged here (row.h). The scout is serial: what it finds does not depend on how the text was
 * cut into pieces. */
#ifndef SEFPACK_EXTRACT_SCOUT_H
#define SEFPACK_EXTRACT_SCOUT_H

#include "row.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan_kernel;

enum span_kind {
    SPAN_PLAIN, /* whole rows, every quote well placed */
    SPAN_ROW,   /* one row to be read with row_read */
    SPAN_BAD    /* a row rejected, with its reason */
};

struct span {
    uint32_t start, end; /* SPAN_PLAIN: end is behind the last row's end; else before the row's */
    enum span_kind kind;
    uint32_t cells; /* of SPAN_ROW and SPAN_BAD */
    uint64_t line;  /* of its first byte, 1-based */
    const char *reason;
};

struct scout {
    const struct scan_kernel *kernel;
    char delimiter;
    uint32_t columns;
    uint64_t line;      /* of the next row */
    bool lost;          /* a quote was at fault: trust only flawless rows until there is one */
    bool previous_good; /* the row before was: then odd quotes may be taken literally */
    bool previous_nul;  /* the row before holds a NUL */
    bool skipping;      /* inside a line that was rejected before its end was seen */
    struct row row, before;
    size_t span_count, span_capacity;
    struct span *span; /* of the last piece */
};

/* Cuts bytes[0 .. length) into spans; SCAN_SLACK more must be writable. Gives how many bytes they
 * cover: the rest is to be offered again in front of the next piece; all where `final`. */
uint32_t
scout_cut(struct scout *scout, char *bytes, uint32_t length, bool final);

/* Gives the spans of the last piece away, in exchange for the room of `other`. */
void
scout_swap(struct scout *scout, struct scout *other);

void
scout_free(struct scout *scout);

#endif
