/* rows: rows.csv, the open deals behind a scope's numbers, for a spreadsheet. */
#ifndef SEFPACK_PACK_ROWS_H
#define SEFPACK_PACK_ROWS_H

#include "buf.h"

#include <stdint.h>

struct measures;

/* One row a deal of the scope's open pipeline, ascending id, and no row of anybody else. Amounts in
 * units of the reporting currency. */
void
rows_write(const struct measures *measures, uint32_t scope, struct buf *out);

#endif
