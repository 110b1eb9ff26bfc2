/* linebreak: where lines of UTF-8 text may end (UAX 14). */
#ifndef SEFPACK_I18N_LINEBREAK_H
#define SEFPACK_I18N_LINEBREAK_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct linebreaker;

struct line_end {
    uint32_t at;    /* byte offset of the first character of the next line */
    bool mandatory; /* behind a line feed and the like, and at the end of the text */
};

/* A BCP 47 tag; NULL when it is malformed. One thread at a time. */
struct linebreaker *
linebreak_open(const char *tag);

void
linebreak_close(struct linebreaker *breaker); /* NULL is allowed */

/* All places where a line of `text` may end, ascending; the last is text.length. Blanks belong to
 * the line they end. *ends is valid until the next call; empty text gives 0. */
uint32_t
linebreak_find(struct linebreaker *breaker, struct text text, const struct line_end **ends);

#endif
