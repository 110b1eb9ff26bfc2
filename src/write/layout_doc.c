/* A whole doc on pages: the cover's lines, the blocks, and what can be said at the end only. */
#include "blocks.h"

static void
place_cover(struct flow *flow)
{
    struct sheet *sheet = flow->sheet;
    const struct doc *doc = sheet->doc;
    struct type second = type_body;
    second.ink = INK_SECONDARY;
    const char *const lines[] = {doc->subtitle, doc->reconciliation};
    struct paragraph title = flow_set(flow, doc->title, type_title, flow_width(flow));
    if (title.count)
        sheet->y += flow_put(flow, &title, flow_left(flow), sheet->y, flow_width(flow), ALIGN_START,
                             flow_heading(flow, 1)) +
                    2;
    for (size_t i = 0; i < 2; i++) {
        struct run run = {.text = lines[i], .style = i ? RUN_MUTED : RUN_PLAIN};
        if (lines[i] && lines[i][0])
            flow_text(flow, &(struct runs){1, &run}, second, "P");
    }
    sheet->y += 8;
}

static struct layout *
place_all(const struct doc *doc, struct fonts *fonts, struct arena *arena, bool without_contents)
{
    struct sheet sheet = {.doc = doc,
                          .layout = layout_new(arena, fonts, doc),
                          .breaker = linebreak_open(doc->lang ? doc->lang : "en"),
                          .without_contents = without_contents};
    if (!sheet.breaker)
        sheet.breaker = linebreak_open("en");
    struct flow flow = {.sheet = &sheet, .tag = TAG_DOCUMENT, .level = 2};
    flow_new_page(&flow);
    place_cover(&flow);
    blocks_place(&flow, doc->blocks);
    flow_fill_contents(&sheet);
    flow_margins(&sheet);
    linebreak_close(sheet.breaker);
    return sheet.layout;
}

/* Laid out from left to right, a doc of the other direction is the mirror image: every thing keeps
 * its width and its inside. */
static void
mirror(struct layout *layout)
{
    for (uint32_t p = 0; p < layout->page_count; p++) {
        float width, height;
        layout_size(layout, p, &width, &height);
        const struct item *scene = NULL;
        float moved = 0; /* a chart and its texts */
        for (uint32_t i = 0; i < layout->page[p].count; i++) {
            struct item *item = &layout->page[p].item[i];
            if (scene && item->tag == scene->tag) {
                item->x += moved;
                continue;
            }
            float x = width - item->x - item->width;
            scene = item->kind == ITEM_SCENE ? item : NULL;
            moved = x - item->x;
            item->x = x;
            if (scene)
                layout->tag[item->tag].box[0] = x;
        }
    }
}

struct layout *
layout_doc(const struct doc *doc, struct fonts *fonts, struct arena *arena)
{
    enum { LEAST_PAGES = 4 /* fewer need no table of contents */ };
    struct layout *layout = place_all(doc, fonts, arena, false);
    if (layout->page_count < LEAST_PAGES)
        for (uint32_t t = 0; t < layout->tag_count; t++)
            if (layout->tag[t].type[0] == 'T' && layout->tag[t].type[2] == 'C') { /* TOC */
                layout = place_all(doc, fonts, arena, true);
                break;
            }
    if (layout->right_to_left)
        mirror(layout);
    return layout;
}
