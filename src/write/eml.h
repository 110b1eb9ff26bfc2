/* eml: a pack's page 1 as a mail with the pack attached, to one recipient.
 *
 * multipart/mixed( multipart/alternative( text/plain, text/html ), attachments ). The same doc and
 * envelope give the same bytes: the date is noon of the as-of day in UTC, Message-ID and boundaries
 * come from a hash of the content. Lines end in CRLF; none of a body is longer than 76. */
#ifndef SEFPACK_WRITE_EML_H
#define SEFPACK_WRITE_EML_H

#include "write.h"

/* A row's function of the table of writers. Faults: no envelope, a template that is missing or
 * names an unknown slot, an HTML part above 90,000 bytes (mail programs would cut it off). */
struct write_result
eml_write(const struct doc *doc, struct fonts *fonts, struct buf *out);

/* The HTML part alone; a fault or NULL. */
const char *
eml_html(const struct doc *doc, struct buf *out);

/* The text part alone: the same content in lines of at most 72 columns, ended by LF. */
void
eml_text(const struct doc *doc, struct buf *out);

#endif
