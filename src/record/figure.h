/* figure: cells that hold a number, whose decimal mark may not be known yet. */
#ifndef SEFPACK_RECORD_FIGURE_H
#define SEFPACK_RECORD_FIGURE_H

#include "number.h"
#include "text.h"

#include <stdbool.h>

/* What a number cell says under each of the two decimal marks. */
struct figure {
    bool readable[2]; /* with '.' and with ',' as the decimal mark */
    struct decimal value[2];
};

/* Reads one trimmed, non-empty cell under both marks. `group` and `indian` as configured; group 0
 * takes the other mark, an apostrophe or a blank, whichever stands in the cell. */
void
figure_read(struct text cell, char group, bool indian, struct figure *out);

/* Whether both readings say the same; also when neither is readable. */
bool
figure_agrees(const struct figure *figure);

#endif
