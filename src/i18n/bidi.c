#include "bidi.h"

#include "memory.h"
#include "trouble.h"

#include <stdlib.h>
#include <unicode/ubidi.h>
#include <unicode/ustring.h>

struct bidi {
    UBiDi *paragraph, *line;
    UChar *units;
    uint32_t *offset; /* byte offset of each unit, and of the end */
    int32_t length;   /* units */
    struct bidi_run *runs;
    size_t capacity;
};

/* Right-to-left scripts begin at U+0590; the controls are U+200E, U+200F, U+202A to U+202E and
 * U+2066 to U+2069. Between U+0900 and U+2000, and from U+2E80 to U+FAFF, all is left to right. */
bool
bidi_is_plain(struct text paragraph)
{
    const unsigned char *byte = (const unsigned char *)paragraph.bytes;
    for (uint32_t i = 0; i < paragraph.length; i++) {
        unsigned char c = byte[i], next = i + 1 < paragraph.length ? byte[i + 1] : 0;
        if (c < 0xD6)
            continue;
        bool plain = (c == 0xE0 && next >= 0xA4) || c == 0xE1 || (c == 0xE2 && next >= 0x82) ||
                     (c >= 0xE3 && c <= 0xEE) || (c == 0xEF && next < 0xAC);
        bool punctuation = c == 0xE2 && next == 0x80 && i + 2 < paragraph.length &&
                           ((byte[i + 2] >= 0x90 && byte[i + 2] <= 0xA7) || byte[i + 2] >= 0xAF ||
                            byte[i + 2] <= 0x8B);
        if (!plain && !punctuation)
            return false;
    }
    return true;
}

/* What would begin a new paragraph is a blank to us: whoever breaks lines has seen it. */
static UChar32
without_breaks(UChar32 c)
{
    return u_charDirection(c) == U_BLOCK_SEPARATOR ? ' ' : c;
}

static void
map_units(struct bidi *bidi, struct text text)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes;
    int32_t at = 0, end = (int32_t)text.length;
    while (at < end) {
        uint32_t start = (uint32_t)at;
        UChar32 c;
        U8_NEXT_OR_FFFD(bytes, at, end, c);
        c = without_breaks(c);
        for (int unit = 0; unit < U16_LENGTH(c); unit++) {
            bidi->offset[bidi->length] = start;
            bidi->units[bidi->length++] = c < 0x10000 ? (UChar)c
                                          : unit      ? U16_TRAIL(c)
                                                      : U16_LEAD(c);
        }
    }
    bidi->offset[bidi->length] = text.length;
}

struct bidi *
bidi_open(struct text paragraph, enum bidi_base base)
{
    static const UBiDiLevel levels[] = {
        [BIDI_LEFT_TO_RIGHT] = 0,
        [BIDI_RIGHT_TO_LEFT] = 1,
        [BIDI_FIRST_STRONG] = UBIDI_DEFAULT_LTR,
    };
    UErrorCode status = U_ZERO_ERROR;
    if (paragraph.length > INT32_MAX / 4)
        memory_exhausted(paragraph.length);
    struct bidi *bidi = memory_new(1, sizeof *bidi);
    bidi->units = memory_new((size_t)paragraph.length + 1, sizeof *bidi->units);
    bidi->offset = memory_new((size_t)paragraph.length + 1, sizeof *bidi->offset);
    bidi->paragraph = ubidi_open();
    bidi->line = ubidi_open();
    if (!bidi->paragraph || !bidi->line)
        memory_exhausted(paragraph.length);
    map_units(bidi, paragraph);
    ubidi_setPara(bidi->paragraph, bidi->units, bidi->length, levels[base], NULL, &status);
    if (trouble(status))
        memory_exhausted(paragraph.length); /* the one way in which it can fail */
    return bidi;
}

void
bidi_close(struct bidi *bidi)
{
    if (!bidi)
        return;
    ubidi_close(bidi->line);
    ubidi_close(bidi->paragraph);
    free(bidi->units);
    free(bidi->offset);
    free(bidi->runs);
    free(bidi);
}

bool
bidi_right_to_left(const struct bidi *bidi)
{
    return ubidi_getParaLevel(bidi->paragraph) & 1;
}

/* The first unit at or behind a byte offset. */
static int32_t
unit_at(const struct bidi *bidi, uint32_t offset)
{
    int32_t low = 0, high = bidi->length;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (bidi->offset[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t
bidi_line(struct bidi *bidi, uint32_t start, uint32_t end, const struct bidi_run **runs)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t from = unit_at(bidi, start), to = unit_at(bidi, end);
    *runs = NULL;
    if (from >= to)
        return 0;
    ubidi_setLine(bidi->paragraph, from, to, bidi->line, &status);
    int32_t count = ubidi_countRuns(bidi->line, &status);
    if (trouble(status))
        memory_exhausted((size_t)(to - from));
    memory_grow(&bidi->runs, &bidi->capacity, (size_t)count, sizeof *bidi->runs);
    for (int32_t i = 0; i < count; i++) {
        int32_t first, length;
        ubidi_getVisualRun(bidi->line, i, &first, &length);
        uint32_t begin = bidi->offset[from + first];
        bool right_to_left = ubidi_getLevelAt(bidi->line, first) & 1;
        bidi->runs[i] =
            (struct bidi_run){begin, bidi->offset[from + first + length] - begin, right_to_left};
    }
    *runs = bidi->runs;
    return (uint32_t)count;
}
