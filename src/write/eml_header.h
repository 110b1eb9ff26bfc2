/* eml_header: foreign text on its way into a header: nothing of it may end a line, turn the
 * direction of what follows or run on for ever. */
#ifndef SEFPACK_WRITE_EML_HEADER_H
#define SEFPACK_WRITE_EML_HEADER_H

#include "arena.h"

enum { EML_LONGEST_SUBJECT = 200, EML_LONGEST_NAME = 100, EML_LONGEST_FILE = 56 };

/* `text` in one line of at most `most` characters: what may not be shown is U+FFFD, line ends and
 * runs of blanks are one space, none at the ends; what is cut ends in an ellipsis. NULL gives "".
 */
const char *
eml_header(struct arena *arena, const char *text, unsigned most);

/* The same as a file name: of what systems keep for themselves (/ \ : * ? " < > | and a dot at the
 * start) each is a hyphen. `extension` (".pdf") is added. */
const char *
eml_file_name(struct arena *arena, const char *title, const char *extension);

#endif
