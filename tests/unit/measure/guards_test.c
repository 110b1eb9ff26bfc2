/* Guards: what a number must not say of a seller who starts, of few cases, of what was not logged
 * or not given, on the last day; and that strange companies give numbers or reasons, never neither.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#include <math.h>

#define AS_OF "2026-07-15"

static bool
found(const struct builder *b, const char *scope, const char *id)
{
    const struct scope_measures *s = &b->measures->scope[builder_scope(b, scope)];
    for (uint32_t i = 0; i < s->finding_count; i++)
        if (strcmp(s->finding[i].id, id) == 0)
            return true;
    return false;
}

static enum why
why(const struct builder *b, const char *scope, enum measure_id id)
{
    return builder_measure(b, scope, id)->why;
}

/* ---- Neglected and over-invested ---- */

/* S1 has forty of fifty open deals overdue, where S2 has none; the stock is more than the quota
 * asks for, and both win alike. */
static struct builder *
neglecting(int64_t quota)
{
    struct builder *b = builder_new(AS_OF);
    b->config.rule[FLAG_PAST_CLOSE].word = RULE_FATAL;
    build_seller(b, "S1", NULL, "2020-01-01");
    build_seller(b, "S2", NULL, "2020-01-01");
    for (int i = 0; i < 40; i++) {
        const char *stage = i % 4 < 2 ? "Won" : "Lost";
        build_closed(b, build_id(b, "C", i), i % 2 ? "S1" : "S2", 40 + i, 95 + i, stage, 1000);
        build_open(b, build_id(b, "X", i), "S1", 20, -5, 1000);
        build_open(b, build_id(b, "Y", i), "S2", 20, 60, 1000);
    }
    for (int i = 0; i < 10; i++)
        build_open(b, build_id(b, "Z", i), "S1", 20, 60, 1000);
    build_quota(b, "S1", NULL, quota);
    return b;
}

static double
neglected(const struct builder *b, enum field field)
{
    return builder_row(b, "S1", M_SYSTEM_NEGLECTED, "integrity", field);
}

static void
test_neglected(void **state)
{
    (void)state;
    struct builder *b = neglecting(5000);
    builder_measures(b);
    double reference = (1 + 50 / 90.0) / 2;
    assert_true(fabs(neglected(b, F_RATIO) - .2 / reference) < 1e-12);
    assert_true(neglected(b, F_HIGH) < 1 && neglected(b, F_HIGH) > neglected(b, F_RATIO));
    assert_true(neglected(b, F_GAIN) == builder_row(b, "S1", M_SYSTEM_GAINS, "integrity", F_VALUE));
    assert_true(builder_row(b, "S1", M_SYSTEM_WHOLE_JOB, "pipeline", F_RATIO) >= 1.5);
    assert_true(builder_row(b, "S1", M_SYSTEM_OVER_INVESTED, "pipeline", F_RATIO) >= 1.5);
    assert_true(found(b, "S1", "neglected_part") && found(b, "S1", "over_invested"));
    assert_int_equal(why(b, "S2", M_SYSTEM_NEGLECTED), WHY_NOT_CONFIGURED); /* no quota */
    builder_free(b);
}

static void
test_neglected_guards(void **state)
{
    (void)state;
    struct builder *b = neglecting(5000);
    b->config.findings.minimum_n = 51; /* of 50 open deals */
    builder_measures(b);
    assert_true(isnan(neglected(b, F_RATIO)));
    builder_free(b);
    b = neglecting(5000000); /* the gain is small against it, and nothing else is at its need */
    builder_measures(b);
    assert_true(isnan(neglected(b, F_RATIO)));
    assert_int_equal(builder_measure(b, "S1", M_SYSTEM_OVER_INVESTED)->row_count, 0);
    builder_free(b);
    b = neglecting(5000);
    b->build_seller[0].start = b->config.as_of - 20;
    builder_measures(b);
    assert_int_equal(why(b, "S1", M_SYSTEM_NEGLECTED), WHY_NOT_YET_EXPECTED);
    assert_int_equal(why(b, "S1", M_SYSTEM_OVER_INVESTED), WHY_NOT_YET_EXPECTED);
    assert_false(found(b, "S1", "neglected_part"));
    builder_free(b);
}

/* ---- What is not there ---- */

static const struct {
    enum measure_id id;
    enum why why;
} bare[] = {
    /* no quota */
    {M_FORECAST_QUOTA, WHY_NOT_CONFIGURED},
    {M_FORECAST_GAP, WHY_NOT_CONFIGURED},
    {M_FORECAST_ATTAINMENT, WHY_NOT_CONFIGURED},
    {M_FORECAST_P_HIT, WHY_NOT_CONFIGURED},
    {M_PIPELINE_WINS_NEEDED, WHY_NOT_CONFIGURED},
    {M_PIPELINE_COVERAGE_CLEAN_NUMBER, WHY_NOT_CONFIGURED},
    {M_PIPELINE_COVERAGE_SUFFICIENCY_VALUE, WHY_NOT_CONFIGURED},
    {M_SYSTEM_NEEDED_STEADY, WHY_NOT_CONFIGURED},
    {M_SYSTEM_FEASIBLE, WHY_NOT_CONFIGURED},
    {M_SYSTEM_CLOSES_ALONE, WHY_NOT_CONFIGURED},
    /* no history */
    {M_PIPELINE_MOVEMENT, WHY_NOT_CONFIGURED},
    {M_PIPELINE_SLIP_RATE, WHY_NOT_CONFIGURED},
    {M_PIPELINE_STAGE_CONVERSION, WHY_NOT_CONFIGURED},
    /* no activities */
    {M_CALLS_TWO_WAY_SHARE, WHY_NOT_CONFIGURED},
    {M_CALLS_CAPTURE, WHY_NOT_CONFIGURED},
    {M_CALLS_ADVANCE_RATE, WHY_NOT_CONFIGURED},
    {M_PROSPECTING_ACCOUNTS_PER_DEAL, WHY_NOT_CONFIGURED},
    /* no leads */
    {M_PROSPECTING_LEADS, WHY_NOT_CONFIGURED},
    {M_PROSPECTING_RATE, WHY_NOT_CONFIGURED},
    {M_PROSPECTING_BY_SOURCE, WHY_NOT_CONFIGURED},
    /* no accounts, no forecast calls, no letters, no stored runs */
    {M_TERRITORY_ACCOUNTS, WHY_NOT_CONFIGURED},
    {M_TERRITORY_COVERAGE_NUMBER, WHY_NOT_CONFIGURED},
    {M_FORECAST_CALLS, WHY_NOT_CONFIGURED},
    {M_DEALS_QUALIFICATION, WHY_NOT_CONFIGURED},
    {M_FORECAST_ACCURACY, WHY_NO_DATA},
    /* and what needs none of it */
    {M_PIPELINE_OPEN, WHY_NONE},
    {M_PIPELINE_COVERAGE_NEEDED_NUMBER, WHY_NONE},
    {M_FORECAST_EXPECTED, WHY_NONE},
    {M_FORECAST_P50, WHY_NONE},
    {M_PROSPECTING_CREATION, WHY_NONE},
    {M_SYSTEM_SIGNAL, WHY_NONE},
};

static void
test_a_bare_company(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    build_open(b, "X1", "S1", 30, 30, 1000);
    builder_measures(b);
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        if (why(b, "S1", bare[i].id) != bare[i].why)
            fail_msg("%s: %s", measure_table[bare[i].id].name,
                     measure_why_names[why(b, "S1", bare[i].id)]);
    assert_true(found(b, "S1", "no_quota"));
    builder_free(b);
}

static void
test_zero_gap(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    build_closed(b, "D1", "S1", 30, 3, "Won", 1000);
    build_open(b, "X1", "S1", 30, 30, 1000);
    build_quota(b, "S1", NULL, 900);
    builder_measures(b);
    assert_int_equal(why(b, "S1", M_PIPELINE_COVERAGE_RAW_VALUE), WHY_MET);
    assert_int_equal(why(b, "S1", M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER), WHY_MET);
    assert_true(builder_value(b, "S1", M_SYSTEM_NEEDED_TIME_TRUE, F_VALUE) == 0);
    assert_true(builder_value(b, "S1", M_SYSTEM_NEEDED_LEADS, F_VALUE) == 0); /* whatever r */
    assert_true(builder_value(b, "S1", M_SYSTEM_NEEDED_ACCOUNTS, F_VALUE) == 0);
    assert_true(builder_value(b, "S1", M_PIPELINE_DEALS_NEEDED, F_VALUE) == 0);
    builder_free(b);
}

/* ---- Strange companies ---- */

static void
check_cells(const struct measure *measure, const struct cells *cells)
{
    (void)measure;
    for (uint32_t i = 0; i < cells->count; i++)
        if (cells->cell[i].kind == CELL_REAL)
            assert_true(isfinite(cells->cell[i].real));
}

/* Every measure defined for a scope is there, finite, with a reason where it is null; and every
 * identity holds. */
static void
check_whole(struct builder *b)
{
    builder_measures(b);
    for (uint32_t s = 0; s < b->measures->scope_count; s++)
        for (uint32_t id = 0; id < MEASURE_COUNT; id++) {
            const struct measure *measure = measures_get(b->measures, s, (enum measure_id)id);
            const struct cell *value = measure_field(&measure->fields, F_VALUE);
            if (measure->why == WHY_NONE && value && value->kind == CELL_NULL)
                fail_msg("%s is null without a reason", measure_table[id].name);
            check_cells(measure, &measure->fields);
            for (uint32_t row = 0; row < measure->row_count; row++)
                check_cells(measure, &measure->row[row]);
        }
    for (uint32_t i = 0; i < b->measures->identity_count; i++)
        if (b->measures->identity[i].applies && !b->measures->identity[i].holds)
            fail_msg("%s", b->measures->identity[i].what);
    builder_free(b);
}

static struct builder *
two_teams(const char *as_of)
{
    struct builder *b = builder_new(as_of);
    b->config.rule[FLAG_PAST_CLOSE].word = b->config.rule[FLAG_ZOMBIE].word = RULE_FATAL;
    build_team(b, "T1", NULL);
    build_team(b, "T2", "T1"); /* without sellers */
    build_seller(b, "S1", "T1", NULL);
    build_quota(b, "S1", NULL, 100000);
    return b;
}

static void
test_none_and_one(void **state)
{
    (void)state;
    static const char *const stages[] = {"Open", "Won", "Lost", "None", "Junk", "Lead"};
    check_whole(two_teams(AS_OF));
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct builder *b = two_teams(AS_OF);
        build_closed(b, "D1", "S1", 30, i == 0 ? -30 : 10, stages[i], 1000);
        check_whole(b);
        b = two_teams(AS_OF);
        build_closed(b, "D1", "S1", 0, 0, stages[i], MONEY_NONE);
        check_whole(b);
    }
    struct builder *b = builder_new(AS_OF); /* nobody */
    build_closed(b, "D1", "who", 30, 10, "Won", 1000);
    check_whole(b);
}

/* Everything on one day, that of as-of, which is the last of its period or not. */
static void
test_all_on_one_day(void **state)
{
    (void)state;
    static const char *const stages[] = {"Open", "Won", "Lost", "None"};
    for (int last = 0; last < 2; last++) {
        struct builder *b = two_teams(last ? "2026-09-30" : AS_OF);
        for (int i = 0; i < 200; i++)
            build_closed(b, build_id(b, "D", i), "S1", 0, 0, stages[i % 4], 1000)->amount += i / 2;
        check_whole(b);
    }
}

static void
test_only_one_kind(void **state)
{
    (void)state;
    static const struct {
        const char *stage;
        int64_t amount;
        uint8_t segment;
    } kind[] = {{"Won", 1000, SEGMENT_NEW},       {"Lost", 1000, SEGMENT_NEW},
                {"Won", 1000, SEGMENT_RENEWAL},   {"Open", 1000, SEGMENT_RENEWAL},
                {"Won", MONEY_NONE, SEGMENT_NEW}, {"Open", MONEY_NONE, SEGMENT_NEW},
                {"Won", -1000, SEGMENT_NEW},      {"Open", 0, SEGMENT_NEW}};
    for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) {
        struct builder *b = two_teams(AS_OF);
        for (int i = 0; i < 60; i++)
            build_closed(b, build_id(b, "D", i), "S1", 10 + i, i, kind[k].stage, kind[k].amount)
                ->segment = kind[k].segment;
        build_open(b, "X1", "S1", 20, 30, 5000);
        check_whole(b);
    }
}

/* Won for nothing: A is 0, and the grid ends where all deals are won. */
static void
test_no_room_above(void **state)
{
    (void)state;
    struct builder *b = two_teams(AS_OF);
    for (int i = 0; i < 30; i++)
        build_closed(b, build_id(b, "D", i), "S1", 10 + i, i, i % 2 ? "Won" : "Lost", 0);
    for (int i = 0; i < 5; i++)
        build_open(b, build_id(b, "X", i), "S1", 5, 30, 1000003 + 7 * i);
    check_whole(b);
}

static void
test_fifty_thousand(void **state)
{
    (void)state;
    static const char *const stages[] = {"Open", "Won", "Lost", "None", "Junk"};
    struct builder *b = two_teams(AS_OF);
    for (int i = 0; i < 50000; i++)
        build_closed(b, build_id(b, "D", i), "S1", i % 400, i % 365, stages[i % 5], 1000 + i);
    check_whole(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neglected),      cmocka_unit_test(test_neglected_guards),
        cmocka_unit_test(test_a_bare_company), cmocka_unit_test(test_zero_gap),
        cmocka_unit_test(test_none_and_one),   cmocka_unit_test(test_all_on_one_day),
        cmocka_unit_test(test_only_one_kind),  cmocka_unit_test(test_fifty_thousand),
        cmocka_unit_test(test_no_room_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
