/* text: a piece of bytes that somebody else owns; not NUL-terminated, may hold any byte. */
#ifndef SEFPACK_BASE_TEXT_H
#define SEFPACK_BASE_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *bytes; /* may be NULL when length is 0 */
    uint32_t length;
};

#define TEXT(literal) ((struct text){(literal), (uint32_t)(sizeof(literal) - 1)})

static inline struct text
text_of(const char *string) /* NULL gives the empty text */
{
    return (struct text){string, string ? (uint32_t)strlen(string) : 0};
}

static inline bool
text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

static inline bool
text_same_ends(const char *a, const char *b, uint32_t length, size_t size)
{
    uint64_t first[2] = {0, 0}, last[2] = {0, 0};
    memcpy(&first[0], a, size), memcpy(&first[1], b, size);
    memcpy(&last[0], a + length - size, size), memcpy(&last[1], b + length - size, size);
    return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
}

/* text_equal without a call for ids and words of usual length, by loads that overlap. */
static inline bool
text_same(struct text a, struct text b)
{
    uint32_t length = a.length;
    if (length != b.length)
        return false;
    if (length >= 8 && length <= 16)
        return text_same_ends(a.bytes, b.bytes, length, 8);
    if (length >= 4 && length < 8)
        return text_same_ends(a.bytes, b.bytes, length, 4);
    if (length > 16 && length <= 32)
        return text_same_ends(a.bytes, b.bytes, 16, 8) &&
               text_same_ends(a.bytes + length - 16, b.bytes + length - 16, 16, 8);
    for (uint32_t i = 0; i < length && length < 4; i++)
        if (a.bytes[i] != b.bytes[i])
            return false;
    return length < 4 || memcmp(a.bytes, b.bytes, length) == 0;
}

/* Byte order; a prefix comes first. <0, 0, >0. */
int
text_compare(struct text a, struct text b);

/* ASCII letters only; other bytes compare as they are. */
bool
text_equal_nocase(struct text a, struct text b);

/* Without blanks at both ends: space, tab, CR, LF, U+00A0, U+200B, U+202F, U+FEFF. */
struct text
text_trim(struct text text);

/* How many of the leading bytes are valid UTF-8 (no surrogates, no overlong forms). */
size_t
text_valid_utf8(const char *bytes, size_t length);

/* Optimal-string-alignment distance over bytes without case, for did-you-mean; at most `limit`+1.
 * Texts above 127 bytes are either equal or too far apart. */
int
text_distance(struct text a, struct text b, int limit);

#endif
