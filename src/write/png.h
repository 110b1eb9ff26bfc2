/* png: a PNG file as rows of colour and of opacity (ISO/IEC 15948). */
#ifndef SEFPACK_WRITE_PNG_H
#define SEFPACK_WRITE_PNG_H

#include "arena.h"
#include "buf.h"

#include <stdint.h>

struct png {
    uint32_t width, height; /* pixels, at most 4 million */
    const char *colour;     /* red, green, blue of each pixel, from the upper left, in the arena */
    const char *opacity;    /* of each pixel; NULL: all are opaque */
};

/* NULL, or what is wrong, as the end of a sentence. All kinds but interlaced ones; a single
 * transparent colour (tRNS of an image without palette) is drawn as any other. */
const char *
png_read(struct arena *arena, struct text file, struct png *out);

#endif
