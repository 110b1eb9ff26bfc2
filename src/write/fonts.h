/* fonts: faces, shaped words and subsets. A word is shaped once and remembered; the faces and what
 * was shaped before the workers are forked are inherited by all of them.
 *
 * Lengths are thousandths of the size of the type. */
#ifndef SEFPACK_WRITE_FONTS_H
#define SEFPACK_WRITE_FONTS_H

#include "arena.h"
#include "buf.h"
#include "face.h"
#include "subsets.h"
#include "text.h"
#include "write.h"

#include <stdint.h>

struct glyph {
    uint16_t face, id;
    float advance, x, y;
    uint16_t text_at,
        text_length; /* bytes of the word it stands for; none: with the one before it */
};

struct shaped {
    uint32_t count;
    uint32_t boxed; /* characters that no face has: boxes */
    float width;
    bool plain;                /* bidi_is_plain */
    struct text text;          /* a copy */
    const struct glyph *glyph; /* in visual order, left to right */
};

/* A word of one direction: no blank but itself one, no line end. The result lives as long as the
 * fonts or `arena`, which takes words that are not worth remembering. */
const struct shaped *
fonts_shape(struct fonts *fonts, struct arena *arena, struct text word, bool bold,
            bool right_to_left);

/* Width of a line of text at size 1000. */
double
fonts_width(struct fonts *fonts, struct text line, bool bold);

uint32_t
fonts_face_count(const struct fonts *fonts);

const struct face_facts *
fonts_facts(const struct fonts *fonts, uint32_t face);

float
fonts_advance(const struct fonts *fonts, uint32_t face, uint16_t glyph);

/* The face with these glyphs alone, as subsets_of says. */
const struct subset *
fonts_subset(struct fonts *fonts, uint32_t face, const bool *used);

#endif
