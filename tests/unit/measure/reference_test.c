/* The table of measures is whole, and README.md beside it is what the program writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cells.h"
#include "measures.h"

#include <stdio.h>
#include <stdlib.h>

static void
test_readme_is_current(void **state)
{
    (void)state;
    struct buf expected = {0}, actual = {0};
    measures_write_reference(&expected);
    FILE *file = fopen(SOURCE_DIR "/src/measure/README.md", "rb");
    assert_non_null(file);
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        buf_add(&actual, piece, n);
    fclose(file);
    if (!text_equal(buf_as_text(&expected), buf_as_text(&actual)))
        fail_msg("write it anew: sefpack reference measures > src/measure/README.md");
    buf_free(&expected);
    buf_free(&actual);
}

static void
test_every_row_of_the_table_is_whole(void **state)
{
    (void)state;
    for (uint32_t id = 0; id < MEASURE_COUNT; id++) {
        const struct measure_row *row = &measure_table[id];
        assert_non_null(row->name);
        assert_true(row->formula[0] != 0);
        assert_int_equal(measure_find(text_of(row->name)), id);
        assert_non_null(cells_unit_names[row->unit]);
        for (const char *names = row->inputs; *names;) { /* each input is a measure */
            size_t length = strcspn(names, " ");
            assert_true(length > 0);
            enum measure_id input = measure_find((struct text){names, (uint32_t)length});
            assert_true(input != MEASURE_COUNT && input != id);
            names += length + (names[length] == ' ');
        }
    }
    for (int field = 0; field < FIELD_COUNT; field++)
        assert_non_null(measure_field_names[field]);
    assert_int_equal(measure_find(TEXT("no.such.measure")), MEASURE_COUNT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readme_is_current),
        cmocka_unit_test(test_every_row_of_the_table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
