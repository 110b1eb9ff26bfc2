#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally.h"

#include <stdlib.h>

enum { SHARES = 3, NUMBERS = 40, ROUNDS = 2000000 };

static uint32_t
draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Three tallies filled at random against a plain table of all pairs. */
static void
test_merge_against_table(void **state)
{
    static uint64_t table[NUMBERS + 1][NUMBERS];
    struct tally tallies[SHARES];
    struct column out[TALLY_WIDEST + 1];
    uint64_t seed = 7;
    (void)state;
    for (int t = 0; t < SHARES; t++)
        tally_open(&tallies[t], 2, NUMBERS);
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t a = draw(&seed) % (NUMBERS + 1), b = draw(&seed) % NUMBERS,
                 times = draw(&seed) % 3;
        uint32_t tuple[] = {a == NUMBERS ? UINT32_MAX : a, b};
        tally_add(&tallies[draw(&seed) % SHARES], tuple, times);
        table[a][b] += times;
    }
    size_t count = tally_merge(tallies, sizeof *tallies, SHARES, 2, out), at = 0;
    assert_int_equal(count, (NUMBERS + 1) * NUMBERS);
    for (uint32_t a = 0; a <= NUMBERS; a++)
        for (uint32_t b = 0; b < NUMBERS; b++, at++) {
            assert_int_equal(column_at(&out[0], at), a == NUMBERS ? UINT32_MAX : a);
            assert_int_equal(column_at(&out[1], at), b);
            assert_int_equal(column_at(&out[2], at), table[a][b]);
        }
    for (int i = 0; i < 3; i++)
        free(out[i].cells);
}

static void
test_memory_by_distinct(void **state)
{
    struct tally tally;
    uint32_t tuple[] = {1, 2, 3};
    struct column out[TALLY_WIDEST + 1];
    (void)state;
    tally_open(&tally, 3, 2);
    for (int i = 0; i < 1000000; i++)
        tally_add(&tally, tuple, UINT32_MAX / 2);
    assert_int_equal(tally_held(&tally), 1);
    assert_int_equal(tally_merge(&tally, sizeof tally, 1, 1, out), 1);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(column_at(&out[i], 0), i < 3 ? (uint32_t)i + 1 : UINT32_MAX);
        free(out[i].cells);
    }
}

/* Repeats that are far from each other go, too, once there are many. */
static void
test_distant_repeats(void **state)
{
    enum { DISTINCT = 5000, TIMES = 400 };
    struct tally tally;
    struct column out[TALLY_WIDEST + 1];
    (void)state;
    tally_open(&tally, 1, DISTINCT);
    for (uint32_t round = 0; round < TIMES; round++)
        for (uint32_t i = 0; i < DISTINCT; i++)
            tally_add(&tally, &i, 1);
    assert_true(tally_held(&tally) < (size_t)DISTINCT * 100);
    assert_int_equal(tally_merge(&tally, sizeof tally, 1, 1, out), DISTINCT);
    for (uint32_t i = 0; i < DISTINCT; i++) {
        assert_int_equal(column_at(&out[0], i), i);
        assert_int_equal(column_at(&out[1], i), TIMES);
    }
    free(out[0].cells);
    free(out[1].cells);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merge_against_table),
        cmocka_unit_test(test_memory_by_distinct),
        cmocka_unit_test(test_distant_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
