#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "csv.h"

static void
holds(struct text cell, const char *expected)
{
    struct buf out = {0};
    struct csv csv = {.out = &out};
    csv_text(&csv, cell);
    assert_string_equal(out.bytes, expected);
    buf_free(&out);
}

static void
text_cannot_act_as_a_formula(void **state)
{
    (void)state;
    holds(TEXT("=SUM(A1)"), "\"'=SUM(A1)\"");
    holds(TEXT("+1"), "\"'+1\"");
    holds(TEXT("-1"), "\"'-1\"");
    holds(TEXT("@cmd"), "\"'@cmd\"");
    holds(TEXT("\tx"), "\"'\tx\"");
    holds(TEXT("\rx"), "\"'\rx\"");
    holds(TEXT("\xEF\xBC\x9D"
               "1"),
          "\"'\xEF\xBC\x9D"
          "1\"");
    holds(TEXT("a=b"), "\"a=b\"");
}

static void
quotes_are_doubled(void **state)
{
    (void)state;
    holds(TEXT("say \"no\", then"), "\"say \"\"no\"\", then\"");
    holds(TEXT("two\nlines"), "\"two\nlines\"");
    holds(TEXT(""), "\"\"");
}

static void
numbers_stay_numbers(void **state)
{
    struct buf out = {0};
    struct csv csv = {.out = &out};
    (void)state;
    csv_int(&csv, -5);
    csv_real(&csv, 0.25);
    csv_plain(&csv, "2026-10-31");
    csv_end(&csv);
    csv_int(&csv, 7);
    csv_end(&csv);
    assert_string_equal(out.bytes, "-5,0.25,2026-10-31\r\n7\r\n");
    buf_free(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_cannot_act_as_a_formula),
        cmocka_unit_test(quotes_are_doubled),
        cmocka_unit_test(numbers_stay_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
