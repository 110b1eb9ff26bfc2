#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kaplan_meier.h"

#include <string.h>

/* The leukaemia patients on 6-MP of Freireich et al. 1963: median remission 23 weeks. */
static void
test_published(void **state)
{
    (void)state;
    uint32_t events[36] = {0}, censored[36] = {0};
    static const int ended[] = {6, 6, 6, 7, 10, 13, 16, 22, 23};
    static const int lasting[] = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    for (size_t i = 0; i < sizeof ended / sizeof *ended; i++) {
        events[ended[i]]++;
    }
    for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++) {
        censored[lasting[i]]++;
    }
    assert_int_equal(kaplan_meier_median(36, events, censored), 23);
}

static void
test_extremes(void **state)
{
    (void)state;
    const uint32_t none[2] = {0, 0}, one[2] = {0, 1}, half[2] = {1, 0}, many[2] = {50000, 0};
    assert_int_equal(kaplan_meier_median(0, none, none), -1);
    assert_int_equal(kaplan_meier_median(2, none, one), -1);
    assert_int_equal(kaplan_meier_median(2, one, none), 1);
    assert_int_equal(kaplan_meier_median(2, half, one), 0); /* exactly half is left */
    assert_int_equal(kaplan_meier_median(2, many, many), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_extremes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
