/* csv: cells for people's spreadsheets. Text that a spreadsheet would run as a formula gets a
 * leading apostrophe; numbers stay numbers. */
#ifndef SEFPACK_BASE_CSV_H
#define SEFPACK_BASE_CSV_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>

struct csv { /* zero-initialise, then set `out` */
    struct buf *out;
    bool inside; /* internal: a row has begun */
};

/* Always quoted; a first byte of = + - @ TAB CR, or its full-width form, gets a ' in front. */
void
csv_text(struct csv *csv, struct text text);

/* Bytes that are already a number, a day or a word of ours; written as they are. */
void
csv_plain(struct csv *csv, const char *plain);

void
csv_int(struct csv *csv, int64_t value);

void
csv_real(struct csv *csv, double value);

/* As buf_fixed writes it. */
void
csv_fixed(struct csv *csv, double value, int digits);

void
csv_end(struct csv *csv); /* of the row: CRLF */

#endif
