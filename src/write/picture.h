/* picture: a logo: a PNG file of modest size, as bytes. */
#ifndef SEFPACK_WRITE_PICTURE_H
#define SEFPACK_WRITE_PICTURE_H

#include "arena.h"
#include "buf.h"

#include <stdint.h>

struct picture {
    uint32_t width, height; /* pixels */
    struct text bytes;      /* the file, in the arena */
};

/* Reads a PNG of at most 1 MiB and 4 million pixels. NULL, or what is wrong with it, in the arena.
 */
const char *
picture_read(struct arena *arena, const char *path, struct picture *out);

/* Its bytes in base 64. */
void
picture_base64(struct text bytes, struct buf *out);

#endif
