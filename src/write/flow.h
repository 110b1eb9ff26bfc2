/* flow: the running page while blocks are put on paper. */
#ifndef SEFPACK_WRITE_FLOW_H
#define SEFPACK_WRITE_FLOW_H

#include "layout.h"
#include "linebreak.h"
#include "paragraph.h"

enum { MARGIN_SIDE = 42, MARGIN_TOP = 54, MARGIN_BOTTOM = 48 };
#define FLOW_TIGHTEST 0.2f /* of gaps */

struct contents_entry { /* a line of the table of contents, whose page is not known yet */
    const char *anchor;
    uint32_t page, item; /* of its number */
    float right;
};

struct sheet { /* what all flows of a doc share */
    struct layout *layout;
    struct linebreaker *breaker;
    const struct doc *doc;
    float y; /* the next free line, from the upper edge */
    bool landscape;
    bool turn;       /* the next thing needs an upright page again */
    float tightness; /* of gaps: 1, or less where a section would else end just behind a page */
    float gaps;      /* on this page so far */
    bool nearly;     /* something went to a new page that tighter gaps would have kept on the old */
    bool appendix, without_contents, contents_placed;
    int heading; /* level of the last heading */
    const char *section;
    uint32_t entry_count;
    struct contents_entry *entry;
};

struct flow { /* a column on it */
    struct sheet *sheet;
    float indent_left, indent_right;
    uint32_t tag; /* the element that children belong to */
    int level;    /* of the next heading */
    float top;    /* where a column beside another one begins; 0: there is none */
};

float
flow_left(const struct flow *flow);

float
flow_width(const struct flow *flow);

/* The page being filled. */
uint32_t
flow_page(const struct flow *flow);

/* Room left on this page. */
float
flow_room(const struct flow *flow);

bool
flow_at_top(const struct flow *flow);

void
flow_new_page(struct flow *flow);

/* A new page unless `height` fits, or nothing is on this one yet. */
void
flow_need(struct flow *flow, float height);

/* Remembers whether tighter gaps on this page would have left `height`. */
void
flow_miss(struct flow *flow, float height);

/* Room between things; less of it on tight pages. */
void
flow_gap(struct flow *flow, float height);

/* The same, but not at the top of a page. */
void
flow_skip(struct flow *flow, float height);

/* Text as a paragraph from the present line on, over pages as needed; moves on by its height. */
void
flow_text(struct flow *flow, const struct runs *runs, struct type type, const char *tag);

/* Text that stays together: at most `lines` lines, then an ellipsis. */
struct paragraph
flow_set_lines(struct flow *flow, const char *utf8, struct type type, float width, uint32_t lines);

/* The same with more lines than a title should ever have. */
struct paragraph
flow_set(struct flow *flow, const char *utf8, struct type type, float width);

/* Draws a whole paragraph at x, with its first line `top` from the page's upper edge. */
float
flow_put(struct flow *flow, const struct paragraph *paragraph, float x, float top, float width,
         enum align align, uint32_t tag);

/* A heading's element, never more than one level below the last heading. */
uint32_t
flow_heading(struct flow *flow, int level);

/* A table over as many pages as it needs. */
void
flow_table(struct flow *flow, const struct doc_table *table);

/* The doc's sections with their pages, once these are known. */
void
flow_contents(struct flow *flow);

void
flow_fill_contents(struct sheet *sheet);

/* Headers, footers, numbers of pages, watermark. */
void
flow_margins(struct sheet *sheet);

extern const struct type type_title, type_section, type_heading, type_small_heading, type_lead,
    type_body, type_table, type_note, type_value;

#endif
