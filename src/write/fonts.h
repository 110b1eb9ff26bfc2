/* fonts: faces, shaped text and subsets. Text is shaped once and remembered; the faces and what
 * was shaped before the workers are forked are inherited by all of them. */
#ifndef SEFPACK_WRITE_FONTS_H
#define SEFPACK_WRITE_FONTS_H

#include "buf.h"
#include "text.h"
#include "write.h"

#include <stdint.h>

struct glyph {
    uint16_t face, id;
    float advance, x, y; /* in thousandths of the size */
    uint32_t cluster;    /* byte offset of its text in the shaped text */
};

struct shaped {
    uint32_t count, boxed;     /* boxed: characters that no face has */
    float width;               /* in thousandths of the size */
    const struct glyph *glyph; /* in visual order, left to right */
};

/* One line of text (no line ends). The result lives as long as the fonts. */
const struct shaped *
fonts_shape(struct fonts *fonts, struct text text, bool bold);

uint32_t
fonts_face_count(const struct fonts *fonts);

struct face_facts {   /* in thousandths of the size */
    const char *name; /* PostScript name */
    int ascent, descent, cap_height, box[4];
    bool bold, cff;
};

struct face_facts
fonts_facts(const struct fonts *fonts, uint32_t face);

/* Advance of a glyph, thousandths. */
float
fonts_advance(const struct fonts *fonts, uint32_t face, uint16_t glyph);

/* The face with only these glyphs, their numbers kept (used[g] != 0; 65,536 of them). False when
 * it cannot be made. */
bool
fonts_subset(const struct fonts *fonts, uint32_t face, const uint8_t *used, struct buf *out);

#endif
