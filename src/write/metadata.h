/* metadata: the XMP packet that says what a PDF is and which standards it keeps. */
#ifndef SEFPACK_WRITE_METADATA_H
#define SEFPACK_WRITE_METADATA_H

#include "pdf_hpdf.h"

/* The same title, author, subject, date and producer as in the document's Info. */
void
metadata_write(const struct pdf_facts *facts, const char *producer, struct buf *out);

#endif
