#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include <stdbool.h>
#include <string.h>

static bool
is_zero(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i])
            return false;
    return true;
}

/* Sizes on both sides of every block boundary; each piece is filled, so overlaps would show. */
static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
    enum { COUNT = 3000 };
    static unsigned char *piece[COUNT];
    static size_t size[COUNT];
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < COUNT; i++) {
        size[i] = i * 37 % 9000;
        piece[i] = i % 3 ? arena_alloc(arena, size[i]) : (void *)arena_bytes(arena, size[i]);
        assert_non_null(piece[i]);
        assert_true(i % 3 == 0 || (uintptr_t)piece[i] % 16 == 0);
        assert_true(is_zero((char *)piece[i], size[i]));
        memset(piece[i], (int)(i % 251 + 1), size[i]);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < size[i]; j++)
            assert_int_equal(piece[i][j], i % 251 + 1);
    arena_free(arena);
}

static void
large_things_have_room(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *small = arena_alloc(arena, 8), *large = arena_array(arena, 1 << 10, 1 << 14);
    assert_true(is_zero(large, 1 << 24));
    memset(large, 1, 1 << 24);
    assert_true(is_zero(small, 8));
    arena_free(arena);
}

/* Used again and again, with little and with much, it is as good as new each time. */
static void
cleared_it_is_empty_and_zeroed(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    arena_clear(arena);
    for (size_t round = 0; round < 40; round++) {
        size_t large = round % 7 == 6 ? 3 << 20 : 20000;
        for (size_t i = 0; i < 200; i++) {
            char *piece = arena_alloc(arena, i * round % 700);
            assert_true(is_zero(piece, i * round % 700));
            memset(piece, 1, i * round % 700);
        }
        char *piece = arena_alloc(arena, large);
        assert_true(is_zero(piece, large));
        memset(piece, 1, large);
        arena_clear(arena);
    }
    arena_free(arena);
}

static void
the_last_thing_can_grow(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *first = arena_alloc(arena, 40), *last = arena_alloc(arena, 40);
    assert_false(arena_extend(arena, first, 40, 16));
    assert_true(arena_extend(arena, last, 40, 24));
    assert_true(is_zero(last, 64));
    memset(last, 1, 64);
    assert_true(is_zero(arena_alloc(arena, 100), 100));
    char *large = arena_alloc(arena, 1 << 20);
    assert_false(arena_extend(arena, large, 1 << 20, 16)); /* nothing behind it is its own */
    last = arena_alloc(arena, 8);
    assert_false(arena_extend(arena, last, 8, 1 << 20));
    arena_free(arena);
}

static void
texts_are_copied(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char bytes[] = "a\0b";
    char *copy = arena_copy(arena, bytes, 3);
    bytes[0] = 'x';
    assert_memory_equal(copy, "a\0b", 4); /* and a NUL */
    assert_string_equal(arena_copy(arena, NULL, 0), "");
    assert_string_equal(arena_string(arena, "words"), "words");
    assert_string_equal(arena_printf(arena, "%d%s", 12, "x"), "12x");
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    assert_int_equal(strlen(arena_printf(arena, "%100000d", 1)), 100000);
    arena_free(arena);
    arena_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(large_things_have_room),
        cmocka_unit_test(cleared_it_is_empty_and_zeroed),
        cmocka_unit_test(the_last_thing_can_grow),
        cmocka_unit_test(texts_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
