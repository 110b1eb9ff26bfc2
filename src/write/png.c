#include "png.h"

#include "deflate.h"

#include <stdlib.h>
#include <string.h>

enum { PIXELS_MOST = 4000000, SIGNATURE = 8, CHUNK = 12 /* length, name, check */ };
enum { GREY = 0, COLOUR = 2, PALETTE = 3, GREY_OPACITY = 4, COLOUR_OPACITY = 6 };

struct reading {
    uint32_t width, height, depth, kind, channels;
    struct text palette, palette_opacity;
    struct buf packed; /* what stands in the IDAT chunks */
};

static uint32_t
number_at(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static const char *
read_head(struct reading *reading, struct text chunk)
{
    static const uint8_t channels[] = {
        [GREY] = 1, [COLOUR] = 3, [PALETTE] = 1, [GREY_OPACITY] = 2, [COLOUR_OPACITY] = 4};
    /* bit d: that many bits a sample are allowed */
    static const uint32_t depths[] = {[GREY] = 0x10116,
                                      [COLOUR] = 0x10100,
                                      [PALETTE] = 0x116,
                                      [GREY_OPACITY] = 0x10100,
                                      [COLOUR_OPACITY] = 0x10100};
    if (chunk.length < 13)
        return "is not a PNG";
    const unsigned char *more = (const unsigned char *)chunk.bytes + 8;
    reading->width = number_at(chunk.bytes);
    reading->height = number_at(chunk.bytes + 4);
    reading->depth = more[0];
    reading->kind = more[1];
    if (reading->kind >= sizeof channels || channels[reading->kind] == 0 || reading->depth > 16 ||
        !(depths[reading->kind] >> reading->depth & 1))
        return "is a PNG of no known kind";
    if (more[4])
        return "is an interlaced PNG; save it without";
    if (reading->width == 0 || reading->height == 0 ||
        reading->width > PIXELS_MOST / reading->height)
        return "has no size, or more than 4 million pixels";
    reading->channels = channels[reading->kind];
    return NULL;
}

static const char *
read_chunks(struct reading *reading, struct text file)
{
    static const char signature[] = "\x89PNG\r\n\x1A\n";
    const char *fault = NULL;
    if (file.length < SIGNATURE + CHUNK || memcmp(file.bytes, signature, SIGNATURE) != 0 ||
        memcmp(file.bytes + SIGNATURE + 4, "IHDR", 4) != 0)
        return "is not a PNG";
    for (uint32_t at = SIGNATURE; !fault;) {
        if (file.length - at < CHUNK || number_at(file.bytes + at) > file.length - at - CHUNK)
            return "is cut off";
        const char *name = file.bytes + at + 4;
        struct text chunk = {name + 4, number_at(file.bytes + at)};
        if (memcmp(name, "IHDR", 4) == 0)
            fault = read_head(reading, chunk);
        else if (memcmp(name, "PLTE", 4) == 0)
            reading->palette = chunk;
        else if (memcmp(name, "tRNS", 4) == 0 && reading->kind == PALETTE)
            reading->palette_opacity = chunk;
        else if (memcmp(name, "IDAT", 4) == 0)
            buf_text(&reading->packed, chunk);
        else if (memcmp(name, "IEND", 4) == 0)
            break;
        at += CHUNK + chunk.length;
    }
    return fault;
}

static int
paeth(int left, int up, int corner)
{
    int guess = left + up - corner;
    int by_left = abs(guess - left), by_up = abs(guess - up), by_corner = abs(guess - corner);
    return by_left <= by_up && by_left <= by_corner ? left : by_up <= by_corner ? up : corner;
}

/* Undoes the filter of a row (chapter 9): bytes were stored as differences to the pixel on the
 * left, the row above, their mean or their better guess. */
static bool
unfilter(unsigned char *row, const unsigned char *above, size_t length, size_t pixel,
         unsigned filter)
{
    if (filter > 4)
        return false;
    for (size_t i = 0; filter && i < length; i++) {
        int left = i >= pixel ? row[i - pixel] : 0, up = above ? above[i] : 0;
        int corner = above && i >= pixel ? above[i - pixel] : 0;
        const int guess[] = {0, left, up, (left + up) / 2, paeth(left, up, corner)};
        row[i] = (unsigned char)(row[i] + guess[filter]);
    }
    return true;
}

/* Sample i of a row, in 8 bits; of a palette's index as it is. */
static uint8_t
sample(const struct reading *reading, const unsigned char *row, size_t i)
{
    if (reading->depth >= 8)
        return row[i * (reading->depth / 8)];
    uint32_t most = (1u << reading->depth) - 1;
    size_t bit = i * reading->depth;
    uint32_t byte = row[bit / 8], value = byte >> (8 - reading->depth - bit % 8) & most;
    return (uint8_t)(reading->kind == PALETTE ? value : value * 255 / most);
}

static void
read_pixel(const struct reading *reading, const unsigned char *row, size_t x, char colour[3],
           char *opacity)
{
    size_t first = x * reading->channels;
    uint8_t value = sample(reading, row, first);
    *opacity = (char)0xFF;
    if (reading->kind == PALETTE) {
        if ((value + 1u) * 3 <= reading->palette.length)
            memcpy(colour, reading->palette.bytes + (size_t)value * 3, 3);
        if (value < reading->palette_opacity.length)
            *opacity = reading->palette_opacity.bytes[value];
        return;
    }
    for (size_t c = 0; c < 3; c++)
        colour[c] = (char)(reading->channels < 3 ? value : sample(reading, row, first + c));
    if (reading->channels % 2 == 0)
        *opacity = (char)sample(reading, row, first + reading->channels - 1);
}

static const char *
read_rows(const struct reading *reading, struct arena *arena, struct png *out)
{
    size_t bits = (size_t)reading->channels * reading->depth;
    size_t length = (reading->width * bits + 7) / 8, pixel = bits < 8 ? 1 : bits / 8;
    size_t whole = (length + 1) * reading->height,
           pixels = (size_t)reading->width * reading->height;
    unsigned char *rows = arena_alloc(arena, whole);
    const unsigned char *above = NULL;
    if (!deflate_undo(reading->packed.bytes, reading->packed.length, rows, whole))
        return "is a damaged PNG";
    char *colour = arena_alloc(arena, pixels * 3), *opacity = arena_alloc(arena, pixels);
    bool opaque = true;
    for (size_t y = 0, p = 0; y < reading->height; y++) {
        unsigned char *row = rows + y * (length + 1) + 1;
        if (!unfilter(row, above, length, pixel, row[-1]))
            return "is a damaged PNG";
        for (size_t x = 0; x < reading->width; x++, p++) {
            read_pixel(reading, row, x, colour + 3 * p, opacity + p);
            opaque = opaque && opacity[p] == (char)0xFF;
        }
        above = row;
    }
    *out = (struct png){reading->width, reading->height, colour, opaque ? NULL : opacity};
    return NULL;
}

const char *
png_read(struct arena *arena, struct text file, struct png *out)
{
    struct reading reading = {0};
    const char *fault = read_chunks(&reading, file);
    if (!fault)
        fault = read_rows(&reading, arena, out);
    buf_free(&reading.packed);
    return fault;
}
