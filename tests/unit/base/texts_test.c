#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "texts.h"

#include <stdio.h>
#include <stdlib.h>

enum { COUNT = 3000 };

static struct text
nth(char room[16], uint32_t i, bool alike)
{
    int length = snprintf(room, 16, alike ? "%07u" : i % 5 ? "%u" : "", i * 37);
    return (struct text){room, (uint32_t)length};
}

/* In pieces of several sizes, so that the first unequal one comes at any place. */
static struct texts
make(bool alike, uint32_t alike_at_first)
{
    struct texts texts = {0};
    for (uint32_t i = 0, piece = 1; i < COUNT; i += piece, piece = piece % 7 + 1) {
        char room[7][16];
        struct text array[7];
        piece = piece < COUNT - i ? piece : COUNT - i;
        for (uint32_t k = 0; k < piece; k++)
            array[k] = nth(room[k], i + k, alike || i + k < alike_at_first);
        texts_append(&texts, array, piece);
    }
    return texts;
}

static void
assert_text(struct text text, struct text wanted)
{
    assert_true(text_equal(text, wanted));
}

static void
test_append(void **state)
{
    (void)state;
    for (uint32_t first = 0; first <= 2 * TEXTS_GROUP; first += TEXTS_GROUP / 2) {
        struct texts texts = make(false, first);
        char room[16];
        assert_int_equal(texts.count, COUNT);
        assert_non_null(texts.start);
        for (uint32_t i = 0; i < COUNT; i++)
            assert_text(texts_at(&texts, i), nth(room, i, i < first));
        texts_free(&texts);
        assert_int_equal(texts.count, 0);
    }
}

static void
test_alike(void **state)
{
    struct texts texts = make(true, 0);
    char room[16];
    (void)state;
    assert_null(texts.start);
    assert_int_equal(texts.width, 7);
    assert_int_equal(texts.length, 7 * COUNT);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_text(texts_at(&texts, i), nth(room, i, true));
    texts_free(&texts);
}

static void
test_gather(void **state)
{
    enum { KEPT = 2 * COUNT / 3 };
    static uint32_t rows[KEPT];
    (void)state;
    for (uint32_t i = 0; i < KEPT; i++)
        rows[i] = (i * 1009 + 5) % COUNT;
    for (int alike = 0; alike < 2; alike++)
        for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
            struct texts texts = make(alike, 0), few = texts_gather(&texts, rows, KEPT, jobs);
            struct texts none = texts_gather(&texts, rows, 0, jobs);
            char room[16];
            assert_int_equal(few.count, KEPT);
            assert_int_equal(none.count, 0);
            for (uint32_t i = 0; i < KEPT; i++)
                assert_text(texts_at(&few, i), nth(room, rows[i], alike));
            texts_append(&few, &TEXT("one more"), 1); /* they go on as if they had been appended */
            assert_text(texts_at(&few, KEPT), TEXT("one more"));
            assert_text(texts_at(&few, KEPT - 1), nth(room, rows[KEPT - 1], alike));
            texts_append(&none, &TEXT("the first"), 1);
            assert_text(texts_at(&none, 0), TEXT("the first"));
            texts_free(&texts);
            texts_free(&few);
            texts_free(&none);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_gather),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
