/* rows: rows.csv and deals.json, the open deals behind a scope's numbers, for a spreadsheet and for
 * programs.
 *
 * A deal stands in the files of its seller, of each team above and of the company, the same in all
 * of them: it is written once, before any file. */
#ifndef SEFPACK_PACK_ROWS_H
#define SEFPACK_PACK_ROWS_H

#include "buf.h"

#include <stdbool.h>
#include <stdint.h>

struct measures;
struct rows;

/* Writes the rows of the deals of these sellers (by index, up to that of the unknown one), on
 * `jobs` threads. The measures must outlive them. Never NULL. */
struct rows *
rows_open(const struct measures *measures, const bool *sellers, unsigned jobs);

void
rows_close(struct rows *rows);

/* rows.csv: one row a deal of the scope's open pipeline, ascending id, and no row of anybody else.
 * Amounts in units of the reporting currency. The scope's sellers are all among those of
 * rows_open. */
void
rows_write_csv(const struct rows *rows, uint32_t scope, struct buf *out);

/* deals.json of the same deals, in the same order. */
void
rows_write_json(const struct rows *rows, uint32_t scope, struct buf *out);

#endif
