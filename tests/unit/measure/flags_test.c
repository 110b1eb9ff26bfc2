/* The integrity flags: each at its edge, and what makes one fatal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"

#define AS_OF "2026-11-15"

static struct builder *
company(enum flag flag, enum rule_word word)
{
    struct builder *b = builder_new(AS_OF);
    builder_config(b)->rule[FLAG_ZOMBIE].word = RULE_OFF;
    builder_config(b)->rule[flag].word = word;
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    return b;
}

static const struct deal_fact *
fact_of(const struct builder *b, const char *id)
{
    for (uint32_t i = 0; i < b->measures->fact_count; i++)
        if (text_equal(texts_at(&b->dataset.deals.id, b->measures->fact[i].deal), text_of(id)))
            return &b->measures->fact[i];
    fail_msg("no open deal %s", id);
    return NULL;
}

static void
assert_flag(const struct builder *b, const char *id, enum flag flag, bool raised)
{
    if (!(fact_of(b, id)->flags & 1u << flag) == raised)
        fail_msg("%s: %s is %s", id, config_flag_names[flag], raised ? "missing" : "there");
}

static void
test_past_close(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_PAST_CLOSE, RULE_FATAL);
    build_open(b, "D1", "S1", 10, -1, 100);
    build_open(b, "D2", "S1", 10, 0, 100); /* today is not past */
    build_open(b, "D3", "S1", 10, DAY_NONE, 100);
    builder_measures(b);
    assert_flag(b, "D1", FLAG_PAST_CLOSE, true);
    assert_flag(b, "D2", FLAG_PAST_CLOSE, false);
    assert_flag(b, "D3", FLAG_PAST_CLOSE, false);
    assert_false(fact_of(b, "D1")->clean);
    assert_int_equal(fact_of(b, "D1")->primary, FLAG_PAST_CLOSE);
    assert_true(builder_row(b, "S1", M_PIPELINE_FLAGGED, "past_close", F_NUMBER) == 1);
    assert_true(builder_row(b, "S1", M_PIPELINE_FLAGGED_PRIMARY, "past_close", F_VALUE) == 100);
    assert_true(builder_value(b, "S1", M_PIPELINE_CLEAN, F_NUMBER) == 2);
    builder_free(b);
}

static void
test_words_of_a_rule(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_PAST_CLOSE, RULE_FLAG);
    build_open(b, "D1", "S1", 10, -1, 100);
    builder_measures(b);
    assert_flag(b, "D1", FLAG_PAST_CLOSE, true);
    assert_true(fact_of(b, "D1")->clean);
    assert_int_equal(fact_of(b, "D1")->primary, -1);
    builder_free(b);
    b = company(FLAG_PAST_CLOSE, RULE_OFF);
    build_open(b, "D1", "S1", 10, -1, 100);
    builder_measures(b);
    assert_flag(b, "D1", FLAG_PAST_CLOSE, false);
    builder_free(b);
}

static void
test_the_primary_flag_is_the_first_fatal_one(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_PAST_CLOSE, RULE_FLAG);
    builder_config(b)->rule[FLAG_NO_AMOUNT].word = RULE_FATAL;
    builder_config(b)->rule[FLAG_NO_NEXT_STEP].word = RULE_FATAL;
    build_open(b, "D1", "S1", 10, -1, 0);
    builder_measures(b);
    assert_int_equal(fact_of(b, "D1")->flags,
                     1u << FLAG_PAST_CLOSE | 1u << FLAG_NO_AMOUNT | 1u << FLAG_NO_NEXT_STEP);
    assert_int_equal(fact_of(b, "D1")->primary, FLAG_NO_AMOUNT);
    builder_free(b);
}

static void
test_no_amount_no_close_owner_left(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_NO_AMOUNT, RULE_FATAL);
    builder_config(b)->rule[FLAG_NO_CLOSE].word = RULE_FATAL;
    builder_config(b)->rule[FLAG_OWNER_LEFT].word = RULE_FATAL;
    b->build_seller[1].end = builder_day(AS_OF) - 1;
    build_open(b, "D1", "S1", 10, 20, MONEY_NONE);
    build_open(b, "D2", "S1", 10, 20, 0);
    build_open(b, "D3", "S1", 10, 20, 1);
    build_open(b, "D4", "S1", 10, DAY_NONE, 1);
    build_open(b, "D5", "S2", 10, 20, 1);
    build_open(b, "D6", NULL, 10, 20, 1); /* an unknown owner has not left */
    builder_measures(b);
    assert_flag(b, "D1", FLAG_NO_AMOUNT, true);
    assert_flag(b, "D2", FLAG_NO_AMOUNT, true);
    assert_flag(b, "D3", FLAG_NO_AMOUNT, false);
    assert_flag(b, "D3", FLAG_NO_CLOSE, false);
    assert_flag(b, "D4", FLAG_NO_CLOSE, true);
    assert_flag(b, "D5", FLAG_OWNER_LEFT, true);
    assert_flag(b, "D6", FLAG_OWNER_LEFT, false);
    builder_free(b);
}

static void
test_zombies_are_told_by_close_without_enough_wins(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_ZOMBIE, RULE_FATAL);
    build_open(b, "D1", "S1", 900, -30, 100);
    build_open(b, "D2", "S1", 900, -31, 100);
    for (int i = 0; i < 9; i++)
        build_closed(b, build_id(b, "W", i), "S1", 50, 10, "Won", 100);
    builder_measures(b);
    assert_flag(b, "D1", FLAG_ZOMBIE, false); /* nine wins do not say how old is too old */
    assert_flag(b, "D2", FLAG_ZOMBIE, true);
    builder_free(b);
    b = company(FLAG_ZOMBIE, RULE_FATAL);
    build_open(b, "D1", "S1", 51, 10, 100);
    build_open(b, "D2", "S1", 50, 10, 100);
    for (int i = 0; i < 10; i++)
        build_closed(b, build_id(b, "W", i), "S1", 50, 10, "Won", 100);
    builder_measures(b);
    assert_flag(b, "D1", FLAG_ZOMBIE, true);
    assert_flag(b, "D2", FLAG_ZOMBIE, false);
    builder_free(b);
}

static void
test_silent(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_SILENT, RULE_FATAL);
    build_account(b, "A1", "S1");
    build_account(b, "A2", "S1");
    build_contact(b, "C1", "A1", LEVEL_STAFF);
    build_open(b, "D1", "S1", 31, 20, 100)->account = "A1"; /* talked to by name on day 29 */
    build_open(b, "D2", "S1", 31, 20, 100)->account = "A1"; /* the talk names D1, not this */
    build_open(b, "D3", "S1", 30, 20, 100)->account = "A1"; /* too young to be silent */
    build_open(b, "D4", "S1", 31, 20, 100)->account = "A2"; /* loosely, 30 days ago: too long */
    build_meet(b, "C1", "S1", "A1", "D1", "2026-10-17");
    build_meet(b, "C1", "S1", "A2", NULL, "2026-10-16");
    builder_measures(b);
    assert_flag(b, "D1", FLAG_SILENT, false);
    assert_flag(b, "D2", FLAG_SILENT, true);
    assert_flag(b, "D3", FLAG_SILENT, false);
    assert_flag(b, "D4", FLAG_SILENT, true);
    assert_false(fact_of(b, "D2")->clean); /* nobody ever won: logging is not known to be poor */
    builder_free(b);
}

static void
test_unlogged_is_not_undone(void **state)
{
    (void)state; /* only 5 of 10 wins show any activity: silence is no fatal flag */
    for (int logged = 5; logged <= 6; logged++) {
        struct builder *b = company(FLAG_SILENT, RULE_FATAL);
        build_account(b, "A1", "S1");
        build_contact(b, "C1", "A1", LEVEL_STAFF);
        build_open(b, "D1", "S1", 40, 20, 100);
        build_open(b, "D2", "S2", 40, 20, 100); /* without own wins the company's logging counts */
        for (int i = 0; i < 10; i++) {
            const char *id = build_id(b, "W", i);
            build_closed(b, id, "S1", 50, 10, "Won", 100);
            if (i < logged)
                build_meet(b, "C1", "S1", NULL, id, "2026-03-01");
        }
        builder_measures(b);
        assert_flag(b, "D1", FLAG_SILENT, true);
        assert_true(fact_of(b, "D1")->clean == (logged < 6));
        assert_true(fact_of(b, "D2")->clean == (logged < 6));
        builder_free(b);
    }
}

static void
test_no_activities_no_silence(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_SILENT, RULE_FATAL);
    builder_config(b)->rule[FLAG_SINGLE_THREADED].word = RULE_FLAG;
    build_deal(b, "D1", "S1", "2026-01-01", "Proposal", 100);
    builder_measures(b);
    assert_int_equal(fact_of(b, "D1")->flags, 0);
    builder_free(b);
}

static void
test_next_step(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_NO_NEXT_STEP, RULE_FLAG);
    build_open(b, "D1", "S1", 10, 20, 100);
    build_open(b, "D2", "S1", 10, 20, 100)->next_step = "call";
    build_open(b, "D3", "S1", 10, 20, 100)->next_step_date = builder_day(AS_OF);
    struct build_deal *late = build_open(b, "D4", "S1", 10, 20, 100);
    late->next_step = "call";
    late->next_step_date = builder_day(AS_OF) - 1;
    builder_measures(b);
    assert_flag(b, "D1", FLAG_NO_NEXT_STEP, true);
    assert_flag(b, "D2", FLAG_NO_NEXT_STEP, false);
    assert_flag(b, "D3", FLAG_NO_NEXT_STEP, false);
    assert_flag(b, "D4", FLAG_NO_NEXT_STEP, true);
    builder_free(b);
    b = company(FLAG_NO_NEXT_STEP, RULE_FLAG);
    build_open(b, "D1", "S1", 10, 20, 100);
    b->dataset.deals.mapped_next_step = b->dataset.deals.mapped_next_step_date = false;
    builder_measures(b);
    assert_flag(b, "D1", FLAG_NO_NEXT_STEP, false); /* the extract knows no next steps */
    builder_free(b);
}

static void
test_aged(void **state)
{
    (void)state; /* ten won deals stood 1..10 days in Open: more than 9 is long */
    struct builder *b = company(FLAG_AGED, RULE_FLAG);
    for (int i = 0; i < 10; i++) {
        const char *id = build_id(b, "W", i);
        struct build_deal *d = build_closed(b, id, "S1", 50, 20, "Won", 100);
        day created = d->created;
        build_change(b, id, NULL, "Open", MONEY_NONE, NULL)->day = created;
        build_change(b, id, NULL, "Proposal", MONEY_NONE, NULL)->day = created + i + 1;
    }
    build_open(b, "D1", "S1", 60, 20, 100);
    build_change(b, "D1", "2026-11-05", "Open", MONEY_NONE, NULL); /* since it was created */
    build_open(b, "D2", "S1", 60, 20, 100);
    build_change(b, "D2", "2026-10-01", "Lead", MONEY_NONE, NULL);
    build_change(b, "D2", "2026-11-06", "Open", MONEY_NONE, NULL); /* 9 days */
    build_open(b, "D3", "S1", 60, 20, 100);
    build_change(b, "D3", "2026-10-01", "Lead", MONEY_NONE, NULL);
    build_change(b, "D3", "2026-11-05", "Open", MONEY_NONE, NULL); /* 10 days */
    build_open(b, "D4", "S1", 60, 20, 100);                        /* no history: not known */
    builder_measures(b);
    assert_flag(b, "D1", FLAG_AGED, true);
    assert_flag(b, "D2", FLAG_AGED, false);
    assert_flag(b, "D3", FLAG_AGED, true);
    assert_flag(b, "D4", FLAG_AGED, false);
    builder_free(b);
}

static void
test_pushed(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_PUSHED, RULE_FLAG);
    build_open(b, "D1", "S1", 200, 20, 100); /* three times a day later */
    build_open(b, "D2", "S1", 200, 20, 100); /* twice, one of them back */
    build_open(b, "D3", "S1", 200, 20, 100); /* once, 91 days */
    build_open(b, "D4", "S1", 200, 20, 100); /* once, 90 days */
    build_open(b, "D5", "S1", 200, 20, 100); /* to and fro within one day is one move at most */
    build_open(b, "D6", "S1", 200, 20, 100); /* to and fro on the day it was created: no move */
    static const char *const on[] = {"2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01"};
    static const char *const first[] = {"2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"};
    static const char *const second[] = {"2026-10-01", "2026-10-02", "2026-10-01", "2026-10-02"};
    for (int i = 0; i < 4; i++) {
        build_change(b, "D1", on[i], "Open", MONEY_NONE, first[i]);
        build_change(b, "D2", on[i], "Open", MONEY_NONE, second[i]);
    }
    build_change(b, "D3", on[0], "Open", MONEY_NONE, "2026-08-01");
    build_change(b, "D3", on[1], NULL, MONEY_NONE, "2026-10-31");
    build_change(b, "D4", on[0], "Open", MONEY_NONE, "2026-08-02");
    build_change(b, "D4", on[1], NULL, MONEY_NONE, "2026-10-31");
    build_change(b, "D5", on[0], "Open", MONEY_NONE, "2026-10-01");
    build_change(b, "D5", on[1], NULL, MONEY_NONE, "2026-10-02");
    build_change(b, "D5", on[1], NULL, MONEY_NONE, "2026-10-03");
    build_change(b, "D5", on[1], NULL, MONEY_NONE, "2026-10-04");
    char born[11];
    day_to_iso(b->config.as_of - 200, born);
    build_change(b, "D6", born, "Open", MONEY_NONE, "2026-06-01");
    build_change(b, "D6", born, NULL, MONEY_NONE, "2026-10-01");
    builder_measures(b);
    assert_flag(b, "D1", FLAG_PUSHED, true);
    assert_flag(b, "D2", FLAG_PUSHED, false);
    assert_flag(b, "D3", FLAG_PUSHED, true);
    assert_flag(b, "D4", FLAG_PUSHED, false);
    assert_flag(b, "D5", FLAG_PUSHED, false);
    assert_flag(b, "D6", FLAG_PUSHED, false);
    builder_free(b);
}

static void
test_too_soon(void **state)
{
    (void)state; /* wins at ages 31..50: the 10th percentile is the second, 32 */
    struct builder *b = company(FLAG_TOO_SOON, RULE_FLAG);
    for (int i = 0; i < 20; i++)
        build_closed(b, build_id(b, "W", i), "S1", 31 + i, 20, "Won", 100);
    build_open(b, "D1", "S1", 10, 21, 100);
    build_open(b, "D2", "S1", 10, 22, 100);
    build_open(b, "D3", "S1", 32, 0, 100); /* old enough */
    build_open(b, "D4", "S1", 10, DAY_NONE, 100);
    builder_measures(b);
    assert_flag(b, "D1", FLAG_TOO_SOON, true);
    assert_flag(b, "D2", FLAG_TOO_SOON, false);
    assert_flag(b, "D3", FLAG_TOO_SOON, false);
    assert_flag(b, "D4", FLAG_TOO_SOON, false);
    builder_free(b);
}

static void
test_single_threaded(void **state)
{
    (void)state; /* Open and Proposal are qualified: Proposal is the later half */
    struct builder *b = company(FLAG_SINGLE_THREADED, RULE_FLAG);
    build_account(b, "A1", "S1");
    build_account(b, "A2", "S1");
    build_contact(b, "C1", "A1", LEVEL_STAFF);
    build_contact(b, "C2", "A1", LEVEL_STAFF);
    build_deal(b, "D1", "S1", "2026-01-01", "Proposal", 100)->account = "A1";
    build_deal(b, "D2", "S1", "2026-01-01", "Proposal", 100)->account = "A2";
    build_deal(b, "D3", "S1", "2026-01-01", "Open", 100)->account = "A2"; /* early yet */
    build_deal(b, "D4", "S1", "2026-01-01", "Proposal", 100);
    build_meet(b, "C1", "S1", "A1", "D1", "2026-11-01");
    build_meet(b, "C2", "S2", "A1", NULL, "2026-11-01"); /* loosely about the account */
    build_meet(b, "C1", "S1", "A1", "D4", "2026-11-01");
    build_meet(b, "C1", "S1", "A1", "D4", "2026-11-02");
    build_meet(b, "C2", "S1", "A1", "D4", "2026-09-16"); /* 60 days ago: too long */
    builder_measures(b);
    assert_flag(b, "D1", FLAG_SINGLE_THREADED, false);
    assert_flag(b, "D2", FLAG_SINGLE_THREADED, true);
    assert_flag(b, "D3", FLAG_SINGLE_THREADED, false);
    assert_flag(b, "D4", FLAG_SINGLE_THREADED, true);
    builder_free(b);
}

static void
test_duplicate(void **state)
{
    (void)state;
    struct builder *b = company(FLAG_DUPLICATE, RULE_FLAG);
    build_account(b, "A1", "S1");
    build_account(b, "A2", "S1");
    build_open(b, "D1", "S1", 10, 20, 9500)->account = "A1";
    build_open(b, "D2", "S2", 10, 20, 10000)->account = "A1"; /* 5 % of the larger */
    build_open(b, "D3", "S1", 10, 20, 10527)->account = "A1"; /* 527 x 20 > 10527 */
    build_open(b, "D4", "S1", 10, 20, 10000)->account = "A2";
    build_open(b, "D5", "S1", 10, 20, 10000); /* no account */
    build_open(b, "D6", "S1", 10, 20, 10000);
    build_open(b, "D7", "S1", 10, 20, 0)->account = "A2"; /* no amount to compare */
    build_open(b, "D8", "S1", 10, 20, 0)->account = "A2";
    builder_measures(b);
    assert_flag(b, "D1", FLAG_DUPLICATE, true);
    assert_flag(b, "D2", FLAG_DUPLICATE, true);
    assert_flag(b, "D3", FLAG_DUPLICATE, false);
    assert_flag(b, "D4", FLAG_DUPLICATE, false);
    assert_flag(b, "D5", FLAG_DUPLICATE, false);
    assert_flag(b, "D6", FLAG_DUPLICATE, false);
    assert_flag(b, "D7", FLAG_DUPLICATE, false);
    builder_free(b);
}

static void
test_weak_qualification(void **state)
{
    (void)state;
    static const char *const letters[] = {"metrics", "pain"};
    struct builder *b = company(FLAG_WEAK_QUALIFICATION, RULE_FLAG);
    builder_config(b)->qualification = (struct config_strings){2, letters};
    struct build_deal *d = build_deal(b, "D1", "S1", "2026-10-01", "Proposal", 100);
    d->letter[0] = 0, d->letter[1] = 3;
    d = build_deal(b, "D2", "S1", "2026-10-01", "Proposal", 100);
    d->letter[0] = 1, d->letter[1] = -1; /* an unknown letter is not a weak one */
    d = build_deal(b, "D3", "S1", "2026-10-01", "Open", 100);
    d->letter[0] = 0, d->letter[1] = 0;
    builder_measures(b);
    assert_flag(b, "D1", FLAG_WEAK_QUALIFICATION, true);
    assert_flag(b, "D2", FLAG_WEAK_QUALIFICATION, false);
    assert_flag(b, "D3", FLAG_WEAK_QUALIFICATION, false);
    builder_free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_past_close),
        cmocka_unit_test(test_words_of_a_rule),
        cmocka_unit_test(test_the_primary_flag_is_the_first_fatal_one),
        cmocka_unit_test(test_no_amount_no_close_owner_left),
        cmocka_unit_test(test_zombies_are_told_by_close_without_enough_wins),
        cmocka_unit_test(test_silent),
        cmocka_unit_test(test_unlogged_is_not_undone),
        cmocka_unit_test(test_no_activities_no_silence),
        cmocka_unit_test(test_next_step),
        cmocka_unit_test(test_aged),
        cmocka_unit_test(test_pushed),
        cmocka_unit_test(test_too_soon),
        cmocka_unit_test(test_single_threaded),
        cmocka_unit_test(test_duplicate),
        cmocka_unit_test(test_weak_qualification),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
