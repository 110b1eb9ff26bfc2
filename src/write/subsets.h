/* subsets: faces with the glyphs of a document alone, compressed. The packs of a run are written
 * with much the same letters: the last subsets are remembered. */
#ifndef SEFPACK_WRITE_SUBSETS_H
#define SEFPACK_WRITE_SUBSETS_H

#include "face.h"
#include "text.h"

struct subsets;

struct subset {
    size_t length;      /* of the face, as TrueType */
    struct text packed; /* by deflate */
};

struct subsets *
subsets_new(void);

void
subsets_free(struct subsets *subsets);

/* The face with these glyphs alone (used[0..glyph_count)), their numbers kept. Lasts until the
 * next call. NULL when it cannot be made. */
const struct subset *
subsets_of(struct subsets *subsets, struct face *face, const bool *used);

#endif
