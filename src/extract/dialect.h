/* dialect: the delimiter of a CSV text, and its header row. */
#ifndef SEFPACK_EXTRACT_DIALECT_H
#define SEFPACK_EXTRACT_DIALECT_H

#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct mapping;

struct dialect {
    char delimiter;
    uint32_t columns;
    const struct text *header; /* in the arena, trimmed */
    struct text header_row;    /* its bytes as they stand, in the arena */
    uint32_t skip;             /* bytes before the first row behind the header */
    uint64_t line;             /* of that row */
    uint64_t header_line;
    uint32_t titles, blanks; /* rows and empty lines above the header */
};

/* From the beginning of a file as text; `whole`: there is no more. `configured` is the delimiter,
 * or 0: that of a `sep=` line; else of comma, semicolon, tab and bar the one under which most
 * fields of the mapping find a header, then the one that gives most rows the header's number of
 * cells. False after an error in diag: two fit as well, or no header. Without a diag, also when
 * more of the text might change the answer. */
bool
dialect_find(const char *path, struct text text, bool whole, char configured,
             const struct mapping *mapping, struct arena *arena, struct dialect *dialect,
             struct diag *diag);

#endif
