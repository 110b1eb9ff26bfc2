/* remember: memory.json, what later runs may know of this one. */
#ifndef SEFPACK_MEASURE_REMEMBER_H
#define SEFPACK_MEASURE_REMEMBER_H

#include "buf.h"

struct measures;

/* {"schema": 1, "run": {...}, "scopes": [{kind, id, name, measures}], "deals": [...]}: the measures
 * in the form of measures.json, the deals open (and qualified) at as-of in ascending id. */
void
remember_write(const struct measures *measures, const char *run_id, struct buf *out);

#endif
