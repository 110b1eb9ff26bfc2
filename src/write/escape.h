/* escape: foreign text into HTML, one function a context. Nothing from a CRM reaches a page by any
 * other way. Bytes that are not UTF-8, and control characters, become U+FFFD; characters that turn
 * the direction of text (U+202A-E, U+2066-9) are dropped. */
#ifndef SEFPACK_WRITE_ESCAPE_H
#define SEFPACK_WRITE_ESCAPE_H

#include "buf.h"

/* Between tags; NULL writes nothing. */
void
escape_text(struct buf *out, const char *utf8);

/* Inside a double-quoted attribute. */
void
escape_attribute(struct buf *out, const char *utf8);

/* A fragment link's target or an id: [A-Za-z0-9_.-] as they are, anything else as _hex_. */
void
escape_id(struct buf *out, const char *utf8);

#endif
