#include "json.h"

#include <assert.h>
#include <math.h>

static void
new_line(struct json *json)
{
    static const char blanks[] = "                                ";
    if (json->indent == 0)
        return;
    buf_char(json->out, '\n');
    size_t width = (size_t)json->indent * (size_t)json->depth, most = sizeof blanks - 1;
    for (; width > most; width -= most)
        buf_add(json->out, blanks, most);
    buf_add(json->out, blanks, width);
}

/* What stands between the last thing and the next. */
static void
separate(struct json *json)
{
    if (json->keyed) {
        json->keyed = false;
        return;
    }
    if (json->depth == 0)
        return;
    if (json->comma)
        buf_char(json->out, ',');
    new_line(json);
}

void
json_open(struct json *json, char bracket)
{
    separate(json);
    buf_char(json->out, bracket);
    json->depth++;
    json->comma = false;
}

void
json_close(struct json *json, char bracket)
{
    assert(json->depth > 0 && !json->keyed);
    json->depth--;
    if (json->comma)
        new_line(json);
    buf_char(json->out, bracket);
    json->comma = true;
}

static void
add_escaped(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[32] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    char letter = c < 32 ? letters[c] : c == 0x7F ? '\0' : (char)c;
    buf_char(out, '\\');
    if (letter) {
        buf_char(out, letter);
        return;
    }
    char unicode[] = {'u', '0', '0', hex[c >> 4], hex[c & 15]};
    buf_add(out, unicode, sizeof unicode);
}

/* How many leading bytes stand in a JSON string as they are. */
static size_t
plain_length(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && (unsigned char)bytes[at] >= 0x20 && bytes[at] != '"' &&
           bytes[at] != '\\' && bytes[at] != 0x7F)
        at++;
    return at;
}

/* What is not all plain: escapes, letters beyond ASCII, bytes that are none. */
static void
add_mixed(struct buf *out, const char *bytes, size_t length)
{
    while (length) {
        size_t valid = text_valid_utf8(bytes, length), at = 0;
        while (at < valid) {
            size_t plain = plain_length(bytes + at, valid - at);
            buf_add(out, bytes + at, plain);
            at += plain;
            if (at < valid)
                add_escaped(out, (unsigned char)bytes[at++]);
        }
        if (at < length) {
            buf_add(out, "\xEF\xBF\xBD", 3);
            at++;
        }
        bytes += at;
        length -= at;
    }
}

static void
add_quoted(struct buf *out, const char *bytes, size_t length)
{
    size_t plain = 0;
    while (plain < length && bytes[plain] >= ' ' && bytes[plain] < 0x7F && bytes[plain] != '"' &&
           bytes[plain] != '\\')
        plain++;
    buf_char(out, '"');
    if (plain == length)
        buf_add(out, bytes, length);
    else
        add_mixed(out, bytes, length);
    buf_char(out, '"');
}

void
json_key(struct json *json, const char *key)
{
    assert(!json->keyed);
    separate(json);
    add_quoted(json->out, key, strlen(key));
    buf_char(json->out, ':');
    if (json->indent)
        buf_char(json->out, ' ');
    json->keyed = true;
}

void
json_text(struct json *json, struct text text)
{
    separate(json);
    add_quoted(json->out, text.bytes, text.length);
    json->comma = true;
}

static void
add_word(struct json *json, const char *word)
{
    separate(json);
    buf_string(json->out, word);
    json->comma = true;
}

void
json_string(struct json *json, const char *string)
{
    if (string)
        json_text(json, text_of(string));
    else
        json_null(json);
}

void
json_int(struct json *json, int64_t value)
{
    separate(json);
    buf_int(json->out, value);
    json->comma = true;
}

void
json_real(struct json *json, double value)
{
    assert(isfinite(value));
    separate(json);
    buf_real(json->out, value);
    json->comma = true;
}

void
json_bool(struct json *json, bool value)
{
    add_word(json, value ? "true" : "false");
}

void
json_null(struct json *json)
{
    add_word(json, "null");
}
