/* escape: text into markup, by the place where it will stand. Nothing else writes foreign text into
 * HTML or SVG. Bytes that may not be shown become U+FFFD (see letters.h). */
#ifndef SEFPACK_WRITE_ESCAPE_H
#define SEFPACK_WRITE_ESCAPE_H

#include "buf.h"

#include <stdbool.h>

/* Between tags. NULL writes nothing. */
void
escape_text(struct buf *out, const char *text);

/* Inside a double-quoted attribute. */
void
escape_attribute(struct buf *out, const char *text);

/* Inside a double-quoted href: https:, mailto: or a relative path without a scheme. Writes nothing
 * and returns false for all others, which are then shown as text. */
bool
escape_url(struct buf *out, const char *url);

/* As an id or a fragment: letters, digits, '.', '_' and '-' as they are, any other byte as _hex_.
 */
void
escape_id(struct buf *out, const char *text);

#endif
