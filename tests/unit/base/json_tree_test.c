#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json.h"
#include "json_tree.h"

static void
reads_every_kind(void **state)
{
    struct arena *arena = arena_new();
    size_t at;
    (void)state;
    const struct json_tree *tree = json_tree_read(
        arena,
        TEXT(" {\"a\": [1, -2.5e+3, true, false, null, {}], \"s\": \"x\\\"\\\\\\/\\b\\f\\n\\r\\t"
             "\\u00e9\\ud83d\\ude00\", \"n\": 42, \"\": {\"in\": \"deep\"}, \"yes\": true}\n"),
        &at);
    assert_non_null(tree);
    const struct json_tree *list = json_tree_find(tree, "a");
    assert_int_equal(list->kind, JSON_LIST);
    assert_int_equal(list->count, 6);
    assert_true(text_equal(list->first->next->text, TEXT("-2.5e+3")));
    assert_int_equal(list->first->next->next->kind, JSON_TRUE);
    assert_string_equal(json_tree_string(tree, "s"), "x\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80");
    assert_int_equal(json_tree_whole(tree, "n", -1), 42);
    assert_string_equal(json_tree_string(json_tree_find(tree, ""), "in"), "deep");
    assert_true(json_tree_is_true(tree, "yes"));
    assert_false(json_tree_is_true(tree, "n"));
    assert_null(json_tree_string(tree, "n"));
    assert_null(json_tree_find(tree, "none"));
    assert_null(json_tree_find(NULL, "a"));
    assert_null(json_tree_find(list, "a"));
    arena_free(arena);
}

static void
refuses_what_is_none(void **state)
{
    static const char *const bad[] = {
        "",          "{",           "[1,]",        "{\"a\"}", "{\"a\":}",
        "{a:1}",     "[1 2]",       "01",          "1.",      ".5",
        "1e",        "-",           "+1",          "\"a",     "\"\\x\"",
        "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\n\"",  "nul",
        "truex",     "[] []",       "{\"a\":1,}",  "'a'",     "\"\\ud800\\u0041\"",
        "\"\xFF\"",  "[\"a\" : 1]", "]",           "\\"};
    struct arena *arena = arena_new();
    size_t at;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (json_tree_read(arena, text_of(bad[i]), &at))
            fail_msg("accepted: %s", bad[i]);
    assert_null(json_tree_read(arena, TEXT("{\"a\": x}"), &at));
    assert_int_equal(at, 6);
    arena_free(arena);
}

static void
nests_to_a_limit(void **state)
{
    char text[260];
    struct arena *arena = arena_new();
    size_t at;
    (void)state;
    for (uint32_t depth = 64; depth <= 65; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        bool read = json_tree_read(arena, (struct text){text, 2 * depth}, &at) != NULL;
        assert_true(read == (depth == 64));
    }
    arena_free(arena);
}

static void
whole_numbers_hold_to_their_range(void **state)
{
    static const struct {
        const char *json;
        int64_t value;
    } cases[] = {{"{\"n\":9223372036854775807}", INT64_MAX},
                 {"{\"n\":-9223372036854775808}", INT64_MIN},
                 {"{\"n\":9223372036854775808}", 7},
                 {"{\"n\":-9223372036854775809}", 7},
                 {"{\"n\":1.5}", 7},
                 {"{\"n\":1e3}", 7},
                 {"{\"n\":\"1\"}", 7},
                 {"{}", 7},
                 {"{\"n\":-0}", 0}};
    struct arena *arena = arena_new();
    size_t at;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(json_tree_whole(json_tree_read(arena, text_of(cases[i].json), &at), "n", 7) ==
                    cases[i].value);
    arena_free(arena);
}

/* What the writer writes reads back; a NUL in a string is not taken for its end. */
static void
reads_what_the_writer_writes(void **state)
{
    struct buf out = {0};
    struct json json = {.out = &out, .indent = 1};
    struct arena *arena = arena_new();
    size_t at;
    (void)state;
    json_open(&json, '{');
    json_key(&json, "k\"ey");
    json_text(&json, (struct text){"a\0b\x01\x1F\xC3\xA9", 7});
    json_key(&json, "plain");
    json_string(&json, "</script>\xE2\x80\xA8");
    json_close(&json, '}');
    const struct json_tree *tree = json_tree_read(arena, buf_as_text(&out), &at);
    assert_non_null(tree);
    assert_true(
        text_equal(json_tree_find(tree, "k\"ey")->text, (struct text){"a\0b\x01\x1F\xC3\xA9", 7}));
    assert_null(json_tree_string(tree, "k\"ey"));
    assert_string_equal(json_tree_string(tree, "plain"), "</script>\xE2\x80\xA8");
    buf_free(&out);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(refuses_what_is_none),
        cmocka_unit_test(nests_to_a_limit),
        cmocka_unit_test(whole_numbers_hold_to_their_range),
        cmocka_unit_test(reads_what_the_writer_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
