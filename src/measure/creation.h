/* creation: how many deals a day each seller brings into the pipeline. */
#ifndef SEFPACK_MEASURE_CREATION_H
#define SEFPACK_MEASURE_CREATION_H

#include "work.h"

/* lambda of every scope: qualified new deals a day over R, or since the start if later; who left
 * has none, who has just started that of his colleagues; teams add their sellers up. */
void
creation_prepare(struct work *work);

#endif
