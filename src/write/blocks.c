/* Each kind of block on paper, and a whole doc with its margins. */
#include "flow.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
place_blocks(struct flow *flow, const struct block *block);

/* A heading, with room for some of what follows. */
static void
place_title(struct flow *flow, const char *title, struct type type, const char *tag, int level,
            float before, float keep)
{
    struct paragraph paragraph = flow_set(flow, title, type, flow->width);
    if (paragraph.count == 0)
        return;
    float height = (float)paragraph.count * type.leading;
    if (flow->y > MARGIN_TOP + 1)
        flow->y += before;
    flow_need(flow, height + keep);
    uint32_t element = layout_tag(flow->layout, flow->tag, tag);
    if (level)
        layout_outline(flow->layout, title, level, flow_page(flow), flow->y);
    flow->y += paragraph_draw(flow->layout, flow_page(flow), &paragraph, 0, paragraph.count, type,
                              flow->left, flow->y + type.size, flow->width, ALIGN_START, element);
    flow->y += 3;
}

static void
place_section(struct flow *flow, const struct block *block)
{
    struct flow inner = *flow;
    inner.section = block->title ? block->title : flow->section;
    inner.appendix = flow->appendix || block->appendix;
    inner.tag = layout_tag(flow->layout, flow->tag, "Sect");
    if ((block->new_page || inner.appendix != flow->appendix) && flow->y > MARGIN_TOP + 1)
        flow_new_page(&inner);
    else
        flow->layout->page[flow_page(flow)].section = inner.section;
    layout_landing(flow->layout, block->anchor, flow_page(&inner), inner.y);
    place_title(&inner, block->title, type_section, "H2", 1, 18, 60);
    inner.y += 2;
    place_blocks(&inner, block->children);
    flow->y = inner.y;
    flow->appendix = inner.appendix;
}

static void
place_figures(struct flow *flow, const struct block *block)
{
    uint32_t columns = block->figure_count < 3 ? block->figure_count : 3;
    if (columns == 0)
        return;
    float gutter = 16, width = (flow->width - gutter * (float)(columns - 1)) / (float)columns;
    for (uint32_t first = 0; first < block->figure_count; first += columns) {
        float tallest = 0, heights[3] = {0};
        struct paragraph part[3][3];
        uint32_t end =
            first + columns < block->figure_count ? first + columns : block->figure_count;
        for (uint32_t i = first; i < end; i++) {
            const struct doc_figure *figure = &block->figure[i];
            struct paragraph *set = part[i - first];
            char value[256];
            snprintf(value, sizeof value, "%s%s%s", figure->value ? figure->value : "",
                     figure->unit && figure->unit[0] ? " " : "", figure->unit ? figure->unit : "");
            set[0] = flow_set(flow, figure->label, type_table, width);
            set[1] = flow_set(flow, arena_string(flow->layout->arena, value), type_value, width);
            set[2] = flow_set(flow, figure->detail, type_note, width);
            heights[i - first] = 8 + (float)set[0].count * type_table.leading +
                                 (float)set[1].count * type_value.leading +
                                 (float)set[2].count * type_note.leading;
            tallest = fmaxf(tallest, heights[i - first]);
        }
        flow_need(flow, tallest + 6);
        for (uint32_t i = first; i < end; i++) {
            const struct type types[] = {type_table, type_value, type_note};
            float x = flow->left + (float)(i - first) * (width + gutter), y = flow->y + 6;
            uint32_t page = flow_page(flow), tag = layout_tag(flow->layout, flow->tag, "P");
            layout_landing(flow->layout, block->figure[i].anchor, page, flow->y);
            layout_rule(flow->layout, page, x, flow->y, x + width, flow->y, 0.5f, INK_RULE);
            for (int t = 0; t < 3; t++)
                y += paragraph_draw(flow->layout, page, &part[i - first][t], 0,
                                    part[i - first][t].count, types[t], x, y + types[t].size, width,
                                    ALIGN_START, tag);
        }
        flow->y += tallest + 10;
    }
}

struct set_exhibit {
    struct paragraph title, subtitle, note;
    float scale, height;
};

static struct set_exhibit
set_exhibit(struct flow *flow, const struct doc_exhibit *exhibit, float width)
{
    struct set_exhibit set = {.scale = 1};
    set.title = flow_set(flow, exhibit->title, type_small_heading, width);
    set.subtitle = flow_set(flow, exhibit->subtitle, type_note, width);
    set.note = flow_set(flow, exhibit->note, type_note, width);
    set.height = (float)set.title.count * type_small_heading.leading +
                 (float)(set.subtitle.count + set.note.count) * type_note.leading + 8;
    if (exhibit->scene) {
        float most = flow->layout->height - MARGIN_TOP - MARGIN_BOTTOM - set.height - 20;
        set.scale = fminf(
            1, fminf(width / (float)exhibit->scene->width, most / (float)exhibit->scene->height));
        set.height += (float)exhibit->scene->height * set.scale;
    }
    return set;
}

static void
draw_exhibit(struct flow *flow, const struct doc_exhibit *exhibit, const struct set_exhibit *set,
             float x, float width)
{
    struct layout *layout = flow->layout;
    uint32_t page = flow_page(flow), title = layout_tag(layout, flow->tag, "P");
    float y = flow->y;
    layout_landing(layout, exhibit->anchor, page, y);
    y += paragraph_draw(layout, page, &set->title, 0, set->title.count, type_small_heading, x,
                        y + type_small_heading.size, width, ALIGN_START, title);
    y += paragraph_draw(layout, page, &set->subtitle, 0, set->subtitle.count, type_note, x,
                        y + type_note.size, width, ALIGN_START, title);
    y += 4;
    if (exhibit->scene) {
        uint32_t figure = layout_tag(layout, flow->tag, "Figure");
        float height = (float)exhibit->scene->height * set->scale;
        layout->tag[figure].alternative =
            exhibit->alternative && exhibit->alternative[0] ? exhibit->alternative : exhibit->title;
        layout->tag[figure].page = page;
        const float box[4] = {x, y, (float)exhibit->scene->width * set->scale, height};
        memcpy(layout->tag[figure].box, box, sizeof box);
        struct item *item = layout_item(layout, page, ITEM_SCENE, figure);
        item->x = x;
        item->y = y;
        item->width = box[2];
        item->height = height;
        item->scale = set->scale;
        item->scene = exhibit->scene;
        y += height;
    }
    if (set->note.count)
        paragraph_draw(layout, page, &set->note, 0, set->note.count, type_note, x,
                       y + type_note.size + 2, width, ALIGN_START,
                       layout_tag(layout, flow->tag, "P"));
}

static void
place_exhibit(struct flow *flow, const struct block *block)
{
    struct set_exhibit set = set_exhibit(flow, block->exhibit, flow->width);
    flow_need(flow, set.height);
    draw_exhibit(flow, block->exhibit, &set, flow->left, flow->width);
    flow->y += set.height + 14;
}

static void
place_pair(struct flow *flow, const struct block *block)
{
    const struct block *one = block->children, *other = one ? one->next : NULL;
    if (!one || !one->exhibit || !other || !other->exhibit) {
        place_blocks(flow, block->children);
        return;
    }
    float gutter = 20, width = (flow->width - gutter) / 2;
    struct set_exhibit left = set_exhibit(flow, one->exhibit, width),
                       right = set_exhibit(flow, other->exhibit, width);
    flow_need(flow, fmaxf(left.height, right.height));
    draw_exhibit(flow, one->exhibit, &left, flow->left, width);
    draw_exhibit(flow, other->exhibit, &right, flow->left + width + gutter, width);
    flow->y += fmaxf(left.height, right.height) + 14;
}

static void
place_list(struct flow *flow, const struct block *block)
{
    uint32_t list = layout_tag(flow->layout, flow->tag, "L");
    for (const struct block *item = block->children; item; item = item->next) {
        uint32_t entry = layout_tag(flow->layout, list, "LI");
        struct flow inner = *flow;
        flow_need(&inner, type_body.leading * 2);
        layout_text(flow->layout, flow_page(&inner), flow->left, inner.y + type_body.size,
                    TEXT("\xE2\x80\x93"), type_body.size, false, INK_SECONDARY, ALIGN_START,
                    layout_tag(flow->layout, entry, "Lbl"));
        inner.left += 12;
        inner.width -= 12;
        inner.tag = entry;
        flow_text(&inner, &item->text, type_body, "LBody");
        flow->y = inner.y + 2;
    }
    flow->y += 6;
}

/* A frame of its own: a bar at the left, or a box for handwriting. */
static void
place_framed(struct flow *flow, const struct block *block)
{
    bool judgement = block->kind == BLOCK_JUDGEMENT, ask = block->kind == BLOCK_ASK;
    struct flow inner = *flow;
    float lines = judgement ? (float)(block->lines ? block->lines : 4) * 20 : 0;
    flow_need(&inner, 34 + lines);
    uint32_t page = flow_page(&inner);
    float top = inner.y;
    inner.left += 12;
    inner.width -= 20;
    inner.y += 5;
    layout_landing(flow->layout, block->anchor, page, top);
    place_title(&inner, block->title, type_small_heading, "P", 0, 0, 12);
    if (block->text.count)
        flow_text(&inner, &block->text, type_body, "P");
    place_blocks(&inner, block->children);
    for (float y = inner.y + 18; judgement && y <= inner.y + lines; y += 20)
        layout_rule(flow->layout, flow_page(&inner), inner.left, y, inner.left + inner.width, y,
                    0.4f, INK_RULE);
    inner.y += lines + 5;
    if (flow_page(&inner) == page) {
        struct item *bar = layout_item(flow->layout, page, ITEM_RECT, TAG_NONE);
        bar->x = flow->left;
        bar->y = top;
        bar->width = judgement ? flow->width : ask ? 3 : 1.2f;
        bar->height = inner.y - top;
        bar->ink = judgement ? INK_NONE : ask ? INK_ACCENT : INK_RULE;
        bar->stroke = judgement ? INK_RULE : INK_NONE;
        bar->stroke_width = 0.6f;
    }
    flow->y = inner.y + 8;
}

static void
place_banner(struct flow *flow, const struct block *block)
{
    struct type type = type_body;
    struct flow inner = *flow;
    type.bold = true;
    inner.left += 10;
    inner.width -= 20;
    flow_need(&inner, 40);
    uint32_t page = flow_page(&inner);
    float top = inner.y;
    inner.y += 6;
    flow_text(&inner, &block->text, type, "P");
    inner.y += 6;
    if (flow_page(&inner) == page) {
        struct item *box = layout_item(flow->layout, page, ITEM_RECT, TAG_NONE);
        box->x = flow->left;
        box->y = top;
        box->width = flow->width;
        box->height = inner.y - top;
        box->stroke = INK_BINDING;
        box->stroke_width = 1.2f;
    }
    flow->y = inner.y + 10;
}

static void
place_block(struct flow *flow, const struct block *block)
{
    if (block->anchor && block->kind != BLOCK_SECTION)
        layout_landing(flow->layout, block->anchor, flow_page(flow), flow->y);
    switch (block->kind) {
    case BLOCK_SECTION:
        place_section(flow, block);
        break;
    case BLOCK_HEADING:
        place_title(flow, block->title, block->level > 2 ? type_small_heading : type_heading,
                    block->level > 2 ? "H4" : "H3", block->level > 2 ? 0 : 2, 10, 50);
        break;
    case BLOCK_PARAGRAPH:
        flow_text(flow, &block->text, type_body, "P");
        flow->y += 6;
        break;
    case BLOCK_LEAD:
        flow_text(flow, &block->text, type_lead, "P");
        flow->y += 4;
        break;
    case BLOCK_LIST:
        place_list(flow, block);
        break;
    case BLOCK_FIGURES:
        place_figures(flow, block);
        break;
    case BLOCK_TABLE:
        flow_table(flow, block->table);
        break;
    case BLOCK_EXHIBIT:
        place_exhibit(flow, block);
        break;
    case BLOCK_EXHIBIT_PAIR:
        place_pair(flow, block);
        break;
    case BLOCK_FINDING:
    case BLOCK_ASK:
    case BLOCK_JUDGEMENT:
        place_framed(flow, block);
        break;
    case BLOCK_BANNER:
        place_banner(flow, block);
        break;
    case BLOCK_DETAILS:
        if (block->on_paper)
            place_blocks(flow, block->children);
        break;
    case BLOCK_PAGE_BREAK:
        flow_new_page(flow);
        break;
    case BLOCK_CONTENTS:
        break;
    }
}

static void
place_blocks(struct flow *flow, const struct block *block)
{
    for (; block; block = block->next)
        place_block(flow, block);
}

static void
place_cover(struct flow *flow)
{
    const struct doc *doc = flow->doc;
    struct type second = type_body;
    second.ink = INK_SECONDARY;
    const char *const lines[] = {doc->subtitle, doc->reconciliation};
    place_title(flow, doc->title, type_title, "H1", 0, 0, 0);
    for (size_t i = 0; i < 2; i++)
        if (lines[i] && lines[i][0]) {
            struct runs runs = {1, &(struct run){lines[i], RUN_PLAIN, NULL}};
            flow_text(flow, &runs, second, "P");
        }
    flow->y += 12;
}

/* "Page {page} of {pages}" with the two marks filled in. */
static const char *
number_page(struct layout *layout, const struct doc_words *words, const struct page *page,
            uint32_t at)
{
    char out[128] = "", number[24];
    const char *pattern = words->page_of ? words->page_of : "{page} / {pages}";
    size_t length = 0;
    snprintf(number, sizeof number, "%s%u",
             page->appendix && words->appendix_prefix ? words->appendix_prefix : "",
             page->appendix ? page->number : at + 1);
    while (*pattern && length + 24 < sizeof out) {
        if (strncmp(pattern, "{page}", 6) == 0) {
            length += (size_t)snprintf(out + length, sizeof out - length, "%s", number);
            pattern += 6;
        } else if (strncmp(pattern, "{pages}", 7) == 0) {
            length += (size_t)snprintf(out + length, sizeof out - length, "%u", layout->page_count);
            pattern += 7;
        } else {
            out[length++] = *pattern++;
            out[length] = '\0';
        }
    }
    return arena_string(layout->arena, out);
}

static void
draw_margins(struct layout *layout, const struct doc *doc)
{
    float right = layout->width - MARGIN_SIDE, foot = layout->height - 26;
    const char *parts[] = {doc->classification, doc->as_of, doc->run_id, doc->footer};
    char line[400] = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && parts[i][0])
            snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s",
                     line[0] ? "  \xC2\xB7  " : "", parts[i]);
    for (uint32_t p = 0; p < layout->page_count; p++) {
        const struct page *page = &layout->page[p];
        layout_rule(layout, p, MARGIN_SIDE, foot - 12, right, foot - 12, 0.4f, INK_RULE);
        layout_text(layout, p, MARGIN_SIDE, foot, text_of(line), 7.5f, false, INK_MUTED,
                    ALIGN_START, TAG_NONE);
        layout_text(layout, p, right, foot, text_of(number_page(layout, &doc->words, page, p)),
                    7.5f, false, INK_MUTED, ALIGN_END, TAG_NONE);
        layout_text(layout, p, MARGIN_SIDE, 34, text_of(p ? doc->title : doc->company), 7.5f, false,
                    INK_MUTED, ALIGN_START, TAG_NONE);
        if (p && page->section)
            layout_text(layout, p, right, 34, text_of(page->section), 7.5f, false, INK_MUTED,
                        ALIGN_END, TAG_NONE);
    }
}

struct layout *
layout_doc(const struct doc *doc, struct fonts *fonts, struct arena *arena)
{
    struct flow flow = {.doc = doc,
                        .layout = layout_new(arena, fonts, doc->paper),
                        .left = MARGIN_SIDE,
                        .tag = TAG_DOCUMENT};
    flow.breaker = linebreak_open(doc->lang);
    flow.width = flow.layout->width - 2 * MARGIN_SIDE;
    flow_new_page(&flow);
    place_cover(&flow);
    place_blocks(&flow, doc->blocks);
    draw_margins(flow.layout, doc);
    linebreak_close(flow.breaker);
    return flow.layout;
}
