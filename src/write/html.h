/* html: a doc as one self-contained page. */
#ifndef SEFPACK_WRITE_HTML_H
#define SEFPACK_WRITE_HTML_H

#include "write.h"

/* The frame and style come from doc->templates (pack.html, pack.css). `fonts` is not used. */
struct write_result
html_write(const struct doc *doc, struct fonts *fonts, struct buf *out);

#endif
