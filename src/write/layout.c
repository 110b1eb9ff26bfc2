#include "layout.h"

#include "paragraph.h"

#include <math.h>
#include <string.h>

/* Room for one more in an array of the arena. */
#define GROW(layout, array, count, capacity)                                                       \
    do {                                                                                           \
        if ((count) == (capacity)) {                                                               \
            uint32_t more = (capacity) ? (capacity)*2 : 32;                                        \
            void *grown = arena_array((layout)->arena, more, sizeof *(array));                     \
            if (count)                                                                             \
                memcpy(grown, (array), (count) * sizeof *(array));                                 \
            (array) = grown;                                                                       \
            (capacity) = more;                                                                     \
        }                                                                                          \
    } while (0)

struct layout *
layout_new(struct arena *arena, struct fonts *fonts, const struct doc *doc)
{
    struct layout *layout = arena_alloc(arena, sizeof *layout);
    bool letter = doc->paper && strcmp(doc->paper, "Letter") == 0;
    *layout = (struct layout){.arena = arena,
                              .fonts = fonts,
                              .width = letter ? 612 : 595,
                              .height = letter ? 792 : 842,
                              .right_to_left = doc->right_to_left};
    layout_tag(layout, TAG_NONE, "");
    layout_tag(layout, TAG_NONE, "Document");
    return layout;
}

struct page *
layout_page(struct layout *layout, const char *section, bool appendix, bool landscape)
{
    GROW(layout, layout->page, layout->page_count, layout->page_capacity);
    const struct page *before = layout->page_count ? &layout->page[layout->page_count - 1] : NULL;
    struct page *page = &layout->page[layout->page_count++];
    *page = (struct page){
        .section = section, .appendix = appendix, .landscape = landscape, .number = 1};
    if (before && before->appendix == appendix)
        page->number = before->number + 1;
    return page;
}

uint32_t
layout_tag(struct layout *layout, uint32_t parent, const char *type)
{
    GROW(layout, layout->tag, layout->tag_count, layout->tag_capacity);
    layout->tag[layout->tag_count] = (struct tag){.type = type, .parent = parent};
    return layout->tag_count++;
}

struct item *
layout_item(struct layout *layout, uint32_t page, enum item_kind kind, uint32_t tag)
{
    struct page *on = &layout->page[page];
    GROW(layout, on->item, on->count, on->capacity);
    struct item *item = &on->item[on->count++];
    *item = (struct item){.kind = kind, .tag = tag, .scale = 1};
    return item;
}

float
layout_text(struct layout *layout, uint32_t page, float x, float y, struct text text, float size,
            bool bold, enum ink ink, enum align align, uint32_t tag)
{
    struct run run = {.text = arena_copy(layout->arena, text.bytes, text.length)};
    const struct type type = {size, size, bold, ink};
    struct paragraph line = paragraph_set(layout, NULL, &(struct runs){1, &run}, type, INFINITY);
    if (line.count == 0)
        return 0;
    float width = line.line[0].width;
    x -= align == ALIGN_END ? width : align == ALIGN_CENTRE ? width / 2 : 0;
    paragraph_draw(layout, page, &line, 0, 1, x, y, width, ALIGN_START, tag);
    return width;
}

void
layout_rule(struct layout *layout, uint32_t page, float x1, float y1, float x2, float y2,
            float width, enum ink ink)
{
    struct item *item = layout_item(layout, page, ITEM_LINE, TAG_NONE);
    item->x = x1;
    item->y = y1;
    item->width = x2 - x1;
    item->height = y2 - y1;
    item->stroke = ink;
    item->stroke_width = width;
}

void
layout_outline(struct layout *layout, const char *title, int level, uint32_t page, float y)
{
    GROW(layout, layout->outline, layout->outline_count, layout->outline_capacity);
    layout->outline[layout->outline_count++] = (struct outline_entry){title, level, page, y};
}

void
layout_landing(struct layout *layout, const char *anchor, uint32_t page, float y)
{
    if (!anchor)
        return;
    GROW(layout, layout->landing, layout->landing_count, layout->landing_capacity);
    layout->landing[layout->landing_count++] = (struct landing){anchor, page, y};
}

const struct landing *
layout_find(const struct layout *layout, const char *anchor)
{
    for (uint32_t i = 0; i < layout->landing_count; i++)
        if (strcmp(layout->landing[i].anchor, anchor) == 0)
            return &layout->landing[i];
    return NULL;
}

struct text
layout_shorten(struct layout *layout, const char *utf8, float size, float room)
{
    struct text text = text_of(utf8);
    if (fonts_width(layout->fonts, text, false) * (double)size / 1000 <= (double)room)
        return text;
    while (text.length > 0) {
        do
            text.length--;
        while (text.length > 0 && ((unsigned char)text.bytes[text.length] & 0xC0) == 0x80);
        const char *cut =
            arena_printf(layout->arena, "%.*s\xE2\x80\xA6", (int)text.length, text.bytes);
        if (fonts_width(layout->fonts, text_of(cut), false) * (double)size / 1000 <= (double)room)
            return text_of(cut);
    }
    return text;
}

void
layout_size(const struct layout *layout, uint32_t page, float *width, float *height)
{
    bool landscape = layout->page[page].landscape;
    *width = landscape ? layout->height : layout->width;
    *height = landscape ? layout->width : layout->height;
}

struct layout_mark
layout_mark(const struct layout *layout)
{
    return (struct layout_mark){.page_count = layout->page_count,
                                .tag_count = layout->tag_count,
                                .outline_count = layout->outline_count,
                                .landing_count = layout->landing_count,
                                .boxed = layout->boxed,
                                .last = layout->page[layout->page_count - 1]};
}

void
layout_return(struct layout *layout, const struct layout_mark *mark)
{
    struct page *last = &layout->page[mark->page_count - 1];
    struct page now = *last;
    layout->page_count = mark->page_count;
    layout->tag_count = mark->tag_count;
    layout->outline_count = mark->outline_count;
    layout->landing_count = mark->landing_count;
    layout->boxed = mark->boxed;
    *last = mark->last;
    last->item = now.item; /* may have grown since */
    last->capacity = now.capacity;
}
