/* blank: cells that nothing feeds, without a look at any. */
#ifndef SEFPACK_RECORD_BLANK_H
#define SEFPACK_RECORD_BLANK_H

#include "intake.h"

/* Writes what an empty cell of the kind gives into `count` cells of a column. Not for KIND_ID and
 * KIND_MANNER, whose empty cells are not all alike. */
void
blank_fill(enum kind kind, void *column, uint32_t count);

#endif
