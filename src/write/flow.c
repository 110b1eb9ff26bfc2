/* The running page: room, new pages, text that goes on over pages. */
#include "flow.h"

const struct type type_title = {20, 24, true, INK_TEXT};
const struct type type_section = {13, 16, true, INK_TEXT};
const struct type type_heading = {11, 14, true, INK_TEXT};
const struct type type_small_heading = {9.5f, 12, true, INK_TEXT};
const struct type type_lead = {11.5f, 16, false, INK_TEXT};
const struct type type_body = {9.5f, 13, false, INK_TEXT};
const struct type type_table = {8.5f, 11, false, INK_TEXT};
const struct type type_note = {7.5f, 10, false, INK_MUTED};
const struct type type_value = {16, 19, true, INK_TEXT};

uint32_t
flow_page(const struct flow *flow)
{
    return flow->layout->page_count - 1;
}

float
flow_room(const struct flow *flow)
{
    return flow->layout->height - MARGIN_BOTTOM - flow->y;
}

void
flow_new_page(struct flow *flow)
{
    layout_page(flow->layout, flow->section, flow->appendix);
    flow->y = MARGIN_TOP;
}

void
flow_need(struct flow *flow, float height)
{
    if (flow_room(flow) < height && flow->y > MARGIN_TOP + 1)
        flow_new_page(flow);
}

struct paragraph
flow_set(struct flow *flow, const char *utf8, struct type type, float width)
{
    struct run run = {utf8 ? utf8 : "", RUN_PLAIN, NULL};
    struct runs runs = {1, &run};
    struct paragraph paragraph = paragraph_set(flow->layout, flow->breaker, &runs, type, width);
    if (!utf8 || !utf8[0])
        paragraph.count = 0;
    return paragraph;
}

void
flow_text(struct flow *flow, const struct runs *runs, struct type type, const char *tag)
{
    struct paragraph paragraph =
        paragraph_set(flow->layout, flow->breaker, runs, type, flow->width);
    uint32_t from = 0, element = layout_tag(flow->layout, flow->tag, tag);
    /* two lines at least on either side of a page's end */
    flow_need(flow, type.leading * (float)(paragraph.count < 3 ? paragraph.count : 2));
    while (from < paragraph.count) {
        uint32_t fit = (uint32_t)(flow_room(flow) / type.leading), left = paragraph.count - from;
        if (fit == 0)
            fit = 1;
        if (fit < left && left - fit == 1 && fit > 1)
            fit--;
        uint32_t end = fit < left ? from + fit : paragraph.count;
        flow->y +=
            paragraph_draw(flow->layout, flow_page(flow), &paragraph, from, end, type, flow->left,
                           flow->y + type.size, flow->width, ALIGN_START, element);
        from = end;
        if (from < paragraph.count)
            flow_new_page(flow);
    }
}
