/* Percentiles against the values sorted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "luck.h"
#include "percentile.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 300 };

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
ranked(const double *sorted, uint32_t count, uint32_t percent)
{
    return sorted[(percent * count + 99) / 100 - 1];
}

/* Values of which many are the same, and of which few are. */
static void
of_reals(void **state)
{
    (void)state;
    uint64_t stream = 3;
    for (uint32_t count = 1; count <= MOST; count++) {
        double value[MOST], sorted[MOST];
        uint64_t most = count % 3 == 0 ? 1 : count % 3 == 1 ? 7 : UINT32_MAX;
        for (uint32_t i = 0; i < count; i++)
            value[i] = (double)(luck_next(&stream) % most);
        memcpy(sorted, value, sizeof value);
        qsort(sorted, count, sizeof *sorted, ascending);
        struct percentiles found = percentiles_of_reals(value, count);
        assert_true(found.p10 == ranked(sorted, count, 10));
        assert_true(found.p50 == ranked(sorted, count, 50));
        assert_true(found.p90 == ranked(sorted, count, 90));
        assert_true(percentile_of_reals(value, count, 75) == ranked(sorted, count, 75));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_reals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
