/* eml_header: foreign text on its way into a header: nothing of it may end a line, turn the
 * direction of what follows or run on for ever. */
#ifndef SEFPACK_WRITE_EML_HEADER_H
#define SEFPACK_WRITE_EML_HEADER_H

#include "arena.h"
#include "buf.h"

enum { EML_LONGEST_SUBJECT = 200, EML_LONGEST_NAME = 100, EML_LONGEST_FILE = 56 };

/* `text` in one line of at most `most` characters: what may not be shown is U+FFFD, line ends and
 * runs of blanks are one space, none at the ends; what is cut ends in an ellipsis. NULL gives "".
 */
const char *
eml_line(struct arena *arena, const char *text, unsigned most);

/* The same for a header, where blanks that do not break are spaces too. */
const char *
eml_header(struct arena *arena, const char *text, unsigned most);

/* A header as a file name: of what systems keep for themselves (/ \ : * ? " < > | and a dot at the
 * start) each is a hyphen. `extension` (".pdf") is added. */
const char *
eml_file_name(struct arena *arena, const char *title, const char *extension);

/* What follows of a header behind its name, of which `column` bytes (with the colon and the blank)
 * stand on the line already: folded to 76 with LF and a blank. Text that is not printable ASCII, or
 * might be read as something else, becomes encoded words (RFC 2047, base 64, at most 75 long, none
 * cutting a character). The text is of eml_header. */
void
eml_header_text(struct buf *out, unsigned column, const char *text);

/* The same for a mailbox: "Ann Smith <ann@example.com>", the name quoted or encoded where needed;
 * without a name the address alone. */
void
eml_header_mailbox(struct buf *out, unsigned column, const char *name, const char *address);

/* A disposition with a file's name in it, as RFC 2231 has it, folded. */
void
eml_header_attachment(struct buf *out, const char *file_name);

#endif
