#include "picture.h"

#include <stdio.h>

enum { LARGEST = 1 << 20 };

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

const char *
picture_read(struct arena *arena, const char *path, struct picture *out)
{
    struct buf file = {0};
    *out = (struct picture){0};
    const char *fault = !read_whole(path, &file) ? "cannot be read"
                        : file.length > LARGEST  ? "is larger than 1 MiB"
                                                 : png_read(arena, buf_as_text(&file), &out->png);
    if (!fault)
        out->bytes =
            (struct text){arena_copy(arena, file.bytes, file.length), (uint32_t)file.length};
    buf_free(&file);
    return fault;
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
