#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index.h"

#include <stdio.h>
#include <string.h>

static struct index
index_of(const char *const *ids, uint32_t count)
{
    struct index index = {0};
    struct texts texts = {0};
    for (uint32_t i = 0; i < count; i++)
        texts_append(&texts, &(struct text){ids[i], (uint32_t)strlen(ids[i])}, 1);
    index_open(&index, texts);
    return index;
}

static void
close(struct index *index)
{
    texts_free(&index->id);
    index_close(index);
}

static uint32_t
find(const struct index *index, const char *id)
{
    return index_find(index, text_of(id));
}

/* All ways to look give the same, ids being equally long or not. */
static void
test_ways(void **state)
{
    enum { COUNT = 5000 };
    (void)state;
    for (int width = 1; width <= 7; width += 6) {
        struct index index = {0};
        struct texts ids = {0};
        char id[12];
        for (uint32_t i = 0; i < COUNT; i++) {
            snprintf(id, sizeof id, "D%0*u", width, i * 2 + (width == 1 ? 100000 : 0));
            if (width == 1 && i % 3 == 0)
                strcat(id, "x");
            texts_append(&ids, &(struct text){id, (uint32_t)strlen(id)}, 1);
        }
        assert_true((ids.start != NULL) == (width == 1));
        index_open(&index, ids);
        for (int prepared = 0; prepared < 2; prepared++) {
            for (uint32_t i = 0; i < 2 * COUNT; i++) {
                snprintf(id, sizeof id, "D%0*u", width, i + (width == 1 ? 100000 : 0));
                if (width == 1 && i % 6 == 0)
                    strcat(id, "x");
                assert_int_equal(find(&index, id), i % 2 ? INDEX_NONE : i / 2);
            }
            index_prepare(&index, 2);
        }
        close(&index);
    }
}

static void
test_exact(void **state)
{
    static const char *const ids[] = {"1234567890123456789", "D1", "d1"};
    struct index index = index_of(ids, 3);
    (void)state;
    assert_int_equal(find(&index, "D1"), 1);
    assert_int_equal(find(&index, "d1"), 2);
    assert_int_equal(find(&index, "1234567890123456789"), 0);
    assert_int_equal(find(&index, "D2"), INDEX_NONE);
    close(&index);
}

static void
test_salesforce_forms(void **state)
{
    static const char *const longs[] = {"006bm00000LKJNNAA5"}, *const shorts[] = {
                                                                   "006bm00000LKJNN"};
    struct index of_long = index_of(longs, 1);
    (void)state;
    assert_int_equal(find(&of_long, "006bm00000LKJNN"), 0);
    assert_int_equal(find(&of_long, "006bm00000LKJNn"), INDEX_NONE);
    assert_int_equal(find(&of_long, "006BM00000LKJNN"), INDEX_NONE);
    close(&of_long);
    struct index of_short = index_of(shorts, 1);
    index_prepare(&of_short, 1);
    assert_int_equal(find(&of_short, "006bm00000LKJNNAA5"), 0);
    assert_int_equal(find(&of_short, "006bm00000LKJNNAA4"), INDEX_NONE);
    assert_int_equal(find(&of_short, "006bm00000LKJNNA"), INDEX_NONE);
    close(&of_short);
}

static void
test_null_id(void **state)
{
    (void)state;
    assert_true(index_is_null(TEXT("000000000000000AAA")));
    assert_true(index_is_null(TEXT("000000000000000")));
    assert_false(index_is_null(TEXT("0000000000000000")));
    assert_false(index_is_null(TEXT("000000000000001AAA")));
}

static void
test_names(void **state)
{
    static const char *const ids[] = {"S1", "S2", "S3"};
    struct text names[] = {TEXT("Ana Diaz"), TEXT("Bo Lee"), TEXT("Bo Lee")};
    struct index index = index_of(ids, 3);
    (void)state;
    assert_int_equal(index_find_name(&index, TEXT("Ana Diaz")), INDEX_NONE);
    index_names(&index, names, 3);
    assert_int_equal(index_find_name(&index, TEXT("Ana Diaz")), 0);
    assert_int_equal(index_find_name(&index, TEXT("Bo Lee")), INDEX_NONE);
    assert_int_equal(index_find_name(&index, TEXT("Cy")), INDEX_NONE);
    close(&index);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_salesforce_forms),
        cmocka_unit_test(test_null_id),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
