#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "beta.h"
#include "shrink.h"

#include <math.h>

static void
near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-12)) {
        fail_msg("%.15g is not %.15g", a, b);
    }
}

/* k/n = 10, 4, 9, 5 of 20: p .35, rho 1/21, M 20, w .425 .275 .40 .30 */
static void
test_hand_case(void **state)
{
    (void)state;
    const double k[] = {10, 4, 9, 5}, n[] = {20, 20, 20, 20}, w[] = {.425, .275, .40, .30};
    struct shrinkage fit = shrink_fit(4, k, n, 77, 0.25);
    near(fit.p, 0.35);
    near(fit.rho, 1.0 / 21);
    near(fit.strength, 20);
    assert_string_equal(fit.basis, "shrunk");
    for (int i = 0; i < 4; i++) {
        struct share share = shrink_one(&fit, k[i], n[i]);
        near(share.value, w[i]);
        near(share.low, beta_quantile(0.1, k[i] + 7, 20 - k[i] + 13));
        near(share.high, beta_quantile(0.9, k[i] + 7, 20 - k[i] + 13));
    }
    near(shrink_one(&fit, 0, 0).value, 0.35);
}

static void
test_no_spread_is_pooled(void **state)
{
    (void)state;
    const double k[] = {5, 5, 5, 0}, n[] = {10, 10, 10, 0};
    struct shrinkage fit = shrink_fit(4, k, n, 20, 0.25);
    assert_string_equal(fit.basis, "pooled");
    assert_true(isinf(fit.strength));
    struct share share = shrink_one(&fit, 5, 10);
    near(share.value, 0.5);
    near(share.low, beta_jeffreys(15, 30, 0.1).low);
}

static void
test_priors(void **state)
{
    (void)state;
    const double two_k[] = {10, 2}, two_n[] = {20, 20};
    struct shrinkage two = shrink_fit(2, two_k, two_n, 20, 0.25); /* fewer than three sellers */
    assert_string_equal(two.basis, "prior");
    near(shrink_one(&two, 10, 20).value, (10 + .3 * 20) / 40);
    const double few_k[] = {1, 2, 3}, few_n[] = {9, 10, 10};
    struct shrinkage few = shrink_fit(3, few_k, few_n, 20, 0.25); /* 29 cases */
    assert_string_equal(few.basis, "prior");
    const double no_k[] = {0, 0, 0}, no_n[] = {20, 20, 20};
    struct shrinkage none = shrink_fit(3, no_k, no_n, 20, 0.25);
    assert_string_equal(none.basis, "prior");
    near(none.p, 0.5 / 61);
    near(none.pooled.low, 0);
    struct shrinkage all = shrink_fit(3, no_n, no_n, 20, 0.25);
    near(all.p, 60.5 / 61);
    near(all.pooled.high, 1);
    const double zero[] = {0, 0, 0};
    struct shrinkage nobody = shrink_fit(3, zero, zero, 20, 0.25); /* 0 of 0 */
    struct share share = shrink_one(&nobody, 0, 0);
    near(share.value, 0.25);
    near(share.low, beta_quantile(0.1, 5, 15));
    near(share.high, beta_quantile(0.9, 5, 15));
}

/* Two that win all and two that win nothing: rho would be about 1 and is held at 1/2. */
static void
test_rho_is_capped(void **state)
{
    (void)state;
    const double k[] = {20, 20, 0, 0}, n[] = {20, 20, 20, 20};
    struct shrinkage fit = shrink_fit(4, k, n, 20, 0.25);
    near(fit.rho, 0.5);
    near(fit.strength, 1);
}

/* Never average then multiply: 12 deals at .4 and 30 at .2 make 10.8 wins. */
static void
test_team(void **state)
{
    (void)state;
    const double k[] = {8, 4}, n[] = {20, 20};
    struct shrinkage fit = shrink_fit(2, k, n, 20, 0.25);
    struct share a = {.k = 8, .n = 20, .value = .4, .low = .3, .high = .5};
    struct share b = {.k = 4, .n = 20, .value = .2, .low = .1, .high = .3};
    const struct share *part[] = {&a, &b};
    const double weight[] = {12, 30}, idle[] = {0, 0};
    struct share team = shrink_team(&fit, 2, part, weight);
    near(team.value * 42, 10.8);
    near(team.low, (12 * .3 + 30 * .1) / 42);
    near(team.k, 12);
    assert_string_equal(team.basis, "sum");
    near(shrink_team(&fit, 2, part, idle).value, 0.3);
    near(shrink_team(&fit, 0, part, idle).value, fit.p);
    a.value = .99, b.value = 0; /* 100 at 99 % and 200 at 0 % weighs 99 */
    const double crowd[] = {100, 200};
    near(shrink_team(&fit, 2, part, crowd).value * 300, 99);
}

/* Without open deals a team's rate is raw, none or all included; only where the whole company has
 * won nothing (or everything) the corrected p stands for it. */
static void
test_team_without_deals(void **state)
{
    (void)state;
    const double k[] = {0, 4}, n[] = {5, 20}, none[] = {0, 0};
    struct shrinkage fit = shrink_fit(2, k, n, 20, 0.25);
    struct share a = {.k = 0, .n = 5, .value = .2}, b = {.k = 4, .n = 20, .value = .3};
    const struct share *part[] = {&a, &b};
    near(shrink_team(&fit, 1, part, none).value, 0);
    near(shrink_team(&fit, 1, part, none).low, 0);
    near(shrink_team(&fit, 2, part, none).value, 4 / 25.0);
    fit = shrink_fit(2, none, n, 20, 0.25);
    b.k = 0;
    near(fit.p, 0.5 / 26);
    near(shrink_team(&fit, 1, part, none).value, 0.5 / 26);
    near(shrink_team(&fit, 2, part, none).value, 0.5 / 26);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hand_case), cmocka_unit_test(test_no_spread_is_pooled),
        cmocka_unit_test(test_priors),    cmocka_unit_test(test_rho_is_capped),
        cmocka_unit_test(test_team),      cmocka_unit_test(test_team_without_deals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
