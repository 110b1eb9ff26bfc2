#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

static void
test_typed_columns(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_ACCOUNTS, "id,name\nA1,Acme\n");
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,name,account,amount,currency,close,type,source,category,"
              "next_step,next_step_date,loss_reason,strategic,plan,story,pain,champion\n"
              "D2,S2,Qualif.,2026-02-01,Two,A9,100,USD,2026-11-30,Existing,,Commit,,,,,,,4,\n"
              "D1, S1 ,Proposal,2026-01-01,One,A1,1234.565,,2026-12-31,New,Web,,Call,2026-11-02,,"
              "yes,Plan,Story,3,0\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->count, 2);
    assert_true(text_equal(texts_at(&deals->id, 0), TEXT("D1")));
    assert_int_equal(deals->owner[0], 0);
    assert_int_equal(deals->account[0], 0);
    assert_int_equal(deals->account[1], NONE);
    assert_int_equal(deals->stage[0], 2);
    assert_int_equal(deals->stage[1], 1);
    assert_int_equal(deals->amount[0], 123457);
    assert_int_equal(deals->amount[1], 9200);
    assert_int_equal(deals->category[0], CATEGORY_BEST);
    assert_int_equal(deals->category[1], CATEGORY_COMMIT);
    assert_int_equal(deals->segment[0], SEGMENT_NEW);
    assert_int_equal(deals->segment[1], SEGMENT_EXPANSION);
    assert_int_equal(deals->strategic[0], ANSWER_YES);
    assert_int_equal(deals->strategic[1], ANSWER_UNKNOWN);
    assert_int_equal(deals->letter[0], 3);
    assert_int_equal(deals->letter[1], 0);
    assert_int_equal(deals->letter[2], -1);
    assert_int_equal(deals->letter[3], -1);
    assert_int_equal(deals->next_step_date[0], trial_day("2026-11-02"));
    trial_text(texts_at(&deals->name, 0), "One");
    trial_word(&trial, deals->source[1], "");
    assert_true(deals->mapped_next_step);
    assert_int_equal(trial.log->table[TABLE_DEALS].orphans, 1);
    trial_says(&trial, "deals: 1 unreadable in `pain`");
    trial_end(&trial);
}

static void
test_required_cells(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,amount,currency\n"
              ",S1,Won,2026-01-01,,\n"
              "D2,S1,,2026-01-01,,\n"
              "D3,S1,Dreaming,2026-01-01,,\n"
              "D4,S1,Qualified,,,\n"
              "D5,S1,Qualified,TBD,,\n"
              "D6,S1,Qualified,2026-01-01,5,CHF\n"
              "D7,S1,Qualified,2026-01-01,-5,\n"
              "D8,S1,Qualified,0001-01-01,,\n"
              "D9,S1,qualified,2026-01-01,,\n"
              "000000000000000AAA,S1,Qualified,2026-01-01,,\n"
              "D10,S1,Qualified,2026-01-01,CHF 5,\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.count, 0);
    trial_rejects(&trial, TABLE_DEALS, 2, "id", "required cell is empty");
    trial_rejects(&trial, TABLE_DEALS, 3, "stage", "required cell is empty");
    trial_rejects(&trial, TABLE_DEALS, 4, "stage", "stage not configured");
    trial_rejects(&trial, TABLE_DEALS, 5, "created", "required cell is empty");
    trial_rejects(&trial, TABLE_DEALS, 6, "created", "required cell is unreadable");
    trial_rejects(&trial, TABLE_DEALS, 7, "currency", "currency without a rate");
    trial_rejects(&trial, TABLE_DEALS, 8, "amount", "negative amount on an open deal");
    trial_rejects(&trial, TABLE_DEALS, 9, "created", "required cell is empty");
    trial_rejects(&trial, TABLE_DEALS, 10, "stage", "stage not configured");
    trial_rejects(&trial, TABLE_DEALS, 11, "id", "required cell is empty");
    trial_rejects(&trial, TABLE_DEALS, 12, "amount", "currency without a rate");
    trial_end(&trial);
}

static void
test_missing_column(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS, "id,owner,stage\nD1,S1,Qualified\n");
    trial_load(&trial);
    assert_true(trial.failed);
    assert_int_equal(diag_exit(trial.diag), EXIT_INPUT);
    trial_says(&trial, "created");
    trial_end(&trial);
}

static void
test_money(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,amount,currency\n"
              "D1,S1,Qualified,2026-01-01,\"$7,450,000.00 \",eur\n"
              "D2,S1,Qualified,2026-01-01,450k,\n"
              "D3,S1,Won,2026-01-01,\"(1,234)\",\n"
              "D4,S1,Qualified,2026-01-01,15000.0000,\n"
              "D5,S1,Qualified,2026-01-01,,\n"
              "D6,S1,Qualified,2026-01-01,0,\n"
              "D7,S1,Qualified,2026-01-01,tbd,\n"
              "D8,S1,Qualified,2026-01-01,99999999999999999999,\n"
              "D9,S1,Qualified,2026-01-01,1000,JPY\n"
              "DA,S1,Qualified,2026-01-01,USD 100,\n");
    trial_write(&trial, "deals2.csv",
                "id,owner,stage,created,amount,close\nDB,S1,Won,2026-01-01,-7.5,2026-02-01\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->amount[0], 745000000);
    assert_int_equal(deals->amount[1], 45000000);
    assert_int_equal(deals->amount[trial_deal(&trial, "D4")], 1500000);
    assert_int_equal(deals->amount[trial_deal(&trial, "D5")], MONEY_NONE);
    assert_int_equal(deals->amount[trial_deal(&trial, "D6")], 0);
    assert_int_equal(deals->amount[trial_deal(&trial, "D7")], MONEY_NONE);
    assert_int_equal(deals->amount[trial_deal(&trial, "D8")], MONEY_NONE);
    assert_int_equal(deals->amount[trial_deal(&trial, "D9")], 600);
    assert_int_equal(deals->amount[trial_deal(&trial, "DA")], 9200);
    assert_int_equal(deals->amount[trial_deal(&trial, "DB")], -750);
    trial_says(&trial, "deals.csv:8: warning: deals: 2 unreadable in `amount`");
    trial_rejects(&trial, TABLE_DEALS, 4, "close", "closed without a day");
    assert_string_equal(trial.log->table[TABLE_DEALS].unreadable[0].field, "amount");
    trial_end(&trial);
}

static void
test_decimal_comma_is_found(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id;owner;stage;created;amount\n"
              "D1;S1;Qualified;2026-01-01;1.234\n"
              "D2;S1;Qualified;2026-01-01;1.234,50\n"
              "D3;S1;Qualified;2026-01-01;17\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->amount[0], 123400);
    assert_int_equal(deals->amount[1], 123450);
    assert_int_equal(deals->amount[2], 1700);
    assert_string_equal(trial.log->table[TABLE_DEALS].decimal_found, ",");
    assert_int_equal(trial.log->table[TABLE_DEALS].read, 3);
    trial_end(&trial);
}

static void
test_ambiguous_decimal(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,amount\nD1,S1,Qualified,2026-01-01,1.234\n");
    trial_load(&trial);
    assert_true(trial.failed);
    assert_int_equal(diag_exit(trial.diag), EXIT_INPUT);
    trial_says(&trial, "deals.csv:2: error: deals: column `amount`: '1.234' fits");
    trial_says(&trial, "`decimal:");
    trial_unload(&trial);
    trial.option[TABLE_DEALS] = ", decimal: \".\"";
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.amount[0], 123);
    trial_end(&trial);
}

static void
test_day_order_is_found(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,close\n"
              "D1,S1,Qualified,03/04/2026,03/04/2027 12:00:00 AM\n"
              "D2,S1,Qualified,25/04/2026,2027-05-06\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->created[0], trial_day("2026-04-03"));
    assert_int_equal(deals->created[1], trial_day("2026-04-25"));
    assert_int_equal(deals->close[0], trial_day("2027-04-03"));
    assert_int_equal(deals->close[1], trial_day("2027-05-06"));
    assert_string_equal(trial.log->table[TABLE_DEALS].date_found, "DD/MM/YYYY");
    assert_int_equal(trial.log->table[TABLE_DEALS].read, 2);
    assert_int_equal(trial.log->table[TABLE_DEALS].file_count, 1);
    trial_end(&trial);
}

static void
test_ambiguous_days(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created\nD0,S1,Qualified,2026-01-01\nD1,S1,Qualified,03/04/2026\n");
    trial_load(&trial);
    assert_true(trial.failed);
    assert_int_equal(diag_exit(trial.diag), EXIT_INPUT);
    trial_says(&trial, "deals.csv:3: error: deals: column `created`: '03/04/2026' fits");
    trial_says(&trial, "date_format");
    trial_unload(&trial);
    trial.option[TABLE_DEALS] = ", date_format: DD/MM/YYYY";
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.created[1], trial_day("2026-04-03"));
    trial_end(&trial);
}

static void
test_mixed_days_are_an_error(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created\nD1,S1,Qualified,25/04/2026\nD2,S1,Qualified,04/25/2026\n");
    trial_load(&trial);
    assert_true(trial.failed);
    trial_says(&trial, "mixes two ways to write a day");
    trial_end(&trial);
}

static void
test_slipped_cells(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,amount,close\n"
              "D1,S1,Qualified,2026-01-01,2026-12-31,500\n"
              "D2,S1,Qualified,2026-01-01,500,a.b@example.com\n"
              "D3,S1,Qualified,2026-01-01,500,tbd\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.count, 1);
    trial_rejects(&trial, TABLE_DEALS, 2, "amount", "cells have slipped");
    trial_rejects(&trial, TABLE_DEALS, 3, "close", "cells have slipped");
    trial_end(&trial);
}

static void
test_duplicates(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,amount\n"
              "D3,S1,Qualified,2026-01-01,5\n"
              "D1,S1,Qualified,2026-01-01,1\n"
              "D2,S9,Qualified,2026-01-01,1\n"
              "D1,S1,Qualified, 2026-01-01,1\n"
              "D2,S8,Qualified,2026-01-01,1\n"
              "D4,S1,Qualified,2026-01-01,1\n"
              "D4,S1,Qualified,2027-01-01,1\n");
    trial_ok(&trial);
    const struct extract_report *report = &trial.log->table[TABLE_DEALS];
    assert_int_equal(trial.dataset->deals.count, 2);
    assert_int_equal(report->ignored_duplicate, 1);
    assert_int_equal(report->rejected, 4);
    trial_rejects(&trial, TABLE_DEALS, 4, "-", "two rows with one id");
    trial_rejects(&trial, TABLE_DEALS, 6, "-", "two rows with one id");
    trial_rejects(&trial, TABLE_DEALS, 7, "-", "two rows with one id");
    assert_string_equal(trial.log->rejected[0].raw, "D2,S9,Qualified,2026-01-01,1");
    trial_says(&trial, "deals: 1 rows repeat another row");
    trial_end(&trial);
}

/* The lead of a deal is in no column, yet rows that name different ones are not the same. */
static void
test_duplicates_by_lead(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,lead\n"
              "D1,S1,Qualified,2026-01-01,L1\n"
              "D1,S1,Qualified,2026-01-01, L1\n"
              "D2,S1,Qualified,2026-01-01,L1\n"
              "D2,S1,Qualified,2026-01-01,L2\n"
              "D3,S1,Qualified,2026-01-01,L1\n"
              "D3,S1,Qualified,2026-01-01,\n"
              "D4,S1,Qualified,2026-01-01,\n"
              "D4,S1,Qualified,2026-01-01,000000000000000AAA\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.count, 2);
    assert_int_equal(trial.log->table[TABLE_DEALS].ignored_duplicate, 2);
    assert_int_equal(trial.log->table[TABLE_DEALS].rejected, 4);
    for (uint32_t line = 4; line <= 7; line++)
        trial_rejects(&trial, TABLE_DEALS, line, "-", "two rows with one id");
    trial_end(&trial);
}

static void
test_owners(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_SELLERS,
              "id,name,team\nS1,Ana Diaz,T1\nS2,Bo Lee,T1\nS3,Bo Lee,T2\n"
              "005bm00000NCJmQAAX,Deep,T2\n");
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created\n"
              "D1,Ana Diaz,Qualified,2026-01-01\nD2,Bo Lee,Qualified,2026-01-01\n"
              "D3,,Qualified,2026-01-01\nD4,s1,Qualified,2026-01-01\n"
              "D5,005bm00000NCJmQ,Qualified,2026-01-01\n"
              "D6,000000000000000AAA,Qualified,2026-01-01\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    const struct sellers *sellers = &trial.dataset->sellers;
    const uint32_t owners[] = {trial_find(sellers->id, sellers->count, "S1"),
                               4,
                               4,
                               4,
                               trial_find(sellers->id, sellers->count, "005bm00000NCJmQAAX"),
                               4};
    assert_memory_equal(deals->owner, owners, sizeof owners);
    assert_int_equal(trial.log->table[TABLE_DEALS].by_name, 1);
    assert_int_equal(trial.log->table[TABLE_DEALS].orphans, 4);
    trial_says(&trial, "deals: references found by name, not by id: 1");
    assert_int_equal(deals->owner_first[5] - deals->owner_first[4], 4);
    assert_int_equal(deals->by_owner[deals->owner_first[4]], 1);
    trial_end(&trial);
}

static void
test_future_and_closed_later(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,amount,close,category\n"
              "D1,S1,Qualified,2026-11-01,5,,\n"
              "D2,S1,Won,2026-01-01,5,2026-11-15,commit\n"
              "D3,S1,Won,2026-01-01,5,2026-11-15,\n"
              "D4,S1,Lost,2026-01-01,-5,2026-11-15,\n"
              "D5,S1,Lost,2026-01-01,-5,2026-10-31,\n");
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,stage\nD2,2026-02-01,Qualified\nD2,2026-03-01,Proposal\n"
              "D2,2026-11-15,Won\nD3,2026-02-01,Won\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(trial.log->table[TABLE_DEALS].future, 1);
    assert_int_equal(trial.log->table[TABLE_HISTORY].future, 1);
    trial_rejects(&trial, TABLE_DEALS, 5, "amount", "negative amount on an open deal");
    assert_int_equal(deals->count, 3);
    assert_int_equal(deals->outcome[0], OUTCOME_OPEN);
    assert_int_equal(deals->stage[0], 2);
    assert_int_equal(deals->category[0], CATEGORY_NONE);
    assert_int_equal(deals->close[0], trial_day("2026-11-15"));
    assert_int_equal(deals->qualified[0], trial_day("2026-02-01"));
    assert_int_equal(deals->stage[1], -1);
    assert_int_equal(deals->qualified[1], DAY_NONE);
    assert_int_equal(deals->outcome[2], OUTCOME_LOST);
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed_columns),
        cmocka_unit_test(test_required_cells),
        cmocka_unit_test(test_missing_column),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_decimal_comma_is_found),
        cmocka_unit_test(test_ambiguous_decimal),
        cmocka_unit_test(test_day_order_is_found),
        cmocka_unit_test(test_ambiguous_days),
        cmocka_unit_test(test_mixed_days_are_an_error),
        cmocka_unit_test(test_slipped_cells),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_duplicates_by_lead),
        cmocka_unit_test(test_owners),
        cmocka_unit_test(test_future_and_closed_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
