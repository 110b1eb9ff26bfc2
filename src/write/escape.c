#include "escape.h"

#include <string.h>

/* Length of the drop-worthy direction mark at `at`, or 0: E2 80 AA..AE and E2 81 A6..A9. */
static size_t
direction_mark(const unsigned char *at)
{
    if (at[0] != 0xE2 || (at[1] != 0x80 && at[1] != 0x81))
        return 0;
    return (at[1] == 0x80 && at[2] >= 0xAA && at[2] <= 0xAE) ||
                   (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9)
               ? 3
               : 0;
}

static const char *
entity(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '`':
        return "&#96;";
    default:
        return c < 0x20 && c != '\t' && c != '\n' ? "\xEF\xBF\xBD"
               : c == 0x7F                        ? "\xEF\xBF\xBD"
                                                  : NULL;
    }
}

void
escape_text(struct buf *out, const char *utf8)
{
    size_t length = utf8 ? strlen(utf8) : 0, at = 0;
    while (at < length) {
        size_t end = at + text_valid_utf8(utf8 + at, length - at), from = at;
        for (; at < end; at++) {
            const char *instead = entity((unsigned char)utf8[at]);
            size_t mark = instead ? 0 : direction_mark((const unsigned char *)utf8 + at);
            if (!instead && !mark)
                continue;
            buf_add(out, utf8 + from, at - from);
            if (instead)
                buf_string(out, instead);
            at += mark ? mark - 1 : 0;
            from = at + 1;
        }
        buf_add(out, utf8 + from, end - from);
        if (end < length) {
            buf_string(out, "\xEF\xBF\xBD");
            at = end + 1;
        }
    }
}

void
escape_attribute(struct buf *out, const char *utf8)
{
    escape_text(out, utf8);
}

void
escape_id(struct buf *out, const char *utf8)
{
    static const char hex[] = "0123456789abcdef";
    for (const unsigned char *c = (const unsigned char *)utf8; c && *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9') || *c == '-' || *c == '_' || *c == '.';
        if (plain) {
            buf_char(out, (char)*c);
        } else {
            buf_char(out, '_');
            buf_char(out, hex[*c >> 4]);
            buf_char(out, hex[*c & 15]);
            buf_char(out, '_');
        }
    }
}
