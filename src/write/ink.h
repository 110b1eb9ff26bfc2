/* ink: the colours behind the roles of a scene, for paper, and their class names for the screen. */
#ifndef SEFPACK_WRITE_INK_H
#define SEFPACK_WRITE_INK_H

#include "buf.h"
#include "scene.h"

#include <stdint.h>

struct colour {
    uint8_t red, green, blue;
};

/* All inks with the theme's accent in the accent's roles. A malformed accent is the default one. */
void
ink_palette(const char *accent, struct colour palette[INK_COUNT]);

/* "accent-mid": the style sheet has a variable --accent-mid and the classes f-accent-mid (fill) and
 * s-accent-mid (stroke). */
const char *
ink_name(enum ink ink);

/* The inks as style rules: variables for light and for dark screens, and the classes. */
void
ink_style(struct buf *out, const char *accent);

#endif
