#include "normal.h"

#include "memory.h"
#include "trouble.h"
#include "units.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool
is_ascii(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return false;
    return true;
}

/* Pieces are bounded so that ICU's 32-bit lengths and expansions (18 to 1 at most) are; a cut in
 * the middle of a character only makes two near misses of it. */
enum { LONGEST = 1 << 20, EXPANSION = 18 };

struct units {
    UChar *unit;
    int32_t length;
};

static struct units
from_utf8(struct text text)
{
    UErrorCode status = U_ZERO_ERROR;
    struct units units = {memory_new(text.length, sizeof(UChar)), 0};
    u_strFromUTF8WithSub(units.unit, (int32_t)text.length, &units.length, text.bytes,
                         (int32_t)text.length, 0xFFFD, NULL, &status);
    return units;
}

/* Replaces the units by their normal form; on failure they stay. */
static void
normalise(struct units *units, const UNormalizer2 *form)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = units->length * EXPANSION + 1;
    UChar *result = memory_new((size_t)room, sizeof *result);
    int32_t length = unorm2_normalize(form, units->unit, units->length, result, room, &status);
    if (trouble(status)) {
        free(result);
        return;
    }
    free(units->unit);
    *units = (struct units){result, length};
}

static void
compose_piece(struct text text, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    struct units units = from_utf8(text);
    normalise(&units, unorm2_getNFCInstance(&status));
    units_to_utf8(units.unit, units.length, out);
    free(units.unit);
}

static void
skeleton_piece(struct text text, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    struct units units = from_utf8(text);
    normalise(&units, unorm2_getNFKCCasefoldInstance(&status));
    normalise(&units, unorm2_getNFDInstance(&status));
    for (int32_t i = 0; i < units.length;) {
        uint32_t c = units_next(units.unit, units.length, &i);
        if (u_isalnum((UChar32)c))
            units_add(out, c);
    }
    free(units.unit);
}

static void
each_piece(struct text text, struct buf *out, void (*piece)(struct text text, struct buf *out))
{
    while (text.length) {
        uint32_t length = text.length < LONGEST ? text.length : LONGEST;
        piece((struct text){text.bytes, length}, out);
        text = (struct text){text.bytes + length, text.length - length};
    }
}

void
normal_compose(struct text text, struct buf *out)
{
    if (is_ascii(text))
        buf_text(out, text);
    else
        each_piece(text, out, compose_piece);
}

void
normal_skeleton(struct text text, struct buf *out)
{
    if (!is_ascii(text)) {
        each_piece(text, out, skeleton_piece);
        return;
    }
    for (uint32_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_char(out, c);
    }
}
