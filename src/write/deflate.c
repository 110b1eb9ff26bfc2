#include "deflate.h"

#include "memory.h"

#include <libdeflate.h>

#include <stdlib.h>

/* Measured on packs of 8 pages: level 6 makes a PDF an eighth smaller and a third slower. */
enum { LEVEL = 1 };

struct deflate {
    struct libdeflate_compressor *compressor;
    char *room; /* for what comes out */
    size_t capacity;
};

struct deflate *
deflate_open(void)
{
    struct deflate *deflate = memory_new(1, sizeof *deflate);
    deflate->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!deflate->compressor)
        memory_exhausted(0);
    return deflate;
}

void
deflate_close(struct deflate *deflate)
{
    libdeflate_free_compressor(deflate->compressor);
    free(deflate->room);
    free(deflate);
}

void
deflate_add(struct deflate *deflate, const void *bytes, size_t length, struct buf *out)
{
    size_t bound = libdeflate_zlib_compress_bound(deflate->compressor, length);
    memory_grow(&deflate->room, &deflate->capacity, bound, 1);
    size_t made =
        libdeflate_zlib_compress(deflate->compressor, bytes, length, deflate->room, bound);
    buf_add(out, deflate->room, made);
}

bool
deflate_undo(const void *bytes, size_t length, void *out, size_t whole)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    if (!decompressor)
        memory_exhausted(0);
    bool done = libdeflate_zlib_decompress(decompressor, bytes, length, out, whole, NULL) ==
                LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(decompressor);
    return done;
}
