#include "letters.h"

/* Length of the valid UTF-8 sequence at `at`, or 0. */
static uint32_t
decode(const unsigned char *at, const unsigned char *end, uint32_t *letter)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t length = at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
    if (length == 0 || (size_t)(end - at) < length)
        return 0;
    uint32_t value = at[0] & (0xFFu >> (length + 1));
    for (uint32_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3F);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *letter = value;
    return length;
}

static uint32_t
shown(uint32_t letter)
{
    if ((letter >= 0x202A && letter <= 0x202E) || letter == 0x2066 || letter == 0x2067)
        return 0;
    if (letter < 0xA0 || letter == 0xFEFF || (letter & 0xFFFE) == 0xFFFE ||
        (letter >= 0xFDD0 && letter <= 0xFDEF))
        return LETTER_UNKNOWN;
    if (letter == 0x2028 || letter == 0x2029)
        return ' ';
    return letter;
}

uint32_t
letters_next(const char **at, const char *end)
{
    const unsigned char *byte = (const unsigned char *)*at;
    if (*byte < 0x80) {
        ++*at;
        if (*byte >= ' ' && *byte < 0x7F)
            return *byte;
        return *byte == '\t' || *byte == '\n' || *byte == '\r' ? ' ' : LETTER_UNKNOWN;
    }
    uint32_t letter, length = decode(byte, (const unsigned char *)end, &letter);
    *at += length ? length : 1;
    return length ? shown(letter) : LETTER_UNKNOWN;
}

bool
letters_right_to_left(uint32_t letter)
{
    return (letter >= 0x590 && letter < 0x900) || (letter >= 0xFB1D && letter < 0xFE00) ||
           (letter >= 0xFE70 && letter < 0xFEFF) || (letter >= 0x10800 && letter < 0x11000) ||
           (letter >= 0x1E800 && letter < 0x1F000);
}

bool
letters_plain(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] < ' ' || bytes[i] > '~')
            return false;
    return true;
}

void
letters_add(struct buf *out, uint32_t letter)
{
    char bytes[4];
    if (letter < 0x80) {
        buf_char(out, (char)letter);
        return;
    }
    size_t length = letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (letter & 0x3F));
        letter >>= 6;
    }
    bytes[0] = (char)((0xF00u >> length & 0xFF) | letter);
    buf_add(out, bytes, length);
}

void
letters_clean(struct buf *out, const char *text)
{
    size_t length = strlen(text);
    if (letters_plain(text, length)) {
        buf_add(out, text, length);
        return;
    }
    for (const char *end = text + length; text < end;) {
        uint32_t letter = letters_next(&text, end);
        if (letter)
            letters_add(out, letter);
    }
}
