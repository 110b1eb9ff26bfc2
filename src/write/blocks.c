/* Each kind of block on paper: one function a kind, found in a table. */
#include "blocks.h"

#include "exhibit_layout.h"

#include <math.h>
#include <string.h>

/* One block of any kind. */
static void
place_one(struct flow *flow, const struct block *block);

/* Takes back what was placed since, but not what was learnt about it. */
static void
go_back(struct sheet *sheet, const struct sheet *before, const struct layout_mark *mark)
{
    bool nearly = sheet->nearly;
    layout_return(sheet->layout, mark);
    *sheet = *before;
    sheet->nearly = nearly;
}

/* Puts things on paper; goes back and puts them on a new page where `place` ran over the end of
 * one that it had not begun on, and would fit on one. */
static void
keep_together(struct flow *flow, const struct block *block,
              void (*place)(struct flow *flow, const struct block *block))
{
    struct sheet *sheet = flow->sheet, before = *sheet;
    struct layout_mark mark = layout_mark(sheet->layout);
    uint32_t page = flow_page(flow);
    bool top = flow_at_top(flow);
    place(flow, block);
    if (top || flow_page(flow) != page + 1)
        return;
    go_back(sheet, &before, &mark);
    flow_new_page(flow);
    place(flow, block);
}

/* What leads to a block arrives at its upper edge. */
static void
land(struct flow *flow, const struct block *block)
{
    struct layout *layout = flow->sheet->layout;
    if (block->kind == BLOCK_DETAILS && !block->on_paper)
        return;
    layout_landing(layout, block->anchor, flow_page(flow), flow->sheet->y);
    for (uint32_t i = 0; i < block->mark_count; i++)
        layout_landing(layout, block->mark[i], flow_page(flow), flow->sheet->y);
}

/* A title in the type of its level. */
static void
place_title(struct flow *flow, const struct block *block, struct type type, bool listed)
{
    struct sheet *sheet = flow->sheet;
    if (sheet->turn)
        flow_new_page(flow);
    struct paragraph title = flow_set(flow, block->title, type, flow_width(flow));
    if (title.count == 0)
        return;
    flow_skip(flow, type.leading * 0.75f);
    flow_need(flow, (float)title.count * type.leading + 2 * type_body.leading);
    uint32_t tag = flow_heading(flow, flow->level);
    if (listed)
        layout_outline(sheet->layout, block->title, flow->level - 1, flow_page(flow), sheet->y);
    land(flow, block);
    sheet->y +=
        flow_put(flow, &title, flow_left(flow), sheet->y, flow_width(flow), ALIGN_START, tag) + 3;
}

static void
place_text(struct flow *flow, const struct block *block, struct type type, float behind)
{
    if (block->text.count == 0)
        return;
    flow_text(flow, &block->text, type, "P");
    flow_gap(flow, behind);
}

static void
place_section(struct flow *flow, const struct block *block)
{
    struct sheet *sheet = flow->sheet;
    struct flow inner = *flow;
    bool was_appendix = sheet->appendix;
    if (block->title && block->title[0])
        sheet->section = block->title;
    sheet->appendix |= block->appendix;
    if ((block->new_page || sheet->appendix != was_appendix) && !flow_at_top(flow))
        flow_new_page(flow);
    struct page *page = &sheet->layout->page[flow_page(flow)];
    if (flow_at_top(flow) || !page->section)
        page->section = sheet->section;
    if (flow_at_top(flow))
        page->appendix = sheet->appendix;
    inner.tag = layout_tag(sheet->layout, flow->tag, "Sect");
    flow_skip(flow, 10);
    place_title(&inner, block, flow->level > 2 ? type_heading : type_section, true);
    if (block->title && block->title[0])
        flow_gap(flow, 3);
    inner.level = flow->level + 1;
    place_text(&inner, block, type_body, 6);
    blocks_place(&inner, block->children);
}

/* A section of the whole doc that ends just behind a page's end, or would have kept on its page
 * what went to the next, is put closer together, if that saves a page. */
static void
place_fitting(struct flow *flow, const struct block *block)
{
    static const float tighter[] = {0.7f, 0.45f, FLOW_TIGHTEST};
    struct sheet *sheet = flow->sheet, before = *sheet;
    struct layout_mark mark = layout_mark(sheet->layout);
    sheet->nearly = false;
    place_section(flow, block);
    uint32_t pages = sheet->layout->page_count;
    float most = flow_room(flow) + sheet->y - MARGIN_TOP;
    bool near = sheet->nearly || sheet->y - MARGIN_TOP <= most / 4;
    if (flow->tag != TAG_DOCUMENT || block->appendix || pages == mark.page_count || !near ||
        sheet->landscape)
        return;
    for (size_t i = 0; i <= sizeof tighter / sizeof *tighter; i++) {
        bool last = i == sizeof tighter / sizeof *tighter;
        go_back(sheet, &before, &mark);
        sheet->tightness = last ? 1 : tighter[i];
        place_section(flow, block);
        sheet->tightness = 1;
        if (sheet->layout->page_count < pages)
            return;
    }
}

static void
place_heading(struct flow *flow, const struct block *block)
{
    struct flow inner = *flow;
    inner.level += block->level > 2;
    place_title(&inner, block, block->level > 2 ? type_small_heading : type_heading,
                block->level <= 2);
}

static void
place_paragraph(struct flow *flow, const struct block *block)
{
    place_text(flow, block, type_body, 6);
}

static void
place_lead(struct flow *flow, const struct block *block)
{
    struct flow inner = *flow;
    /* long lines of large type read badly, but better than those that stand on the next page */
    inner.indent_right += flow_width(flow) * 0.1f * flow->sheet->tightness;
    place_text(&inner, block, type_lead, 5);
}

static void
place_list(struct flow *flow, const struct block *block)
{
    struct layout *layout = flow->sheet->layout;
    if (!block->children)
        return;
    uint32_t list = layout_tag(layout, flow->tag, "L");
    for (const struct block *item = block->children; item; item = item->next) {
        uint32_t entry = layout_tag(layout, list, "LI"), label = layout_tag(layout, entry, "Lbl");
        struct flow inner = *flow;
        flow_need(flow, type_body.leading * 2);
        layout_landing(layout, item->anchor, flow_page(flow), flow->sheet->y);
        layout_text(layout, flow_page(flow), flow_left(flow), flow->sheet->y + 9.8f,
                    TEXT("\xE2\x80\x93"), type_body.size, false, INK_AXIS, ALIGN_START, label);
        inner.indent_left += 11;
        inner.tag = entry;
        flow_text(&inner, &item->text, type_body, "LBody");
        flow_gap(flow, 2.5f);
    }
    flow_gap(flow, 5);
}

static void
fill_table(struct flow *flow, const struct block *block)
{
    flow_table(flow, block->table);
}

/* A short table is not torn apart. */
static void
place_table(struct flow *flow, const struct block *block)
{
    enum { SHORT = 14 };
    if (!block->table)
        return;
    if (block->table->row_count <= SHORT && !block->table->wide)
        keep_together(flow, block, fill_table);
    else
        fill_table(flow, block);
}

static void
rect(struct layout *layout, uint32_t page, const float box[4], enum ink fill, enum ink stroke)
{
    struct item *item = layout_item(layout, page, ITEM_RECT, TAG_NONE);
    item->x = box[0];
    item->y = box[1];
    item->width = box[2];
    item->height = box[3];
    item->ink = fill;
    item->stroke = stroke;
    item->stroke_width = 0.6f;
}

/* A bar beside, or a box around, what was placed since `top` on `first`. */
static void
frame(struct flow *flow, uint32_t first, float top, float thickness, enum ink ink)
{
    struct layout *layout = flow->sheet->layout;
    for (uint32_t p = first; p <= flow_page(flow); p++) {
        float width, height;
        layout_size(layout, p, &width, &height);
        float from = p == first ? top : MARGIN_TOP;
        float to = p == flow_page(flow) ? flow->sheet->y : height - MARGIN_BOTTOM;
        const float bar[] = {flow_left(flow), from, thickness > 0 ? thickness : flow_width(flow),
                             to - from};
        rect(layout, p, bar, thickness > 0 ? ink : INK_NONE, thickness > 0 ? INK_NONE : ink);
    }
}

enum { LINE = 22 /* for handwriting */, LEAST_LINES = 3, LEAST_LINES_TIGHT = 2 };

/* As many lines as are wished and the page has room for, but not so few that they say nothing. */
static int
lines_to_write(const struct flow *flow, const struct block *block)
{
    bool tight = flow->sheet->tightness <= FLOW_TIGHTEST;
    int wished = block->lines > 0 && block->lines < 30 ? block->lines : 4;
    int room = (int)((flow_room(flow) - 12) / LINE),
        least = tight ? LEAST_LINES_TIGHT : LEAST_LINES;
    return room >= wished ? wished : room >= least ? room : least;
}

static void
fill_framed(struct flow *flow, const struct block *block)
{
    struct sheet *sheet = flow->sheet;
    bool judgement = block->kind == BLOCK_JUDGEMENT, ask = block->kind == BLOCK_ASK;
    float padding = judgement ? 8 : 2;
    struct flow inner = *flow;
    flow_skip(flow, 6);
    flow_need(flow, 40);
    uint32_t page = flow_page(flow);
    float top = sheet->y;
    inner.indent_left += 12;
    inner.indent_right += judgement ? 12 : 0;
    layout_landing(sheet->layout, block->anchor, page, top);
    sheet->y += padding;
    struct paragraph title = flow_set(&inner, block->title, type_small_heading, flow_width(&inner));
    if (title.count)
        sheet->y += flow_put(&inner, &title, flow_left(&inner), sheet->y, flow_width(&inner),
                             ALIGN_START, flow_heading(&inner, inner.level)) +
                    1;
    place_text(&inner, block, type_body, block->children ? 4 : 0);
    inner.level++;
    blocks_place(&inner, block->children);
    int lines = judgement ? lines_to_write(&inner, block) : 0;
    for (int i = 0; i < lines; i++) {
        flow_need(&inner, LINE + 12);
        sheet->y += LINE;
        layout_rule(sheet->layout, flow_page(&inner), flow_left(&inner), sheet->y,
                    flow_left(&inner) + flow_width(&inner), sheet->y, 0.4f, INK_RULE);
    }
    sheet->y += judgement ? 12 : padding;
    frame(flow, page, top, judgement ? 0 : ask ? 3 : 0.8f, ask ? INK_ACCENT : INK_RULE);
    flow_gap(flow, 9);
}

static void
place_framed(struct flow *flow, const struct block *block)
{
    keep_together(flow, block, fill_framed);
}

static void
fill_banner(struct flow *flow, const struct block *block)
{
    struct type type = type_body;
    struct flow inner = *flow;
    type.bold = true;
    flow_skip(flow, 4);
    flow_need(flow, 32);
    uint32_t page = flow_page(flow);
    float top = flow->sheet->y;
    inner.indent_left += 12;
    flow->sheet->y += 3;
    flow_text(&inner, &block->text, type, "P");
    flow->sheet->y += 3;
    frame(flow, page, top, 3, INK_BINDING);
    flow_gap(flow, 10);
}

static void
place_banner(struct flow *flow, const struct block *block)
{
    keep_together(flow, block, fill_banner);
}

static void
place_details(struct flow *flow, const struct block *block)
{
    struct flow inner = *flow;
    if (!block->on_paper)
        return;
    place_title(flow, block, type_small_heading, false);
    inner.level++;
    blocks_place(&inner, block->children);
}

/* Two columns; the second goes below where the first runs over the page. */
static void
fill_beside(struct flow *flow, const struct block *block)
{
    enum { GAP = 24 };
    struct sheet *sheet = flow->sheet;
    struct flow column = *flow;
    flow_skip(flow, 8);
    float half = (flow_width(flow) - GAP) / 2, top = sheet->y;
    int heading = sheet->heading; /* of both */
    uint32_t page = flow_page(flow);
    column.top = top;
    column.indent_right += half + GAP;
    place_one(&column, block->children);
    float bottom = sheet->y;
    sheet->heading = heading;
    bool over = flow_page(flow) != page;
    column = *flow;
    if (!over) {
        sheet->y = column.top = top;
        column.indent_left += half + GAP;
    }
    place_one(&column, block->children->next);
    if (!over && flow_page(flow) == page)
        sheet->y = fmaxf(sheet->y, bottom);
}

static void
place_pair(struct flow *flow, const struct block *block)
{
    const struct block *one = block->children, *other = one ? one->next : NULL;
    if (other && !other->next && !(one->exhibit && other->exhibit))
        keep_together(flow, block, fill_beside);
    else
        exhibit_place_pair(flow, block);
}

static void
place_page_break(struct flow *flow, const struct block *block)
{
    (void)block;
    if (!flow_at_top(flow))
        flow_new_page(flow);
}

static void
place_contents(struct flow *flow, const struct block *block)
{
    (void)block;
    flow_contents(flow);
}

static void (*const place[])(struct flow *flow, const struct block *block) = {
    [BLOCK_SECTION] = place_fitting,     [BLOCK_HEADING] = place_heading,
    [BLOCK_PARAGRAPH] = place_paragraph, [BLOCK_LEAD] = place_lead,
    [BLOCK_LIST] = place_list,           [BLOCK_FIGURES] = exhibit_place_figures,
    [BLOCK_TABLE] = place_table,         [BLOCK_EXHIBIT] = exhibit_place,
    [BLOCK_EXHIBIT_PAIR] = place_pair,   [BLOCK_FINDING] = place_framed,
    [BLOCK_ASK] = place_framed,          [BLOCK_JUDGEMENT] = place_framed,
    [BLOCK_BANNER] = place_banner,       [BLOCK_DETAILS] = place_details,
    [BLOCK_CONTENTS] = place_contents,   [BLOCK_PAGE_BREAK] = place_page_break,
};

static void
place_one(struct flow *flow, const struct block *block)
{
    if (block->kind != BLOCK_SECTION || !block->title)
        land(flow, block);
    place[block->kind](flow, block);
}

static bool
is_title(const struct block *block)
{
    return block->kind == BLOCK_HEADING || (block->kind == BLOCK_SECTION && block->title);
}

/* A title, and those that follow at once, with what they are about. Returns the last one placed. */
static const struct block *
place_titled(struct flow *flow, const struct block *block, struct flow *below)
{
    for (;; block = block->next) {
        *below = *flow;
        below->level += block->kind == BLOCK_HEADING ? 1 + (block->level > 2) : 0;
        place[block->kind](flow, block);
        if (block->kind != BLOCK_HEADING || !block->next || block->next->kind == BLOCK_SECTION)
            return block;
        if (block->next->kind != BLOCK_HEADING)
            break;
    }
    place_one(below, block->next);
    return block->next;
}

/* Whether nothing but titles was put on a page since the mark. */
static bool
ends_with_title(const struct layout *layout, uint32_t at, const struct layout_mark *mark)
{
    const struct page *page = &layout->page[at];
    uint32_t from = at + 1 == mark->page_count ? mark->last.count : 0;
    for (uint32_t i = from; i < page->count; i++)
        if (layout->tag[page->item[i].tag].type[0] != 'H')
            return false;
    return page->count > from;
}

void
blocks_place(struct flow *flow, const struct block *block)
{
    struct sheet *sheet = flow->sheet;
    struct flow below = *flow;
    for (; block; block = block->next) {
        if (!is_title(block)) {
            land(flow, block);
            place[block->kind](&below, block);
            continue;
        }
        struct sheet before = *sheet;
        struct layout_mark mark = layout_mark(sheet->layout);
        uint32_t page = flow_page(flow);
        bool top = flow_at_top(flow);
        const struct block *last = place_titled(flow, block, &below);
        if (!top && flow_page(flow) > page && ends_with_title(sheet->layout, page, &mark)) {
            go_back(sheet, &before, &mark);
            flow_new_page(flow);
            last = place_titled(flow, block, &below);
        }
        block = last;
    }
}
