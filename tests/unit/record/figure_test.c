#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figure.h"

enum { NO = -1 };

struct expected {
    const char *cell;
    double point, comma; /* NO: not readable under that mark */
};

static void
test_readings(void **state)
{
    static const struct expected cases[] = {
        {"1,234.56", 1234.56, NO},
        {"1.234,56", NO, 1234.56},
        {"1.234", 1.234, 1234},
        {"1,234", 1234, 1.234},
        {"450k", 450000, 450000},
        {"$7,450,000.00", 7450000, NO},
        {"1'234.50", 1234.5, NO},
        {"1\xC2\xA0"
         "234,50",
         NO, 1234.5},
        {"12.5", 12.5, NO},
        {"abc", NO, NO},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct figure figure;
        double wanted[2] = {cases[i].point, cases[i].comma};
        figure_read(text_of(cases[i].cell), 0, false, &figure);
        for (int k = 0; k < 2; k++) {
            if (figure.readable[k] != (wanted[k] != NO))
                fail_msg("'%s' under mark %d", cases[i].cell, k);
            if (figure.readable[k])
                assert_float_equal(number_to_real(figure.value[k]), wanted[k], 1e-9);
        }
    }
}

static void
test_agreement(void **state)
{
    struct figure figure;
    (void)state;
    figure_read(TEXT("450k"), 0, false, &figure);
    assert_true(figure_agrees(&figure));
    figure_read(TEXT("1.234"), 0, false, &figure);
    assert_false(figure_agrees(&figure));
    figure_read(TEXT("12.5"), 0, false, &figure);
    assert_false(figure_agrees(&figure));
    figure_read(TEXT("n/a"), 0, false, &figure);
    assert_true(figure_agrees(&figure));
}

static void
test_declared_group(void **state)
{
    struct figure figure;
    (void)state;
    figure_read(TEXT("12,34,567.50"), ',', true, &figure);
    assert_true(figure.readable[0]);
    assert_float_equal(number_to_real(figure.value[0]), 1234567.5, 1e-9);
    figure_read(TEXT("12,34,567.50"), 0, false, &figure);
    assert_false(figure.readable[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_declared_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
