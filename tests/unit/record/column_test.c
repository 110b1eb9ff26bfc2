#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "column.h"

#include <stdlib.h>

enum { COUNT = 5000 };

/* Numbers that need one byte, then two, then four, with NONE among them, in pieces of any size. */
static uint32_t
nth(uint32_t i)
{
    return i % 11 == 3 ? COLUMN_NONE : i < 1000 ? i % 255 : i < 3000 ? i * 21 : i * 1000003u;
}

static void
test_widths(void **state)
{
    struct column column = {0};
    (void)state;
    for (uint32_t i = 0, piece = 1; i < COUNT; i += piece, piece = piece % 13 + 1) {
        uint32_t numbers[13];
        piece = piece < COUNT - i ? piece : COUNT - i;
        for (uint32_t k = 0; k < piece; k++)
            numbers[k] = nth(i + k);
        column_append(&column, i, numbers, piece, i % 3 ? 0 : 100);
        uint32_t wanted = i + piece <= 1000 ? 1 : i + piece <= 3000 ? 2 : 4;
        assert_true(column.width <= wanted);
    }
    assert_int_equal(column.width, 4);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(column_at(&column, i), nth(i));
    free(column.cells);
}

static void
test_bounds(void **state)
{
    const struct {
        uint32_t number, width;
    } cases[] = {{0, 1}, {254, 1}, {255, 2}, {65534, 2}, {65535, 4}, {UINT32_MAX - 1, 4}};
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const uint32_t numbers[] = {COLUMN_NONE, cases[c].number, 0};
        struct column column = {0};
        column_append(&column, 0, numbers, 3, 0);
        assert_int_equal(column.width, cases[c].width);
        assert_int_equal(column_width(cases[c].number), cases[c].width);
        for (uint32_t i = 0; i < 3; i++)
            assert_int_equal(column_at(&column, i), numbers[i]);
        column_widen(&column, 3, 2);
        column_set(&column, 2, 700);
        for (uint32_t i = 0; i < 3; i++)
            assert_int_equal(column_at(&column, i), i == 2 ? 700 : numbers[i]);
        free(column.cells);
    }
}

/* Every day that an extract may hold comes back, those of usual years from two bytes. */
static void
test_days(void **state)
{
    const struct civil usual[] = {{1911, 1, 1}, {2088, 12, 31}},
                       any[] = {{1600, 1, 1}, {9998, 12, 31}};
    (void)state;
    for (int wide = 0; wide < 2; wide++) {
        const struct civil *bounds = wide ? any : usual;
        day first = day_from_civil(bounds[0]), last = day_from_civil(bounds[1]);
        size_t count = (size_t)(last - first) + 2;
        struct column column = {0};
        day *days = malloc(count * sizeof *days);
        assert_non_null(days);
        for (size_t i = 0; i + 1 < count; i++)
            days[i] = first + (day)i;
        days[count - 1] = DAY_NONE;
        column_append_days(&column, 0, days, count, 0);
        assert_int_equal(column.width, wide ? 4 : 2);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(column_day(&column, i), days[i]);
        free(days);
        free(column.cells);
    }
}

static void
test_gather(void **state)
{
    static const uint32_t numbers[] = {5, COLUMN_NONE, 300, 7}, rows[] = {3, 1, 1, 2};
    struct column column = {0};
    (void)state;
    column_append(&column, 0, numbers, 4, 0);
    column_gather(&column, rows, 4);
    assert_int_equal(column.width, 2);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(column_at(&column, i), numbers[rows[i]]);
    free(column.cells);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_gather),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
