#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence.h"

static void
see(struct evidence *evidence, int reading, const char *cell)
{
    struct sighting *place = reading < 2 ? &evidence->only[reading] : &evidence->both;
    evidence_see(place, "deals.csv", 3, text_of(cell));
}

static bool
decide(struct evidence *a, struct evidence *b, int reading[2], uint32_t *errors)
{
    struct diag *diag = diag_new(NULL, false, false);
    struct evidence_column columns[] = {{"created", a, -1}, {"close", b, -1}};
    bool decided = evidence_decide(columns, 2, EVIDENCE_DAY, "deals", diag);
    reading[0] = columns[0].reading;
    reading[1] = columns[1].reading;
    *errors = diag_count(diag, SEVERITY_ERROR);
    if (*errors)
        assert_int_equal(diag_exit(diag), EXIT_INPUT);
    diag_free(diag);
    return decided;
}

static void
test_column_decides(void **state)
{
    struct evidence a = {0}, b = {0};
    int reading[2];
    uint32_t errors;
    (void)state;
    see(&a, 2, "03/04/2026");
    see(&a, 1, "25/04/2026");
    see(&b, 0, "04/25/2026");
    assert_true(decide(&a, &b, reading, &errors));
    assert_int_equal(reading[0], 1);
    assert_int_equal(reading[1], 0);
}

static void
test_other_columns_decide(void **state)
{
    struct evidence a = {0}, b = {0};
    int reading[2];
    uint32_t errors;
    (void)state;
    see(&a, 2, "03/04/2026");
    see(&b, 1, "25/04/2026");
    assert_true(decide(&a, &b, reading, &errors));
    assert_int_equal(reading[0], 1);
}

static void
test_nothing_decides(void **state)
{
    struct evidence a = {0}, b = {0};
    int reading[2];
    uint32_t errors;
    (void)state;
    see(&a, 2, "03/04/2026");
    assert_false(decide(&a, &b, reading, &errors));
    assert_int_equal(errors, 1);
    assert_int_equal(reading[1], -1);
}

static void
test_contradiction(void **state)
{
    struct evidence a = {0}, b = {0};
    int reading[2];
    uint32_t errors;
    (void)state;
    see(&a, 0, "04/25/2026");
    see(&a, 1, "25/04/2026");
    assert_false(decide(&a, &b, reading, &errors));
    assert_int_equal(errors, 1);
}

static void
test_first_sighting_stays(void **state)
{
    struct evidence early = {0}, later = {0};
    (void)state;
    see(&later, 1, "25/04/2026");
    evidence_merge(&early, &later);
    assert_string_equal(early.only[1].cell, "25/04/2026");
    see(&early, 1, "26/04/2026");
    assert_string_equal(early.only[1].cell, "25/04/2026");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_column_decides),       cmocka_unit_test(test_other_columns_decide),
        cmocka_unit_test(test_nothing_decides),      cmocka_unit_test(test_contradiction),
        cmocka_unit_test(test_first_sighting_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
