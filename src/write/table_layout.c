/* Tables: widths by content, heads repeated on every page, the last row of a total never alone. */
#include "flow.h"

#include <math.h>
#include <string.h>

enum { GUTTER = 8, ROW_GAP = 4 };

struct grid {
    struct flow *flow;
    const struct doc_table *table;
    float *x, *width; /* of the columns */
    float head_height;
    struct paragraph *cell; /* of the row being set */
    uint32_t tag;
    struct type type;
};

static struct type
cell_type(const struct grid *grid, const struct doc_row *row)
{
    struct type type = grid->type;
    type.bold = row && row->role != ROW_BODY;
    return type;
}

static void
needs_of_column(struct grid *grid, uint32_t c, float *least, float *most)
{
    struct flow *flow = grid->flow;
    const struct runs head = {1, &(struct run){grid->table->column[c].head, RUN_PLAIN, NULL}};
    float one, all;
    paragraph_needs(flow->layout, flow->breaker, &head, grid->type, least, most);
    *most = *least > *most * 0.6f ? *least : *most * 0.6f; /* heads may take two lines */
    for (uint32_t r = 0; r < grid->table->row_count; r++) {
        const struct doc_row *row = &grid->table->row[r];
        if (row->role == ROW_GROUP)
            continue;
        paragraph_needs(flow->layout, flow->breaker, &row->cell[c], cell_type(grid, row), &one,
                        &all);
        if (grid->table->column[c].align == ALIGN_END)
            one = all; /* numbers are never broken */
        *least = fmaxf(*least, one);
        *most = fmaxf(*most, all);
    }
}

/* Every column gets what it needs at least; what is left goes to those that wish for more. */
static void
share_width(struct grid *grid, const float *least, const float *most)
{
    uint32_t n = grid->table->column_count;
    float room = grid->flow->width - (float)(GUTTER * (n - 1)), sum = 0, wishes = 0;
    for (uint32_t c = 0; c < n; c++) {
        sum += least[c];
        wishes += most[c] - least[c];
    }
    for (uint32_t c = 0; c < n; c++) {
        if (sum >= room)
            grid->width[c] = least[c] * room / sum;
        else
            grid->width[c] =
                least[c] +
                (wishes > 0 ? (most[c] - least[c]) * fminf(1, (room - sum) / wishes) : 0);
    }
    float used = (float)(GUTTER * (n - 1));
    for (uint32_t c = 0; c < n; c++)
        used += grid->width[c];
    if (n > 1 &&
        used < grid->flow->width * 0.98f) /* the first column takes the rest: figures stand right */
        grid->width[0] += grid->flow->width - used;
    float x = grid->flow->left;
    for (uint32_t c = 0; c < n; c++) {
        grid->x[c] = x;
        x += grid->width[c] + GUTTER;
    }
}

static float
set_cells(struct grid *grid, const struct doc_row *row)
{
    uint32_t lines = 1;
    for (uint32_t c = 0; c < grid->table->column_count; c++) {
        struct run head = {grid->table->column[c].head, RUN_PLAIN, NULL};
        struct runs runs = row ? row->cell[c] : (struct runs){1, &head};
        float width = row && row->role == ROW_GROUP ? grid->flow->width : grid->width[c];
        grid->cell[c] = paragraph_set(grid->flow->layout, grid->flow->breaker, &runs,
                                      cell_type(grid, row), width + 0.05f);
        if (grid->cell[c].count > lines)
            lines = grid->cell[c].count;
        if (row && row->role == ROW_GROUP)
            break;
    }
    return (float)lines * grid->type.leading + ROW_GAP;
}

static void
draw_cells(struct grid *grid, const struct doc_row *row, float height, bool artifact)
{
    struct flow *flow = grid->flow;
    struct layout *layout = flow->layout;
    uint32_t page = flow_page(flow), tr = artifact ? TAG_NONE : layout_tag(layout, grid->tag, "TR");
    uint32_t columns = row && row->role == ROW_GROUP ? 1 : grid->table->column_count;
    for (uint32_t c = 0; c < columns; c++) {
        bool is_head = !row || c == 0;
        uint32_t tag = artifact ? TAG_NONE : layout_tag(layout, tr, is_head ? "TH" : "TD");
        if (is_head && !artifact)
            layout->tag[tag].scope = row ? "Row" : "Column";
        struct type type = cell_type(grid, row);
        if (!row)
            type.ink = INK_SECONDARY;
        float lift = row ? 0 : height - ROW_GAP - (float)grid->cell[c].count * grid->type.leading;
        paragraph_draw(layout, page, &grid->cell[c], 0, grid->cell[c].count, type, grid->x[c],
                       flow->y + lift + grid->type.size + 1, grid->width[c],
                       grid->table->column[c].align, tag);
    }
}

static void
draw_head(struct grid *grid, bool again)
{
    struct flow *flow = grid->flow;
    float height = set_cells(grid, NULL);
    draw_cells(grid, NULL, height, again);
    flow->y += height;
    layout_rule(flow->layout, flow_page(flow), flow->left, flow->y - 1, flow->left + flow->width,
                flow->y - 1, 0.6f, INK_TEXT);
    flow->y += 2;
}

/* Whether the row after this one must stay with it: a group's head, or a total to come. */
static bool
binds_next(const struct doc_table *table, uint32_t r)
{
    return r + 1 < table->row_count &&
           (table->row[r].role == ROW_GROUP || table->row[r + 1].role == ROW_TOTAL);
}

static void
draw_row(struct grid *grid, uint32_t r)
{
    struct flow *flow = grid->flow;
    const struct doc_row *row = &grid->table->row[r];
    float height = set_cells(grid, row);
    float together = height + (binds_next(grid->table, r) ? height : 0);
    if (flow_room(flow) < together) {
        flow_new_page(flow);
        draw_head(grid, true);
        set_cells(grid, row);
    }
    if (row->role == ROW_TOTAL)
        layout_rule(flow->layout, flow_page(flow), flow->left, flow->y - 1,
                    flow->left + flow->width, flow->y - 1, 0.6f, INK_TEXT);
    layout_landing(flow->layout, row->anchor, flow_page(flow), flow->y);
    draw_cells(grid, row, height, false);
    flow->y += height;
    if (row->role == ROW_BODY && (r + 1 == grid->table->row_count || r % 5 == 4))
        layout_rule(flow->layout, flow_page(flow), flow->left, flow->y - 1,
                    flow->left + flow->width, flow->y - 1, 0.4f, INK_GRID);
}

void
flow_table(struct flow *flow, const struct doc_table *table)
{
    struct arena *arena = flow->layout->arena;
    uint32_t n = table->column_count;
    struct grid grid = {.flow = flow, .table = table, .type = type_table};
    grid.x = arena_array(arena, n, sizeof *grid.x);
    grid.width = arena_array(arena, n, sizeof *grid.width);
    grid.cell = arena_array(arena, n, sizeof *grid.cell);
    float *least = arena_array(arena, n, sizeof *least),
          *most = arena_array(arena, n, sizeof *most);
    if (n == 0)
        return;
    for (uint32_t c = 0; c < n; c++)
        needs_of_column(&grid, c, &least[c], &most[c]);
    float sum = (float)(GUTTER * (n - 1));
    for (uint32_t c = 0; c < n; c++)
        sum += least[c];
    if (sum > flow->width) /* smaller type before broken numbers */
        grid.type.size = fmaxf(7, grid.type.size * flow->width / sum);
    share_width(&grid, least, most);
    struct paragraph caption = flow_set(flow, table->caption, type_small_heading, flow->width);
    flow_need(flow, (float)caption.count * type_small_heading.leading +
                        4 * (type_table.leading + ROW_GAP));
    grid.tag = layout_tag(flow->layout, flow->tag, "Table");
    if (table->caption && table->caption[0]) {
        uint32_t tag = layout_tag(flow->layout, grid.tag, "Caption");
        flow->y += paragraph_draw(flow->layout, flow_page(flow), &caption, 0, caption.count,
                                  type_small_heading, flow->left, flow->y + type_small_heading.size,
                                  flow->width, ALIGN_START, tag);
        flow->y += 4;
    }
    draw_head(&grid, false);
    for (uint32_t r = 0; r < table->row_count; r++)
        draw_row(&grid, r);
    if (table->note && table->note[0]) {
        struct runs note = {1, &(struct run){table->note, RUN_PLAIN, NULL}};
        flow->y += 2;
        flow_text(flow, &note, type_note, "P");
    }
    flow->y += 8;
}
