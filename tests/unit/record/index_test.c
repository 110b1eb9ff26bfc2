#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index.h"

#include <stdio.h>

static struct text texts[8];

static struct index
index_of(const char *const *ids, uint32_t count)
{
    struct index index = {0};
    for (uint32_t i = 0; i < count; i++)
        texts[i] = text_of(ids[i]);
    index_open(&index, texts, count);
    return index;
}

static uint32_t
find(const struct index *index, const char *id)
{
    return index_find(index, text_of(id));
}

/* All ways to look give the same. */
static void
test_ways(void **state)
{
    enum { COUNT = 5000 };
    static char room[COUNT][12];
    static struct text ids[COUNT];
    struct index index = {0};
    (void)state;
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(room[i], sizeof room[i], "D%07u", i * 2);
        ids[i] = text_of(room[i]);
    }
    index_open(&index, ids, COUNT);
    for (int prepared = 0; prepared < 2; prepared++) {
        for (uint32_t i = 0; i < 2 * COUNT; i++) {
            char id[12];
            snprintf(id, sizeof id, "D%07u", i);
            uint32_t wanted = i % 2 ? INDEX_NONE : i / 2;
            assert_int_equal(find(&index, id), wanted);
        }
        index_prepare(&index, 2);
    }
    index_close(&index);
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
    index_close(&index);
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
    index_close(&of_long);
    struct index of_short = index_of(shorts, 1);
    index_prepare(&of_short, 1);
    assert_int_equal(find(&of_short, "006bm00000LKJNNAA5"), 0);
    assert_int_equal(find(&of_short, "006bm00000LKJNNAA4"), INDEX_NONE);
    assert_int_equal(find(&of_short, "006bm00000LKJNNA"), INDEX_NONE);
    index_close(&of_short);
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
    index_close(&index);
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
