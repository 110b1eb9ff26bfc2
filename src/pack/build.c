#include "build.h"

#include <string.h>

const char *
build_string(struct doc *doc, const char *utf8)
{
    return utf8 ? arena_string(doc->arena, utf8) : NULL;
}

struct block *
build_block(struct doc *doc, struct block *parent, enum block_kind kind)
{
    struct block *block = arena_alloc(doc->arena, sizeof *block);
    struct block **first = parent ? &parent->children : &doc->blocks;
    struct block **last = parent ? &parent->last_child : &doc->last_block;
    block->kind = kind;
    if (*last)
        (*last)->next = block;
    else
        *first = block;
    *last = block;
    return block;
}

struct block *
build_titled(struct doc *doc, struct block *parent, enum block_kind kind, const char *anchor,
             const char *title)
{
    struct block *block = build_block(doc, parent, kind);
    block->anchor = build_string(doc, anchor);
    block->title = build_string(doc, title);
    return block;
}

struct block *
build_text(struct doc *doc, struct block *parent, enum block_kind kind, const char *utf8)
{
    if (!utf8 || !utf8[0])
        return NULL;
    struct block *block = build_block(doc, parent, kind);
    block->text = build_runs(doc, utf8, RUN_PLAIN);
    return block;
}

void
build_run(struct doc *doc, struct runs *runs, const char *utf8, unsigned style, const char *anchor)
{
    struct run *grown = arena_array(doc->arena, runs->count + 1u, sizeof *grown);
    if (runs->count)
        memcpy(grown, runs->run, runs->count * sizeof *grown);
    grown[runs->count] =
        (struct run){build_string(doc, utf8 ? utf8 : ""), style, build_string(doc, anchor), NULL};
    runs->run = grown;
    runs->count++;
}

struct runs
build_runs(struct doc *doc, const char *utf8, unsigned style)
{
    struct runs runs = {0};
    if (utf8)
        build_run(doc, &runs, utf8, style, NULL);
    return runs;
}

struct doc_table *
build_table(struct doc *doc, const char *caption, uint32_t columns, const struct doc_column *column,
            uint32_t rows)
{
    struct doc_table *table = arena_alloc(doc->arena, sizeof *table);
    table->caption = build_string(doc, caption);
    table->column_count = columns;
    table->column = arena_array(doc->arena, columns, sizeof *table->column);
    for (uint32_t c = 0; c < columns; c++) {
        table->column[c] = column[c];
        table->column[c].head = build_string(doc, column[c].head ? column[c].head : "");
    }
    table->row = arena_array(doc->arena, rows, sizeof *table->row);
    for (uint32_t r = 0; r < rows; r++)
        table->row[r].cell = arena_array(doc->arena, columns, sizeof *table->row[r].cell);
    return table;
}

struct doc_row *
build_row(struct doc *doc, struct doc_table *table, enum row_role role)
{
    struct doc_row *row = &table->row[table->row_count++];
    (void)doc;
    row->role = role;
    return row;
}

void
build_cell(struct doc *doc, struct doc_row *row, uint32_t column, const char *utf8, unsigned style)
{
    row->cell[column] = build_runs(doc, utf8, style);
}

void
build_figure(struct doc *doc, struct block *block, struct doc_figure figure)
{
    struct doc_figure *grown = arena_array(doc->arena, block->figure_count + 1u, sizeof *grown);
    if (block->figure_count)
        memcpy(grown, block->figure, block->figure_count * sizeof *grown);
    grown[block->figure_count++] =
        (struct doc_figure){build_string(doc, figure.anchor), build_string(doc, figure.label),
                            build_string(doc, figure.value), build_string(doc, figure.unit),
                            build_string(doc, figure.detail)};
    block->figure = grown;
}
