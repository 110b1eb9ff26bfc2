/* places: where the rows of a table stand in its files. Rows mostly stand line behind line, so that
 * one entry does for many. */
#ifndef SEFPACK_RECORD_PLACES_H
#define SEFPACK_RECORD_PLACES_H

#include <stddef.h>
#include <stdint.h>

struct places_run { /* from `row` on up to the next one's, line by line */
    uint32_t row, line;
    const char *file;
};

struct places { /* zero-initialise */
    size_t count, capacity;
    struct places_run *run;
    uint32_t *line; /* by row, once rows were moved: then runs tell files alone */
};

/* Rows from `row` on, behind all others, stand in these lines. */
void
places_add(struct places *places, uint32_t row, const char *file, const uint32_t *line,
           uint32_t count);

/* Row i becomes what rows[i] was. */
void
places_move(struct places *places, const uint32_t *rows, uint32_t count);

const char *
places_file(const struct places *places, uint32_t row);

uint32_t
places_line(const struct places *places, uint32_t row);

void
places_free(struct places *places); /* leaves it empty and usable */

#endif
