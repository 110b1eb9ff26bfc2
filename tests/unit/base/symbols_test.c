#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hash.h"
#include "symbols.h"

#include <stdio.h>
#include <stdlib.h>

static void
texts_are_numbered_by_first_sight(void **state)
{
    (void)state;
    struct symbols *symbols = symbols_new(0);
    assert_int_equal(symbols_find(symbols, TEXT("a")), SYMBOL_NONE);
    assert_int_equal(symbols_intern(symbols, TEXT("a")), 0);
    assert_int_equal(symbols_intern(symbols, TEXT("A")), 1); /* ids keep their case */
    assert_int_equal(symbols_intern(symbols, TEXT("")), 2);
    assert_int_equal(symbols_intern(symbols, (struct text){NULL, 0}), 2);
    assert_int_equal(symbols_intern(symbols, (struct text){"a\0b", 3}), 3);
    assert_int_equal(symbols_intern(symbols, (struct text){"a\0c", 3}), 4);
    assert_int_equal(symbols_intern(symbols, TEXT("a")), 0);
    assert_int_equal(symbols_count(symbols), 5);
    struct text stored = symbols_text(symbols, 3);
    assert_int_equal(stored.length, 3);
    assert_memory_equal(stored.bytes, "a\0b", 4); /* and a NUL */
    symbols_free(symbols);
    symbols_free(NULL);
}

/* Many texts of all short lengths; those that were not interned are not found. */
static void
many_texts_stay_apart(void **state)
{
    enum { COUNT = 200000 };
    char text[40];
    (void)state;
    struct symbols *symbols = symbols_new(10);
    for (uint32_t i = 0; i < COUNT; i++) {
        int length = snprintf(text, sizeof text, "%0*u", (int)(i % 30), i * 2);
        assert_int_equal(symbols_intern(symbols, (struct text){text, (uint32_t)length}), i);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        int length = snprintf(text, sizeof text, "%0*u", (int)(i % 30), i * 2);
        struct text even = {text, (uint32_t)length};
        uint64_t hash = hash_text(even);
        symbols_prefetch(symbols, hash);
        assert_int_equal(symbols_find_hashed(symbols, even, hash), i);
        assert_true(text_equal(symbols_text(symbols, i), even));
        snprintf(text, sizeof text, "%0*u", (int)(i % 30), i * 2 + 1);
        assert_int_equal(symbols_find(symbols, even), SYMBOL_NONE);
    }
    symbols_free(symbols);
}

/* How many are expected changes nothing that can be seen. */
static void
expectation_is_no_limit(void **state)
{
    static const uint32_t expected[] = {0, 39, 40, 41, 100000};
    char text[16];
    (void)state;
    for (size_t e = 0; e < sizeof expected / sizeof *expected; e++) {
        struct symbols *symbols = symbols_new(expected[e]);
        for (uint32_t i = 0; i < 1000; i++) {
            snprintf(text, sizeof text, "%u", i);
            assert_int_equal(symbols_find(symbols, text_of(text)), SYMBOL_NONE);
            assert_int_equal(symbols_intern(symbols, text_of(text)), i);
        }
        for (uint32_t i = 0; i < 1000; i++) {
            snprintf(text, sizeof text, "%u", i);
            assert_int_equal(symbols_find(symbols, text_of(text)), i);
        }
        symbols_free(symbols);
    }
}

static void
texts_do_not_move(void **state)
{
    (void)state;
    struct symbols *symbols = symbols_new(1);
    const char *first = symbols_text(symbols, symbols_intern(symbols, TEXT("first"))).bytes;
    char text[16];
    for (int i = 0; i < 50000; i++) {
        snprintf(text, sizeof text, "%d", i);
        symbols_intern(symbols, text_of(text));
    }
    assert_ptr_equal(symbols_text(symbols, 0).bytes, first);
    assert_string_equal(first, "first");
    symbols_free(symbols);
}

/* Every byte of a text of every length counts, and the low and the high halves are both even. */
static void
hashes_depend_on_every_byte(void **state)
{
    char bytes[80] = {0};
    (void)state;
    for (uint32_t length = 1; length <= sizeof bytes; length++)
        for (uint32_t i = 0; i < length; i++) {
            uint64_t before = hash_text((struct text){bytes, length});
            bytes[i] ^= 1;
            uint64_t after = hash_text((struct text){bytes, length});
            bytes[i] ^= 1;
            int changed = __builtin_popcountll(before ^ after);
            assert_in_range(changed, 10, 54);
            assert_true((uint32_t)before != (uint32_t)after && before >> 32 != after >> 32);
        }
    assert_true(hash_text(TEXT("")) != hash_text((struct text){"\0", 1}));
}

static void
ids_in_a_row_spread(void **state)
{
    enum { SLOTS = 1 << 12 };
    static uint32_t filled[SLOTS];
    uint32_t most = 0;
    char text[32];
    (void)state;
    for (int i = 0; i < SLOTS * 4; i++) {
        snprintf(text, sizeof text, "0065g00000%08dAAA", i);
        uint32_t *slot = &filled[hash_text(text_of(text)) % SLOTS];
        if (++*slot > most)
            most = *slot;
    }
    assert_in_range(most, 4, 20); /* Poisson with mean 4: above 20 is one in 10^9 */
}

static void
symbols_appended_and_renumbered(void **state)
{
    const uint32_t number[] = {1, SYMBOL_NONE, 0, 2};
    struct symbols *symbols = symbols_new(0);
    (void)state;
    assert_int_equal(symbols_intern(symbols, TEXT("a")), 0);
    assert_int_equal(symbols_intern(symbols, TEXT("b")), 1);
    assert_int_equal(symbols_append(symbols, TEXT("a")), 2);
    assert_int_equal(symbols_intern(symbols, TEXT("c")), 3);
    assert_int_equal(symbols_find(symbols, TEXT("a")), 0);
    symbols_renumber(symbols, number, 3);
    assert_int_equal(symbols_count(symbols), 3);
    assert_true(text_equal(symbols_text(symbols, 0), TEXT("a")));
    assert_true(text_equal(symbols_text(symbols, 2), TEXT("c")));
    assert_int_equal(symbols_find(symbols, TEXT("a")), 1);
    assert_int_equal(symbols_find(symbols, TEXT("b")), SYMBOL_NONE);
    symbols_free(symbols);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_numbered_by_first_sight),
        cmocka_unit_test(many_texts_stay_apart),
        cmocka_unit_test(expectation_is_no_limit),
        cmocka_unit_test(texts_do_not_move),
        cmocka_unit_test(hashes_depend_on_every_byte),
        cmocka_unit_test(ids_in_a_row_spread),
        cmocka_unit_test(symbols_appended_and_renumbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
