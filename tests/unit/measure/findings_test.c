/* Findings: each appears when it must, and does not when a guard says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "findings.h"

#define AS_OF "2026-11-15"

static const struct finding *
finding_of(const struct builder *b, const char *scope, const char *id)
{
    const struct scope_measures *s = &b->measures->scope[builder_scope(b, scope)];
    for (uint32_t i = 0; i < s->finding_count; i++)
        if (strcmp(s->finding[i].id, id) == 0)
            return &s->finding[i];
    return NULL;
}

static bool
finds(const struct builder *b, const char *scope, const char *id)
{
    return finding_of(b, scope, id) != NULL;
}

static double
argument(const struct finding *finding, enum field field)
{
    const struct cells cells = {finding->argument_count, (struct cell *)finding->argument};
    return measure_number(&cells, field, __builtin_nan(""));
}

static void
decided(struct builder *b, const char *prefix, const char *owner, int won, int lost, int none)
{
    for (int i = 0; i < won + lost + none; i++)
        build_closed(b, build_id(b, prefix, i), owner, 40, 60 + i,
                     i < won          ? "Won"
                     : i < won + lost ? "Lost"
                                      : "None",
                     1000);
}

/* A seller with 40 decided deals, 16 won, and a quota far beyond what is open. */
static struct builder *
company(const char *as_of)
{
    struct builder *b = builder_new(as_of);
    builder_config(b)->rule[FLAG_PAST_CLOSE].word = RULE_FATAL;
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", "2020-01-01");
    decided(b, "C", "S1", 16, 24, 0);
    build_quota(b, "S1", NULL, 100000);
    return b;
}

static void
test_a_gap_out_of_reach(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    for (int i = 0; i < 5; i++)
        build_open(b, build_id(b, "D", i), "S1", 20, 20, 1000);
    builder_measures(b);
    const struct finding *f = finding_of(b, "S1", "gap_unreachable");
    assert_non_null(f);
    assert_int_equal(f->severity, FINDING_ALARM);
    double expected = builder_value(b, "S1", M_FORECAST_EXPECTED, F_VALUE);
    assert_true(f->stake == 100000 - expected);
    assert_false(finds(b, "S1", "gap_open"));
    assert_false(finds(b, "S1", "quota_met"));
    assert_true(finds(b, "S1", "not_sustainable") ==
                (builder_value(b, "S1", M_PROSPECTING_CREATION, F_K) >= 10));
    builder_free(b);
}

static void
test_a_gap_that_can_be_closed(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    b->build_quota[0].amount = 4000;
    for (int i = 0; i < 12; i++)
        build_open(b, build_id(b, "D", i), "S1", 60, 20, 500);
    builder_measures(b);
    if (builder_value(b, "S1", M_FORECAST_EXPECTED, F_VALUE) < 4000)
        assert_true(finds(b, "S1", "gap_open") != finds(b, "S1", "gap_unreachable"));
    builder_free(b);
}

static void
test_the_quota_is_met(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    build_closed(b, "B1", "S1", 40, 5, "Won", 100000);
    builder_measures(b);
    assert_true(finds(b, "S1", "quota_met"));
    assert_false(finds(b, "S1", "gap_unreachable"));
    assert_false(finds(b, "S1", "over_asked"));
    builder_free(b);
}

static void
test_the_last_day(void **state)
{
    (void)state;
    struct builder *b = company("2026-12-31");
    build_open(b, "D1", "S1", 20, 20, 1000);
    builder_measures(b);
    const struct finding *f = finding_of(b, "S1", "nothing_left");
    assert_non_null(f);
    assert_true(f->stake == builder_value(b, "S1", M_FORECAST_GAP, F_VALUE) && f->stake > 0);
    assert_false(finds(b, "S1", "gap_unreachable"));
    builder_free(b);
}

static void
test_a_ramping_seller_is_never_accused(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    build_seller(b, "S2", "T1", "2026-11-01");
    build_quota(b, "S2", NULL, 100000);
    build_open(b, "D1", "S2", 5, 20, 1000);
    builder_measures(b);
    assert_true(b->measures->scope[builder_scope(b, "S2")].ramping);
    const struct scope_measures *s = &b->measures->scope[builder_scope(b, "S2")];
    for (uint32_t i = 0; i < s->finding_count; i++)
        assert_true(strcmp(s->finding[i].id, "ramping") == 0 ||
                    s->finding[i].severity == FINDING_NOTE);
    assert_true(finds(b, "S2", "ramping"));
    assert_true(argument(finding_of(b, "T1", "ramping"), F_N) == 1);
    assert_false(finds(b, "S1", "ramping"));
    builder_free(b);
}

static void
test_no_quota(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    decided(b, "C", "S1", 16, 24, 0);
    builder_measures(b);
    assert_true(finds(b, "S1", "no_quota"));
    static const char *const plan[] = {"gap_unreachable", "gap_open",    "over_asked",
                                       "under_asked",     "quota_met",   "not_sustainable",
                                       "binding_link",    "nothing_left"};
    for (size_t i = 0; i < sizeof plan / sizeof *plan; i++)
        assert_false(finds(b, "S1", plan[i]));
    builder_free(b);
}

static void
test_the_flat_multiple(void **state)
{
    (void)state; /* 30 of 40: 3 x is too much; 4 of 60: too little; 4 of 9: not known */
    static const struct {
        int won, lost;
        const char *found, *other;
    } cases[] = {{30, 10, "over_asked", "under_asked"}, {4, 56, "under_asked", "over_asked"}};
    for (int i = 0; i < 2; i++) {
        struct builder *b = builder_new(AS_OF);
        build_seller(b, "S1", NULL, "2020-01-01");
        decided(b, "C", "S1", cases[i].won, cases[i].lost, 0);
        build_quota(b, "S1", NULL, 100000);
        builder_measures(b);
        assert_true(finds(b, "S1", cases[i].found));
        assert_false(finds(b, "S1", cases[i].other));
        assert_true(argument(finding_of(b, "S1", cases[i].found), F_RATIO) == 3);
        builder_free(b);
    }
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, "2020-01-01");
    decided(b, "C", "S1", 9, 0, 0);
    build_quota(b, "S1", NULL, 100000);
    builder_measures(b);
    assert_false(finds(b, "S1", "over_asked"));
    assert_true(finds(b, "S1", "not_enough_evidence"));
    builder_free(b);
}

static void
test_padding_is_suspected(void **state)
{
    (void)state; /* G 10k, A 1k: 10 wins, 25 deals; 15 real ones and 15 overdue */
    for (int overdue = 0; overdue <= 15; overdue += 15) {
        struct builder *b = company(AS_OF);
        b->build_quota[0].amount = 10000;
        for (int i = 0; i < 15; i++)
            build_open(b, build_id(b, "D", i), "S1", 20, 20, 1000);
        for (int i = 0; i < overdue; i++)
            build_open(b, build_id(b, "X", i), "S1", 20, -5, 1000 + i);
        builder_measures(b);
        const struct finding *f = finding_of(b, "S1", "padding");
        assert_true((f != NULL) == (overdue > 0));
        if (f) {
            assert_int_equal(f->deal_count, 15);
            assert_true(text_equal(texts_at(&b->dataset.deals.id, f->deal[0]),
                                   TEXT("X00014"))); /* largest first */
            assert_true(argument(f, F_NUMBER) == 15);
            assert_true(argument(f, F_VALUE) == 15105);
            assert_true(finds(b, "S1", "stalled"));
        }
        builder_free(b);
    }
}

static void
test_one_deal(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    build_open(b, "D1", "S1", 20, 20, 50000);
    build_open(b, "D2", "S1", 20, 20, 1000);
    builder_measures(b);
    const struct finding *f = finding_of(b, "S1", "one_deal");
    assert_non_null(f);
    assert_int_equal(f->deal_count, 1);
    assert_true(text_equal(texts_at(&b->dataset.deals.id, f->deal[0]), TEXT("D1")));
    builder_free(b);
    b = company(AS_OF);
    for (int i = 0; i < 20; i++)
        build_open(b, build_id(b, "D", i), "S1", 20, 20, 1000);
    builder_measures(b);
    assert_false(finds(b, "S1", "one_deal"));
    builder_free(b);
}

static void
test_noise_is_no_change(void **state)
{
    (void)state; /* ten wins then, nine now; against ten then, one now */
    for (int after = 1; after <= 9; after += 8) {
        struct builder *b = builder_new(AS_OF);
        build_seller(b, "S1", NULL, "2020-01-01");
        for (int i = 0; i < 10 + after; i++)
            build_deal(b, build_id(b, "C", i), "S1", "2026-01-01", "Won", 100)->close =
                builder_day(i < 10 ? "2026-08-01" : "2026-11-01");
        builder_measures(b);
        assert_true(finds(b, "S1", "no_change") == (after == 9));
        assert_true(finds(b, "S1", "wins_changed") == (after == 1));
        builder_free(b);
    }
}

static void
test_no_decision(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, "2020-01-01");
    build_seller(b, "S2", NULL, "2020-01-01");
    decided(b, "C", "S1", 8, 6, 16);
    decided(b, "E", "S2", 1, 1, 5); /* too few to say */
    builder_measures(b);
    const struct finding *f = finding_of(b, "S1", "no_decision");
    assert_non_null(f);
    assert_true(argument(f, F_K) == 16 && argument(f, F_N) == 30);
    assert_false(finds(b, "S2", "no_decision"));
    builder_free(b);
}

/* A strategic deal at which one person was met; `logged` of ten wins show any activity. */
static struct builder *
strategic(int logged)
{
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, "2020-01-01");
    build_account(b, "A1", "S1");
    build_contact(b, "C1", "A1", LEVEL_STAFF);
    struct build_deal *d = build_open(b, "D1", "S1", 90, 20, 1000);
    d->strategic = ANSWER_YES;
    d->account = "A1";
    build_meet(b, "C1", "S1", "A1", "D1", "2026-11-01");
    for (int i = 0; i < 10; i++) {
        const char *id = build_id(b, "W", i);
        build_closed(b, id, "S1", 50, 10, "Won", 900);
        if (i < logged)
            build_meet(b, "C1", "S1", NULL, id, "2026-03-01");
    }
    builder_measures(b);
    return b;
}

static void
test_a_strategic_deal_on_one_person(void **state)
{
    (void)state;
    struct builder *b = strategic(8);
    const struct finding *f = finding_of(b, "S1", "single_threaded_strategic");
    assert_non_null(f);
    assert_int_equal(f->deal_count, 1);
    assert_false(finds(b, "S1", "partly_logged"));
    builder_free(b);
    b = strategic(3); /* unlogged is not undone */
    assert_false(finds(b, "S1", "single_threaded_strategic"));
    assert_true(argument(finding_of(b, "S1", "partly_logged"), F_K) == 3);
    builder_free(b);
}

static void
test_repeat_meetings(void **state)
{
    (void)state;
    struct builder *b = strategic(8);
    builder_free(b);
    for (int level = LEVEL_MANAGER; level <= LEVEL_DIRECTOR; level++) {
        b = builder_new(AS_OF);
        build_seller(b, "S1", NULL, "2020-01-01");
        build_account(b, "A1", "S1");
        build_contact(b, "C1", "A1", (uint8_t)level);
        build_meet(b, "C1", "S1", "A1", NULL, "2026-03-01")->times = 100;
        for (int i = 0; i < 12; i++)
            build_meet(b, "C1", "S1", "A1", NULL, NULL)->day = builder_day(AS_OF) - i;
        builder_measures(b);
        assert_true(finds(b, "S1", "repeat_meetings") == (level == LEVEL_MANAGER));
        builder_free(b);
    }
}

static void
test_orphaned_and_slipping(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    build_seller(b, "S2", "T1", NULL)->end = builder_day("2026-10-31");
    build_open(b, "D1", "S2", 20, 20, 700);
    for (int i = 0; i < 20; i++) {
        const char *id = build_id(b, "H", i);
        struct build_deal *d = build_deal(b, id, "S1", "2026-06-01", "Open", 100);
        d->close = builder_day(i < 10 ? "2027-02-01" : "2026-12-01");
        build_change(b, id, "2026-06-01", "Open", 100, "2026-12-01");
    }
    builder_measures(b);
    const struct finding *f = finding_of(b, "T1", "orphaned");
    assert_true(f && argument(f, F_VALUE) == 700);
    assert_true(finds(b, "S2", "orphaned"));
    assert_false(finds(b, "S1", "orphaned"));
    f = finding_of(b, "S1", "slipping");
    assert_true(f && argument(f, F_VALUE) == 1000);
    builder_free(b);
}

static void
test_untouched_accounts(void **state)
{
    (void)state;
    for (int touched = 10; touched <= 20; touched += 10) {
        struct builder *b = builder_new(AS_OF);
        build_seller(b, "S1", NULL, "2020-01-01");
        for (int i = 0; i < 20; i++) {
            const char *id = build_id(b, "A", i);
            struct build_account *a = build_account(b, id, "S1");
            a->icp = ANSWER_YES;
            a->potential = 1000;
            if (i < touched)
                build_open(b, build_id(b, "D", i), "S1", 20, 20, 100)->account = id;
        }
        builder_measures(b);
        const struct finding *f = finding_of(b, "S1", "untouched");
        assert_true((f != NULL) == (touched == 10));
        if (f)
            assert_true(argument(f, F_NUMBER) == 10 && argument(f, F_RATE) == 0.5);
        builder_free(b);
    }
}

static void
test_order_by_stake(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    build_open(b, "D1", "S1", 20, 20, 50000);
    for (int i = 0; i < 15; i++)
        build_open(b, build_id(b, "X", i), "S1", 20, -5, 1000 + i);
    builder_measures(b);
    const struct scope_measures *s = &b->measures->scope[builder_scope(b, "S1")];
    assert_true(s->finding_count >= 3);
    for (uint32_t i = 1; i < s->finding_count; i++)
        assert_true(s->finding[i - 1].stake >= s->finding[i].stake);
    for (uint32_t i = 0; i < s->finding_count; i++)
        for (uint32_t j = 0; j < s->finding[i].evidence_count; j++)
            assert_true(s->finding[i].evidence[j] < MEASURE_COUNT);
    builder_free(b);
}

static void
test_a_failed_identity_comes_first(void **state)
{
    (void)state;
    struct builder *b = company(AS_OF);
    builder_measures(b);
    assert_false(finds(b, "S1", "identity_failed"));
    struct work work = {.measures = b->measures};
    static struct identity identity = {.id = "I2", .applies = true, .what = "start and end"};
    b->measures->identity_count = 1;
    b->measures->identity = &identity;
    findings_of_identities(&work);
    for (uint32_t s = 0; s < b->measures->scope_count; s++)
        assert_string_equal(b->measures->scope[s].finding[0].id, "identity_failed");
    builder_free(b);
}

static void
test_an_empty_company_says_little(void **state)
{
    (void)state;
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    builder_measures(b);
    const struct scope_measures *s = &b->measures->scope[0];
    for (uint32_t i = 0; i < s->finding_count; i++)
        assert_int_equal(s->finding[i].severity, FINDING_NOTE);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_gap_out_of_reach),
        cmocka_unit_test(test_a_gap_that_can_be_closed),
        cmocka_unit_test(test_the_quota_is_met),
        cmocka_unit_test(test_the_last_day),
        cmocka_unit_test(test_a_ramping_seller_is_never_accused),
        cmocka_unit_test(test_no_quota),
        cmocka_unit_test(test_the_flat_multiple),
        cmocka_unit_test(test_padding_is_suspected),
        cmocka_unit_test(test_one_deal),
        cmocka_unit_test(test_noise_is_no_change),
        cmocka_unit_test(test_no_decision),
        cmocka_unit_test(test_a_strategic_deal_on_one_person),
        cmocka_unit_test(test_repeat_meetings),
        cmocka_unit_test(test_orphaned_and_slipping),
        cmocka_unit_test(test_untouched_accounts),
        cmocka_unit_test(test_order_by_stake),
        cmocka_unit_test(test_a_failed_identity_comes_first),
        cmocka_unit_test(test_an_empty_company_says_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
