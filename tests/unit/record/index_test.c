#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index.h"

static struct index
index_of(const char *const *ids, uint32_t count)
{
    struct index index;
    index_open(&index);
    for (uint32_t i = 0; i < count; i++)
        symbols_intern(index.ids, text_of(ids[i]));
    index.row_count = count;
    return index;
}

static uint32_t
find(const struct index *index, const char *id)
{
    return index_find(index, text_of(id));
}

static void
test_exact(void **state)
{
    static const char *const ids[] = {"D1", "d1", "1234567890123456789"};
    struct index index = index_of(ids, 3);
    (void)state;
    assert_int_equal(find(&index, "D1"), 0);
    assert_int_equal(find(&index, "d1"), 1);
    assert_int_equal(find(&index, "1234567890123456789"), 2);
    assert_int_equal(find(&index, "D2"), INDEX_NONE);
    index_close(&index);
}

static void
test_salesforce_forms(void **state)
{
    static const char *const longs[] = {"006bm00000LKJNNAA5"}, *const shorts[] = {
                                                                   "006bm00000LKJNN"};
    struct index of_long = index_of(longs, 1), of_short = index_of(shorts, 1);
    (void)state;
    assert_int_equal(find(&of_long, "006bm00000LKJNN"), 0);
    assert_int_equal(find(&of_long, "006bm00000LKJNn"), INDEX_NONE);
    assert_int_equal(find(&of_long, "006BM00000LKJNN"), INDEX_NONE);
    assert_int_equal(find(&of_short, "006bm00000LKJNNAA5"), 0);
    assert_int_equal(find(&of_short, "006bm00000LKJNNAA4"), INDEX_NONE);
    assert_int_equal(find(&of_short, "006bm00000LKJNNA"), INDEX_NONE);
    index_close(&of_long);
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
        cmocka_unit_test(test_salesforce_forms),
        cmocka_unit_test(test_null_id),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
