#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
expect(double value, const char *written)
{
    struct buf out = {0};
    coordinate_write(&out, value);
    buf_char(&out, '\0');
    assert_string_equal(out.bytes, written);
    buf_free(&out);
}

static void
test_numbers(void **state)
{
    (void)state;
    expect(0, "0");
    expect(-0.001, "0");
    expect(1, "1");
    expect(1.5, "1.5");
    expect(1.05, "1.05");
    expect(-12.345, "-12.35");
    expect(99.996, "100");
    expect(0.004, "0");
}

/* Whatever a chart computes, a file stays readable. */
static void
test_beyond(void **state)
{
    (void)state;
    expect(NAN, "0");
    expect(INFINITY, "30000");
    expect(-INFINITY, "-30000");
    expect(1e300, "30000");
    expect(-30000.004, "-30000");
}

static void
test_every_hundredth(void **state)
{
    (void)state;
    for (int hundredths = -100000; hundredths <= 100000; hundredths += 7) {
        struct buf out = {0};
        coordinate_write(&out, hundredths / 100.0);
        buf_char(&out, '\0');
        assert_int_equal(lround(strtod(out.bytes, NULL) * 100), hundredths);
        buf_free(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_beyond),
        cmocka_unit_test(test_every_hundredth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
