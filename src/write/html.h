/* html: a doc as one HTML file without script or outside request. */
#ifndef SEFPACK_WRITE_HTML_H
#define SEFPACK_WRITE_HTML_H

#include "write.h"

/* A row's function of the table of writers. Fault: a template is missing or names an unknown slot,
 * with file, line and column. */
struct write_result
html_write(const struct doc *doc, struct fonts *fonts, struct buf *out);

#endif
