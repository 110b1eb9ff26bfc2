/* A doc as plain text, for tests: what is said, without how it looks. */
#include "doc.h"

static const char *const kinds[] = {
    "section", "heading", "paragraph", "lead",      "list",   "figures", "table",    "exhibit",
    "pair",    "finding", "ask",       "judgement", "banner", "details", "contents", "page break"};

static void
indent(struct buf *out, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_string(out, "  ");
}

static void
dump_runs(const struct runs *runs, struct buf *out)
{
    for (uint32_t i = 0; i < runs->count; i++)
        buf_string(out, runs->run[i].text);
}

static void
dump_line(const char *label, const char *text, int depth, struct buf *out)
{
    if (!text || !text[0])
        return;
    indent(out, depth);
    buf_printf(out, "%s%s\n", label, text);
}

static void
dump_table(const struct doc_table *table, int depth, struct buf *out)
{
    indent(out, depth);
    buf_printf(out, "| %s\n", table->caption ? table->caption : "");
    indent(out, depth);
    for (uint32_t c = 0; c < table->column_count; c++)
        buf_printf(out, "| %s ", table->column[c].head);
    buf_char(out, '\n');
    for (uint32_t r = 0; r < table->row_count; r++) {
        indent(out, depth);
        for (uint32_t c = 0; c < table->column_count; c++) {
            buf_string(out, "| ");
            dump_runs(&table->row[r].cell[c], out);
            buf_char(out, ' ');
        }
        buf_char(out, '\n');
    }
    dump_line("note: ", table->note, depth, out);
}

static void
dump_marks(const struct block *block, int depth, struct buf *out)
{
    if (block->mark_count == 0)
        return;
    indent(out, depth);
    for (uint32_t i = 0; i < block->mark_count; i++)
        buf_printf(out, "#%s%c", block->mark[i], i + 1 < block->mark_count ? ' ' : '\n');
}

static void
dump_scene(const struct scene *scene, int depth, struct buf *out)
{
    for (uint32_t i = 0; i < scene->count; i++)
        if (scene->shape[i].kind == SHAPE_TEXT) {
            indent(out, depth);
            buf_printf(out, "~ %s\n", scene->shape[i].text);
        }
}

static void
dump_block(const struct block *block, int depth, struct buf *out)
{
    const char *anchor = block->exhibit ? block->exhibit->anchor : block->anchor;
    indent(out, depth);
    buf_printf(out, anchor ? "[%s #%s] " : "[%s] ", kinds[block->kind], anchor);
    if (block->title)
        buf_printf(out, block->text.count ? "%s: " : "%s", block->title);
    dump_runs(&block->text, out);
    buf_char(out, '\n');
    dump_marks(block, depth + 1, out);
    for (uint32_t i = 0; i < block->figure_count; i++) {
        const struct doc_figure *figure = &block->figure[i];
        indent(out, depth + 1);
        buf_printf(out, "%s: %s %s (%s)\n", figure->label, figure->value,
                   figure->unit ? figure->unit : "", figure->detail ? figure->detail : "");
    }
    if (block->table)
        dump_table(block->table, depth + 1, out);
    if (block->exhibit) {
        dump_line("title: ", block->exhibit->title, depth + 1, out);
        dump_line("subtitle: ", block->exhibit->subtitle, depth + 1, out);
        dump_line("alternative: ", block->exhibit->alternative, depth + 1, out);
        dump_line("note: ", block->exhibit->note, depth + 1, out);
        if (block->exhibit->scene)
            dump_scene(block->exhibit->scene, depth + 1, out);
        if (block->exhibit->table)
            dump_table(block->exhibit->table, depth + 1, out);
    }
    for (const struct block *child = block->children; child; child = child->next)
        dump_block(child, depth + 1, out);
}

void
doc_dump(const struct doc *doc, struct buf *out)
{
    const char *const cover[] = {doc->title,          doc->subtitle, doc->reconciliation,
                                 doc->classification, doc->footer,   doc->lang};
    for (size_t i = 0; i < sizeof cover / sizeof *cover; i++)
        dump_line("", cover[i], 0, out);
    for (const struct block *block = doc->blocks; block; block = block->next)
        dump_block(block, 0, out);
}
