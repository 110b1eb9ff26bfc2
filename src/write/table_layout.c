/* Tables: widths by content, heads repeated on every page, the last row of a total never alone. */
#include "flow.h"

#include <math.h>
#include <string.h>

enum { GUTTER = 10, FLOOR = 7 /* points: the smallest type */ };

struct grid {
    struct flow *flow;
    const struct doc_table *table;
    struct paragraph *head, *cell;                 /* of each column; of each column in each row */
    float *least, *whole_short, *most, *x, *width; /* of each column */
    float whole;                                   /* width of all */
    struct type type;
    float row_gap; /* between the lines of two rows */
    uint32_t tag, body;
};

static struct paragraph *
row_of(const struct grid *grid, uint32_t r)
{
    return grid->cell + (size_t)r * grid->table->column_count;
}

static struct paragraph
shape_cell(struct grid *grid, const struct runs *runs, const struct doc_row *row)
{
    struct type type = grid->type;
    struct sheet *sheet = grid->flow->sheet;
    type.bold = row && row->role != ROW_BODY;
    if (!row)
        type.ink = INK_SECONDARY;
    return paragraph_new(sheet->layout, sheet->breaker, runs, type);
}

/* What a column needs at least and would like: numbers are never broken, heads may be, and so may
 * a word so long that it would push the others out. Dates and other short things stay on one line
 * where there is room for that. */
static void
add_needs(struct grid *grid, uint32_t c, const struct paragraph *cell, bool head)
{
    enum { SHORT_HEAD = 36, SHORT = 60 /* points: stay on one line */ };
    bool number = !head && grid->table->column[c].align == ALIGN_END;
    bool whole = number || (head && cell->most < SHORT_HEAD);
    float wish = head && !whole ? fmaxf(cell->least, cell->most * 0.5f + 4) : cell->most;
    float word = fminf(cell->least, flow_width(grid->flow) * (c == 0 ? 0.3f : 0.2f));
    grid->least[c] = fmaxf(grid->least[c], whole ? cell->most : word);
    grid->whole_short[c] = fmaxf(fmaxf(grid->whole_short[c], grid->least[c]),
                                 !head && cell->most < SHORT ? cell->most : 0);
    grid->most[c] = fmaxf(grid->most[c], fminf(wish, cell->most));
}

static void
shape_cells(struct grid *grid)
{
    const struct doc_table *table = grid->table;
    for (uint32_t c = 0; c < table->column_count; c++) {
        struct run run = {.text = table->column[c].head};
        grid->head[c] = shape_cell(grid, &(struct runs){1, &run}, NULL);
        add_needs(grid, c, &grid->head[c], true);
    }
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct doc_row *row = &table->row[r];
        uint32_t columns = row->role == ROW_GROUP ? 1 : table->column_count;
        for (uint32_t c = 0; c < columns; c++) {
            struct paragraph *cell = &row_of(grid, r)[c];
            *cell = shape_cell(grid, &row->cell[c], row);
            if (row->role != ROW_GROUP)
                add_needs(grid, c, cell, false);
        }
    }
}

/* Smaller type before broken numbers. */
static void
shrink(struct grid *grid, float room, float needed)
{
    float scale = fmaxf(FLOOR / grid->type.size, room / needed);
    size_t cells = (size_t)grid->table->row_count * grid->table->column_count;
    for (uint32_t c = 0; c < grid->table->column_count; c++) {
        grid->least[c] *= scale;
        grid->most[c] *= scale;
        grid->head[c].type.size *= scale;
        grid->head[c].least *= scale;
        grid->head[c].most *= scale;
    }
    for (size_t i = 0; i < cells; i++) {
        grid->cell[i].type.size *= scale;
        grid->cell[i].most *= scale;
    }
}

static float
sum_of(const float *values, uint32_t count)
{
    float sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += values[i];
    return sum;
}

/* Widths up to a common level, but no column below its least or above its wish. */
static float
fill_to(struct grid *grid, float level)
{
    float sum = 0;
    for (uint32_t c = 0; c < grid->table->column_count; c++) {
        grid->width[c] = fmaxf(grid->least[c], fminf(grid->most[c], level));
        sum += grid->width[c];
    }
    return sum;
}

static bool
has_numbers(const struct doc_table *table)
{
    for (uint32_t c = 0; c < table->column_count; c++)
        if (table->column[c].align == ALIGN_END)
            return true;
    return false;
}

/* Every column gets what it needs at least; what is left makes the narrowest wider first, so that
 * one with very long texts cannot take all; then it goes between the columns, then to the first, or
 * where there are texts alone to the last. A table that needs little stays narrow. */
static void
share_width(struct grid *grid)
{
    uint32_t n = grid->table->column_count;
    float room = flow_width(grid->flow) - (float)(GUTTER * (n - 1)), gap = GUTTER;
    float least = sum_of(grid->least, n);
    if (least > room) {
        shrink(grid, room, least);
    } else if (sum_of(grid->whole_short, n) <= room) {
        memcpy(grid->least, grid->whole_short, n * sizeof *grid->least);
    }
    enum { STEPS = 20 /* halvings: to a hundredth of a point */ };
    float low = 0, high = room;
    bool tight = fill_to(grid, room) > room;
    for (int step = 0; tight && step < STEPS; step++) {
        float middle = (low + high) / 2;
        if (fill_to(grid, middle) > room)
            high = middle;
        else
            low = middle;
    }
    float sum = fill_to(grid, tight ? low : room);
    for (uint32_t c = 0; c < n && sum > room; c++)
        grid->width[c] *= room / sum;
    float left = fmaxf(0, room - sum_of(grid->width, n));
    if (left > room * 0.55f)
        left = room * 0.2f;
    if (n > 1) {
        float wider = fminf(left / (float)(n - 1), 22);
        gap += wider;
        grid->width[has_numbers(grid->table) ? 0 : n - 1] += left - wider * (float)(n - 1);
    }
    grid->whole = 0;
    for (uint32_t c = 0; c < n; c++) {
        grid->x[c] = flow_left(grid->flow) + grid->whole;
        grid->whole += grid->width[c] + (c + 1 < n ? gap : 0);
    }
}

/* Breaks the cells of a row (NULL: the head) and returns its lines. */
static uint32_t
break_cells(struct grid *grid, const struct doc_row *row, struct paragraph *cells)
{
    struct layout *layout = grid->flow->sheet->layout;
    uint32_t lines = 1, columns = row && row->role == ROW_GROUP ? 1 : grid->table->column_count;
    for (uint32_t c = 0; c < columns; c++) {
        bool group = row && row->role == ROW_GROUP;
        paragraph_break(layout, &cells[c], (group ? grid->whole : grid->width[c]) + 0.05f);
        if (cells[c].count > lines)
            lines = cells[c].count;
    }
    return lines;
}

static uint32_t
tag_cell(struct grid *grid, const struct doc_row *row, uint32_t tr, uint32_t c)
{
    struct layout *layout = grid->flow->sheet->layout;
    bool head = !row || c == 0;
    uint32_t tag = layout_tag(layout, tr, head ? "TH" : "TD");
    if (head)
        layout->tag[tag].scope = row ? "Row" : "Column";
    if (row && row->role == ROW_GROUP)
        layout->tag[tag].span = grid->table->column_count;
    layout_item(layout, flow_page(grid->flow), ITEM_NOTHING, tag);
    return tag;
}

/* Lines `from` to `end` of a row's cells; `tags` are the cells' elements, NULL for decoration. */
static void
draw_cells(struct grid *grid, const struct doc_row *row, const struct paragraph *cells,
           uint32_t from, uint32_t end, const uint32_t *tags)
{
    struct flow *flow = grid->flow;
    uint32_t columns = row && row->role == ROW_GROUP ? 1 : grid->table->column_count;
    float leading = grid->type.leading;
    for (uint32_t c = 0; c < columns; c++) {
        const struct paragraph *cell = &cells[c];
        float lift = row ? 0 : (float)(end - from - cell->count) * leading; /* heads stand low */
        float baseline =
            flow->sheet->y + lift + grid->row_gap * 0.5f + (leading + cell->type.size * 0.7f) / 2;
        paragraph_draw(flow->sheet->layout, flow_page(flow), cell, from,
                       cell->count < end ? cell->count > from ? cell->count : from : end,
                       grid->x[c], baseline, grid->width[c],
                       columns == 1 ? ALIGN_START : grid->table->column[c].align,
                       tags ? tags[c] : TAG_NONE);
    }
}

static void
rule(struct grid *grid, float y, float width, enum ink ink)
{
    float left = flow_left(grid->flow);
    layout_rule(grid->flow->sheet->layout, flow_page(grid->flow), left, y, left + grid->whole, y,
                width, ink);
}

static uint32_t *
tag_row(struct grid *grid, const struct doc_row *row, uint32_t parent)
{
    struct layout *layout = grid->flow->sheet->layout;
    uint32_t columns = row && row->role == ROW_GROUP ? 1 : grid->table->column_count;
    uint32_t *tags = arena_array(layout->arena, columns, sizeof *tags);
    uint32_t tr = layout_tag(layout, parent, "TR");
    for (uint32_t c = 0; c < columns; c++)
        tags[c] = tag_cell(grid, row, tr, c);
    return tags;
}

static void
draw_head(struct grid *grid, bool again)
{
    struct sheet *sheet = grid->flow->sheet;
    uint32_t lines = break_cells(grid, NULL, grid->head), parent = grid->tag;
    if (!again && grid->table->row_count) /* a head needs a body */
        parent = layout_tag(sheet->layout, grid->tag, "THead");
    const uint32_t *tags = again ? NULL : tag_row(grid, NULL, parent);
    draw_cells(grid, NULL, grid->head, 0, lines, tags);
    sheet->y += (float)lines * grid->type.leading + grid->row_gap;
    rule(grid, sheet->y, 0.6f, INK_TEXT);
    sheet->y += 1;
}

static void
go_on(struct grid *grid)
{
    struct sheet *sheet = grid->flow->sheet;
    const char *caption = grid->table->caption, *continued = sheet->doc->words.continued;
    flow_new_page(grid->flow);
    if (caption && caption[0]) {
        const char *text = arena_printf(sheet->layout->arena, "%s%s%s", caption,
                                        continued ? ", " : "", continued ? continued : "");
        layout_text(sheet->layout, flow_page(grid->flow), flow_left(grid->flow), sheet->y + 8,
                    layout_shorten(sheet->layout, text, type_note.size, flow_width(grid->flow)),
                    type_note.size, false, INK_MUTED, ALIGN_START, TAG_NONE);
        sheet->y += 13;
    }
    draw_head(grid, true);
}

/* Height of the rows that must stand on one page, from r on: a group's head with two rows, the rows
 * before a total with it. */
static float
height_together(struct grid *grid, uint32_t r)
{
    const struct doc_table *table = grid->table;
    float height = 0;
    for (uint32_t i = r, wanted = 1; i < table->row_count && i < r + wanted && i < r + 6; i++) {
        const struct doc_row *row = &table->row[i];
        height +=
            (float)break_cells(grid, row, row_of(grid, i)) * grid->type.leading + grid->row_gap;
        if (row->role == ROW_GROUP)
            wanted += 2;
        else if (i + 1 < table->row_count && table->row[i + 1].role == ROW_TOTAL)
            wanted++;
    }
    return height;
}

static void
draw_row(struct grid *grid, uint32_t r, uint32_t *in_five)
{
    struct sheet *sheet = grid->flow->sheet;
    const struct doc_row *row = &grid->table->row[r];
    struct paragraph *cells = row_of(grid, r);
    float together = height_together(grid, r), leading = grid->type.leading;
    uint32_t lines = break_cells(grid, row, cells);
    float page_room = flow_room(grid->flow) + sheet->y - MARGIN_TOP - 60;
    if (flow_room(grid->flow) < fminf(together, page_room))
        go_on(grid);
    if (row->role == ROW_TOTAL)
        rule(grid, sheet->y, 0.6f, INK_TEXT);
    if (row->role == ROW_GROUP)
        sheet->y += grid->row_gap;
    layout_landing(sheet->layout, row->anchor, flow_page(grid->flow), sheet->y);
    const uint32_t *tags = tag_row(grid, row, grid->body);
    for (uint32_t from = 0, end; from < lines; from = end) {
        float fit = (flow_room(grid->flow) - grid->row_gap) / leading;
        uint32_t most = fit < 1 ? 1 : (uint32_t)fit;
        end = lines - from <= most ? lines : from + most;
        draw_cells(grid, row, cells, from, end, tags);
        sheet->y += (float)(end - from) * leading;
        if (end < lines)
            go_on(grid);
    }
    sheet->y += grid->row_gap;
    *in_five = row->role == ROW_BODY ? *in_five + 1 : 0;
    bool last = r + 1 == grid->table->row_count;
    if (row->role == ROW_BODY &&
        (last || (*in_five % 5 == 0 && grid->table->row[r + 1].role == ROW_BODY)))
        rule(grid, sheet->y, 0.4f, last ? INK_RULE : INK_GRID);
}

static void
draw_caption(struct grid *grid)
{
    struct flow *flow = grid->flow;
    struct sheet *sheet = flow->sheet;
    struct paragraph caption =
        flow_set(flow, grid->table->caption, type_small_heading, flow_width(flow));
    uint32_t rows = grid->table->row_count < 3 ? grid->table->row_count : 3;
    uint32_t lines = break_cells(grid, NULL, grid->head);
    float height = (float)caption.count * type_small_heading.leading +
                   (float)lines * grid->type.leading + 2 * grid->row_gap;
    for (uint32_t r = 0; r < rows; r++)
        height +=
            (float)break_cells(grid, &grid->table->row[r], row_of(grid, r)) * grid->type.leading +
            grid->row_gap;
    flow_need(flow, height);
    grid->tag = layout_tag(sheet->layout, flow->tag, "Table");
    if (caption.count)
        sheet->y += flow_put(flow, &caption, flow_left(flow), sheet->y, flow_width(flow),
                             ALIGN_START, layout_tag(sheet->layout, grid->tag, "Caption")) +
                    2;
}

/* A wide table lies on a page of its own, unless one lies here already. */
static void
turn_page(struct flow *flow, bool wide)
{
    struct sheet *sheet = flow->sheet;
    if (!wide) {
        if (sheet->turn)
            flow_new_page(flow);
        return;
    }
    sheet->turn = false;
    if (sheet->landscape)
        return;
    sheet->landscape = true;
    if (flow_at_top(flow))
        sheet->layout->page[flow_page(flow)].landscape = true;
    else
        flow_new_page(flow);
}

void
flow_table(struct flow *flow, const struct doc_table *table)
{
    struct sheet *sheet = flow->sheet;
    struct arena *arena = sheet->layout->arena;
    uint32_t n = table->column_count, in_five = 0;
    struct grid grid = {.flow = flow, .table = table, .type = type_table, .row_gap = 4};
    if (table->small) {
        grid.type.size = FLOOR;
        grid.type.leading = 8.8f;
        grid.row_gap = 2;
    }
    bool wide = table->wide && flow->indent_left + flow->indent_right == 0;
    if (n == 0)
        return;
    turn_page(flow, wide);
    flow_skip(flow, 4);
    grid.head = arena_array(arena, n, sizeof *grid.head);
    grid.cell = arena_array(arena, (size_t)n * table->row_count, sizeof *grid.cell);
    grid.least = arena_array(arena, 5 * (size_t)n, sizeof *grid.least);
    grid.whole_short = grid.least + n;
    grid.most = grid.whole_short + n;
    grid.x = grid.most + n;
    grid.width = grid.x + n;
    shape_cells(&grid);
    share_width(&grid);
    draw_caption(&grid);
    draw_head(&grid, false);
    if (table->row_count)
        grid.body = layout_tag(sheet->layout, grid.tag, "TBody");
    for (uint32_t r = 0; r < table->row_count; r++)
        draw_row(&grid, r, &in_five);
    if (table->note && table->note[0]) {
        struct run run = {.text = table->note};
        sheet->y += 3;
        flow_text(flow, &(struct runs){1, &run}, type_note, "P");
    }
    flow_gap(flow, 10);
    sheet->turn = wide;
}
