/* picture: a logo: a PNG file of modest size, as bytes and as pixels. */
#ifndef SEFPACK_WRITE_PICTURE_H
#define SEFPACK_WRITE_PICTURE_H

#include "arena.h"
#include "buf.h"
#include "png.h"

struct picture {
    struct png png;
    struct text bytes; /* the file, in the arena */
};

/* Reads a PNG of at most 1 MiB. NULL, or what is wrong with it, as the end of a sentence. */
const char *
picture_read(struct arena *arena, const char *path, struct picture *out);

/* Bytes in base 64. */
void
picture_base64(struct text bytes, struct buf *out);

#endif
