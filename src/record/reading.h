/* reading: cells that can be read in two ways, under the reading that holds for their column, with
 * what they say about it noted in the chunk. */
#ifndef SEFPACK_RECORD_READING_H
#define SEFPACK_RECORD_READING_H

#include "chunk.h"

/* A cell and where it stands. */
struct spot {
    const struct intake *intake;
    struct chunk *chunk;
    const struct rows *rows;
    uint32_t row, field;
};

/* DAY_NONE for an empty cell and for an unreadable one, which sets `bad`. */
day
reading_day(struct spot spot, struct text cell, bool *bad);

/* False for an empty cell and for an unreadable one, which sets `bad`. */
bool
reading_number(struct spot spot, struct text cell, struct decimal *out, bool *bad);

/* A number in the reporting currency by the rate of the row; MONEY_NONE likewise. */
int64_t
reading_money(struct spot spot, struct text cell, bool *bad);

/* What becomes of a row whose cell is empty or (`bad`) unreadable: rejected where the field needs
 * it or the cell belongs to another column, else the cell is counted. */
void
reading_missed(struct spot spot, struct text cell, bool bad);

#endif
