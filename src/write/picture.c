/* The head of a PNG (ISO/IEC 15948, 5.2 and 11.2.2): eight fixed bytes, then IHDR with the size. */
#include "picture.h"

#include <stdio.h>
#include <string.h>

enum { LARGEST = 1 << 20, PIXELS_MOST = 4000000, HEAD = 24 };

static uint32_t
number_at(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool
read_whole(const char *path, struct buf *out)
{
    char block[1 << 14];
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return false;
    size_t length;
    while ((length = fread(block, 1, sizeof block, stream)) > 0 && out->length <= LARGEST)
        buf_add(out, block, length);
    bool whole = !ferror(stream);
    fclose(stream);
    return whole;
}

static const char *
check(const struct buf *file, struct picture *out)
{
    static const char signature[] = "\x89PNG\r\n\x1A\n";
    if (file->length > LARGEST)
        return "is larger than 1 MiB";
    if (file->length < HEAD || memcmp(file->bytes, signature, sizeof signature - 1) != 0 ||
        memcmp(file->bytes + 12, "IHDR", 4) != 0)
        return "is not a PNG";
    out->width = number_at(file->bytes + 16);
    out->height = number_at(file->bytes + 20);
    if (out->width == 0 || out->height == 0 || out->width > PIXELS_MOST / out->height)
        return "has no size, or more than 4 million pixels";
    return NULL;
}

const char *
picture_read(struct arena *arena, const char *path, struct picture *out)
{
    struct buf file = {0};
    bool read = read_whole(path, &file);
    const char *fault = read ? check(&file, out) : "cannot be read";
    if (!fault)
        out->bytes =
            (struct text){arena_copy(arena, file.bytes, file.length), (uint32_t)file.length};
    buf_free(&file);
    return fault ? arena_printf(arena, "%s: the logo %s", path, fault) : NULL;
}

void
picture_base64(struct text bytes, struct buf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (uint32_t i = 0; i < bytes.length; i += 3) {
        uint32_t left = bytes.length - i, three = 0;
        for (uint32_t j = 0; j < 3; j++)
            three = three << 8 | (j < left ? (unsigned char)bytes.bytes[i + j] : 0u);
        for (uint32_t j = 0; j < 4; j++)
            buf_char(out, j <= left ? digits[three >> (18 - 6 * j) & 63] : '=');
    }
}
