#include "json_tree.h"

#include "buf.h"

enum { DEEPEST = 64 };

struct reader {
    struct arena *arena;
    const char *at, *end;
    int depth;
};

static void
skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' ||
                                        *reader->at == '\n' || *reader->at == '\r'))
        reader->at++;
}

static bool
take(struct reader *reader, char c)
{
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != c)
        return false;
    reader->at++;
    return true;
}

static bool
take_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool
read_hex(struct reader *reader, uint32_t *unit)
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
read_unicode(struct reader *reader, struct buf *out)
{
    uint32_t code, low;
    if (!read_hex(reader, &code) || (code >= 0xDC00 && code <= 0xDFFF))
        return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (!take_word(reader, "\\u") || !read_hex(reader, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        code = 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00));
    }
    add_utf8(out, code);
    return true;
}

static bool
read_escape(struct reader *reader, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end)
        return false;
    char c = *reader->at++;
    if (c == 'u')
        return read_unicode(reader, out);
    const char *known = c ? strchr(from, c) : NULL;
    if (known)
        buf_char(out, to[known - from]);
    return known != NULL;
}

/* The opening quote is taken already. */
static bool
read_string(struct reader *reader, struct text *text)
{
    struct buf out = {0};
    bool good = true, closed = false;
    while (good && !closed && reader->at < reader->end) {
        unsigned char c = (unsigned char)*reader->at++;
        if (c == '"')
            closed = true;
        else if (c == '\\')
            good = read_escape(reader, &out);
        else if (c < ' ')
            good = false;
        else
            buf_char(&out, (char)c);
    }
    good = good && closed && text_valid_utf8(out.bytes, out.length) == out.length;
    if (good) /* arena_copy puts a NUL behind it */
        *text = (struct text){arena_copy(reader->arena, out.length ? out.bytes : "", out.length),
                              (uint32_t)out.length};
    buf_free(&out);
    return good;
}

static size_t
digits(struct reader *reader)
{
    const char *from = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    return (size_t)(reader->at - from);
}

static bool
read_number(struct reader *reader, struct text *text)
{
    const char *from = reader->at;
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
    *text = (struct text){from, (uint32_t)(reader->at - from)};
    return true;
}

static struct json_tree *
read_value(struct reader *reader);

/* Items or members up to the closing bracket. */
static bool
read_inside(struct reader *reader, struct json_tree *tree, char close)
{
    const struct json_tree **end = &tree->first;
    if (++reader->depth > DEEPEST)
        return false;
    if (take(reader, close))
        return reader->depth--, true;
    do {
        struct text key = {0};
        if (tree->kind == JSON_OBJECT &&
            (!take(reader, '"') || !read_string(reader, &key) || !take(reader, ':')))
            return false;
        struct json_tree *item = read_value(reader);
        if (!item)
            return false;
        item->key = tree->kind == JSON_OBJECT ? key.bytes : NULL;
        *end = item;
        end = &item->next;
        tree->count++;
    } while (take(reader, ','));
    reader->depth--;
    return take(reader, close);
}

static struct json_tree *
read_value(struct reader *reader)
{
    struct json_tree *tree = arena_alloc(reader->arena, sizeof *tree);
    bool good = false;
    if (take(reader, '{')) {
        tree->kind = JSON_OBJECT;
        good = read_inside(reader, tree, '}');
    } else if (take(reader, '[')) {
        tree->kind = JSON_LIST;
        good = read_inside(reader, tree, ']');
    } else if (take(reader, '"')) {
        tree->kind = JSON_STRING;
        good = read_string(reader, &tree->text);
    } else if (reader->at < reader->end &&
               (*reader->at == '-' || (*reader->at >= '0' && *reader->at <= '9'))) {
        tree->kind = JSON_NUMBER;
        good = read_number(reader, &tree->text);
    } else {
        static const char *const words[] = {
            [JSON_NULL] = "null", [JSON_FALSE] = "false", [JSON_TRUE] = "true"};
        for (int kind = JSON_NULL; kind <= JSON_TRUE && !good; kind++) {
            good = take_word(reader, words[kind]);
            tree->kind = (enum json_kind)kind;
        }
    }
    return good ? tree : NULL;
}

const struct json_tree *
json_tree_read(struct arena *arena, struct text text, size_t *at)
{
    struct reader reader = {arena, text.bytes, text.bytes + text.length, 0};
    const struct json_tree *tree = read_value(&reader);
    skip_blanks(&reader);
    *at = (size_t)(reader.at - text.bytes);
    return tree && reader.at == reader.end ? tree : NULL;
}

const struct json_tree *
json_tree_find(const struct json_tree *object, const char *key)
{
    const struct json_tree *member = object && object->kind == JSON_OBJECT ? object->first : NULL;
    while (member && strcmp(member->key, key) != 0)
        member = member->next;
    return member;
}

const char *
json_tree_string(const struct json_tree *object, const char *key)
{
    const struct json_tree *member = json_tree_find(object, key);
    bool is =
        member && member->kind == JSON_STRING && strlen(member->text.bytes) == member->text.length;
    return is ? member->text.bytes : NULL;
}

int64_t
json_tree_whole(const struct json_tree *object, const char *key, int64_t otherwise)
{
    const struct json_tree *member = json_tree_find(object, key);
    int64_t value = 0;
    if (!member || member->kind != JSON_NUMBER)
        return otherwise;
    bool minus = member->text.bytes[0] == '-';
    for (uint32_t i = minus; i < member->text.length; i++) {
        int digit = member->text.bytes[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return otherwise;
    }
    if (!minus && value == INT64_MIN)
        return otherwise;
    return minus ? value : -value;
}

bool
json_tree_is_true(const struct json_tree *object, const char *key)
{
    const struct json_tree *member = json_tree_find(object, key);
    return member && member->kind == JSON_TRUE;
}
