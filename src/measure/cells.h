/* cells: a measure as JSON, the same in measures.json, memory.json and explain. */
#ifndef SEFPACK_MEASURE_CELLS_H
#define SEFPACK_MEASURE_CELLS_H

#include "json.h"
#include "measures.h"

/* "share", "money", ... as the unit is called in JSON. */
extern const char *const cells_unit_names[];

/* The members of an object: "value": 0.4, "k": 8, ... */
void
cells_write(struct json *json, const struct cells *cells);

/* The whole object: {"value": ..., ..., "unit": ..., "why": ..., "rows": [...]}. */
void
cells_write_measure(struct json *json, enum measure_id id, const struct measure *measure);

#endif
