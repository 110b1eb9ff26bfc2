#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logistic.h"

#include <math.h>
#include <stdlib.h>

static void
near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance)) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

/* 10 deals of 72k (6 won), 10 of 24k (2 won): the fit meets both shares. */
static void
test_two_sizes(void **state)
{
    (void)state;
    double x[20], a, b;
    bool won[20];
    for (int i = 0; i < 20; i++) {
        x[i] = i < 10 ? 72000 / 48000.0 : 24000 / 48000.0;
        won[i] = i < 6 || i == 10 || i == 11;
    }
    assert_true(logistic_fit(20, x, won, &a, &b));
    near(logistic(a + b * 1.5), .6, 1e-12);
    near(logistic(a + b * 0.5), .2, 1e-12);
}

/* Both sums are reproduced at the maximum. */
static void
test_score_is_zero(void **state)
{
    (void)state;
    const double x[] = {.2, .5, .9, 1, 1.3, 1.8, 2.4, 3.1, 4, .7};
    const bool won[] = {1, 1, 0, 1, 0, 0, 1, 0, 0, 1};
    double a, b, off = 0, weighted = 0;
    assert_true(logistic_fit(10, x, won, &a, &b));
    for (int i = 0; i < 10; i++) {
        off += won[i] - logistic(a + b * x[i]);
        weighted += x[i] * (won[i] - logistic(a + b * x[i]));
    }
    near(off, 0, 1e-9);
    near(weighted, 0, 1e-9);
}

static void
test_without_answer(void **state)
{
    (void)state;
    const double same[] = {1, 1, 1, 1}, apart[] = {1, 2, 3, 4};
    const bool mixed[] = {1, 0, 1, 0}, all[] = {1, 1, 1, 1}, separated[] = {0, 0, 1, 1};
    double a, b;
    assert_false(logistic_fit(4, same, mixed, &a, &b));
    assert_false(logistic_fit(4, apart, all, &a, &b));
    assert_false(logistic_fit(4, apart, separated, &a, &b));
    assert_false(logistic_fit(0, apart, all, &a, &b));
    assert_false(logistic_fit(1, apart, all, &a, &b));
}

static void
test_many(void **state)
{
    (void)state;
    uint32_t count = 50000;
    double *x = malloc(count * sizeof *x), a, b;
    bool *won = malloc(count);
    for (uint32_t i = 0; i < count; i++) {
        x[i] = 1 + i % 5;
        won[i] = i % 11 < 3 + i % 5;
    }
    assert_true(logistic_fit(count, x, won, &a, &b));
    assert_true(b > 0);
    near(logistic(800), 1, 0);
    near(logistic(-800), 0, 0);
    free(x);
    free(won);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_sizes),
        cmocka_unit_test(test_score_is_zero),
        cmocka_unit_test(test_without_answer),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
