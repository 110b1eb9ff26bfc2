/* Prospecting: creation, newcomers, the rate of leads, steps and sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

#define AS_OF "2026-11-15"

static void
assert_near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-9 * (1 + fabs(b))))
        fail_msg("%.12g is not %.12g", a, b);
}

static void
assert_measure(const struct builder *b, const char *scope, enum measure_id id, double value)
{
    assert_near(builder_value(b, scope, id, F_VALUE), value);
}

static void
deals(struct builder *b, const char *prefix, const char *owner, int count)
{
    for (int i = 0; i < count; i++)
        build_open(b, build_id(b, prefix, i), owner, 5, 20, 100);
}

static void
test_creation(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_team(b, "T1", NULL);
    build_team(b, "T2", NULL);
    build_seller(b, "S1", "T1", NULL);         /* 91 days */
    build_seller(b, "S2", "T1", "2026-10-27"); /* 20 days */
    build_seller(b, "S3", "T1", "2026-11-03"); /* 13 days: as his colleagues */
    build_seller(b, "S4", "T1", NULL)->end = builder_day("2026-11-01");
    build_seller(b, "S5", "T2", "2026-11-10"); /* nobody to compare with: as the company */
    build_seller(b, "S6", "T2", "2027-01-01"); /* not there yet */
    deals(b, "A", "S1", 9);
    deals(b, "B", "S2", 4);
    deals(b, "C", "S3", 5);
    deals(b, "D", "S4", 7);
    build_open(b, "R1", "S1", 5, 20, 100)->segment = SEGMENT_RENEWAL;
    build_open(b, "R2", NULL, 5, 20, 100);
    builder_measures(b);
    double colleagues = (9.0 / 91 + 4.0 / 20) / 2;
    assert_measure(b, "S1", M_PROSPECTING_CREATION, 9.0 / 91);
    assert_measure(b, "S2", M_PROSPECTING_CREATION, 4.0 / 20);
    assert_measure(b, "S3", M_PROSPECTING_CREATION, colleagues);
    assert_measure(b, "S4", M_PROSPECTING_CREATION, 0);
    assert_measure(b, "S5", M_PROSPECTING_CREATION, colleagues);
    assert_measure(b, "S6", M_PROSPECTING_CREATION, 0);
    assert_measure(b, "T1", M_PROSPECTING_CREATION, 2 * colleagues + colleagues);
    assert_measure(b, "company", M_PROSPECTING_CREATION, 4 * colleagues + 1.0 / 91);
    assert_true(builder_value(b, "S1", M_PROSPECTING_CREATION, F_K) == 9);
    assert_true(builder_value(b, "S2", M_PROSPECTING_CREATION, F_N) == 20);
    builder_free(b);
}

static void
test_no_leads_creation_still_works(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    deals(b, "A", "S1", 3);
    builder_measures(b);
    assert_measure(b, "S1", M_PROSPECTING_CREATION, 3.0 / 91);
    assert_int_equal(builder_measure(b, "S1", M_PROSPECTING_LEADS)->why, WHY_NOT_CONFIGURED);
    assert_int_equal(builder_measure(b, "S1", M_PROSPECTING_RATE)->why, WHY_NOT_CONFIGURED);
    assert_int_equal(builder_measure(b, "S1", M_PROSPECTING_BY_SOURCE)->why, WHY_NOT_CONFIGURED);
    assert_int_equal(builder_measure(b, "S1", M_PROSPECTING_ACCOUNTS_PER_DEAL)->why,
                     WHY_NOT_CONFIGURED);
    builder_free(b);
}

/* A lead worked `worked` days ago; later days as days after that, -1 for never. */
static struct build_lead *
lead(struct builder *b, const char *id, const char *owner, int worked, int qualified, int closed)
{
    struct build_lead *l = build_lead(b, id, owner);
    l->worked = b->config.as_of - worked;
    if (qualified >= 0)
        l->qualified = l->worked + qualified;
    if (closed >= 0)
        l->closed = l->worked + closed;
    return l;
}

static void
test_rate(void **state)
{
    (void)state;
    /* S1: qualified at 10; closed at 20; qualified at 200 (too late for 180 days); still open at
     * 300. At 10: 1/4; at 20 a quarter is closed; at 180: 1/4. k = 4 x 1/4 = 1. */
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    build_seller(b, "S2", NULL, NULL);
    lead(b, "L1", "S1", 300, 10, -1);
    lead(b, "L2", "S1", 300, -1, 20);
    lead(b, "L3", "S1", 300, 200, -1);
    lead(b, "L4", "S1", 300, -1, -1);
    lead(b, "L5", "S1", 365, 10, -1); /* worked before T */
    /* S2: open at 5, then qualified at 10: censored first, 1 of 1 at risk. k = 2 x 1 = 2 */
    lead(b, "L6", "S2", 5, -1, -1);
    lead(b, "L7", "S2", 100, 10, -1);
    builder_measures(b);
    /* fewer than three sellers: M 20, p = 3 / 6 */
    assert_measure(b, "S1", M_PROSPECTING_RATE, (1 + 10.0) / 24);
    assert_measure(b, "S2", M_PROSPECTING_RATE, (2 + 10.0) / 22);
    assert_near(builder_value(b, "S1", M_PROSPECTING_RATE, F_K), 1);
    assert_near(builder_value(b, "S1", M_PROSPECTING_RATE, F_N), 4);
    assert_measure(b, "company", M_PROSPECTING_RATE, (4 * 11.0 / 24 + 2 * 12.0 / 22) / 6);
    builder_free(b);
}

static void
test_steps(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < 10; i++) {
        struct build_lead *l = lead(b, build_id(b, "L", i), "S1", 100, -1, -1);
        if (i < 6)
            l->replied = l->worked + i + 1; /* lags 1 .. 6 */
        if (i < 3)
            l->met = l->replied + 10;
        if (i < 1)
            l->qualified = l->met + 20;
    }
    builder_measures(b);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "replied", F_K), 6);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "replied", F_N), 10);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "replied", F_VALUE), 0.6);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "met", F_N), 6);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "met", F_VALUE), 0.5);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "qualified", F_N), 3);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "qualified", F_K), 1);
    /* half of ten have replied after 5 days; half of six met after 10; of three never half */
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "replied", F_MEDIAN_DAYS), 5);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "met", F_MEDIAN_DAYS), 10);
    assert_true(isnan(builder_row(b, "S1", M_PROSPECTING_LEADS, "qualified", F_MEDIAN_DAYS)));
    builder_free(b);
}

static void
test_an_implied_step_has_no_lag(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    lead(b, "L1", "S1", 100, 30, -1); /* qualified without a word of reply and meeting */
    builder_measures(b);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "replied", F_VALUE), 1);
    assert_near(builder_row(b, "S1", M_PROSPECTING_LEADS, "qualified", F_VALUE), 1);
    assert_true(isnan(builder_row(b, "S1", M_PROSPECTING_LEADS, "replied", F_MEDIAN_DAYS)));
    assert_true(isnan(builder_row(b, "S1", M_PROSPECTING_LEADS, "qualified", F_MEDIAN_DAYS)));
    builder_free(b);
}

static void
test_sources(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    static const char *const names[] = {"D1", "D1", "D2", "D3", NULL, "D4"};
    for (int i = 0; i < 6; i++) {
        struct build_lead *l = lead(b, build_id(b, "L", i), "S1", 50, -1, -1);
        l->source = i < 5 ? "Web" : NULL;
        l->deal = names[i];
    }
    build_closed(b, "D1", "S1", 10, 500, "Won", 1000); /* whatever its day */
    build_closed(b, "D2", "S1", 10, 10, "Lost", 5000);
    build_open(b, "D3", "S1", 10, 10, 300);
    build_closed(b, "D4", "S1", 10, 10, "Won", 70)->segment = SEGMENT_RENEWAL;
    builder_measures(b);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "Web", F_LEADS), 5);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "Web", F_NUMBER), 1);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "Web", F_VALUE), 1000);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "Web", F_PER_LEAD), 200);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "Web", F_RATE), 0.5);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "", F_LEADS), 1);
    assert_near(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "", F_N), 0);
    assert_true(isnan(builder_row(b, "S1", M_PROSPECTING_BY_SOURCE, "", F_RATE)));
    builder_free(b);
}

static void
test_accounts_per_deal(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    for (int i = 0; i < 4; i++)
        build_account(b, build_id(b, "A", i), "S1");
    build_contact(b, "C1", "A00000", LEVEL_STAFF);
    for (int i = 0; i < 3; i++)
        build_meet(b, "C1", "S1", build_id(b, "A", i), NULL, "2026-05-01");
    build_meet(b, "C1", "S2", "A00000", NULL, "2026-05-01"); /* both talk to it: one for the team */
    build_meet(b, "C1", "S1", "A00003", NULL, "2025-11-15"); /* not in T */
    deals(b, "D", "S1", 2);
    builder_measures(b);
    assert_measure(b, "S1", M_PROSPECTING_ACCOUNTS_PER_DEAL, 1.5);
    assert_measure(b, "T1", M_PROSPECTING_ACCOUNTS_PER_DEAL, 1.5);
    assert_int_equal(builder_measure(b, "S2", M_PROSPECTING_ACCOUNTS_PER_DEAL)->why,
                     WHY_ZERO_DENOMINATOR);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_creation),
        cmocka_unit_test(test_no_leads_creation_still_works),
        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_an_implied_step_has_no_lag),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_accounts_per_deal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
