#include "layout.h"

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
layout_new(struct arena *arena, struct fonts *fonts, const char *paper)
{
    struct layout *layout = arena_alloc(arena, sizeof *layout);
    bool letter = paper && strcmp(paper, "Letter") == 0;
    *layout = (struct layout){
        .arena = arena, .fonts = fonts, .width = letter ? 612 : 595, .height = letter ? 792 : 842};
    layout_tag(layout, TAG_NONE, "");
    layout_tag(layout, TAG_NONE, "Document");
    return layout;
}

struct page *
layout_page(struct layout *layout, const char *section, bool appendix)
{
    GROW(layout, layout->page, layout->page_count, layout->page_capacity);
    const struct page *before = layout->page_count ? &layout->page[layout->page_count - 1] : NULL;
    struct page *page = &layout->page[layout->page_count++];
    *page = (struct page){.section = section, .appendix = appendix, .number = 1};
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
layout_item(struct layout *layout, uint32_t at, enum item_kind kind, uint32_t tag)
{
    struct page *page = &layout->page[at];
    GROW(layout, page->item, page->count, page->capacity);
    struct item *item = &page->item[page->count++];
    *item = (struct item){.kind = kind, .tag = tag, .scale = 1};
    return item;
}

float
layout_width(struct layout *layout, struct text text, float size, bool bold)
{
    return fonts_shape(layout->fonts, text, bold)->width * size / 1000;
}

float
layout_text(struct layout *layout, uint32_t page, float x, float y, struct text text, float size,
            bool bold, enum ink ink, enum align align, uint32_t tag)
{
    if (text.length == 0)
        return 0;
    const struct shaped *shaped = fonts_shape(layout->fonts, text, bold);
    struct item *item = layout_item(layout, page, ITEM_TEXT, tag);
    float width = shaped->width * size / 1000;
    item->x = align == ALIGN_END ? x - width : align == ALIGN_CENTRE ? x - width / 2 : x;
    item->y = y;
    item->width = width;
    item->height = size;
    item->shaped = shaped;
    item->text = (struct text){arena_copy(layout->arena, text.bytes, text.length), text.length};
    item->size = size;
    item->ink = ink;
    layout->boxed += shaped->boxed;
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
