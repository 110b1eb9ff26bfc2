/* Any bytes as a JSON text: what is read as a tree is also passed over as one value, its strings
 * are whole UTF-8, and written again it reads as the same tree. */
#include "fuzz.h"
#include "json_tree.h"

#include <stdlib.h>
#include <string.h>

/* The tree as JSON again, each key as "k": keys may hold a NUL, and are strings like others. */
static void
put(struct buf *out, const struct json_tree *tree)
{
    static const char *const words[] = {"null", "false", "true"};
    bool object = tree->kind == JSON_OBJECT;
    if (tree->kind <= JSON_TRUE)
        buf_string(out, words[tree->kind]);
    else if (tree->kind == JSON_NUMBER)
        buf_text(out, tree->text);
    else if (tree->kind == JSON_STRING) {
        CHECK(text_valid_utf8(tree->text.bytes, tree->text.length) == tree->text.length);
        buf_char(out, '"');
        for (uint32_t i = 0; i < tree->text.length; i++) {
            unsigned char c = (unsigned char)tree->text.bytes[i];
            if (c < 0x20 || c == '"' || c == '\\')
                buf_printf(out, "\\u%04x", c);
            else
                buf_char(out, (char)c);
        }
        buf_char(out, '"');
    } else {
        buf_char(out, object ? '{' : '[');
        for (const struct json_tree *item = tree->first; item; item = item->next) {
            if (item != tree->first)
                buf_char(out, ',');
            if (object)
                buf_string(out, "\"k\":");
            put(out, item);
        }
        buf_char(out, object ? '}' : ']');
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *copy = malloc(size + 1);
    CHECK(copy);
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    struct text text = {copy, (uint32_t)size};
    struct arena *arena = arena_new();
    size_t at = 0;
    const struct json_tree *tree = json_tree_read(arena, text, &at);
    struct json_reader reader = json_reader_on(text);
    json_reader_skip(&reader);
    bool passed = json_reader_ended(&reader);
    if (tree) {
        struct buf once = {0}, twice = {0};
        CHECK(passed);
        put(&once, tree);
        const struct json_tree *again =
            json_tree_read(arena, buf_slice(&once, 0, once.length), &at);
        CHECK(again);
        put(&twice, again);
        CHECK(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
        buf_free(&once);
        buf_free(&twice);
    } else
        CHECK(at <= size);
    arena_free(arena);
    free(copy);
    return 0;
}
