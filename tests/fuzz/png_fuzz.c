/* Any bytes as the chunks of a PNG: a picture of the size it says, or a fault. */
#include "arena.h"
#include "deflate.h"
#include "fuzz.h"
#include "png.h"

/* Bytes as a whole file; `packed`: as the rows of one, since no guess gets past the compression. */
static void
read_bytes(const uint8_t *bytes, size_t length, bool packed)
{
    struct buf file = {0}, rows = {0};
    struct arena *arena = arena_new();
    enum { HEAD = 13 };
    if (packed) {
        struct deflate *deflate = deflate_open();
        deflate_add(deflate, bytes + HEAD, length - HEAD, &rows);
        deflate_close(deflate);
        const unsigned char size[] = {0, (unsigned char)(rows.length >> 16),
                                      (unsigned char)(rows.length >> 8),
                                      (unsigned char)rows.length};
        buf_add(&file, "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16);
        buf_add(&file, bytes, HEAD);
        buf_add(&file, "....", 4);
        buf_add(&file, size, 4);
        buf_string(&file, "IDAT");
        buf_add(&file, rows.bytes, rows.length);
        buf_add(&file, "....\0\0\0\0IEND....", 16);
    } else {
        buf_add(&file, bytes, length);
    }
    struct png png;
    if (!png_read(arena, buf_as_text(&file), &png)) {
        CHECK(png.width > 0 && png.height > 0 && png.colour);
        volatile char last = png.colour[(size_t)png.width * png.height * 3 - 1];
        (void)last;
    }
    buf_free(&file);
    buf_free(&rows);
    arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length > 13)
        read_bytes(bytes, length, true);
    read_bytes(bytes, length, false);
    return 0;
}
