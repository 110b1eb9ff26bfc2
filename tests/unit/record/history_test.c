#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

struct state { /* one expected row; NULL and -1 are unknown */
    const char *day;
    int stage;
    int64_t amount;
    const char *close;
};

static void
assert_rows(const struct trial *trial, const char *deal, const struct state *states, size_t count)
{
    const struct history_rows *history = &trial->dataset->history;
    uint32_t d = trial_deal(trial, deal);
    assert_int_equal(history->first[d + 1] - history->first[d], count);
    for (size_t i = 0; i < count; i++) {
        uint64_t at = history->first[d] + i;
        assert_int_equal(column_day(&history->day, at), trial_day(states[i].day));
        assert_int_equal(history->stage[at], states[i].stage);
        assert_int_equal(history->amount[at], states[i].amount);
        assert_int_equal(column_day(&history->close, at), trial_day(states[i].close));
    }
}

static void
put_deals(struct trial *trial)
{
    trial_put(trial, TABLE_DEALS,
              "id,owner,stage,created,currency,close\n"
              "D1,S1,Proposal,2026-01-01,USD,\nD2,S1,Qualified,2026-01-05,,\n");
}

static void
test_states(void **state)
{
    static const struct state rows[] = {{"2026-01-02", 0, 9200, NULL},
                                        {"2026-02-01", -1, MONEY_NONE, "2026-12-01"},
                                        {"2026-02-01", 2, 18400, NULL}};
    struct trial trial = trial_new();
    (void)state;
    put_deals(&trial);
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,stage,amount,close,owner,category\n"
              "D1,2026-02-01,Gone,,2026-12-01,S2,\n"
              "D1,2026-02-01,Proposal,200,,S9,commit\n"
              "D2,2026-01-05,Qualified,7,,,\n"
              "D1,2026-01-02,Discovery,100,,,\n"
              "D9,2026-01-02,Discovery,100,,,\n"
              "D1,2026-12-02,Won,100,,,\n");
    trial_ok(&trial);
    const struct history_rows *history = &trial.dataset->history;
    assert_rows(&trial, "D1", rows, 3);
    assert_int_equal(column_at(&history->owner, 0), NONE);
    assert_int_equal(column_at(&history->owner, 1), 1);
    assert_int_equal(column_at(&history->owner, 2), 3);
    assert_int_equal(history->category[1], 0xFF);
    assert_int_equal(history->category[2], CATEGORY_COMMIT);
    assert_int_equal(history->amount[3], 700);
    trial_rejects(&trial, TABLE_HISTORY, 6, "deal", "deal not in deals");
    assert_int_equal(trial.log->table[TABLE_HISTORY].future, 1);
    assert_int_equal(trial.log->table[TABLE_HISTORY].unreadable_count, 1);
    trial_end(&trial);
}

static void
test_own_currency(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    put_deals(&trial);
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,amount,currency\nD1,2026-02-01,100,\nD2,2026-02-01,100,JPY\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->history.amount[0], 10000);
    assert_int_equal(trial.dataset->history.amount[1], 60);
    trial_end(&trial);
}

/* Of a deal that is not yet created, nothing is wrong: it is not there yet. */
static void
test_unborn_deals(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created\nD1,S1,Proposal,2026-01-01\n"
              "D3,S1,Proposal,2026-11-01\nD2,S1,Gone,2026-11-02\n006Bo000000abcDIAQ,S1,Proposal,"
              "2026-12-01\n");
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,stage\nD1,2026-01-01,Proposal\nD3,2026-10-01,Discovery\n"
              "D3,2026-11-01,Proposal\nD2,2026-10-02,Proposal\nD9,2026-10-02,Proposal\n"
              "006Bo000000abcD,2026-10-02,Proposal\n");
    trial_put(&trial, TABLE_LEADS,
              "id,owner,created,deal\nL1,S1,2026-10-01,D3\nL2,S1,2026-10-01,D9\n");
    trial_ok(&trial);
    assert_int_equal(trial.log->table[TABLE_DEALS].future, 2);
    assert_int_equal(trial.log->table[TABLE_HISTORY].used, 1);
    assert_int_equal(trial.log->table[TABLE_HISTORY].future, 3);
    assert_int_equal(trial.log->table[TABLE_HISTORY].rejected, 2);
    trial_rejects(&trial, TABLE_HISTORY, 5, "deal", "deal not in deals");
    trial_rejects(&trial, TABLE_HISTORY, 6, "deal", "deal not in deals");
    assert_int_equal(trial.log->table[TABLE_LEADS].orphans, 1);
    trial_end(&trial);
}

static void
test_changes(void **state)
{
    static const struct state rows[] = {{"2026-01-01", 0, 4600, NULL},
                                        {"2026-02-01", 1, MONEY_NONE, NULL},
                                        {"2026-02-03", -1, 18400, NULL},
                                        {"2026-03-01", 2, MONEY_NONE, NULL},
                                        {"2026-03-02", -1, MONEY_NONE, "2026-12-24"}};
    struct trial trial = trial_new();
    (void)state;
    put_deals(&trial);
    trial.option[TABLE_HISTORY] =
        ", form: fields, field_names: {StageName: stage, Amount: amount, CloseDate: close}, "
        "map: {deal: OpportunityId, day: CreatedDate, field: Field, old: OldValue, new: NewValue}";
    trial_put(&trial, TABLE_HISTORY,
              "OpportunityId,CreatedDate,Field,OldValue,NewValue\n"
              "D1,2026-03-02,CloseDate,,2026-12-24\n"
              "D1,2026-03-01,StageName,Qualified,Proposal\n"
              "D1,2026-02-01,StageName,Discovery,Qualif.\n"
              "D1,2026-02-03,Amount,50,200\n"
              "D1,2026-01-01,created,,\n"
              "D1,2026-01-01,Name,Old,New\n");
    trial_ok(&trial);
    assert_rows(&trial, "D1", rows, 5);
    assert_rows(&trial, "D2", NULL, 0);
    assert_int_equal(trial.log->table[TABLE_HISTORY].ignored, 2);
    assert_int_equal(trial.log->table[TABLE_HISTORY].used, 4);
    trial_end(&trial);
}

static void
test_stage_columns(void **state)
{
    static const struct state rows[] = {{"2026-01-02", 0, MONEY_NONE, NULL},
                                        {"2026-01-03", 1, MONEY_NONE, NULL},
                                        {"2026-01-03", 2, MONEY_NONE, NULL}};
    struct trial trial = trial_new();
    (void)state;
    put_deals(&trial);
    trial.option[TABLE_HISTORY] = ", form: columns, stage_column: 'Date entered {stage}', "
                                  "map: {deal: Record ID}";
    trial_put(&trial, TABLE_HISTORY,
              "Record ID,Date entered Proposal,Date entered Qualif.,Date entered Discovery,"
              "Date entered Won\n"
              "D2,,,,2026-11-01\n"
              "D1,2026-01-03,2026-01-03,2026-01-02,2026-11-30\n");
    trial_ok(&trial);
    assert_rows(&trial, "D1", rows, 3);
    assert_rows(&trial, "D2", NULL, 0);
    assert_int_equal(trial.log->table[TABLE_HISTORY].used, 1);
    assert_int_equal(trial.log->table[TABLE_HISTORY].future, 1);
    trial_end(&trial);
}

struct qualified {
    const char *deal, *day;
    enum tq_source from;
};

static void
test_days_of_qualification(void **state)
{
    static const struct qualified wanted[] = {
        {"D01", "2026-02-01", TQ_FIELD},   {"D02", NULL, TQ_UNKNOWN},
        {"D03", "2026-03-01", TQ_HISTORY}, {"D04", "2026-01-01", TQ_CREATED},
        {"D05", NULL, TQ_UNKNOWN},         {"D06", "2026-01-01", TQ_CREATED},
        {"D07", "2026-01-01", TQ_CREATED}, {"D08", NULL, TQ_UNKNOWN},
        {"D09", "2026-05-01", TQ_FIELD},   {"D10", NULL, TQ_UNKNOWN},
        {"D11", "2026-04-01", TQ_HISTORY}, {"D12", "2026-05-01", TQ_FIELD},
    };
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,qualified,close\n"
              "D01,S1,Qualified,2026-01-01,2026-02-01,\n" /* its own day */
              "D02,S1,Qualified,2026-01-01,2026-11-01,\n" /* not yet happened */
              "D03,S1,Discovery,2026-01-01,,\n"           /* once qualified: never un-set */
              "D04,S1,Proposal,2026-01-01,,\n"            /* created in a qualified stage */
              "D05,S1,Discovery,2026-01-01,,\n"
              "D06,S1,Won,2026-01-01,,2026-05-01\n"
              "D07,S1,Lost,2026-01-01,,2026-05-01\n"          /* no row in an open stage */
              "D08,S1,Lost,2026-01-01,,2026-05-01\n"          /* lost out of Discovery */
              "D09,S1,Won,2026-01-01,2026-07-01,2026-05-01\n" /* never after the close */
              "D10,S1,Junk,2026-01-01,,2026-05-01\n"
              "D11,S1,Stalled,2026-01-01,,2026-05-01\n"
              "D12,S1,Won,2026-01-01,2026-12-01,2026-05-01\n");
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,stage\n"
              "D03,2026-02-01,Qualified\nD03,2026-02-01,Discovery\n" /* the day's end counts */
              "D03,2026-03-01,Proposal\nD03,2026-04-01,Discovery\n"
              "D07,2026-05-01,Lost\nD08,2026-02-01,Discovery\nD08,2026-05-01,Lost\n"
              "D11,2026-04-01,Qualified\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        uint32_t d = trial_deal(&trial, wanted[i].deal);
        if (deals->qualified[d] != trial_day(wanted[i].day) ||
            deals->qualified_from[d] != wanted[i].from)
            fail_msg("%s: qualified on %d from %d", wanted[i].deal, deals->qualified[d],
                     deals->qualified_from[d]);
    }
    trial_end(&trial);
}

static void
test_close_days_from_history(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,close\n"
              "D1,S1,Won,2026-01-01,\nD2,S1,Lost,2026-01-01,\nD3,S1,Lost,2026-01-01,tbd\n"
              "D4,S1,Qualified,2026-01-01,\n");
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,stage\n"
              "D2,2026-02-01,Won\n"
              "D1,2026-04-01,Won\nD1,2026-02-01,Won\nD1,2026-02-01,Proposal\n"
              "D1,2026-03-01,Won\nD4,2026-03-01,Qualified\nD3,2026-03-01,Qualified\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->count, 2);
    assert_int_equal(deals->close[0], trial_day("2026-03-01"));
    assert_true(text_equal(texts_at(&deals->id, 1), TEXT("D4")));
    assert_int_equal(deals->qualified[1], trial_day("2026-01-01") + 59);
    assert_int_equal(trial.dataset->history.count, 5);
    assert_int_equal(trial.dataset->history.first[2], 5);
    trial_rejects(&trial, TABLE_DEALS, 3, "close", "closed without a day");
    trial_rejects(&trial, TABLE_DEALS, 4, "close", "closed without a day");
    trial_rejects(&trial, TABLE_HISTORY, 2, "deal", "deal not in deals");
    trial_rejects(&trial, TABLE_HISTORY, 8, "deal", "deal not in deals");
    assert_int_equal(trial.log->table[TABLE_HISTORY].used, 5);
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_own_currency),
        cmocka_unit_test(test_unborn_deals),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_stage_columns),
        cmocka_unit_test(test_days_of_qualification),
        cmocka_unit_test(test_close_days_from_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
