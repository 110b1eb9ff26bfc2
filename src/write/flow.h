/* flow: the running state while blocks are put on pages. */
#ifndef SEFPACK_WRITE_FLOW_H
#define SEFPACK_WRITE_FLOW_H

#include "layout.h"
#include "linebreak.h"
#include "paragraph.h"

enum { MARGIN_SIDE = 42, MARGIN_TOP = 54, MARGIN_BOTTOM = 48 };

struct flow {
    struct layout *layout;
    struct linebreaker *breaker;
    const struct doc *doc;
    float y;           /* the next free line, from the upper edge */
    float left, width; /* of the column */
    const char *section;
    bool appendix;
    uint32_t tag; /* the element that children belong to */
};

/* The page being filled. */
uint32_t
flow_page(const struct flow *flow);

/* Room left on this page. */
float
flow_room(const struct flow *flow);

void
flow_new_page(struct flow *flow);

/* A new page unless `height` fits, or the page is still empty. */
void
flow_need(struct flow *flow, float height);

/* Text as a paragraph from the present line on, over pages as needed; moves on by its height. */
void
flow_text(struct flow *flow, const struct runs *runs, struct type type, const char *tag);

struct paragraph
flow_set(struct flow *flow, const char *utf8, struct type type, float width);

/* A table over as many pages as it needs. */
void
flow_table(struct flow *flow, const struct doc_table *table);

extern const struct type type_title, type_section, type_heading, type_small_heading, type_lead,
    type_body, type_table, type_note, type_value;

#endif
