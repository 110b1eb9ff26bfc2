#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exact.h"

#include <math.h>

static void
near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance)) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

/* Counts: 10 -> 9 p = 1; 10 -> 3 p = .092; 10 -> 2 p = .039 */
static void
test_binomial(void **state)
{
    (void)state;
    near(exact_binomial(10, 9), 1, 1e-12);
    near(exact_binomial(10, 3), 2 * 378.0 / 8192, 1e-12);
    near(exact_binomial(10, 2), 2 * 79.0 / 4096, 1e-12);
    near(exact_binomial(3, 10), exact_binomial(10, 3), 0);
    near(exact_binomial(0, 0), 1, 0);
    near(exact_binomial(1, 0), 1, 1e-12);
    near(exact_binomial(6, 0), 2.0 / 64, 1e-12);
    near(exact_binomial(50000, 50000), 1, 0);
    double many = exact_binomial(50000, 49000); /* about 3.18 standard deviations */
    near(many, erfc((1000 - 1) / sqrt(99000.0) / sqrt(2)), 1e-5);
    assert_true(exact_binomial(1000000000, 0) >= 0);
}

/* Fisher's tea: 3 of 4 against 1 of 4: p = .4857 */
static void
test_fisher(void **state)
{
    (void)state;
    near(exact_fisher(3, 4, 1, 4), 34.0 / 70, 1e-12);
    near(exact_fisher(4, 4, 0, 4), 2.0 / 70, 1e-12);
    near(exact_fisher(8, 20, 8, 20), 1, 1e-12);
    near(exact_fisher(0, 0, 3, 5), 1, 0);
    near(exact_fisher(0, 5, 0, 7), 1, 0);
    near(exact_fisher(5, 5, 7, 7), 1, 0);
    /* Agresti 2002, table 3.8 style: 1 of 10 against 11 of 14 (Fisher's twins): .0027594 */
    near(exact_fisher(1, 10, 11, 14), 0.002759456, 1e-8);
    near(exact_fisher(25000, 50000, 25000, 50000), 1, 1e-9);
    double p = exact_fisher(25200, 50000, 24800, 50000), z = 400 / sqrt(25000.0);
    near(p, erfc(z / sqrt(2)), 1e-3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binomial),
        cmocka_unit_test(test_fisher),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
