/* spreadsheet: the rows of an Excel XML Spreadsheet 2003 from its elements as they pass.
 * The first row of the first worksheet names the columns; cells may be skipped by index. */
#ifndef SEFPACK_EXTRACT_SPREADSHEET_H
#define SEFPACK_EXTRACT_SPREADSHEET_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum { SPREADSHEET_MOST_COLUMNS = 4096 };

struct spreadsheet;

struct spreadsheet *
spreadsheet_new(uint32_t column_count, const char *const *columns);

void
spreadsheet_free(struct spreadsheet *sheet);

/* `index` is the attribute ss:Index, 0 when absent; `across` ss:MergeAcross. */
void
spreadsheet_start(struct spreadsheet *sheet, const char *element, uint32_t index, uint32_t across);

/* True when a row of data is complete: cells[column_count] are valid until the next call. */
bool
spreadsheet_end(struct spreadsheet *sheet, const char *element, const struct text **cells);

/* Whether characters are wanted now. */
bool
spreadsheet_wants_text(const struct spreadsheet *sheet);

void
spreadsheet_text(struct spreadsheet *sheet, struct text text);

/* Headers that no column wants. */
uint32_t
spreadsheet_unmapped(const struct spreadsheet *sheet, const char *const **names);

#endif
