/* alone: the smallest change of one factor that closes a seller's gap by itself. */
#ifndef SEFPACK_MEASURE_ALONE_H
#define SEFPACK_MEASURE_ALONE_H

#include "work.h"

/* system.closes_alone: rows win, creation, size, cycle with a value or why there is none. */
void
alone_measure(const struct sheet *sheet);

#endif
