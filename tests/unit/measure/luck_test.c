/* Luck: the generator against its published numbers, inequality against hand counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "luck.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
test_splitmix64(void **state)
{
    (void)state; /* the numbers its authors publish for the seed 1234567 */
    uint64_t seed = 1234567;
    assert_true(luck_next(&seed) == 6457827717110365317u);
    assert_true(luck_next(&seed) == 3203168211198807973u);
    assert_true(luck_next(&seed) == 9817491932198370423u);
}

static void
test_inequality(void **state)
{
    (void)state;
    const double equal[] = {5, 5, 5, 5, 5}, one[] = {0, 0, 0, 0, 10};
    struct inequality same = luck_inequality(equal, 5), all = luck_inequality(one, 5);
    assert_true(fabs(same.top20 - 0.2) < 1e-12 && fabs(same.gini) < 1e-12);
    assert_true(fabs(all.top20 - 1) < 1e-12 && fabs(all.gini - 0.8) < 1e-12);
    const double pareto[] = {1, 1, 1, 1, 16}; /* 20 % hold 80 % */
    struct inequality eighty = luck_inequality(pareto, 5);
    assert_true(fabs(eighty.top20 - 0.8) < 1e-12);
    /* everyone lifted to the top: 5 x 16 = 80 against 20, that is 4.0 x today, +300 % */
    assert_true(fabs(5 * pareto[4] / 20 - 4.0) < 1e-12);
    const double alone[] = {7};
    struct inequality single = luck_inequality(alone, 1);
    assert_true(single.top20 == 1 && fabs(single.gini) < 1e-12);
    const double six[] = {1, 1, 1, 1, 1, 5}; /* a fifth of six is rounded up to two */
    assert_true(fabs(luck_inequality(six, 6).top20 - 0.6) < 1e-12);
}

static void
test_draws_are_the_same_every_time(void **state)
{
    (void)state;
    enum { DRAWS = 2000 };
    struct inequality *a = calloc(DRAWS, sizeof *a), *b = calloc(DRAWS, sizeof *b);
    luck_draw(1, DRAWS, 20, 4.5, a);
    luck_draw(1, DRAWS, 20, 4.5, b);
    assert_memory_equal(a, b, DRAWS * sizeof *a);
    luck_draw(2, DRAWS, 20, 4.5, b);
    assert_true(memcmp(a, b, DRAWS * sizeof *a) != 0);
    free(a);
    free(b);
}

static void
test_draws_have_the_mean_of_luck(void **state)
{
    (void)state; /* many wins a head: nearly equal; few: very unequal, by chance alone */
    enum { DRAWS = 500 };
    struct inequality out[DRAWS];
    double many = 0, few = 0;
    luck_draw(1, DRAWS, 50, 10000, out);
    for (int i = 0; i < DRAWS; i++)
        many += out[i].top20 / DRAWS;
    luck_draw(1, DRAWS, 50, 0.5, out);
    for (int i = 0; i < DRAWS; i++) {
        assert_true(out[i].top20 >= 0.2 && out[i].top20 <= 1 && out[i].gini >= 0 &&
                    out[i].gini < 1);
        few += out[i].top20 / DRAWS;
    }
    assert_true(many > 0.2 && many < 0.21);
    assert_true(few > 0.55 && few < 0.75);
}

static void
test_extremes(void **state)
{
    (void)state;
    struct inequality out[10];
    luck_draw(1, 10, 1, 3, out); /* one seller */
    for (int i = 0; i < 10; i++)
        assert_true(out[i].top20 == 1 && fabs(out[i].gini) < 1e-12);
    luck_draw(1, 10, 5, 1e-12, out); /* nobody ever wins: equality itself */
    for (int i = 0; i < 10; i++)
        assert_true(fabs(out[i].top20 - 0.2) < 1e-12 && out[i].gini == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_splitmix64),
        cmocka_unit_test(test_inequality),
        cmocka_unit_test(test_draws_are_the_same_every_time),
        cmocka_unit_test(test_draws_have_the_mean_of_luck),
        cmocka_unit_test(test_extremes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
