/* build: putting a doc together. All strings are copied into the doc's arena. */
#ifndef SEFPACK_PACK_BUILD_H
#define SEFPACK_PACK_BUILD_H

#include "doc.h"

/* A new block as the last child of `parent`, or of the doc when `parent` is NULL. */
struct block *
build_block(struct doc *doc, struct block *parent, enum block_kind kind);

/* The same with a title (may be NULL). */
struct block *
build_titled(struct doc *doc, struct block *parent, enum block_kind kind, const char *anchor,
             const char *title);

/* A paragraph-like block with one run of text; nothing (NULL) for empty text. */
struct block *
build_text(struct doc *doc, struct block *parent, enum block_kind kind, const char *utf8);

/* One more run in a block's text. */
void
build_run(struct doc *doc, struct runs *runs, const char *utf8, unsigned style, const char *anchor);

/* Text as runs: one plain run, or none for NULL. */
struct runs
build_runs(struct doc *doc, const char *utf8, unsigned style);

/* A table with room for `rows` rows, whose heads are given; cells are empty runs. */
struct doc_table *
build_table(struct doc *doc, const char *caption, uint32_t columns, const struct doc_column *column,
            uint32_t rows);

/* The next unused row of a table (row_count grows). */
struct doc_row *
build_row(struct doc *doc, struct doc_table *table, enum row_role role);

void
build_cell(struct doc *doc, struct doc_row *row, uint32_t column, const char *utf8, unsigned style);

/* One more figure in a BLOCK_FIGURES. */
void
build_figure(struct doc *doc, struct block *block, struct doc_figure figure);

const char *
build_string(struct doc *doc, const char *utf8); /* NULL stays NULL */

#endif
