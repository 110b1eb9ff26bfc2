#include "header.h"

#include "buf.h"
#include "normal.h"

/* The next character of a header: quotation marks of every kind are one, letters have no case. */
static int
next_character(struct text *text)
{
    static const char *const marks[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E",
                                        "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB",
                                        "\xC2\xBB"};
    for (unsigned i = 0; i < sizeof marks / sizeof *marks; i++) {
        uint32_t length = (uint32_t)strlen(marks[i]);
        if (text->length >= length && memcmp(text->bytes, marks[i], length) == 0) {
            *text = (struct text){text->bytes + length, text->length - length};
            return '"';
        }
    }
    char c = text->bytes[0];
    *text = (struct text){text->bytes + 1, text->length - 1};
    if (c == '\'')
        return '"';
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool
header_alike(struct text a, struct text b)
{
    a = text_trim(a);
    b = text_trim(b);
    while (a.length && b.length)
        if (next_character(&a) != next_character(&b))
            return false;
    return a.length == b.length;
}

/* The characters as they are compared. */
static void
add_canonical(struct text text, struct buf *out)
{
    while (text.length)
        buf_char(out, (char)next_character(&text));
}

bool
header_fits(struct text header, struct text pattern)
{
    const char *star = memchr(pattern.bytes, '*', pattern.length);
    if (!star)
        return header_alike(header, pattern);
    uint32_t front = (uint32_t)(star - pattern.bytes);
    struct buf whole = {0}, start = {0}, end = {0};
    add_canonical(text_trim(header), &whole);
    add_canonical((struct text){pattern.bytes, front}, &start);
    add_canonical((struct text){star + 1, pattern.length - front - 1}, &end);
    bool fits = whole.bytes && start.bytes && end.bytes &&
                whole.length >= start.length + end.length &&
                memcmp(whole.bytes, start.bytes, start.length) == 0 &&
                memcmp(whole.bytes + whole.length - end.length, end.bytes, end.length) == 0;
    buf_free(&whole);
    buf_free(&start);
    buf_free(&end);
    return fits;
}

/* `Status#2`: the second column of that name. */
static uint32_t
find_numbered(uint32_t columns, const struct text *header, struct text name)
{
    const char *mark = name.length > 2 ? memrchr(name.bytes, '#', name.length - 1) : NULL;
    uint32_t number = 0;
    for (const char *at = mark ? mark + 1 : NULL; at && at < name.bytes + name.length; at++) {
        if (*at < '0' || *at > '9' || number > columns)
            return HEADER_NONE;
        number = number * 10 + (uint32_t)(*at - '0');
    }
    if (number == 0)
        return HEADER_NONE;
    name.length = (uint32_t)(mark - name.bytes);
    for (uint32_t i = 0; i < columns; i++)
        if (header_alike(header[i], name) && --number == 0)
            return i;
    return HEADER_NONE;
}

uint32_t
header_find(uint32_t columns, const struct text *header, struct text name)
{
    bool (*const same[])(struct text, struct text) = {text_equal, header_alike};
    for (unsigned way = 0; way < 2; way++) {
        uint32_t found = HEADER_NONE;
        for (uint32_t i = 0; i < columns; i++)
            if (same[way](header[i], name))
                found = found == HEADER_NONE ? i : HEADER_TWICE;
        if (found != HEADER_NONE)
            return found;
    }
    return find_numbered(columns, header, name);
}

static bool
same_skeleton(struct text a, struct text b)
{
    struct buf first = {0}, second = {0};
    normal_skeleton(a, &first);
    normal_skeleton(b, &second);
    bool same = first.length && text_equal(buf_as_text(&first), buf_as_text(&second));
    buf_free(&first);
    buf_free(&second);
    return same;
}

uint32_t
header_near(uint32_t columns, const struct text *header, const bool *used, struct text name)
{
    int limit = name.length < 5 ? 1 : 2, best = limit + 1;
    uint32_t near = HEADER_NONE;
    for (uint32_t i = 0; i < columns; i++) {
        if (used[i] || header[i].length == 0)
            continue;
        if (same_skeleton(header[i], name))
            return i;
        int distance = text_distance(header[i], name, limit);
        if (distance < best) {
            best = distance;
            near = i;
        }
    }
    return near;
}
