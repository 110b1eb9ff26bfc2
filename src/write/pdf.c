/* A layout as pages of operators. Marked content follows the layout's tags; what has none is an
 * artifact. */
#include "pdf.h"

#include "layout.h"
#include "memory.h"
#include "paper.h"
#include "sha256.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct face_use { /* of one document */
    uint8_t used[65536];
    const char *text[65536];
    float advance[65536];
    int number; /* resource F<number>, -1 unused */
};

struct pen {
    struct buf out; /* operators of the page */
    const struct doc *doc;
    struct fonts *fonts;
    struct layout *layout;
    struct paper *paper;
    struct face_use **face;
    int face_count;
    uint32_t *element; /* of each tag; 0 until it is met */
    float height;      /* of the page: y is turned over */
    float rgb[INK_COUNT][3];
    enum ink fill, stroke; /* in force */
    int64_t open_tag;      /* of the marked content begun; -1 none */
};

static const uint32_t inks[INK_COUNT] = {
    [INK_TEXT] = 0x1A1A1A,       [INK_SECONDARY] = 0x4A4A4A, [INK_MUTED] = 0x6B6B6B,
    [INK_AXIS] = 0x8C8C8C,       [INK_RULE] = 0xBFBFBF,      [INK_GRID] = 0xEBEBEB,
    [INK_PAPER] = 0xFFFFFF,      [INK_ACCENT] = 0x12436D,    [INK_ACCENT_MID] = 0x6B93B8,
    [INK_ACCENT_LOW] = 0xC9D7E5, [INK_SERIES_2] = 0x28A197,  [INK_SERIES_3] = 0x801650,
    [INK_SERIES_4] = 0xF46A25,   [INK_BINDING] = 0xD55E00,   [INK_GOOD] = 0x0072B2,
    [INK_BAD] = 0xD55E00,
};

static void
mix_inks(struct pen *pen)
{
    unsigned accent = 0;
    for (int i = 0; i < INK_COUNT; i++)
        for (int c = 0; c < 3; c++)
            pen->rgb[i][c] = (float)(inks[i] >> (16 - 8 * c) & 255) / 255;
    if (pen->doc->accent && sscanf(pen->doc->accent, "#%6x", &accent) == 1)
        for (int c = 0; c < 3; c++)
            pen->rgb[INK_ACCENT][c] = (float)(accent >> (16 - 8 * c) & 255) / 255;
}

static void
number(struct pen *pen, double value)
{
    if (!isfinite(value) || fabs(value) < 1e-4)
        value = 0;
    buf_fixed(&pen->out, value, 2);
    while (pen->out.bytes[pen->out.length - 1] == '0')
        pen->out.length--;
    if (pen->out.bytes[pen->out.length - 1] == '.')
        pen->out.length--;
    buf_char(&pen->out, ' ');
}

static void
numbers(struct pen *pen, int count, const double *values, const char *operator)
{
    for (int i = 0; i < count; i++)
        number(pen, values[i]);
    buf_string(&pen->out, operator);
    buf_char(&pen->out, '\n');
}

#define OP(pen, operator, ...)                                                                     \
    numbers(pen, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)),                          \
            (double[]){__VA_ARGS__}, operator)

static void
use_fill(struct pen *pen, enum ink ink)
{
    if (pen->fill != ink)
        OP(pen, "rg", (double)pen->rgb[ink][0], (double)pen->rgb[ink][1], (double)pen->rgb[ink][2]);
    pen->fill = ink;
}

static void
use_stroke(struct pen *pen, enum ink ink, double width, double dash)
{
    if (pen->stroke != ink)
        OP(pen, "RG", (double)pen->rgb[ink][0], (double)pen->rgb[ink][1], (double)pen->rgb[ink][2]);
    pen->stroke = ink;
    OP(pen, "w", width);
    if (dash > 0) {
        buf_char(&pen->out, '[');
        number(pen, dash);
        buf_string(&pen->out, "] 0 d\n");
    } else {
        buf_string(&pen->out, "[] 0 d\n");
    }
}

static struct face_use *
use_face(struct pen *pen, uint16_t face)
{
    if (!pen->face[face]) {
        pen->face[face] = memory_new(1, sizeof *pen->face[face]);
        pen->face[face]->number = pen->face_count++;
    }
    return pen->face[face];
}

/* What a glyph stands for: the text of its cluster, for its first glyph. */
static void
note_text(struct pen *pen, struct face_use *use, const struct shaped *shaped, uint32_t g,
          struct text text)
{
    const struct glyph *glyph = &shaped->glyph[g];
    uint32_t end = text.length;
    if (use->text[glyph->id])
        return;
    for (uint32_t i = 0; i < shaped->count; i++)
        if (shaped->glyph[i].cluster > glyph->cluster && shaped->glyph[i].cluster < end)
            end = shaped->glyph[i].cluster;
    if (end > glyph->cluster)
        use->text[glyph->id] =
            arena_copy(pen->layout->arena, text.bytes + glyph->cluster, end - glyph->cluster);
}

/* One stretch of glyphs of one face, as an array with its kerns. */
static uint32_t
show_stretch(struct pen *pen, const struct shaped *shaped, uint32_t from, struct text text,
             double size)
{
    uint16_t face = shaped->glyph[from].face;
    struct face_use *use = use_face(pen, face);
    bool open = false;
    uint32_t g = from;
    buf_printf(&pen->out, "/F%d ", use->number);
    OP(pen, "Tf", size);
    buf_char(&pen->out, '[');
    for (; g < shaped->count && shaped->glyph[g].face == face; g++) {
        const struct glyph *glyph = &shaped->glyph[g];
        if (!use->used[glyph->id]) {
            use->used[glyph->id] = 1;
            use->advance[glyph->id] = fonts_advance(pen->fonts, face, glyph->id);
        }
        note_text(pen, use, shaped, g, text);
        if (fabsf(glyph->x) > 0.01f ||
            fabsf(glyph->y) > 0.01f) { /* a mark: off the line, and back */
            buf_string(&pen->out, open ? ">" : "");
            number(pen, -(double)glyph->x);
            buf_string(&pen->out, "] TJ\n");
            OP(pen, "Ts", (double)glyph->y * size / 1000);
            buf_printf(&pen->out, "[<%04X>", glyph->id);
            number(pen, (double)(use->advance[glyph->id] - glyph->advance + glyph->x));
            buf_string(&pen->out, "] TJ 0 Ts [");
            open = false;
            continue;
        }
        buf_printf(&pen->out, open ? "%04X" : "<%04X", glyph->id);
        open = true;
        float kern = use->advance[glyph->id] - glyph->advance;
        if (fabsf(kern) > 0.05f) {
            buf_char(&pen->out, '>');
            number(pen, (double)kern);
            open = false;
        }
    }
    buf_string(&pen->out, open ? ">] TJ\n" : "] TJ\n");
    return g;
}

static void
show_text(struct pen *pen, const struct shaped *shaped, struct text text, double x, double y,
          double size, enum ink ink)
{
    if (shaped->count == 0)
        return;
    use_fill(pen, ink);
    buf_string(&pen->out, "BT\n");
    OP(pen, "Tm", 1, 0, 0, 1, x, (double)pen->height - y);
    for (uint32_t g = 0; g < shaped->count;)
        g = show_stretch(pen, shaped, g, text, size);
    buf_string(&pen->out, "ET\n");
}

static const char *
paint_operator(const struct shape *shape)
{
    bool fill = shape->fill != INK_NONE && shape->pattern == PATTERN_SOLID;
    bool stroke = shape->stroke != INK_NONE && shape->stroke_width > 0;
    return fill && stroke ? "B" : fill ? "f" : stroke ? "S" : "n";
}

/* A path in page coordinates, its operators without painting. */
static void
trace(struct pen *pen, const struct item *item, const struct shape *shape)
{
    double s = (double)item->scale, x0 = (double)item->x, y0 = (double)item->y,
           h = (double)pen->height;
    double x = x0 + shape->x * s, y = h - (y0 + shape->y * s), w = shape->width * s,
           d = shape->height * s;
    switch (shape->kind) {
    case SHAPE_LINE:
        OP(pen, "m", x, y);
        OP(pen, "l", x + w, y - d);
        break;
    case SHAPE_RECT:
        OP(pen, "re", x, y - d, w, d);
        break;
    case SHAPE_CIRCLE: {
        double r = w, k = 0.5523 * r;
        OP(pen, "m", x + r, y);
        OP(pen, "c", x + r, y + k, x + k, y + r, x, y + r);
        OP(pen, "c", x - k, y + r, x - r, y + k, x - r, y);
        OP(pen, "c", x - r, y - k, x - k, y - r, x, y - r);
        OP(pen, "c", x + k, y - r, x + r, y - k, x + r, y);
        break;
    }
    case SHAPE_PATH:
        for (uint32_t i = 0; i < shape->point_count; i++)
            OP(pen, i ? "l" : "m", x0 + shape->point[2 * i] * s,
               h - (y0 + shape->point[2 * i + 1] * s));
        if (shape->closed)
            buf_string(&pen->out, "h\n");
        break;
    case SHAPE_TEXT:
        break;
    }
}

/* There are no patterns in this library: a hatch is lines inside a clip. */
static void
hatch(struct pen *pen, const struct item *item, const struct shape *shape)
{
    double s = (double)item->scale, x = (double)item->x + shape->x * s, w = shape->width * s,
           d = shape->height * s;
    double low = (double)pen->height - ((double)item->y + shape->y * s) - d;
    buf_string(&pen->out, "q\n");
    trace(pen, item, shape);
    buf_string(&pen->out, "W n\n");
    enum ink before = pen->stroke;
    use_stroke(pen, shape->fill, 0.6, 0);
    for (double at = -d; at < w; at += 3 * 1.41421356) {
        OP(pen, "m", x + at, low);
        OP(pen, "l", x + at + d, low + d);
    }
    buf_string(&pen->out, "S\nQ\n");
    pen->stroke = before;
}

static void
draw_scene(struct pen *pen, const struct item *item)
{
    for (uint32_t i = 0; i < item->scene->count; i++) {
        const struct shape *shape = &item->scene->shape[i];
        if (shape->kind == SHAPE_TEXT) {
            struct text text = text_of(shape->text);
            const struct shaped *shaped = fonts_shape(pen->fonts, text, shape->bold);
            double size = shape->size * (double)item->scale,
                   width = (double)shaped->width * size / 1000;
            double x = (double)item->x + shape->x * (double)item->scale;
            x -= shape->anchor == ANCHOR_END      ? width
                 : shape->anchor == ANCHOR_MIDDLE ? width / 2
                                                  : 0;
            pen->layout->boxed += shaped->boxed;
            show_text(pen, shaped, text, x, (double)item->y + shape->y * (double)item->scale, size,
                      shape->fill);
            continue;
        }
        if (shape->pattern == PATTERN_HATCH && shape->fill != INK_NONE)
            hatch(pen, item, shape);
        if (shape->fill != INK_NONE && shape->pattern == PATTERN_SOLID)
            use_fill(pen, shape->fill);
        if (shape->stroke != INK_NONE)
            use_stroke(pen, shape->stroke, shape->stroke_width * (double)item->scale,
                       shape->dash * (double)item->scale);
        trace(pen, item, shape);
        buf_string(&pen->out, paint_operator(shape));
        buf_char(&pen->out, '\n');
    }
}

static void
draw_box(struct pen *pen, const struct item *item)
{
    struct shape shape = {.kind = item->kind == ITEM_LINE ? SHAPE_LINE : SHAPE_RECT,
                          .fill = item->ink,
                          .stroke = item->stroke,
                          .stroke_width = (double)item->stroke_width,
                          .width = (double)item->width,
                          .height = (double)item->height};
    if (shape.fill != INK_NONE)
        use_fill(pen, shape.fill);
    if (shape.stroke != INK_NONE)
        use_stroke(pen, shape.stroke, shape.stroke_width, 0);
    trace(pen, item, &shape);
    buf_string(&pen->out, paint_operator(&shape));
    buf_char(&pen->out, '\n');
}

static uint32_t
element_of(struct pen *pen, uint32_t tag)
{
    const struct tag *is = &pen->layout->tag[tag];
    if (tag == TAG_DOCUMENT)
        return 0;
    if (pen->element[tag])
        return pen->element[tag];
    uint32_t element = paper_element(pen->paper, element_of(pen, is->parent), is->type);
    if (is->alternative) {
        const float box[4] = {is->box[0], pen->height - is->box[1] - is->box[3],
                              is->box[0] + is->box[2], pen->height - is->box[1]};
        paper_alternative(pen->paper, element, is->alternative);
        paper_box(pen->paper, element, box);
    }
    if (is->scope)
        paper_scope(pen->paper, element, is->scope);
    pen->element[tag] = element;
    return element;
}

static void
close_mark(struct pen *pen)
{
    if (pen->open_tag >= 0)
        buf_string(&pen->out, "EMC\n");
    pen->open_tag = -1;
}

static void
open_mark(struct pen *pen, uint32_t tag)
{
    if (pen->open_tag == (int64_t)tag)
        return;
    close_mark(pen);
    if (tag == TAG_NONE)
        buf_string(&pen->out, "/Artifact BMC\n");
    else
        buf_printf(&pen->out, "/%s <</MCID %u>> BDC\n", pen->layout->tag[tag].type,
                   paper_mark(pen->paper, element_of(pen, tag)));
    pen->open_tag = tag;
}

static void
draw_page(struct pen *pen, const struct page *page)
{
    pen->fill = pen->stroke = INK_NONE;
    pen->open_tag = -1;
    buf_clear(&pen->out);
    for (uint32_t i = 0; i < page->count; i++) {
        const struct item *item = &page->item[i];
        if (item->kind == ITEM_LINK)
            continue;
        open_mark(pen, item->tag);
        if (item->kind == ITEM_TEXT)
            show_text(pen, item->shaped, item->text, (double)item->x, (double)item->y,
                      (double)item->size, item->ink);
        else if (item->kind == ITEM_SCENE)
            draw_scene(pen, item);
        else
            draw_box(pen, item);
    }
    close_mark(pen);
    paper_content(pen->paper, &pen->out);
}

/* Links need all pages to be there. */
static void
add_links(struct pen *pen)
{
    for (uint32_t p = 0; p < pen->layout->page_count; p++)
        for (uint32_t i = 0; i < pen->layout->page[p].count; i++) {
            const struct item *item = &pen->layout->page[p].item[i];
            const struct landing *landing =
                item->kind == ITEM_LINK ? layout_find(pen->layout, item->anchor) : NULL;
            if (!landing)
                continue;
            const float box[4] = {item->x, pen->height - item->y - item->height,
                                  item->x + item->width, pen->height - item->y};
            char contents[200];
            snprintf(contents, sizeof contents, "%.*s",
                     (int)(item->text.length < 180 ? item->text.length : 180), item->text.bytes);
            paper_link(pen->paper, p, element_of(pen, item->tag), box, landing->page,
                       pen->height - landing->y, contents);
        }
}

static bool
add_fonts(struct pen *pen)
{
    bool all = true;
    for (int n = 0; n < pen->face_count; n++)
        for (uint32_t f = 0; f < fonts_face_count(pen->fonts); f++) {
            struct face_use *use = pen->face[f];
            if (!use || use->number != n)
                continue;
            struct face_facts facts = fonts_facts(pen->fonts, f);
            struct buf subset = {0};
            all = fonts_subset(pen->fonts, f, use->used, &subset) && all;
            struct paper_font font = {.name = facts.name,
                                      .ascent = facts.ascent,
                                      .descent = facts.descent,
                                      .cap_height = facts.cap_height,
                                      .bold = facts.bold,
                                      .used = use->used,
                                      .advance = use->advance,
                                      .text = use->text,
                                      .subset = &subset};
            memcpy(font.box, facts.box, sizeof font.box);
            paper_add_font(pen->paper, &font);
            buf_free(&subset);
        }
    return all;
}

/* Who the document is: the words on it, so that the same content has the same identity. */
static void
identify(const struct layout *layout, char hex[65])
{
    struct sha256 *sha = sha256_new();
    for (uint32_t p = 0; p < layout->page_count; p++)
        for (uint32_t i = 0; i < layout->page[p].count; i++)
            if (layout->page[p].item[i].kind == ITEM_TEXT)
                sha256_add(sha, layout->page[p].item[i].text.bytes,
                           layout->page[p].item[i].text.length);
    sha256_finish(sha, hex);
}

struct write_result
pdf_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    struct arena *arena = arena_new();
    struct write_result result = {0};
    char identity[65];
    struct pen pen = {.doc = doc, .fonts = fonts, .layout = layout_doc(doc, fonts, arena)};
    identify(pen.layout, identity);
    pen.height = pen.layout->height;
    pen.element = arena_array(arena, pen.layout->tag_count, sizeof *pen.element);
    pen.face = arena_array(arena, fonts_face_count(fonts), sizeof(struct face_use *));
    const struct paper_facts facts = {doc->title, doc->author,    doc->subject,
                                      doc->lang,  doc->as_of_iso, identity};
    pen.paper = paper_open(&facts);
    mix_inks(&pen);
    for (uint32_t p = 0; p < pen.layout->page_count; p++) {
        paper_page(pen.paper, pen.layout->width, pen.layout->height);
        draw_page(&pen, &pen.layout->page[p]);
    }
    add_links(&pen);
    for (uint32_t i = 0; i < pen.layout->outline_count; i++) {
        const struct outline_entry *entry = &pen.layout->outline[i];
        paper_bookmark(pen.paper, entry->title, entry->level, entry->page, pen.height - entry->y);
    }
    bool fonts_made = add_fonts(&pen);
    result.fault = paper_save(pen.paper, out);
    if (!fonts_made && !result.fault)
        result.fault = "a font could not be subset";
    result.pages = pen.layout->page_count;
    result.boxed = pen.layout->boxed;
    for (uint32_t f = 0; f < fonts_face_count(fonts); f++)
        free(pen.face[f]);
    buf_free(&pen.out);
    arena_free(arena);
    return result;
}
