#include "json_reader.h"

enum { DEEPEST = 64 };

struct json_reader
json_reader_on(struct text text)
{
    return (struct json_reader){.at = text.bytes, .end = text.bytes + text.length};
}

static bool
blame(struct json_reader *reader)
{
    reader->fault = true;
    return false;
}

static void
skip_blanks(struct json_reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' ||
                                        *reader->at == '\n' || *reader->at == '\r'))
        reader->at++;
}

static bool
take(struct json_reader *reader, char c)
{
    skip_blanks(reader);
    if (reader->fault || reader->at == reader->end || *reader->at != c)
        return false;
    reader->at++;
    return true;
}

static bool
take_word(struct json_reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* ---- Strings ---- */

static bool
read_hex(struct json_reader *reader, uint32_t *unit)
{
    *unit = 0;
    if (reader->end - reader->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = *reader->at++;
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return false;
        *unit = *unit << 4 | digit;
    }
    return true;
}

static void
add_utf8(struct buf *out, uint32_t code)
{
    if (code < 0x80) {
        buf_char(out, (char)code);
        return;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint32_t lead[] = {0, 0xC0, 0xE0, 0xF0};
    buf_char(out, (char)(lead[more] | code >> 6 * more));
    while (more-- > 0)
        buf_char(out, (char)(0x80 | (code >> 6 * more & 0x3F)));
}

/* Behind \u; a pair of surrogates is one character, a lone one no text. */
static bool
read_unicode(struct json_reader *reader, struct buf *out)
{
    uint32_t code, low;
    if (!read_hex(reader, &code) || (code >= 0xDC00 && code <= 0xDFFF))
        return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (!take_word(reader, "\\u") || !read_hex(reader, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        code = 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00));
    }
    if (out)
        add_utf8(out, code);
    return true;
}

/* Behind the backslash; `out` NULL: the character is not wanted. */
static bool
read_escape(struct json_reader *reader, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end)
        return false;
    char c = *reader->at++;
    if (c == 'u')
        return read_unicode(reader, out);
    const char *known = c ? strchr(from, c) : NULL;
    if (known && out)
        buf_char(out, to[known - from]);
    return known != NULL;
}

/* Up to the next byte that does not stand for itself. */
static struct text
read_plain(struct json_reader *reader)
{
    const char *from = reader->at, *at = from;
    while (at < reader->end && *at != '"' && *at != '\\' && (unsigned char)*at >= ' ')
        at++;
    reader->at = at;
    return (struct text){from, (uint32_t)(at - from)};
}

struct text
json_reader_string(struct json_reader *reader, struct buf *room)
{
    if (!take(reader, '"')) {
        blame(reader);
        return TEXT("");
    }
    struct text text = read_plain(reader);
    bool good = true;
    if (reader->at < reader->end && *reader->at == '\\') {
        buf_clear(room);
        buf_text(room, text);
        while (good && reader->at < reader->end && *reader->at == '\\') {
            reader->at++;
            good = read_escape(reader, room);
            buf_text(room, read_plain(reader));
        }
        text = buf_as_text(room);
    }
    good = good && reader->at < reader->end && *reader->at == '"' &&
           text_valid_utf8(text.bytes, text.length) == text.length;
    if (!good) {
        blame(reader);
        return TEXT("");
    }
    reader->at++;
    return text;
}

static bool
skip_string(struct json_reader *reader)
{
    reader->at++;
    for (;;) {
        read_plain(reader);
        if (reader->at == reader->end || (unsigned char)*reader->at < ' ')
            return blame(reader);
        if (*reader->at++ == '"')
            return true;
        if (!read_escape(reader, NULL))
            return blame(reader);
    }
}

/* ---- Numbers ---- */

static size_t
digits(struct json_reader *reader)
{
    const char *from = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    return (size_t)(reader->at - from);
}

static bool
skip_number(struct json_reader *reader)
{
    if (*reader->at == '-')
        reader->at++;
    bool zero = reader->at < reader->end && *reader->at == '0';
    size_t whole = digits(reader);
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (reader->at < reader->end && *reader->at == '.') {
        reader->at++;
        if (digits(reader) == 0)
            return false;
    }
    if (reader->at < reader->end && (*reader->at == 'e' || *reader->at == 'E')) {
        reader->at++;
        if (reader->at < reader->end && (*reader->at == '+' || *reader->at == '-'))
            reader->at++;
        if (digits(reader) == 0)
            return false;
    }
    return true;
}

struct text
json_reader_number(struct json_reader *reader)
{
    if (json_reader_kind(reader) == JSON_NUMBER)
        return json_reader_skip(reader);
    blame(reader);
    return TEXT("");
}

bool
json_reader_whole(struct text digits, int64_t *whole)
{
    int64_t value = 0; /* below zero: there is one more of those */
    bool minus = digits.length > 0 && digits.bytes[0] == '-';
    for (uint32_t i = minus; i < digits.length; i++) {
        int digit = digits.bytes[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *whole = minus ? value : -value;
    return true;
}

/* ---- Values ---- */

enum json_kind
json_reader_kind(struct json_reader *reader)
{
    skip_blanks(reader);
    if (reader->fault || reader->at == reader->end)
        return JSON_FAULT;
    switch (*reader->at) {
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_LIST;
    case '"':
        return JSON_STRING;
    case 'n':
        return JSON_NULL;
    case 'f':
        return JSON_FALSE;
    case 't':
        return JSON_TRUE;
    default:
        return *reader->at == '-' || (*reader->at >= '0' && *reader->at <= '9') ? JSON_NUMBER
                                                                                : JSON_FAULT;
    }
}

bool
json_reader_enter(struct json_reader *reader, enum json_kind kind)
{
    if (json_reader_kind(reader) != kind || ++reader->depth > DEEPEST)
        return blame(reader);
    reader->at++;
    reader->first = true;
    return true;
}

/* Up to the next item or member; behind the last one out of the bracket. */
static bool
go_on(struct json_reader *reader, char close)
{
    bool first = reader->first;
    reader->first = false;
    if (take(reader, close)) {
        reader->depth--;
        return false;
    }
    if (reader->fault || (!first && !take(reader, ',')))
        return blame(reader);
    return true;
}

bool
json_reader_item(struct json_reader *reader)
{
    return go_on(reader, ']');
}

bool
json_reader_member(struct json_reader *reader, struct buf *room, struct text *key)
{
    if (!go_on(reader, '}'))
        return false;
    *key = json_reader_string(reader, room);
    return take(reader, ':') || blame(reader);
}

static bool
skip_inside(struct json_reader *reader, enum json_kind kind)
{
    if (!json_reader_enter(reader, kind))
        return false;
    while (go_on(reader, kind == JSON_LIST ? ']' : '}')) {
        if (kind == JSON_OBJECT &&
            (json_reader_kind(reader) != JSON_STRING || !skip_string(reader) || !take(reader, ':')))
            return blame(reader);
        json_reader_skip(reader);
    }
    return !reader->fault;
}

struct text
json_reader_skip(struct json_reader *reader)
{
    static const char *const words[] = {
        [JSON_NULL] = "null", [JSON_FALSE] = "false", [JSON_TRUE] = "true"};
    enum json_kind kind = json_reader_kind(reader);
    const char *from = reader->at;
    bool good = kind == JSON_FAULT    ? false
                : kind <= JSON_TRUE   ? take_word(reader, words[kind])
                : kind == JSON_NUMBER ? skip_number(reader)
                : kind == JSON_STRING ? skip_string(reader)
                                      : skip_inside(reader, kind);
    if (!good)
        blame(reader);
    return good ? (struct text){from, (uint32_t)(reader->at - from)} : TEXT("");
}

bool
json_reader_ended(struct json_reader *reader)
{
    skip_blanks(reader);
    return !reader->fault && reader->at == reader->end;
}
