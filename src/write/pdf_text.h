/* pdf_text: text in the notations of PDF. */
#ifndef SEFPACK_WRITE_PDF_TEXT_H
#define SEFPACK_WRITE_PDF_TEXT_H

#include "buf.h"

/* UTF-16, big end first, as hex digits. */
void
pdf_text_utf16(struct text utf8, struct buf *out);

/* "<FEFF...>": a text string. */
void
pdf_text_string(struct text utf8, struct buf *out);

/* Two bytes of a literal string. */
void
pdf_text_code(uint16_t code, struct buf *out);

#endif
