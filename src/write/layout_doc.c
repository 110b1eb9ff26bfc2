/* A whole doc on pages: the cover's lines, the blocks, and what can be said at the end only. */
#include "blocks.h"

#include <math.h>
#include <string.h>

/* At the right of the title; its room there, 0 without one. */
static float
place_logo(struct flow *flow)
{
    enum { HIGH = 36, WIDE = 150, GAP = 18 };
    struct layout *layout = flow->sheet->layout;
    const struct doc *doc = flow->sheet->doc;
    if (layout->logo.png.width == 0)
        return 0;
    float width = (float)layout->logo.png.width, height = (float)layout->logo.png.height;
    float scale = fminf(HIGH / height, WIDE / width);
    uint32_t tag = layout_tag(layout, flow->tag, "Figure");
    struct item *item = layout_item(layout, flow_page(flow), ITEM_IMAGE, tag);
    item->width = width * scale;
    item->height = height * scale;
    item->x = flow_left(flow) + flow_width(flow) - item->width;
    item->y = flow->sheet->y;
    const float box[4] = {item->x, item->y, item->width, item->height};
    memcpy(layout->tag[tag].box, box, sizeof box);
    layout->tag[tag].page = flow_page(flow);
    layout->tag[tag].alternative = doc->company && doc->company[0] ? doc->company : doc->title;
    return item->width + GAP;
}

static void
place_cover(struct flow *flow)
{
    struct sheet *sheet = flow->sheet;
    const struct doc *doc = sheet->doc;
    struct type second = type_body;
    second.ink = INK_SECONDARY;
    const char *const lines[] = {doc->subtitle, doc->reconciliation};
    flow->indent_right = place_logo(flow);
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
    flow->indent_right = 0;
    sheet->y += 8;
    if (!sheet->contents_placed)
        flow_contents(flow);
}

/* Whether the doc says itself where its contents stand. */
static bool
has_contents(const struct block *block)
{
    for (; block; block = block->next)
        if (block->kind == BLOCK_CONTENTS || has_contents(block->children))
            return true;
    return false;
}

static struct layout *
place_all(const struct doc *doc, struct fonts *fonts, struct arena *arena,
          const struct picture *logo, bool without_contents)
{
    struct sheet sheet = {.doc = doc,
                          .layout = layout_new(arena, fonts, doc),
                          .breaker = linebreak_open(doc->lang ? doc->lang : "en"),
                          .tightness = 1,
                          .contents_placed = has_contents(doc->blocks),
                          .without_contents = without_contents};
    sheet.layout->logo = *logo;
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
    struct picture logo = {0};
    const char *fault = doc->logo ? picture_read(arena, doc->logo, &logo) : NULL;
    struct layout *layout = place_all(doc, fonts, arena, &logo, false);
    if (layout->page_count < LEAST_PAGES)
        for (uint32_t t = 0; t < layout->tag_count; t++)
            if (strcmp(layout->tag[t].type, "TOC") == 0) {
                layout = place_all(doc, fonts, arena, &logo, true);
                break;
            }
    if (fault)
        layout->fault = arena_printf(arena, "the logo %s %s", doc->logo, fault);
    if (layout->right_to_left)
        mirror(layout);
    return layout;
}
