/* pdf_file: a PDF packed: objects in compressed streams, one compression for all. */
#ifndef SEFPACK_WRITE_PDF_FILE_H
#define SEFPACK_WRITE_PDF_FILE_H

#include "buf.h"

#include <stdbool.h>

struct pdf_objects { /* with neighbouring numbers */
    uint32_t first;
    size_t count, capacity, *end; /* where each ends in `bytes` */
    struct buf bytes;
};

/* Says that what was added to `bytes` since the last object is one. */
void
pdf_objects_end(struct pdf_objects *objects);

void
pdf_objects_free(struct pdf_objects *objects);

struct pdf_contents { /* of streams that stand empty in libharu's file */
    uint32_t count;
    struct text *of; /* by the stream's number; without bytes: what stands in the file */
};

/* Packs what libharu wrote: every object with its number, streams compressed, all other objects
 * and the table of places in streams of their own. `more` are objects besides those in libharu's
 * file, numbered behind them. False when the input is not of that form. */
bool
pdf_file_pack(struct text written, const struct pdf_contents *contents,
              const struct pdf_objects *more, struct buf *out);

#endif
