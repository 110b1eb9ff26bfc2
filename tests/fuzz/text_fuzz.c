/* Any bytes as a name, a paragraph, a message, a string of JSON. */
#include "bidi.h"
#include "collate.h"
#include "diag.h"
#include "fuzz.h"
#include "json.h"
#include "linebreak.h"
#include "normal.h"
#include "slug.h"
#include "symbols.h"

#include <stdlib.h>

/* One character at a time, as the standard's table has it: the slow twin of text_valid_utf8. */
static size_t
valid_utf8_slowly(const uint8_t *b, size_t size)
{
    size_t at = 0;
    while (at < size) {
        size_t left = size - at;
        const uint8_t *c = b + at;
        uint32_t code = c[0];
        size_t length = code < 0x80       ? 1
                        : code >> 5 == 6  ? 2
                        : code >> 4 == 14 ? 3
                        : code >> 3 == 30 ? 4
                                          : 0;
        if (length == 0 || length > left)
            break;
        code &= length == 1 ? 0x7F : 0xFFu >> (length + 1);
        size_t i = 1;
        for (; i < length && c[i] >> 6 == 2; i++)
            code = code << 6 | (c[i] & 0x3F);
        static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (i < length || code < least[length] || code > 0x10FFFF || code >> 11 == 27)
            break;
        at += length;
    }
    return at;
}

static void
try_slug(struct text name)
{
    char slug[SLUG_SIZE];
    slug_make(name, slug);
    size_t length = strlen(slug);
    CHECK(length > 0 && strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == length);
    CHECK(slug[0] != '-' && slug[length - 1] != '-');
}

static void
try_name(struct text name, struct text other)
{
    static struct collator *collator;
    struct buf one = {NULL, 0, 0}, two = {NULL, 0, 0};
    normal_compose(name, &one);
    normal_compose(buf_as_text(&one), &two);
    CHECK(text_equal(buf_as_text(&one), buf_as_text(&two)));
    normal_skeleton(name, &one);
    CHECK(text_valid_utf8(one.bytes, one.length) == one.length);
    if (!collator)
        collator = collate_open("en-GB");
    buf_clear(&one);
    buf_clear(&two);
    collate_key(collator, name, &one);
    collate_key(collator, other, &two);
    int order = collate_compare(collator, name, other),
        keys = text_compare(buf_as_text(&one), buf_as_text(&two));
    CHECK((order > 0) - (order < 0) == (keys > 0) - (keys < 0));
    CHECK((order == 0) == text_equal(name, other));
    CHECK(text_distance(name, other, 3) == text_distance(other, name, 3));
    buf_free(&one);
    buf_free(&two);
}

static void
try_paragraph(struct text text)
{
    static struct linebreaker *breaker;
    const struct line_end *ends;
    const struct bidi_run *runs;
    uint32_t last = 0, covered = 0;
    if (!breaker)
        breaker = linebreak_open("en-GB");
    uint32_t count = linebreak_find(breaker, text, &ends);
    for (uint32_t i = 0; i < count; last = ends[i++].at)
        CHECK(ends[i].at > last);
    CHECK(last == text.length);
    struct bidi *bidi = bidi_open(text, BIDI_FIRST_STRONG);
    for (uint32_t i = 0, from = 0; i < count; from = ends[i++].at) {
        uint32_t pieces = bidi_line(bidi, from, ends[i].at, &runs);
        for (uint32_t j = 0; j < pieces; j++) {
            CHECK(runs[j].start >= from && runs[j].start + runs[j].length <= ends[i].at);
            CHECK(!bidi_is_plain(text) || !runs[j].right_to_left);
            covered += runs[j].length;
        }
    }
    CHECK(covered == text.length);
    bidi_close(bidi);
}

/* A message is one line of visible text, whatever it quotes. */
static void
try_message(struct text text)
{
    char *printed = NULL, *copy = strndup(text.length ? text.bytes : "", text.length);
    size_t length = 0, lines = 0;
    FILE *stream = open_memstream(&printed, &length);
    struct diag *diag = diag_new(stream, false, false);
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "id", (struct place){copy, 1, 1}, "%s", copy);
    diag_flush(diag);
    for (size_t i = 0; i < length; i++) {
        lines += printed[i] == '\n';
        CHECK((unsigned char)printed[i] >= ' ' || i + 1 == length);
    }
    CHECK(lines == 1 && text_valid_utf8(printed, length) == length);
    diag_free(diag);
    fclose(stream);
    free(printed);
    free(copy);
}

static void
try_json(struct text text)
{
    struct buf out = {NULL, 0, 0};
    struct json json = {.out = &out};
    json_text(&json, text);
    CHECK(out.length >= 2 && out.bytes[0] == '"' && out.bytes[out.length - 1] == '"');
    CHECK(text_valid_utf8(out.bytes, out.length) == out.length);
    for (size_t i = 1; i + 1 < out.length; i++) {
        CHECK((unsigned char)out.bytes[i] >= ' ' && out.bytes[i] != '"');
        if (out.bytes[i] == '\\')
            i += out.bytes[i + 1] == 'u' ? 5 : 1;
    }
    buf_free(&out);
}

static void
try_symbols(struct text one, struct text two)
{
    struct symbols *symbols = symbols_new(1);
    uint32_t first = symbols_intern(symbols, one), second = symbols_intern(symbols, two);
    CHECK((first == second) == text_equal(one, two));
    CHECK(text_equal(symbols_text(symbols, first), one));
    CHECK(symbols_find(symbols, two) == second);
    symbols_free(symbols);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text text = fuzz_text(bytes, size), trimmed = text_trim(text);
    struct text half = {text.bytes, text.length / 2},
                rest = {text.bytes + half.length, text.length - half.length};
    CHECK(text_valid_utf8(text.bytes, size) == valid_utf8_slowly(bytes, size));
    CHECK(text_equal(text_trim(trimmed), trimmed));
    if (size % 8 == 0) /* ICU's rules are slow to open */
        try_slug(text);
    try_name(half, rest);
    try_paragraph(text);
    try_message(text);
    try_json(text);
    try_symbols(half, rest);
    return 0;
}
