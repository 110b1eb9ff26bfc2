/* pdf_file: a PDF packed: objects in compressed streams, one compression for all. */
#ifndef SEFPACK_WRITE_PDF_FILE_H
#define SEFPACK_WRITE_PDF_FILE_H

#include "buf.h"

#include <stdbool.h>

/* Packs what libharu wrote: every object with its number, streams compressed, all other objects
 * and the table of places in streams of their own. False when the input is not of that form. */
bool
pdf_file_pack(struct text written, struct buf *out);

#endif
