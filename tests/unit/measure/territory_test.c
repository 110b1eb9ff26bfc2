/* Territory: what is worked, untouched, left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

#define AS_OF "2026-11-15"

static void
assert_measure(const struct builder *b, const char *scope, enum measure_id id, double value)
{
    double here = builder_value(b, scope, id, F_VALUE);
    if (!(fabs(here - value) <= 1e-9 * (1 + fabs(value))))
        fail_msg("%s: %s is %.12g, not %.12g", scope, measure_table[id].name, here, value);
}

static struct build_account *
account(struct builder *b, const char *id, const char *owner, uint8_t icp, int64_t potential)
{
    struct build_account *a = build_account(b, id, owner);
    a->icp = icp;
    a->potential = potential;
    return a;
}

static struct builder *
company(void)
{
    struct builder *b = builder_new(AS_OF);
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    account(b, "A1", "S1", ANSWER_YES, 1000)->customer = ANSWER_YES;
    account(b, "A2", "S1", ANSWER_YES, 3000);
    account(b, "A3", "S1", ANSWER_NO, 500);
    account(b, "A4", "S2", ANSWER_YES, MONEY_NONE);
    account(b, "A5", NULL, ANSWER_UNKNOWN, 700);
    account(b, "A6", "S2", ANSWER_YES, 3000);
    return b;
}

static void
test_with_activities(void **state)
{
    (void)state;
    struct builder *b = company();
    build_quota(b, "S1", NULL, 920);
    build_contact(b, "C1", "A1", LEVEL_STAFF);
    build_contact(b, "C6", "A6", LEVEL_STAFF);
    build_meet(b, "C1", "S2", "A1", NULL, "2026-08-18"); /* 89 days ago, by a colleague */
    build_meet(b, "C6", "S2", "A6", NULL, "2026-08-17"); /* 90 days ago: no longer worked */
    struct build_deal *d = build_closed(b, "D1", "S1", 20, 100, "Won", 400);
    d->account = "A1";
    d = build_closed(b, "D2", "S1", 20, 100, "Won", 900); /* renewals are bookings too */
    d->account = "A1";
    d->segment = SEGMENT_RENEWAL;
    d = build_closed(b, "D3", "S1", 20, 365, "Won", 5000); /* a day too old */
    d->account = "A2";
    builder_measures(b);
    assert_measure(b, "S1", M_TERRITORY_ACCOUNTS, 3);
    assert_measure(b, "company", M_TERRITORY_ACCOUNTS, 6);
    assert_measure(b, "company", M_TERRITORY_UNOWNED, 1);
    assert_int_equal(builder_measure(b, "T1", M_TERRITORY_UNOWNED)->why, WHY_NOT_DEFINED);
    assert_measure(b, "S1", M_TERRITORY_ICP, 2);
    assert_measure(b, "S1", M_TERRITORY_CUSTOMERS, 1);
    assert_measure(b, "S1", M_TERRITORY_WORKED, 1);
    assert_measure(b, "S1", M_TERRITORY_COVERAGE_NUMBER, 0.5);
    assert_measure(b, "S1", M_TERRITORY_COVERAGE_VALUE, 0.25);
    assert_measure(b, "S2", M_TERRITORY_COVERAGE_NUMBER, 0);
    assert_null(measure_field(&builder_measure(b, "S1", M_TERRITORY_COVERAGE_NUMBER)->fields,
                              F_LOW)); /* a census has no interval */
    /* A1: 1000 - 1300 is no room; A2: 3000; A4 unknown; A6: 3000 */
    assert_measure(b, "S1", M_TERRITORY_WHITESPACE, 3000);
    assert_measure(b, "T1", M_TERRITORY_WHITESPACE, 6000);
    assert_true(builder_value(b, "T1", M_TERRITORY_WHITESPACE, F_UNKNOWN) == 1);
    const struct measure *space = builder_measure(b, "T1", M_TERRITORY_WHITESPACE);
    assert_int_equal(space->row_count, 2); /* ties by id */
    assert_string_equal(measure_field(&space->row[0], F_KEY)->text, "A2");
    assert_string_equal(measure_field(&space->row[1], F_KEY)->text, "A6");
    assert_int_equal(measure_field(&space->row[0], F_LAST_CONTACT)->kind, CELL_NULL);
    assert_int_equal(measure_field(&space->row[1], F_LAST_CONTACT)->whole,
                     builder_day("2026-08-17"));
    assert_measure(b, "S1", M_TERRITORY_SHARE, 1300.0 / 4500);
    assert_true(builder_value(b, "S1", M_TERRITORY_SHARE, F_K) == 2);
    assert_true(builder_value(b, "S1", M_TERRITORY_SHARE, F_N) == 3);
    assert_measure(b, "S1", M_TERRITORY_FAIRNESS, 920.0 * 365 / 92 / 4500);
    /* A2's deal was created in T (385 days ago it was not) and closed before it */
    assert_measure(b, "S1", M_TERRITORY_UNTOUCHED, 1);
    assert_measure(b, "S2", M_TERRITORY_UNTOUCHED, 1);
    builder_free(b);
}

static void
test_an_open_deal_touches_its_account(void **state)
{
    (void)state;
    struct builder *b = company();
    build_contact(b, "C1", "A1", LEVEL_STAFF);
    build_meet(b, "C1", "S1", "A1", NULL, "2026-11-01");
    build_deal(b, "D1", "S1", "2024-01-01", "Lead", 5)->account = "A2"; /* old, unqualified */
    builder_measures(b);
    assert_measure(b, "S1", M_TERRITORY_UNTOUCHED, 0);
    assert_measure(b, "S2", M_TERRITORY_UNTOUCHED, 2);
    builder_free(b);
}

static void
test_without_activities_touched_deals_count(void **state)
{
    (void)state;
    struct builder *b = company();
    build_deal(b, "D1", "S1", "2026-10-01", "Open", 5)->account = "A1";
    build_deal(b, "D2", "S1", "2026-01-01", "Open", 5)->account = "A2";
    build_deal(b, "D3", "S2", "2026-01-01", "Open", 5)->account = "A4";
    build_change(b, "D3", "2026-10-01", "Open", MONEY_NONE, NULL);
    builder_measures(b);
    assert_measure(b, "S1", M_TERRITORY_WORKED, 1);
    assert_measure(b, "S2", M_TERRITORY_WORKED, 1);
    builder_free(b);
}

static void
test_nothing_known(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    builder_measures(b);
    assert_int_equal(builder_measure(b, "S1", M_TERRITORY_ACCOUNTS)->why, WHY_NOT_CONFIGURED);
    assert_int_equal(builder_measure(b, "company", M_TERRITORY_UNOWNED)->why, WHY_NOT_CONFIGURED);
    builder_free(b);
    b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    build_seller(b, "S2", NULL, NULL);
    account(b, "A1", "S1", ANSWER_UNKNOWN, MONEY_NONE);
    account(b, "A2", "S2", ANSWER_NO, 0);
    builder_measures(b);
    assert_int_equal(builder_measure(b, "S1", M_TERRITORY_COVERAGE_NUMBER)->why, WHY_NO_DATA);
    assert_int_equal(builder_measure(b, "S1", M_TERRITORY_SHARE)->why, WHY_NO_DATA);
    assert_int_equal(builder_measure(b, "S2", M_TERRITORY_COVERAGE_NUMBER)->why,
                     WHY_ZERO_DENOMINATOR);
    assert_int_equal(builder_measure(b, "S2", M_TERRITORY_SHARE)->why, WHY_ZERO_DENOMINATOR);
    assert_int_equal(builder_measure(b, "S1", M_TERRITORY_FAIRNESS)->why, WHY_NOT_CONFIGURED);
    builder_free(b);
}

static void
test_the_list_is_the_largest(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    builder_config(b)->territory.list = 3;
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < 20; i++)
        account(b, build_id(b, "A", i), "S1", ANSWER_YES, (i * 7) % 20 * 10);
    builder_measures(b);
    const struct measure *space = builder_measure(b, "S1", M_TERRITORY_WHITESPACE);
    assert_int_equal(space->row_count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_true(measure_number(&space->row[i], F_VALUE, 0) == 190 - 10.0 * i);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_activities),
        cmocka_unit_test(test_an_open_deal_touches_its_account),
        cmocka_unit_test(test_without_activities_touched_deals_count),
        cmocka_unit_test(test_nothing_known),
        cmocka_unit_test(test_the_list_is_the_largest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
