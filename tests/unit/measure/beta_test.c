#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "beta.h"

#include <math.h>

static void
near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance)) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

static void
test_cumulative(void **state)
{
    (void)state;
    near(beta_cumulative(0.3, 1, 1), 0.3, 1e-15);
    near(beta_cumulative(0.5, 2, 2), 0.5, 1e-15);
    near(beta_cumulative(0.2, 2, 3), 0.1808, 1e-14);       /* 6x^2 - 8x^3 + 3x^4 */
    near(beta_cumulative(0.25, 0.5, 0.5), 1.0 / 3, 1e-14); /* the arcsine law */
    near(beta_cumulative(0, 2, 3), 0, 0);
    near(beta_cumulative(1, 2, 3), 1, 0);
}

static void
test_quantile_inverts(void **state)
{
    (void)state;
    static const double shape[] = {0.01, 0.5, 1, 3.7, 40, 2500, 50000.5, 900000};
    static const double share[] = {0.025, 0.1, 0.5, 0.9, 0.975};
    for (int i = 0; i < 8; i++) {
        for (int j = 0; j < 8; j++) {
            for (int k = 0; k < 5; k++) {
                double x = beta_quantile(share[k], shape[i], shape[j]);
                assert_true(isfinite(x) && x >= 0 && x <= 1);
                if (shape[i] > 0.4 && shape[j] > 0.4) { /* else the double x is too coarse */
                    near(beta_cumulative(x, shape[i], shape[j]), share[k],
                         1e-10 + 3e-14 * (shape[i] + shape[j])); /* lgamma's own rounding */
                }
            }
        }
    }
}

/* Above a million the expansion takes over: it must meet the exact value there. */
static void
test_large_meets_exact(void **state)
{
    (void)state;
    double below = beta_quantile(0.1, 999999, 3e6), above = beta_quantile(0.1, 1000001, 3e6);
    near(above - below, 2 * 3e6 / 4e6 / 4e6, 1e-9);
}

/* Brown, Cai and DasGupta 2001 and measures.md 12 */
static void
test_jeffreys(void **state)
{
    (void)state;
    struct interval ten = beta_jeffreys(2, 10, 0.025);
    near(ten.low, 0.0441, 5e-4);
    near(ten.high, 0.5028, 5e-4);
    struct interval all = beta_jeffreys(3, 3, 0.025);
    near(all.low, 0.4644, 5e-5);
    near(all.high, 1, 0);
    struct interval example = beta_jeffreys(8, 20, 0.1);
    near(example.low, 0.2708, 5e-5);
    near(example.high, 0.5429, 5e-5);
    near(beta_jeffreys(0, 5, 0.1).low, 0, 0);
    near(beta_jeffreys(1, 1, 0.1).high, 1, 0);
    near(beta_jeffreys(1, 1, 0.1).low, beta_quantile(0.1, 1.5, 0.5), 0);
    struct interval many = beta_jeffreys(25000, 50000, 0.1);
    near(many.high - 0.5, 1.2815515655 * sqrt(0.25 / 50000), 1e-6);
}

static void
test_garwood(void **state)
{
    (void)state;
    near(beta_garwood_high(0, 0.1), 2.302585093, 1e-8); /* ln 10 */
    near(beta_garwood_high(10, 0.025), 18.39036, 1e-4); /* Garwood 1936, 95 % of 10 */
    near(beta_garwood_high(1, 0.1), 3.889720, 1e-5);
    double large = beta_garwood_high(50000, 0.1);
    near(large, 50000 + 1.2816 * sqrt(50000), 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cumulative),        cmocka_unit_test(test_quantile_inverts),
        cmocka_unit_test(test_large_meets_exact), cmocka_unit_test(test_jeffreys),
        cmocka_unit_test(test_garwood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
