/* The running page: room, new pages, text that goes on over pages. */
#include "flow.h"

const struct type type_title = {20, 24, true, INK_TEXT};
const struct type type_section = {13, 16, true, INK_TEXT};
const struct type type_heading = {11, 14, true, INK_TEXT};
const struct type type_small_heading = {9.5f, 12, true, INK_TEXT};
const struct type type_lead = {12, 16, false, INK_TEXT};
const struct type type_body = {9.5f, 13, false, INK_TEXT};
const struct type type_table = {8.5f, 11, false, INK_TEXT};
const struct type type_note = {7.5f, 10, false, INK_MUTED};
const struct type type_value = {17, 20, true, INK_TEXT};

uint32_t
flow_page(const struct flow *flow)
{
    return flow->sheet->layout->page_count - 1;
}

float
flow_left(const struct flow *flow)
{
    return MARGIN_SIDE + flow->indent_left;
}

float
flow_width(const struct flow *flow)
{
    float width, height;
    layout_size(flow->sheet->layout, flow_page(flow), &width, &height);
    return width - 2 * MARGIN_SIDE - flow->indent_left - flow->indent_right;
}

float
flow_room(const struct flow *flow)
{
    float width, height;
    layout_size(flow->sheet->layout, flow_page(flow), &width, &height);
    return height - MARGIN_BOTTOM - flow->sheet->y;
}

bool
flow_at_top(const struct flow *flow)
{
    return flow->sheet->y < MARGIN_TOP + 1;
}

void
flow_new_page(struct flow *flow)
{
    struct sheet *sheet = flow->sheet;
    if (sheet->turn)
        sheet->landscape = sheet->turn = false;
    layout_page(sheet->layout, sheet->section, sheet->appendix, sheet->landscape);
    sheet->y = MARGIN_TOP;
    sheet->gaps = 0;
}

void
flow_miss(struct flow *flow, float height)
{
    struct sheet *sheet = flow->sheet;
    sheet->nearly |= height - flow_room(flow) < sheet->gaps * (1 - FLOW_TIGHTEST);
}

void
flow_need(struct flow *flow, float height)
{
    struct sheet *sheet = flow->sheet;
    if (!sheet->turn && (height <= flow_room(flow) || flow_at_top(flow)))
        return;
    if (!sheet->turn)
        flow_miss(flow, height);
    flow_new_page(flow);
}

void
flow_gap(struct flow *flow, float height)
{
    flow->sheet->y += height * flow->sheet->tightness;
    flow->sheet->gaps += height;
}

void
flow_skip(struct flow *flow, float height)
{
    if (!flow_at_top(flow) && flow->sheet->y > flow->top + 0.01f)
        flow_gap(flow, height);
}

struct paragraph
flow_set_lines(struct flow *flow, const char *utf8, struct type type, float width, uint32_t lines)
{
    struct layout *layout = flow->sheet->layout;
    struct run run = {.text = utf8 ? utf8 : ""};
    const struct runs runs = {1, &run};
    struct paragraph set = paragraph_set(layout, flow->sheet->breaker, &runs, type, width);
    for (uint32_t drop = 1; set.count > lines; drop++) {
        const struct set_line *last = &set.line[lines - 1];
        uint32_t end = set.unit[last->to > last->from ? last->to - 1 : last->from].end;
        end = end > drop ? end - drop : 0;
        struct text kept = {set.text.bytes, end};
        while (kept.length && ((unsigned char)kept.bytes[kept.length] & 0xC0) == 0x80)
            kept.length--;
        run.text = arena_printf(layout->arena, "%.*s\xE2\x80\xA6", (int)kept.length, kept.bytes);
        struct paragraph shorter = paragraph_set(layout, flow->sheet->breaker, &runs, type, width);
        if (shorter.count <= lines || kept.length == 0)
            return shorter;
    }
    return set;
}

struct paragraph
flow_set(struct flow *flow, const char *utf8, struct type type, float width)
{
    enum { LINES = 12 };
    return flow_set_lines(flow, utf8, type, width, LINES);
}

float
flow_put(struct flow *flow, const struct paragraph *paragraph, float x, float top, float width,
         enum align align, uint32_t tag)
{
    /* the baseline stands where the type's height and its leading leave equal room */
    float baseline = top + (paragraph->type.leading + paragraph->type.size * 0.7f) / 2;
    return paragraph_draw(flow->sheet->layout, flow_page(flow), paragraph, 0, paragraph->count, x,
                          baseline, width, align, tag);
}

uint32_t
flow_heading(struct flow *flow, int level)
{
    static const char *const types[] = {"H1", "H1", "H2", "H3", "H4", "H5", "H6"};
    struct sheet *sheet = flow->sheet;
    level = level > 6 ? 6 : level;
    if (level > sheet->heading + 1)
        level = sheet->heading + 1;
    sheet->heading = level;
    return layout_tag(sheet->layout, flow->tag, types[level]);
}

/* Lines from `from` that go on this page: not one alone on either side of its end. */
static uint32_t
lines_here(const struct flow *flow, const struct paragraph *paragraph, uint32_t from)
{
    uint32_t left = paragraph->count - from;
    float room = flow_room(flow) / paragraph->type.leading;
    uint32_t fit = room < 1 ? 1 : (uint32_t)room;
    if (fit >= left)
        return left;
    return left - fit == 1 && fit > 2 ? fit - 1 : fit;
}

void
flow_text(struct flow *flow, const struct runs *runs, struct type type, const char *tag)
{
    struct sheet *sheet = flow->sheet;
    struct paragraph paragraph = paragraph_new(sheet->layout, sheet->breaker, runs, type);
    if (sheet->turn)
        flow_new_page(flow);
    paragraph_break(sheet->layout, &paragraph, flow_width(flow));
    if (paragraph.count == 0)
        return;
    uint32_t element = layout_tag(sheet->layout, flow->tag, tag);
    flow_need(flow, type.leading * (float)(paragraph.count < 4 ? paragraph.count : 2));
    for (uint32_t from = 0, end; from < paragraph.count; from = end) {
        if (from)
            flow_new_page(flow);
        end = from + lines_here(flow, &paragraph, from);
        sheet->y +=
            paragraph_draw(sheet->layout, flow_page(flow), &paragraph, from, end, flow_left(flow),
                           sheet->y + (type.leading + type.size * 0.7f) / 2, flow_width(flow),
                           ALIGN_START, element);
    }
}
