/* The caps of the reader, and the tree itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loading.h"
#include "tree.h"

static void
refuse(const char *bytes, size_t length, const char *said)
{
    struct loaded loaded = load_bytes(bytes, length, 0, NULL);
    assert_string_equal(loaded.said, said);
    assert_null(loaded.config);
    unload(&loaded);
}

static char *
repeat(const char *piece, size_t times)
{
    size_t length = strlen(piece);
    char *text = malloc(length * times + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * length, piece, length);
    text[length * times] = 0;
    return text;
}

static void
refuse_repeated(const char *start, const char *piece, size_t times, const char *said)
{
    char *many = repeat(piece, times);
    char *text = malloc(strlen(start) + strlen(many) + 1);
    strcpy(text, start);
    strcat(text, many);
    refuse(text, strlen(text), said);
    free(many);
    free(text);
}

static void
nests_that_are_too_deep(void **state)
{
    (void)state;
    refuse_repeated("a: ", "[", 30000,
                    "c.yaml:1:35: error: nested more than 32 deep [config.too_deep]\n");
    refuse_repeated("", "{a: ", 30000,
                    "c.yaml:1:129: error: nested more than 32 deep [config.too_deep]\n");
    refuse_repeated("", "- ", 30000,
                    "c.yaml:1:65: error: nested more than 32 deep [config.too_deep]\n");
}

static void
too_much_of_anything(void **state)
{
    (void)state;
    refuse_repeated("a: ", "x", 300000, "c.yaml: error: larger than 256 KiB [config.too_large]\n");
    refuse_repeated("a: ", "x", 70000,
                    "c.yaml:1:4: error: a value of more than 64 KiB [config.too_long]\n");
    refuse_repeated("a: [", "1,", 60000,
                    "c.yaml:1:99995: error: more than 50,000 values [config.too_many]\n");
    char *text = malloc(80000);
    size_t length = 0;
    for (int i = 0; i < 5000; i++)
        length += (size_t)snprintf(text + length, 16, "k%d: 1\n", i);
    refuse(text, length, "c.yaml:4097:1: error: more than 4,096 keys [config.too_many]\n");
    free(text);
}

static void
many_faults_are_grouped(void **state)
{
    (void)state;
    char *text = malloc(250000);
    size_t length = 0;
    for (int i = 0; i < 4000; i++)
        length += (size_t)snprintf(text + length, 16, "k%d: 1\n", i / 2);
    struct loaded loaded = load_bytes(text, length, 0, NULL);
    assert_non_null(
        strstr(loaded.said, "c.yaml:2:1: error: key 'k0' stands twice, first in line 1"));
    assert_null(loaded.config);
    unload(&loaded);
    free(text);
}

static void
an_alias_bomb(void **state)
{
    (void)state;
    static const char bomb[] = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
    struct loaded loaded = load_text(bomb);
    assert_non_null(strstr(loaded.said, "c.yaml:1:4: error: anchors (&name) are not accepted "
                                        "[config.anchor]\n"));
    assert_non_null(strstr(loaded.said, "c.yaml:2:8: error: aliases (*name) are not accepted "
                                        "[config.alias]\n"));
    assert_null(loaded.config);
    unload(&loaded);
}

/* Each cut of a good file gives an answer, and never a config with a fault unsaid. */
static void
every_cut_of_a_file(void **state)
{
    (void)state;
    static const char text[] = LEAST "rules: {silent: {days: 3}}\npacks: [{each: team}]\n";
    for (size_t length = 0; length < sizeof text; length += 3) {
        struct loaded loaded = load_bytes(text, length, 0, NULL);
        assert_true((loaded.config == NULL) == (loaded.code == EXIT_CONFIG));
        assert_true((loaded.config == NULL) == (loaded.length > 0));
        unload(&loaded);
    }
}

static void
places_keys_and_texts(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(NULL, false, false);
    struct tree *root = tree_parse(
        arena, TEXT("a: 1\n\"\xc3\xa4\": {b: 'x', c: }\nd:\n- ~\n- \"\"\n"), "f", true, diag);
    assert_non_null(root);
    assert_int_equal(root->kind, TREE_MAP);
    assert_int_equal(root->count, 3);
    assert_string_equal(root->first->text, "1");
    assert_true(root->first->plain);
    const struct tree *map = tree_find(root, "\xc3\xa4");
    assert_int_equal(map->key_place.line, 2);
    assert_int_equal(map->key_place.column, 1);
    assert_int_equal(map->place.column, 6); /* in characters */
    assert_false(tree_find(map, "b")->plain);
    assert_true(tree_is_empty(tree_find(map, "c")));
    assert_null(tree_find(map, "a"));
    assert_null(tree_find(root->first, "a"));
    const struct tree *list = tree_find(root, "d");
    assert_int_equal(list->kind, TREE_LIST);
    assert_true(tree_is_empty(list->first));
    assert_false(tree_is_empty(list->first->next));
    assert_string_equal(tree_describe(arena, list), "a list");
    assert_string_equal(tree_describe(arena, root), "a mapping");
    assert_string_equal(tree_describe(arena, list->first), "nothing");
    diag_free(diag);
    arena_free(arena);
}

static void
merging(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(NULL, false, false);
    struct tree *over = tree_parse(arena, TEXT("{a: 1, m: {x: {p: 1}}}"), "f", true, diag);
    struct tree *under =
        tree_parse(arena, TEXT("{a: 2, b: 3, m: {x: {q: 2}, y: 4}}"), "f", true, diag);
    struct tree *merged = tree_merge(arena, over, under, 1);
    assert_int_equal(merged->count, 3);
    assert_string_equal(tree_find(merged, "a")->text, "1");
    assert_string_equal(tree_find(merged, "b")->text, "3");
    const struct tree *inner = tree_find(merged, "m");
    assert_string_equal(tree_find(inner, "y")->text, "4");
    assert_non_null(tree_find(tree_find(inner, "x"), "p"));
    assert_null(tree_find(tree_find(inner, "x"), "q"));
    assert_int_equal(tree_find(over, "m")->count, 1);
    tree_put(arena, merged, "b", tree_copy(arena, tree_find(inner, "y")));
    assert_string_equal(tree_find(merged, "b")->text, "4");
    assert_int_equal(merged->count, 3);
    diag_free(diag);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nests_that_are_too_deep),
        cmocka_unit_test(too_much_of_anything),
        cmocka_unit_test(many_faults_are_grouped),
        cmocka_unit_test(an_alias_bomb),
        cmocka_unit_test(every_cut_of_a_file),
        cmocka_unit_test(places_keys_and_texts),
        cmocka_unit_test(merging),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
