#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "aalen_johansen.h"
#include "curve.h"

#include <math.h>
#include <string.h>

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
near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-12)) {
        fail_msg("%.15g is not %.15g", a, b);
    }
}

/* won at 30, 30, 90; lost at 60, 60, 120; open at 70, 70, 130, 130 */
static struct curve *
hand_case(void)
{
    static uint32_t events[CAUSE_COUNT * 131], censored[131];
    memset(events, 0, sizeof events);
    memset(censored, 0, sizeof censored);
    events[CAUSE_WON * 131 + 30] = 2;
    events[CAUSE_WON * 131 + 90] = 1;
    events[CAUSE_LOST * 131 + 60] = 2;
    events[CAUSE_LOST * 131 + 120] = 1;
    censored[70] = censored[130] = 2;
    return curve_new(arena, 131, events, censored, 6, 0.3, 90);
}

static void
test_hand_case(void **state)
{
    (void)state;
    struct curve *curve = hand_case();
    assert_false(curve->fallback);
    near(curve_ever(curve), 0.35);
    near(curve->share[CAUSE_LOST][130], 0.35);
    near(curve_surviving(curve, 130), 0.30);
    near(curve_won(curve, 29), 0);
    near(curve_won(curve, 30), 0.2);
    near(curve_won(curve, 89.9), 0.2);
    near(curve_won(curve, 90 - 1e-10), 0.35);
    near(curve_chance(curve, 1, 70, 0, 60), 0.25);
    near(curve_chance(curve, 2, 35, 0, 30), 0.25); /* twice the pace */
    near(curve_chance(curve, 1, 70, 10, 50), 0.25);
    near(curve_won(curve, -1), 0);
    near(curve_won(curve, 1e18), 0.35);
    assert_int_equal(curve_reaches(curve, 0.5), 30);
    assert_int_equal(curve_reaches(curve, 0.9), 90);
    near(curve_sum(curve, 1, 0, 31), 0.4);
    near(curve_sum(curve, 1, 5, 4), 0);
    for (int age = 0; age < 131; age++) { /* identity I5 */
        double sum = curve->surviving[age];
        for (int cause = 0; cause < CAUSE_COUNT; cause++) {
            sum += curve->share[cause][age];
        }
        near(sum, 1);
    }
}

/* One decided deal short of what is asked: exponential. */
static void
test_fallback(void **state)
{
    (void)state;
    uint32_t none[CAUSE_COUNT] = {0}, open[1] = {3};
    struct curve *curve = curve_new(arena, 1, none, open, 20, 0.25, 90);
    assert_true(curve->fallback);
    near(curve_ever(curve), 0.25);
    near(curve_chance(curve, 1, 40, 0, 30), 0.25 * (1 - exp(-30 / 90.0)));
    near(curve_chance(curve, 1, 7.5, 15, 30), 0.25 * (exp(-15 / 90.0) - exp(-45 / 90.0)));
    near(curve_chance(curve, 1.5, 40, 0, 30), 0.25 * (1 - exp(-45 / 90.0)));
    assert_int_equal(curve_reaches(curve, 0.5), 63);
    assert_int_equal(curve_reaches(curve, 0.1), 10);
    assert_int_equal(curve_reaches(curve, 0.9), 208);
    struct curve *never = curve_new(arena, 1, none, open, 0, 0.25, 90);
    assert_false(never->fallback);
    assert_int_equal(curve_reaches(never, 0.5), -1);
}

/* All on the same day, all at once, none censored; 50,000 of them. */
static void
test_extremes(void **state)
{
    (void)state;
    uint32_t events[CAUSE_COUNT] = {30000, 15000, 5000, 0}, censored[1] = {0};
    struct curve *curve = curve_new(arena, 1, events, censored, 20, 0.5, 90);
    near(curve_won(curve, 0), 0.6);
    near(curve_surviving(curve, 0), 0);
    near(curve_chance(curve, 1, 0, 0, 100), 0); /* nobody is left at age 0 */
    uint32_t single[CAUSE_COUNT] = {1, 0, 0, 0};
    near(curve_ever(curve_new(arena, 1, single, censored, 1, 0.5, 90)), 1);
}

static void
test_two_causes(void **state)
{
    (void)state;
    const uint32_t events[] = {0, 1, 0, 1, 0, 0}, censored[] = {0, 1, 1};
    double share[6], left[3];
    aalen_johansen(2, 3, events, censored, share, left);
    near(share[0], 0); /* cause 0: nothing at 0, 1/3 of 3/4 at 1 */
    near(share[3], 0.25);
    near(share[1], 0.25);
    near(left[2], 0.5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hand_case),
        cmocka_unit_test(test_fallback),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_two_causes),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
