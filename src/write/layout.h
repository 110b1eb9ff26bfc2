/* layout: pages of placed things, before any byte of a format is written.
 *
 * Coordinates are points, y down from the upper edge of the page. Every thing carries a tag: its
 * place in the structure that a screen reader walks; TAG_NONE is decoration (an artifact). */
#ifndef SEFPACK_WRITE_LAYOUT_H
#define SEFPACK_WRITE_LAYOUT_H

#include "doc.h"
#include "fonts.h"
#include "picture.h"

#include <stdbool.h>
#include <stdint.h>

enum { TAG_NONE = 0, TAG_DOCUMENT = 1 };

struct tag {
    const char *type; /* Sect, H1, P, Table, TR, TH, TD, Figure, L, LI, LBody, TOC, TOCI, Link */
    uint32_t parent;
    const char *alternative; /* of a Figure */
    const char *scope;       /* of a TH: Column or Row */
    uint32_t span;           /* of a TH: columns, where more than one */
    float box[4];            /* of a Figure: x, y, width, height on its page */
    uint32_t page;           /* of a Figure */
};

enum item_kind {
    ITEM_TEXT,
    ITEM_LINE,
    ITEM_RECT,
    ITEM_SCENE,
    ITEM_IMAGE, /* the logo */
    ITEM_LINK,
    ITEM_NOTHING /* a tag that stands in the structure without content: an empty cell */
};

struct item {
    enum item_kind kind;
    float x, y, width, height; /* TEXT: y is the baseline */
    uint32_t tag;
    uint32_t word_count;
    const struct shaped *const *word; /* TEXT: side by side, blanks are words too */
    float size;
    enum ink ink, stroke;
    float stroke_width, scale;
    const struct scene *scene;
    const char *anchor, *url; /* LINK: where to */
};

struct page {
    uint32_t count, capacity;
    struct item *item;
    const char *section;
    bool appendix, landscape;
    uint32_t number; /* 1-based; in the appendix its own count */
};

struct outline_entry {
    const char *title;
    int level; /* 1-based */
    uint32_t page;
    float y;
};

struct landing { /* where an anchor is */
    const char *anchor;
    uint32_t page;
    float y;
};

struct layout {
    struct arena *arena;
    struct fonts *fonts;
    float width, height; /* of an upright page */
    bool right_to_left;
    uint32_t page_count, page_capacity;
    struct page *page;
    uint32_t tag_count, tag_capacity;
    struct tag *tag; /* 0 unused, 1 the document */
    uint32_t outline_count, outline_capacity;
    struct outline_entry *outline;
    uint32_t landing_count, landing_capacity;
    struct landing *landing;
    uint32_t boxed; /* characters that no font has */
    struct picture logo;
    const char *fault; /* what makes the whole worthless, or NULL */
};

struct layout *
layout_new(struct arena *arena, struct fonts *fonts, const struct doc *doc);

/* A new page at the end. */
struct page *
layout_page(struct layout *layout, const char *section, bool appendix, bool landscape);

uint32_t
layout_tag(struct layout *layout, uint32_t parent, const char *type);

struct item *
layout_item(struct layout *layout, uint32_t page, enum item_kind kind, uint32_t tag);

/* One line of text; x is its start, its end or its middle. Returns its width. */
float
layout_text(struct layout *layout, uint32_t page, float x, float y, struct text text, float size,
            bool bold, enum ink ink, enum align align, uint32_t tag);

void
layout_rule(struct layout *layout, uint32_t page, float x1, float y1, float x2, float y2,
            float width, enum ink ink);

void
layout_outline(struct layout *layout, const char *title, int level, uint32_t page, float y);

void
layout_landing(struct layout *layout, const char *anchor, uint32_t page, float y);

/* NULL when there is none of that name. */
const struct landing *
layout_find(const struct layout *layout, const char *anchor);

/* Text that is shortened with an ellipsis where it is wider than `room`. */
struct text
layout_shorten(struct layout *layout, const char *utf8, float size, float room);

/* Width and height of a page as it lies. */
void
layout_size(const struct layout *layout, uint32_t page, float *width, float *height);

/* A state to go back to, where things turn out not to fit. */
struct layout_mark {
    uint32_t page_count, tag_count, outline_count, landing_count, boxed;
    struct page last;
};

struct layout_mark
layout_mark(const struct layout *layout);

void
layout_return(struct layout *layout, const struct layout_mark *mark);

/* A whole doc on pages: blocks, headers, footers, numbers of pages. */
struct layout *
layout_doc(const struct doc *doc, struct fonts *fonts, struct arena *arena);

#endif
