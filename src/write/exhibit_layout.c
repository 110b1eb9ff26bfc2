#include "exhibit_layout.h"

#include "blocks.h"

#include <math.h>
#include <string.h>

enum { PAIR_GAP = 24, FIGURE_GAP = 18, FIGURES = 3 /* a row */ };

struct set_exhibit {
    struct paragraph title, subtitle, note;
    float scale, height;
};

static struct set_exhibit
set_exhibit(struct flow *flow, const struct doc_exhibit *exhibit, float width)
{
    struct set_exhibit set = {.scale = 1};
    float page_width, page_height;
    layout_size(flow->sheet->layout, flow_page(flow), &page_width, &page_height);
    set.title = flow_set(flow, exhibit->title, type_heading, width);
    set.subtitle = flow_set(flow, exhibit->subtitle, type_note, width);
    set.note = flow_set(flow, exhibit->note, type_note, width);
    set.height = (float)set.title.count * type_heading.leading +
                 (float)(set.subtitle.count + set.note.count) * type_note.leading + 10;
    if (exhibit->scene && exhibit->scene->width > 0 && exhibit->scene->height > 0) {
        float most = page_height - MARGIN_TOP - MARGIN_BOTTOM - set.height - 60;
        float across = width / (float)exhibit->scene->width,
              down = fmaxf(most, 100) / (float)exhibit->scene->height;
        set.scale = fminf(1, fminf(across, down));
        set.height += (float)exhibit->scene->height * set.scale;
    }
    return set;
}

/* The texts of a chart are placed as text, above its shapes. */
static void
draw_texts(struct flow *flow, const struct scene *scene, float scale, float x, float y,
           uint32_t tag)
{
    static const enum align alignments[] = {ALIGN_START, ALIGN_CENTRE, ALIGN_END};
    for (uint32_t i = 0; i < scene->count; i++) {
        const struct shape *shape = &scene->shape[i];
        if (shape->kind == SHAPE_TEXT && shape->text)
            layout_text(flow->sheet->layout, flow_page(flow), x + (float)shape->x * scale,
                        y + (float)shape->y * scale, text_of(shape->text),
                        (float)shape->size * scale, shape->bold, shape->fill,
                        alignments[shape->anchor], tag);
    }
}

/* A figure must say in words what it shows. */
static const char *
describe(const struct doc *doc, const struct doc_exhibit *exhibit)
{
    const char *const words[] = {exhibit->alternative, exhibit->title, exhibit->subtitle,
                                 exhibit->note,        doc->title,     doc->words.numbers};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i] && words[i][0])
            return words[i];
    return "\xE2\x80\x93";
}

static float
draw_scene(struct flow *flow, const struct doc_exhibit *exhibit, float scale, float x, float y)
{
    struct layout *layout = flow->sheet->layout;
    uint32_t tag = layout_tag(layout, flow->tag, "Figure");
    struct item *item = layout_item(layout, flow_page(flow), ITEM_SCENE, tag);
    item->x = x;
    item->y = y;
    item->width = (float)exhibit->scene->width * scale;
    item->height = (float)exhibit->scene->height * scale;
    item->scale = scale;
    item->scene = exhibit->scene;
    const float box[4] = {x, y, item->width, item->height};
    memcpy(layout->tag[tag].box, box, sizeof box);
    layout->tag[tag].page = flow_page(flow);
    layout->tag[tag].alternative = describe(flow->sheet->doc, exhibit);
    float height = item->height;
    draw_texts(flow, exhibit->scene, scale, x, y, tag);
    return height;
}

static void
draw_exhibit(struct flow *flow, const struct doc_exhibit *exhibit, const struct set_exhibit *set,
             float x, float width)
{
    struct layout *layout = flow->sheet->layout;
    uint32_t page = flow_page(flow);
    float y = flow->sheet->y;
    layout_landing(layout, exhibit->anchor, page, y);
    if (set->title.count)
        y += flow_put(flow, &set->title, x, y, width, ALIGN_START, flow_heading(flow, flow->level));
    if (set->subtitle.count)
        y += flow_put(flow, &set->subtitle, x, y, width, ALIGN_START,
                      layout_tag(layout, flow->tag, "P"));
    y += 6;
    if (exhibit->scene && exhibit->scene->width > 0 && exhibit->scene->height > 0)
        y += draw_scene(flow, exhibit, set->scale, x, y);
    if (set->note.count)
        flow_put(flow, &set->note, x, y + 2, width, ALIGN_START,
                 layout_tag(layout, flow->tag, "P"));
}

/* A little smaller before a new page. */
static void
squeeze(struct flow *flow, const struct doc_exhibit *exhibit, struct set_exhibit *set)
{
    const float least = 0.93f; /* 7 points of the smallest text of charts */
    float over = set->height - flow_room(flow);
    if (over <= 0 || !exhibit->scene || exhibit->scene->height <= 0)
        return;
    float drawn = (float)exhibit->scene->height, scale = set->scale - over / drawn;
    if (scale < least) {
        flow_miss(flow, set->height - (set->scale - least) * drawn);
        return;
    }
    set->scale = scale;
    set->height -= over;
}

void
exhibit_place(struct flow *flow, const struct block *block)
{
    if (!block->exhibit)
        return;
    flow_skip(flow, 8);
    flow_need(flow, 0);
    struct set_exhibit set = set_exhibit(flow, block->exhibit, flow_width(flow));
    squeeze(flow, block->exhibit, &set);
    flow_need(flow, set.height);
    draw_exhibit(flow, block->exhibit, &set, flow_left(flow), flow_width(flow));
    flow->sheet->y += set.height;
    flow_gap(flow, 12);
}

void
exhibit_place_pair(struct flow *flow, const struct block *block)
{
    const struct block *one = block->children, *other = one ? one->next : NULL;
    if (!other || other->next || !one->exhibit || !other->exhibit) {
        blocks_place(flow, block->children);
        return;
    }
    flow_skip(flow, 8);
    flow_need(flow, 0);
    float width = (flow_width(flow) - PAIR_GAP) / 2;
    struct set_exhibit left = set_exhibit(flow, one->exhibit, width),
                       right = set_exhibit(flow, other->exhibit, width);
    flow_need(flow, fmaxf(left.height, right.height));
    draw_exhibit(flow, one->exhibit, &left, flow_left(flow), width);
    draw_exhibit(flow, other->exhibit, &right, flow_left(flow) + width + PAIR_GAP, width);
    flow->sheet->y += fmaxf(left.height, right.height);
    flow_gap(flow, 12);
}

struct set_figure {
    struct paragraph label, value, unit, detail;
    bool unit_below; /* there is no room beside the value */
    float height;
};

static struct set_figure
set_figure(struct flow *flow, const struct doc_figure *figure, float width)
{
    struct type type_label = type_table;
    type_label.ink = INK_SECONDARY;
    enum { LINES = 4, DETAIL_LINES = 10 };
    struct set_figure set = {
        .label = flow_set_lines(flow, figure->label, type_label, width, LINES),
        .value = flow_set_lines(flow, figure->value, type_value, width, LINES),
        .unit = flow_set_lines(flow, figure->unit, type_label, width, LINES),
        .detail = flow_set_lines(flow, figure->detail, type_note, width, DETAIL_LINES)};
    set.unit_below =
        set.unit.count > 1 || set.value.count == 0 ||
        (set.unit.count &&
         set.value.line[set.value.count - 1].width + set.unit.line[0].width + 4 > width);
    set.height = 4 + (float)set.label.count * type_label.leading +
                 (float)set.value.count * type_value.leading +
                 (float)(set.unit_below ? set.unit.count : 0) * type_label.leading +
                 (float)set.detail.count * type_note.leading;
    return set;
}

static void
draw_figure(struct flow *flow, const struct doc_figure *figure, const struct set_figure *set,
            float x, float width)
{
    struct layout *layout = flow->sheet->layout;
    uint32_t page = flow_page(flow), tag = layout_tag(layout, flow->tag, "P");
    float y = flow->sheet->y;
    layout_landing(layout, figure->anchor, page, y);
    layout_rule(layout, page, x, y, x + width, y, 0.5f, INK_RULE);
    y += 4;
    y += flow_put(flow, &set->label, x, y, width, ALIGN_START, tag);
    y += flow_put(flow, &set->value, x, y, width, ALIGN_START, tag);
    if (set->unit.count && !set->unit_below)
        paragraph_draw(
            layout, page, &set->unit, 0, 1, x + set->value.line[set->value.count - 1].width + 4,
            y - (type_value.leading - type_value.size * 0.7f) / 2, width, ALIGN_START, tag);
    else
        y += flow_put(flow, &set->unit, x, y, width, ALIGN_START, tag);
    flow_put(flow, &set->detail, x, y, width, ALIGN_START, tag);
}

void
exhibit_place_figures(struct flow *flow, const struct block *block)
{
    flow_skip(flow, 6);
    flow_need(flow, 0);
    float width = (flow_width(flow) - FIGURE_GAP * (FIGURES - 1)) / FIGURES;
    for (uint32_t first = 0; first < block->figure_count; first += FIGURES) {
        struct set_figure set[FIGURES];
        uint32_t count = block->figure_count - first;
        float tallest = 0;
        for (uint32_t i = 0; i < count && i < FIGURES; i++) {
            set[i] = set_figure(flow, &block->figure[first + i], width);
            tallest = fmaxf(tallest, set[i].height);
        }
        flow_need(flow, tallest + 4);
        for (uint32_t i = 0; i < count && i < FIGURES; i++)
            draw_figure(flow, &block->figure[first + i], &set[i],
                        flow_left(flow) + (float)i * (width + FIGURE_GAP), width);
        flow->sheet->y += tallest;
        flow_gap(flow, 10);
    }
}
