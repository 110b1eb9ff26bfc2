/* coordinate: numbers of drawings, short and the same on every machine. */
#ifndef SEFPACK_WRITE_COORDINATE_H
#define SEFPACK_WRITE_COORDINATE_H

#include "buf.h"

/* At most two decimals without trailing zeros; NaN and what lies beyond +-30000 is clamped, so that
 * no fault of a chart can spoil a file. */
void
coordinate_write(struct buf *out, double value);

#endif
