/* pdf: a doc as a tagged, archival PDF. */
#ifndef SEFPACK_WRITE_PDF_H
#define SEFPACK_WRITE_PDF_H

#include "write.h"

struct write_result
pdf_write(const struct doc *doc, struct fonts *fonts, struct buf *out);

#endif
