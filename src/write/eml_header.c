#include "eml_header.h"

#include "letters.h"

#include <string.h>

static const char *
one_line(struct arena *arena, const char *text, unsigned most, bool plain_blanks)
{
    struct buf clean = {0}, line = {0};
    bool blank = false;
    unsigned count = 0;
    letters_clean(&clean, text ? text : "");
    const char *at = clean.bytes, *end = at ? at + clean.length : NULL;
    while (at < end) {
        uint32_t letter = letters_next(&at, end);
        if (plain_blanks && (letter == 0x2068 || letter == 0x2069))
            continue; /* marks around foreign text are no part of a header */
        if (letter == ' ' || (plain_blanks && (letter == 0xA0 || letter == 0x202F))) {
            blank = line.length > 0;
            continue;
        }
        if (count + blank + 1 >= most && at < end) {
            letters_add(&line, 0x2026);
            break;
        }
        count += blank + 1u;
        if (blank)
            buf_char(&line, ' ');
        blank = false;
        letters_add(&line, letter);
    }
    const char *copy = arena_copy(arena, line.bytes ? line.bytes : "", line.length);
    buf_free(&clean);
    buf_free(&line);
    return copy;
}

const char *
eml_line(struct arena *arena, const char *text, unsigned most)
{
    return one_line(arena, text, most, false);
}

const char *
eml_header(struct arena *arena, const char *text, unsigned most)
{
    return one_line(arena, text, most, true);
}

const char *
eml_file_name(struct arena *arena, const char *title, const char *extension)
{
    char *name = arena_string(arena, eml_header(arena, title, EML_LONGEST_FILE));
    for (char *c = name; *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (c == name && *c == '.'))
            *c = '-';
    return arena_printf(arena, "%s%s", name[0] ? name : "pack", extension);
}

enum { WIDTH = 76, LONGEST_WORD = 60, WRAPPING = 12 /* =?UTF-8?B?...?= */ };

/* Whether text stands as it is: printable, words that can be folded, nothing like =?. */
static bool
is_plain(const char *text)
{
    if (!letters_plain(text, strlen(text)) || strstr(text, "=?"))
        return false;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (length > LONGEST_WORD)
            return false;
        text += length + strspn(text + length, " ");
    }
    return true;
}

/* One word more on the line, or on the next where there is no room. */
static void
add_word(struct buf *out, unsigned *column, bool first, const char *word, size_t length)
{
    if (!first && *column + 1 + length > WIDTH) {
        buf_string(out, "\n ");
        *column = 1;
    } else if (!first) {
        buf_char(out, ' ');
        ++*column;
    }
    buf_add(out, word, length);
    *column += (unsigned)length;
}

static void
add_words(struct buf *out, unsigned *column, const char *text)
{
    for (bool first = true; *text; first = false) {
        size_t length = strcspn(text, " ");
        add_word(out, column, first, text, length);
        text += length + strspn(text + length, " ");
    }
}

static void
add_base64(struct buf *out, const unsigned char *bytes, size_t count)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < count; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;
        three |= i + 1 < count ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= i + 2 < count ? bytes[i + 2] : 0;
        for (size_t j = 0; j < 4; j++)
            buf_char(out, i + j < count + 1 ? digits[three >> (18 - 6 * j) & 63] : '=');
    }
}

/* The bytes of the longest run of whole characters that fits into `most`. */
static size_t
whole_characters(const char *text, size_t most)
{
    size_t length = strlen(text) < most ? strlen(text) : most;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void
add_encoded(struct buf *out, unsigned *column, const char *text)
{
    for (bool first = true; *text; first = false) {
        size_t room = first ? WIDTH - *column : WIDTH - 1;
        struct buf word = {0};
        size_t length = whole_characters(text, (room - WRAPPING) / 4 * 3);
        buf_string(&word, "=?UTF-8?B?");
        add_base64(&word, (const unsigned char *)text, length);
        buf_string(&word, "?=");
        add_word(out, column, first, word.bytes, word.length);
        buf_free(&word);
        text += length;
    }
}

void
eml_header_text(struct buf *out, unsigned column, const char *text)
{
    if (is_plain(text))
        add_words(out, &column, text);
    else
        add_encoded(out, &column, text);
}

void
eml_header_mailbox(struct buf *out, unsigned column, const char *name, const char *address)
{
    struct buf quoted = {0}, box = {0};
    if (!name || !name[0]) {
        buf_string(out, address);
        return;
    }
    if (!is_plain(name)) {
        add_encoded(out, &column, name);
    } else if (strpbrk(name, "()<>[]:;@\\,.\"")) {
        buf_char(&quoted, '"');
        for (const char *c = name; *c; c++) {
            if (*c == '"' || *c == '\\')
                buf_char(&quoted, '\\');
            buf_char(&quoted, *c);
        }
        buf_char(&quoted, '"');
        add_words(out, &column, quoted.bytes);
    } else {
        add_words(out, &column, name);
    }
    buf_printf(&box, "<%s>", address);
    add_word(out, &column, false, box.bytes, box.length);
    buf_free(&quoted);
    buf_free(&box);
}

/* One character, as it stands in a value of RFC 2231. */
static const char *
add_percent(struct buf *out, const char *at)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    do {
        if (strchr(plain, *at))
            buf_char(out, *at);
        else
            buf_printf(out, "%%%02X", (unsigned char)*at);
        at++;
    } while (((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

void
eml_header_attachment(struct buf *out, const char *name)
{
    enum { ROOM = 56 };
    size_t used = ROOM;
    buf_string(out, "attachment");
    if (letters_plain(name, strlen(name)) && !strpbrk(name, "\"\\")) {
        buf_printf(out, ";\n filename=\"%s\"", name);
        return;
    }
    for (int piece = 0; *name;) {
        struct buf letter = {0};
        name = add_percent(&letter, name);
        if (used + letter.length > ROOM) {
            buf_printf(out, ";\n filename*%d*=%s", piece, piece ? "" : "UTF-8''");
            used = piece++ ? 0 : 7;
        }
        buf_add(out, letter.bytes, letter.length);
        used += letter.length;
        buf_free(&letter);
    }
}
