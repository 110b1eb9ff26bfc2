/* paragraph: styled text broken into lines. */
#ifndef SEFPACK_WRITE_PARAGRAPH_H
#define SEFPACK_WRITE_PARAGRAPH_H

#include "layout.h"
#include "linebreak.h"

struct piece { /* of one line, one style */
    struct text text;
    bool bold;
    enum ink ink;
    const char *anchor;
    float x, width; /* x from the line's start */
};

struct set_line {
    uint32_t count;
    struct piece *piece;
    float width;
};

struct paragraph {
    uint32_t count;
    struct set_line *line;
    float widest;
};

struct type { /* how it is set */
    float size, leading;
    bool bold;
    enum ink ink;
};

/* Breaks runs into lines no wider than `width`; a word that is wider is broken where it must. All
 * memory is the layout's arena. */
struct paragraph
paragraph_set(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
              struct type type, float width);

/* Draws lines `from` to `end` from the baseline of the first; returns the height used. */
float
paragraph_draw(struct layout *layout, uint32_t page, const struct paragraph *paragraph,
               uint32_t from, uint32_t end, struct type type, float x, float y, float width,
               enum align align, uint32_t tag);

/* The widths that a paragraph needs: its longest unbreakable piece, and all of it on one line. */
void
paragraph_needs(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
                struct type type, float *least, float *most);

#endif
