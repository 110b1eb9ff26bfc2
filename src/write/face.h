/* face: one font file: its glyphs, words shaped with it, subsets of it. Hides HarfBuzz.
 *
 * Lengths are thousandths of the size of the type. */
#ifndef SEFPACK_WRITE_FACE_H
#define SEFPACK_WRITE_FACE_H

#include "arena.h"
#include "buf.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct face;

struct face_facts {
    const char *name;      /* PostScript name */
    const char *full_name; /* with its version */
    int ascent, descent, cap_height, box[4];
    bool bold;
    uint32_t glyph_count;
};

/* NULL when the file cannot be read or holds no TrueType outlines. */
struct face *
face_open(struct arena *arena, const char *file, bool bold);

void
face_close(struct face *face); /* NULL is allowed */

const struct face_facts *
face_facts(const struct face *face);

/* The glyph of a letter; 0 when there is none. */
uint16_t
face_glyph(const struct face *face, uint32_t letter);

/* The letter that `mark` makes of `letter`, where that is a letter of its own; else 0. */
uint32_t
face_composed(uint32_t letter, uint32_t mark);

float
face_advance(const struct face *face, uint16_t glyph);

struct face_glyph {
    uint16_t id; /* 0: the face has none for this text */
    float advance, x, y;
    uint32_t start, end; /* its bytes of the text; nothing for the further glyphs of one piece */
};

/* Shapes bytes [start, end) of `text`, which has one direction. Glyphs stand in visual order, left
 * to right; *glyphs is the caller's to free. Returns their number. */
uint32_t
face_shape(struct face *face, struct text text, uint32_t start, uint32_t end, bool right_to_left,
           struct face_glyph **glyphs);

/* TrueType with these glyphs alone (used[0..glyph_count)) under their old numbers; false when it
 * cannot be made. */
bool
face_subset(struct face *face, const bool *used, struct buf *out);

#endif
