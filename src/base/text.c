#include "text.h"

#include <stddef.h>

int
text_compare(struct text a, struct text b)
{
    uint32_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static unsigned char
lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool
text_equal_nocase(struct text a, struct text b)
{
    if (a.length != b.length)
        return false;
    for (uint32_t i = 0; i < a.length; i++)
        if (lower(a.bytes[i]) != lower(b.bytes[i]))
            return false;
    return true;
}

static const struct text blanks[] = {
    TEXT(" "),        TEXT("\t"),           TEXT("\r"),           TEXT("\n"),
    TEXT("\xC2\xA0"), TEXT("\xE2\x80\x8B"), TEXT("\xE2\x80\xAF"), TEXT("\xEF\xBB\xBF"),
};

enum { BLANK_COUNT = sizeof blanks / sizeof *blanks };

/* Length of the blank at the start, or at the end; 0 when there is none. */
static uint32_t
blank_at(struct text text, bool end)
{
    for (size_t i = 0; i < BLANK_COUNT; i++) {
        uint32_t length = blanks[i].length;
        if (length <= text.length &&
            memcmp(text.bytes + (end ? text.length - length : 0), blanks[i].bytes, length) == 0)
            return length;
    }
    return 0;
}

/* Neither end can be a blank: the usual cell. */
static bool
is_tight(struct text text)
{
    unsigned char first = (unsigned char)text.bytes[0],
                  last = (unsigned char)text.bytes[text.length - 1];
    return first > ' ' && first < 0x80 && last > ' ' && last < 0x80;
}

struct text
text_trim(struct text text)
{
    uint32_t blank;
    if (text.length == 0 || is_tight(text))
        return text;
    while ((blank = blank_at(text, false)) != 0) {
        text.bytes += blank;
        text.length -= blank;
    }
    while ((blank = blank_at(text, true)) != 0)
        text.length -= blank;
    return text;
}

/* How many bytes of ASCII from here, by eights. */
static size_t
skip_ascii(const char *bytes, size_t length)
{
    size_t at = 0;
    for (uint64_t eight; at + 8 <= length; at += 8) {
        memcpy(&eight, bytes + at, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < length && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

/* Length of the valid character of two to four bytes at `byte`; 0 when it is none. The second
 * byte's range excludes overlong forms, surrogates and what lies above U+10FFFF. */
static size_t
long_character(const unsigned char *byte, size_t length)
{
    unsigned char lead = byte[0], low = 0x80, high = 0xBF;
    size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (size == 0 || size > length)
        return 0;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (byte[1] < low || byte[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

size_t
text_valid_utf8(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        at += skip_ascii(bytes + at, length - at);
        if (at == length)
            break;
        size_t size = long_character((const unsigned char *)bytes + at, length - at);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

enum { LONGEST_COMPARED = 127 };

static int
least(int a, int b)
{
    return a < b ? a : b;
}

int
text_distance(struct text a, struct text b, int limit)
{
    int rows[3][LONGEST_COMPARED + 1] = {{0}};
    if (a.length > LONGEST_COMPARED || b.length > LONGEST_COMPARED)
        return text_equal_nocase(a, b) ? 0 : limit + 1;
    for (uint32_t j = 0; j <= b.length; j++)
        rows[0][j] = (int)j;
    for (uint32_t i = 1; i <= a.length; i++) {
        int *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (uint32_t j = 1; j <= b.length; j++) {
            unsigned char p = lower(a.bytes[i - 1]), q = lower(b.bytes[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (p != q));
            if (i > 1 && j > 1 && p == lower(b.bytes[j - 2]) && q == lower(a.bytes[i - 2]))
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return least(rows[a.length % 3][b.length], limit + 1);
}
