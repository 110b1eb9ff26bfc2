#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "distribution.h"
#include "normal.h"

#include <math.h>
#include <stdlib.h>

static struct arena *arena;

static int
open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance)) {
        fail_msg("%.12g is not %.12g", a, b);
    }
}

static double
total(const struct distribution *d)
{
    double sum = 0;
    for (uint32_t i = 0; i < d->points; i++) {
        assert_true(isfinite(d->mass[i]) && d->mass[i] >= 0);
        sum += d->mass[i];
    }
    return sum;
}

static void
test_two_deals(void **state)
{
    (void)state;
    const int64_t value[] = {300, 500};
    const double chance[] = {0.5, 0.2};
    struct distribution d =
        distribution_new(arena, (struct bets){2, value, chance}, (struct jumps){0}, 0);
    assert_int_equal(d.step, 1);
    assert_int_equal(d.points, 801);
    near(d.mass[0], .4, 1e-15);
    near(d.mass[300], .4, 1e-15);
    near(d.mass[500], .1, 1e-15);
    near(d.mass[800], .1, 1e-15);
    near(distribution_mean(&d), 250, 1e-12);
    near(distribution_quantile(&d, .4), 0, 0); /* reached with the tolerance of rounding */
    near(distribution_quantile(&d, .41), 300, 0);
    near(distribution_quantile(&d, .9), 500, 0);
    near(distribution_reaching(&d, 500), .2, 1e-15);
    near(distribution_reaching(&d, -5), 1, 1e-15);
    near(distribution_reaching(&d, 801), 0, 0);
}

/* Nothing, one certain deal, deals without a chance or a value. */
static void
test_extremes(void **state)
{
    (void)state;
    const int64_t value[] = {0, 5000000, 7};
    const double chance[] = {0.5, 0, 1};
    struct distribution none = distribution_new(arena, (struct bets){0}, (struct jumps){0}, 0);
    assert_int_equal(none.points, 1);
    near(none.mass[0], 1, 0);
    near(distribution_quantile(&none, 0.9), 0, 0);
    struct distribution d =
        distribution_new(arena, (struct bets){3, value, chance}, (struct jumps){0}, 0);
    near(total(&d), 1, 1e-12);
    near(distribution_mean(&d), 7, 1e-9);
    const int64_t huge[] = {INT64_MAX / 2, INT64_MAX / 2, INT64_MAX / 2};
    const double sure[] = {1, 1, 1};
    struct distribution top =
        distribution_new(arena, (struct bets){3, huge, sure}, (struct jumps){0}, 0);
    near(total(&top), 1, 1e-12);
}

/* One seller, one size: Poisson counts of it, by both ways of computing. */
static void
test_poisson(void **state)
{
    (void)state;
    const double size[] = {100}, mean[] = {1.5}, crowd[] = {400};
    struct distribution d =
        distribution_new(arena, (struct bets){0}, (struct jumps){1, size, mean, 100}, 0);
    double p = exp(-1.5);
    for (int k = 0; k < 8; k++) {
        double here = 0; /* split over neighbouring points by the grid */
        for (uint32_t i = 0; i < d.points; i++) {
            here += fabs((double)i * (double)d.step - 100 * k) < 45 ? d.mass[i] : 0;
        }
        near(here, p, 1e-12);
        p *= 1.5 / (k + 1);
    }
    near(distribution_mean(&d), 150, 1e-7);
    struct distribution many =
        distribution_new(arena, (struct bets){0}, (struct jumps){1, size, crowd, 100}, 0);
    near(total(&many), 1, 1e-12);
    near(distribution_mean(&many), 40000, 40000e-6);
    near(distribution_quantile(&many, 0.5), 40000, 200);
}

/* Panjer with a convolution against Horner's sums: the same distribution of two sellers, forced
 * apart by cutting the jumps in more and more sizes. */
static void
test_ways_agree(void **state)
{
    (void)state;
    enum { SIZES = 30 };
    int64_t value[40];
    double chance[40], size[SIZES], mean[SIZES];
    for (int i = 0; i < 40; i++) {
        value[i] = 1000 + 37 * i;
        chance[i] = 0.02 * i;
    }
    for (int i = 0; i < SIZES; i++) {
        size[i] = 900 + 10 * i;
        mean[i] = 0.1;
    }
    struct bets bets = {40, value, chance};
    struct distribution d =
        distribution_new(arena, bets, (struct jumps){SIZES, size, mean, 1190}, 0);
    near(total(&d), 1, 1e-12);
    double expected = 0, variance = 0;
    for (int i = 0; i < 40; i++) {
        double v = (double)value[i];
        expected += v * chance[i];
        variance += v * v * chance[i] * (1 - chance[i]);
    }
    for (int i = 0; i < SIZES; i++) {
        expected += size[i] * mean[i];
        variance += size[i] * size[i] * mean[i];
    }
    near(distribution_mean(&d), expected, 1e-6 * expected);
    double spread = 0;
    for (uint32_t i = 0; i < d.points; i++) {
        double off = (double)i * (double)d.step - expected;
        spread += d.mass[i] * off * off;
    }
    near(sqrt(spread), sqrt(variance), 0.01 * sqrt(variance));
}

static void
test_many(void **state)
{
    (void)state;
    uint32_t count = 50000;
    int64_t *value = malloc(count * sizeof *value);
    double *chance = malloc(count * sizeof *chance), expected = 0;
    for (uint32_t i = 0; i < count; i++) {
        value[i] = 100000 + i * 13;
        chance[i] = (i % 100) / 100.0;
        expected += (double)value[i] * chance[i];
    }
    struct distribution d =
        distribution_new(arena, (struct bets){count, value, chance}, (struct jumps){0}, 0);
    near(total(&d), 1, 1e-9);
    near(distribution_mean(&d), expected, 1e-6 * expected);
    free(value);
    free(chance);
}

/* A common factor leaves the mean and widens the rest. */
static void
test_correlation(void **state)
{
    (void)state;
    int64_t value[30];
    double chance[30];
    for (int i = 0; i < 30; i++) {
        value[i] = 10000;
        chance[i] = 0.3;
    }
    struct bets bets = {30, value, chance};
    struct distribution apart = distribution_new(arena, bets, (struct jumps){0}, 0);
    struct distribution together = distribution_new(arena, bets, (struct jumps){0}, 0.3);
    near(distribution_mean(&together), 90000, 0.09);
    near(total(&together), 1, 1e-12);
    assert_true(distribution_quantile(&together, .1) < distribution_quantile(&apart, .1));
    assert_true(distribution_quantile(&together, .9) > distribution_quantile(&apart, .9));
}

static void
test_normal(void **state)
{
    (void)state;
    near(normal_quantile(0.5), 0, 1e-15);
    near(normal_quantile(0.975), 1.959963984540054, 1e-13);
    near(normal_quantile(1e-12), -7.034483825301, 1e-9);
    near(normal_cumulative(normal_quantile(0.123)), 0.123, 1e-15);
    double node[NORMAL_NODES], weight[NORMAL_NODES];
    normal_nodes(node, weight);
    static const double moment[] = {1, 0, 1, 0, 3, 0, 15, 0, 105};
    for (int m = 0; m < 9; m++) {
        double sum = 0;
        for (int i = 0; i < NORMAL_NODES; i++) {
            sum += weight[i] * pow(node[i], m);
        }
        near(sum, moment[m], 1e-11 * fmax(1, moment[m]));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_deals), cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_poisson),   cmocka_unit_test(test_ways_agree),
        cmocka_unit_test(test_many),      cmocka_unit_test(test_correlation),
        cmocka_unit_test(test_normal),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
