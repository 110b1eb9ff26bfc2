/* pdf: a doc as a tagged PDF with embedded fonts, PDF/UA-1 and PDF/A-2a. */
#ifndef SEFPACK_WRITE_PDF_H
#define SEFPACK_WRITE_PDF_H

#include "write.h"

/* A row's function of the table of writers. The same doc and fonts give the same bytes. */
struct write_result
pdf_write(const struct doc *doc, struct fonts *fonts, struct buf *out);

#endif
