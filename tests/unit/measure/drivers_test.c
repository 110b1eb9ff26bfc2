/* Why bookings moved: the terms add up, whatever the factors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers.h"

#include <math.h>

static double
product(const double factor[DRIVER_COUNT])
{
    return factor[DRIVER_VOLUME] * factor[DRIVER_WIN] * factor[DRIVER_SIZE];
}

static void
assert_adds_up(const double before[DRIVER_COUNT], const double after[DRIVER_COUNT])
{
    double term[DRIVER_COUNT];
    drivers_split(before, after, term);
    double sum = term[0] + term[1] + term[2], change = product(after) - product(before);
    double size = fabs(term[0]) + fabs(term[1]) + fabs(term[2]);
    assert_true(fabs(sum - change) <= 1e-12 * (1 + size));
}

static void
test_the_known_case(void **state)
{
    (void)state; /* 20 x .4 x 60 = 480 -> 24 x .3 x 62 = 446.4: +84.4, -133.2, +15.2 */
    const double before[] = {20, 0.4, 60}, after[] = {24, 0.3, 62};
    double term[DRIVER_COUNT];
    drivers_split(before, after, term);
    assert_true(fabs(term[DRIVER_VOLUME] - 84.4) < 0.05);
    assert_true(fabs(term[DRIVER_WIN] - -133.2) < 0.05);
    assert_true(fabs(term[DRIVER_SIZE] - 15.2) < 0.05);
    assert_adds_up(before, after);
}

static void
test_no_change(void **state)
{
    (void)state;
    const double same[] = {20, 0.4, 60};
    double term[DRIVER_COUNT];
    drivers_split(same, same, term);
    for (int i = 0; i < DRIVER_COUNT; i++)
        assert_true(term[i] == 0);
}

static void
test_one_factor_alone(void **state)
{
    (void)state; /* a factor that does not move explains nothing */
    const double before[] = {20, 0.4, 60}, after[] = {30, 0.4, 60};
    double term[DRIVER_COUNT];
    drivers_split(before, after, term);
    assert_true(fabs(term[DRIVER_VOLUME] - 240) < 1e-9);
    assert_true(fabs(term[DRIVER_WIN]) < 1e-12 && fabs(term[DRIVER_SIZE]) < 1e-12);
}

static void
test_a_zero_factor_is_split_by_shapley(void **state)
{
    (void)state; /* 10 x 0 x 0 -> 10 x .5 x 60: win and size share the 300 */
    const double before[] = {10, 0, 0}, after[] = {10, 0.5, 60};
    double term[DRIVER_COUNT];
    drivers_split(before, after, term);
    assert_true(fabs(term[DRIVER_VOLUME]) < 1e-12);
    assert_true(fabs(term[DRIVER_WIN] - 150) < 1e-9);
    assert_true(fabs(term[DRIVER_SIZE] - 150) < 1e-9);
    const double nothing[] = {0, 0, 0};
    drivers_split(nothing, after, term); /* all three alike */
    for (int i = 0; i < DRIVER_COUNT; i++)
        assert_true(fabs(term[i] - 100) < 1e-9);
    drivers_split(nothing, nothing, term);
    assert_true(term[0] == 0 && term[1] == 0 && term[2] == 0);
}

static void
test_terms_add_up_everywhere(void **state)
{
    (void)state;
    static const double values[] = {0, 1e-9, 0.4, 1, 1.0000000001, 60, 1e15, -5};
    enum { VALUES = sizeof values / sizeof *values };
    for (int a = 0; a < VALUES; a++)
        for (int b = 0; b < VALUES; b++)
            for (int c = 0; c < VALUES; c++) {
                const double before[] = {values[a], values[b], values[c]};
                const double after[] = {values[b], values[c], values[a]};
                assert_adds_up(before, after);
                const double other[] = {values[c], 0.3, values[b]};
                assert_adds_up(before, other);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_known_case),
        cmocka_unit_test(test_no_change),
        cmocka_unit_test(test_one_factor_alone),
        cmocka_unit_test(test_a_zero_factor_is_split_by_shapley),
        cmocka_unit_test(test_terms_add_up_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
