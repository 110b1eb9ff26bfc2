/* paragraph: styled text of any script as words, broken into lines, drawn in visual order. */
#ifndef SEFPACK_WRITE_PARAGRAPH_H
#define SEFPACK_WRITE_PARAGRAPH_H

#include "layout.h"
#include "linebreak.h"

struct type { /* how it is set */
    float size, leading;
    bool bold;
    enum ink ink;
};

struct span { /* of one style, up to a byte */
    uint32_t end;
    bool bold;
    enum ink ink;
    const char *anchor, *url;
};

struct unit { /* a word or blanks, of one span and direction; in the order of reading */
    const struct shaped *shaped;
    uint32_t start, end; /* bytes */
    uint32_t span;
    bool blank, right_to_left;
    bool may_end; /* a line may end behind it */
};

struct set_line {
    uint32_t from, to; /* units; blanks at its end are left out */
    float width;
};

struct paragraph {
    struct type type;
    struct text text;
    bool plain;        /* left to right throughout */
    float least, most; /* width of the longest piece without a break, and of all on one line */
    uint32_t unit_count, span_count, count;
    struct unit *unit;
    struct span *span;
    struct set_line *line; /* `count` of them */
};

/* Shapes the words. `breaker` may be NULL for text that stays on one line. All memory is the
 * layout's arena. */
struct paragraph
paragraph_new(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
              struct type type);

/* Breaks it into lines no wider than `width`; a word that is wider is cut. Empty text has none. */
void
paragraph_break(struct layout *layout, struct paragraph *paragraph, float width);

/* Both. */
struct paragraph
paragraph_set(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
              struct type type, float width);

/* Draws lines `from` to `end`, the first on the baseline y; returns the height used. */
float
paragraph_draw(struct layout *layout, uint32_t page, const struct paragraph *paragraph,
               uint32_t from, uint32_t end, float x, float y, float width, enum align align,
               uint32_t tag);

#endif
