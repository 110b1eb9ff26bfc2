#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"
#include "cycle.h"
#include "dataset.h"
#include "lexicon.h"
#include "order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct texts
texts_of(const struct text *array, uint32_t count)
{
    struct texts texts = {0};
    texts_append(&texts, array, count);
    return texts;
}

static void
test_rows_by_id_bytes(void **state)
{
    const struct text id[] = {TEXT("D10"), TEXT("D1"),   TEXT("D"),  TEXT("D2"),
                              TEXT("d"),   TEXT("D1\0"), TEXT("D1"), TEXT("D000000000000000001")};
    const uint32_t wanted[] = {2, 7, 1, 6, 5, 0, 3, 4};
    struct texts texts = texts_of(id, 8);
    struct ordering ordering = {NULL, NULL, &texts};
    uint32_t *rows = order_rows(&ordering, 8, 1);
    (void)state;
    assert_memory_equal(rows, wanted, sizeof wanted);
    assert_false(order_is_strict(&ordering, 8));
    texts_free(&texts);
    free(rows);
}

static void
test_strict(void **state)
{
    const struct text id[] = {TEXT("A"), TEXT("AA"), TEXT("B"), TEXT("B")};
    struct texts texts = texts_of(id, 4);
    struct ordering ordering = {NULL, NULL, &texts};
    (void)state;
    assert_true(order_is_strict(&ordering, 3));
    assert_false(order_is_strict(&ordering, 4));
    texts_free(&texts);
}

static int
compare_values(const void *context, uint32_t a, uint32_t b)
{
    const uint32_t *value = context;
    return (value[a] > value[b]) - (value[a] < value[b]);
}

/* Orders that are bad for a quick sort, with and without ids, against their definition. */
static void
test_many_rows(void **state)
{
    enum { COUNT = 20000 };
    static uint32_t value[COUNT];
    static char room[COUNT][12];
    static struct text id[COUNT];
    uint64_t seed = 5;
    (void)state;
    for (int shape = 0; shape < 5; shape++) {
        for (uint32_t i = 0; i < COUNT; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const uint32_t shapes[] = {i, COUNT - i, 7, i % 2 ? i : COUNT - i,
                                       (uint32_t)(seed >> 40) % 5000};
            value[i] = shapes[shape];
            snprintf(room[i], sizeof room[i], "D%06u", value[i]);
            id[i] = text_of(room[i]);
        }
        struct texts texts = texts_of(id, COUNT);
        for (int with_id = 0; with_id < 2; with_id++) {
            struct ordering ordering = {with_id ? NULL : compare_values, value,
                                        with_id ? &texts : NULL};
            uint32_t *rows = order_rows(&ordering, COUNT, 2);
            for (uint32_t i = 1; i < COUNT; i++) {
                uint32_t a = rows[i - 1], b = rows[i];
                assert_true(value[a] < value[b] || (value[a] == value[b] && a < b));
            }
            free(rows);
        }
        texts_free(&texts);
    }
}

/* Ids of any bytes and lengths, long and alike in front, with repeats, against their definition. */
static void
test_any_ids(void **state)
{
    enum { COUNT = 6000, LONGEST = 90 };
    static char room[COUNT][LONGEST];
    static struct text id[COUNT];
    uint64_t seed = 11;
    (void)state;
    for (unsigned shape = 0; shape < 8; shape++) {
        unsigned values = shape % 2 ? 256 : 3, alike = shape & 2 ? 70 : 0,
                 most = shape & 4 ? 20 : 4;
        for (uint32_t i = 0; i < COUNT; i++) {
            memset(room[i], 'x', alike);
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            id[i] = (struct text){room[i], alike + (uint32_t)(seed >> 33) % (most + 1)};
            for (uint32_t k = alike; k < id[i].length; k++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                room[i][k] = (char)((seed >> 33) % values);
            }
        }
        struct texts texts = texts_of(id, COUNT);
        struct ordering ordering = {NULL, NULL, &texts};
        uint32_t *rows = order_rows(&ordering, COUNT, 2);
        for (uint32_t i = 1; i < COUNT; i++) {
            int order = text_compare(id[rows[i - 1]], id[rows[i]]);
            assert_true(order < 0 || (order == 0 && rows[i - 1] < rows[i]));
        }
        texts_free(&texts);
        free(rows);
    }
}

static void
test_cycle_names_the_chain(void **state)
{
    const struct text id[] = {TEXT("T1"), TEXT("T2"), TEXT("T3"), TEXT("T4")};
    const uint32_t below[] = {1, 3, 0, 1}, free_of[] = {1, 3, 0, NONE}, self[] = {NONE, 1, 0, 0};
    struct buf chain = {0};
    uint32_t row;
    (void)state;
    assert_true(cycle_find(below, 4, id, &chain, &row));
    assert_string_equal(chain.bytes, "T2 > T4 > T2");
    assert_int_equal(row, 1);
    assert_false(cycle_find(free_of, 4, id, &chain, &row));
    buf_clear(&chain);
    assert_true(cycle_find(self, 4, id, &chain, &row));
    assert_string_equal(chain.bytes, "T2 > T2");
    buf_free(&chain);
}

static void
test_lexicon(void **state)
{
    const struct lexeme words[] = {{"Yes", 2}, {"no", 1}, {NULL, 0}};
    struct lexicon *plain = lexicon_of(words, false), *nocase = lexicon_of(words, true);
    (void)state;
    assert_int_equal(lexicon_find(plain, TEXT("Yes")), 2);
    assert_int_equal(lexicon_find(plain, TEXT("yes")), -1);
    assert_int_equal(lexicon_find(nocase, TEXT("YES")), 2);
    lexicon_add(nocase, TEXT("YES"), 7);
    assert_int_equal(lexicon_find(nocase, TEXT("yes")), 2);
    assert_int_equal(lexicon_find(nocase, TEXT("")), -1);
    lexicon_free(plain);
    lexicon_free(nocase);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_by_id_bytes),
        cmocka_unit_test(test_strict),
        cmocka_unit_test(test_any_ids),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_cycle_names_the_chain),
        cmocka_unit_test(test_lexicon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
