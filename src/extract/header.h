/* header: names of columns as people write them. */
#ifndef SEFPACK_EXTRACT_HEADER_H
#define SEFPACK_EXTRACT_HEADER_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum { HEADER_NONE = UINT32_MAX, HEADER_TWICE = UINT32_MAX - 1 };

/* Equal without case (ASCII), outer blanks and the kind of quotation marks. */
bool
header_alike(struct text a, struct text b);

/* Whether a header is like a pattern, in which the first `*` stands for any text. */
bool
header_fits(struct text header, struct text pattern);

/* The column of that name; HEADER_TWICE when two are as good. */
uint32_t
header_find(uint32_t columns, const struct text *header, struct text name);

/* A header not yet used that may be meant by `name`, or HEADER_NONE. */
uint32_t
header_near(uint32_t columns, const struct text *header, const bool *used, struct text name);

#endif
