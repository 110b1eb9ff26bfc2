/* query: the text of a query, from the config or from a file beside it. */
#ifndef SEFPACK_CONFIG_QUERY_H
#define SEFPACK_CONFIG_QUERY_H

#include "reader.h"

struct config_extract;

/* Reads `query_file` into `query`, and takes blanks and a semicolon off its end: it is to stand
 * inside another statement. A file that cannot be read is reported at the extract's place. */
void
query_complete(struct reader *reader, const char *where, struct config_extract *extract);

#endif
