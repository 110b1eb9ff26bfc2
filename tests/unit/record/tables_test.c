#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

static void
assert_scope(const struct trial *trial, uint32_t at, enum scope_kind kind, const char *id,
             uint32_t parent, uint32_t first, uint32_t end, uint32_t next)
{
    const struct scope *scope = &trial->dataset->scope[at];
    assert_int_equal(scope->kind, kind);
    if (kind != SCOPE_COMPANY) {
        struct text own = kind == SCOPE_TEAM ? trial->dataset->teams.id[scope->index]
                                             : trial->dataset->sellers.id[scope->index];
        assert_true(text_equal(own, text_of(id)));
    }
    assert_int_equal(scope->parent, parent);
    assert_int_equal(scope->first, first);
    assert_int_equal(scope->end, end);
    assert_int_equal(scope->next, next);
}

static void
test_scopes(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_TEAMS,
              "id,name,parent,manager\nT2,Two,T9,S9\nT1,One,R1,Ana Diaz\nR1,Region,company,S1\n");
    trial_put(&trial, TABLE_SELLERS,
              "id,name,team,manager,start,end\nS4,Di,,,,\nS3,Cy Fox,T2,S1,2026-01-01,2026-10-30\n"
              "S2,,T1,Ana Diaz,,2026-10-31\nS1,Ana Diaz,R1,,,\nS5,Ed,Region,S9,,\n");
    trial_ok(&trial);
    const struct dataset *dataset = trial.dataset;
    assert_int_equal(dataset->scope_count, 9);
    assert_scope(&trial, 0, SCOPE_COMPANY, NULL, NONE, 0, 6, 9);
    assert_scope(&trial, 1, SCOPE_SELLER, "S4", 0, 0, 1, 2);
    assert_scope(&trial, 2, SCOPE_TEAM, "R1", 0, 1, 4, 7);
    assert_scope(&trial, 3, SCOPE_SELLER, "S1", 2, 1, 2, 4);
    assert_scope(&trial, 4, SCOPE_SELLER, "S5", 2, 2, 3, 5);
    assert_scope(&trial, 5, SCOPE_TEAM, "T1", 2, 3, 4, 7);
    assert_scope(&trial, 6, SCOPE_SELLER, "S2", 5, 3, 4, 7);
    assert_scope(&trial, 7, SCOPE_TEAM, "T2", 0, 4, 5, 9);
    assert_scope(&trial, 8, SCOPE_SELLER, "S3", 7, 4, 5, 9);
    assert_int_equal(dataset->order[5], 5);
    assert_int_equal(dataset->scope[8].depth, 2);
    assert_int_equal(dataset->team_scope[1], 5);
    assert_int_equal(dataset->seller_scope[2], 8);
    assert_int_equal(dataset->teams.manager[1], 0);
    assert_int_equal(dataset->teams.manager[2], NONE);
    assert_int_equal(dataset->sellers.manager[1], 0);
    assert_int_equal(dataset->sellers.manager[4], NONE);
    assert_true(dataset->sellers.left[2]);
    assert_false(dataset->sellers.left[1]);
    trial_word(&trial, dataset->sellers.name[1], "S2");
    assert_int_equal(dataset->sellers.id[5].length, 0);
    assert_int_equal(dataset->sellers.start[5], DAY_NONE);
    assert_int_equal(trial.log->table[TABLE_TEAMS].orphans, 1);
    trial_end(&trial);
}

static void
test_teams_from_sellers(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_SELLERS,
              "id,name,team\nS1,Ana,West\nS2,Bo,East\nS3,Cy,company\nS4,Di,\nS5,Ed,West\n");
    trial_ok(&trial);
    const struct teams *teams = &trial.dataset->teams;
    const uint32_t team[] = {1, 0, NONE, NONE, 1, NONE};
    assert_int_equal(teams->count, 2);
    assert_true(text_equal(teams->id[0], TEXT("East")));
    trial_word(&trial, teams->name[1], "West");
    assert_memory_equal(trial.dataset->sellers.team, team, sizeof team);
    trial_end(&trial);
}

static void
test_team_ids(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_TEAMS, "id,name\ncompany,Us\n,West\n,company\n");
    trial_put(&trial, TABLE_SELLERS, "id,name,team\nS1,Ana,West\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->teams.count, 1);
    assert_true(text_equal(trial.dataset->teams.id[0], TEXT("West")));
    assert_int_equal(trial.dataset->sellers.team[0], 0);
    trial_rejects(&trial, TABLE_TEAMS, 2, "id", "reserved id `company`");
    trial_rejects(&trial, TABLE_TEAMS, 4, "id", "reserved id `company`");
    trial_end(&trial);
}

static void
test_cycles(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_TEAMS, "id,parent\nT3,T1\nT2,T3\nT1,T2\n");
    trial_load(&trial);
    assert_true(trial.failed);
    assert_int_equal(diag_exit(trial.diag), EXIT_INPUT);
    trial_says(&trial, "teams: a cycle of parents: T1 > T2 > T3 > T1");
    trial_unload(&trial);
    trial_put(&trial, TABLE_TEAMS, "id,parent\nT1,\n");
    trial_put(&trial, TABLE_SELLERS, "id,name,team,manager\nS1,A,T1,S2\nS2,B,T1,A\n");
    trial_load(&trial);
    assert_true(trial.failed);
    trial_says(&trial, "sellers: a cycle of managers: S1 > S2 > S1");
    trial_end(&trial);
}

static void
test_accounts(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_ACCOUNTS,
              "id,name,owner,potential,icp,customer,parent\n"
              "A1,Acme,S1,1000,A,TRUE,A3\nA2,,,,C,0,\nA3,Core,S9,x,yes,Nein,A9\n"
              "A4,Dent,S2,,b,1,\nA5,Eden,S2,5,maybe,WAHR,A5\n");
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,account\nD1,S1,Qualified,2026-01-01,A3\n"
              "D2,S1,Qualified,2026-01-01,A1\nD3,S1,Qualified,2026-01-01,A3\n"
              "D4,S1,Qualified,2026-01-01,\n");
    trial_ok(&trial);
    const struct accounts *accounts = &trial.dataset->accounts;
    const struct deals *deals = &trial.dataset->deals;
    const uint8_t icp[] = {ANSWER_YES, ANSWER_NO, ANSWER_YES, ANSWER_YES, ANSWER_UNKNOWN};
    const uint8_t customer[] = {ANSWER_YES, ANSWER_NO, ANSWER_NO, ANSWER_YES, ANSWER_YES};
    const uint32_t owner[] = {0, 3, 3, 1, 1}, parent[] = {2, NONE, NONE, NONE, 4};
    assert_memory_equal(accounts->icp, icp, sizeof icp);
    assert_memory_equal(accounts->customer, customer, sizeof customer);
    assert_memory_equal(accounts->owner, owner, sizeof owner);
    assert_memory_equal(accounts->parent, parent, sizeof parent);
    assert_int_equal(accounts->potential[0], 100000);
    assert_int_equal(accounts->potential[2], MONEY_NONE);
    trial_text(texts_at(&accounts->name, 1), "A2");
    assert_int_equal(deals->account_first[2], 1);
    assert_int_equal(deals->account_first[3], 3);
    assert_int_equal(deals->by_account[1], 0);
    assert_int_equal(deals->by_account[2], 2);
    assert_int_equal(deals->account_first[5], 3);
    trial_end(&trial);
}

static void
test_leads(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,lead\nD1,S1,Qualified,2026-01-01,L2\n"
              "D2,S1,Qualified,2026-01-01,L9\n");
    trial_put(&trial, TABLE_LEADS,
              "id,owner,created,worked,replied,met,qualified,deal,closed\n"
              "L1,S1,2026-01-01,,,,2026-03-01,D1,\n"
              "L2,S1,2026-01-02,2026-01-05,,2026-11-02,,D9,2026-11-05\n"
              "L3,S9,2026-01-03,,2026-11-01,,,,2026-05-01\n"
              "L4,S1,2026-11-01,,,,,,\n");
    trial_ok(&trial);
    const struct leads *leads = &trial.dataset->leads;
    assert_int_equal(leads->count, 3);
    assert_int_equal(leads_reached(leads, 0),
                     LEAD_WORKED | LEAD_REPLIED | LEAD_MET | LEAD_QUALIFIED);
    assert_int_equal(column_day(&leads->worked, 0), trial_day("2026-01-01"));
    assert_int_equal(column_day(&leads->replied, 0), DAY_NONE);
    assert_int_equal(column_at(&leads->deal, 0), 0);
    assert_int_equal(leads_reached(leads, 1), LEAD_WORKED);
    assert_int_equal(column_day(&leads->met, 1), DAY_NONE);
    assert_int_equal(column_day(&leads->closed, 1), DAY_NONE);
    assert_int_equal(column_at(&leads->deal, 1), NONE);
    assert_int_equal(leads_reached(leads, 2), 0);
    assert_int_equal(column_day(&leads->worked, 2), DAY_NONE);
    assert_int_equal(column_day(&leads->closed, 2), trial_day("2026-05-01"));
    assert_int_equal(column_at(&leads->owner, 2), 3);
    assert_int_equal(trial.log->table[TABLE_LEADS].future, 1);
    trial_end(&trial);
}

static void
test_quotas(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_QUOTAS,
              "period,seller,team,amount\n"
              "2026-Q4,S1,,100\n"
              "2026-10-01,S2,,200\n"
              "2026-Q4,,T1,300\n"
              "2026-Q3,,company,400\n"
              "2026-Q4,S9,,1\n"
              "2026-Q4,,T9,1\n"
              "2026-Q4,S3,T1,1\n"
              "2026-Q4,,,1\n"
              "2026-Q4,S3,,-1\n"
              "2026-Q4,S3,,\n"
              "2026-M10,S3,,1\n"
              "2026-Q1,S3,,1\n"
              "2026-02-03,S3,,1\n"
              "2026-Q2,Cy Fox,,1\n"
              "2026-Q2,Cy Fox,,1\n");
    trial_ok(&trial);
    const struct quotas *quotas = &trial.dataset->quotas;
    const uint32_t seller[] = {2, NONE, 0, 1, NONE}, team[] = {NONE, QUOTA_COMPANY, NONE, NONE, 0};
    assert_int_equal(quotas->count, 5);
    assert_memory_equal(quotas->seller, seller, sizeof seller);
    assert_memory_equal(quotas->team, team, sizeof team);
    assert_string_equal(quotas->period[2].name, "2026-Q4");
    assert_int_equal(quotas->period[1].end, trial_day("2026-09-30"));
    assert_int_equal(quotas->amount[3], 20000);
    trial_rejects(&trial, TABLE_QUOTAS, 6, "seller", "unknown seller");
    trial_rejects(&trial, TABLE_QUOTAS, 7, "team", "unknown team");
    trial_rejects(&trial, TABLE_QUOTAS, 8, "seller", "both seller and team");
    trial_rejects(&trial, TABLE_QUOTAS, 9, "team", "neither seller nor team");
    trial_rejects(&trial, TABLE_QUOTAS, 10, "amount", "negative quota");
    trial_rejects(&trial, TABLE_QUOTAS, 11, "amount", "required cell is empty");
    trial_rejects(&trial, TABLE_QUOTAS, 12, "period", "required cell is unreadable");
    trial_rejects(&trial, TABLE_QUOTAS, 13, "-", "two quotas of one period");
    trial_rejects(&trial, TABLE_QUOTAS, 14, "-", "two quotas of one period");
    assert_int_equal(trial.log->table[TABLE_QUOTAS].ignored_duplicate, 1);
    trial_end(&trial);
}

static void
test_calls(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_CALLS,
              "owner,period,day,commit,best\n"
              "S2,2026-Q4,2026-10-20,50,\n"
              "S1,2026-Q4,2026-10-20,100,120\n"
              "S1,2026-Q4,2026-10-20,100,120\n"
              "S1,2026-Q4,2026-10-21,1,\n"
              "S1,2026-Q4,2026-10-21,2,\n"
              "S1,2026-Q4,2026-11-02,3,\n"
              "S8,2026-Q4,2026-10-20,4,\n"
              "S9,2026-Q4,2026-10-20,5,\n");
    trial_ok(&trial);
    const struct calls *calls = &trial.dataset->calls;
    assert_int_equal(calls->count, 4);
    assert_int_equal(calls->commit[0], 10000);
    assert_int_equal(calls->best[0], 12000);
    assert_int_equal(calls->best[1], MONEY_NONE);
    assert_int_equal(calls->owner[3], 3);
    trial_rejects(&trial, TABLE_CALLS, 5, "-", "two calls of one day");
    trial_rejects(&trial, TABLE_CALLS, 6, "-", "two calls of one day");
    assert_int_equal(trial.log->table[TABLE_CALLS].future, 1);
    assert_int_equal(trial.log->table[TABLE_CALLS].orphans, 2);
    trial_end(&trial);
}

static void
test_earlier_state(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,qualified,close\n"
              "D1,S1,Won,2026-01-01,2026-02-01,2026-08-01\n"
              "D2,S1,Qualified,2026-01-01,2026-07-15,\n");
    trial_write(&trial, "before.csv",
                "id,owner,stage,created,amount,close,type\n"
                "D2,S9,Discovery,2026-01-01,5,2026-12-01,Renew\n"
                "D1,S1,Qualified,2026-01-01,7,,\n"
                "D0,S2,Proposal,2026-03-01,9,,\n"
                "D7,S2,Proposal,2026-07-01,9,,\n"
                "D8,S2,Dreaming,2026-05-01,9,,\n");
    trial.previous = "before.csv";
    trial_ok(&trial);
    const struct earlier *earlier = &trial.dataset->earlier;
    const uint32_t deal[] = {NONE, 0, 1}, owner[] = {1, 0, 3};
    assert_true(earlier->present);
    assert_int_equal(earlier->count, 3);
    assert_memory_equal(earlier->deal, deal, sizeof deal);
    assert_memory_equal(earlier->owner, owner, sizeof owner);
    assert_int_equal(earlier->qualified[0], trial_day("2026-03-01"));
    assert_int_equal(earlier->qualified[1], trial_day("2026-02-01"));
    assert_int_equal(earlier->qualified[2], DAY_NONE);
    assert_int_equal(earlier->segment[2], SEGMENT_RENEWAL);
    assert_int_equal(earlier->close[2], trial_day("2026-12-01"));
    assert_int_equal(trial.log->previous.used, 3);
    assert_int_equal(trial.log->previous.future, 1);
    assert_int_equal(trial.log->previous.rejected, 1);
    assert_int_equal(trial.log->table[TABLE_DEALS].rejected, 0);
    trial_end(&trial);
}

static void
test_limits(void **state)
{
    static const char deals[] = "id,owner,stage,created\nD1,S1,Won,,\nD2,S1,Qualified,2026-01-01\n"
                                "D3,S1,Qualified,2026-01-01\nD4,S1,Dreaming,2026-01-01\n";
    struct trial trial = trial_new();
    (void)state;
    trial_put(&trial, TABLE_DEALS, deals);
    trial.extra = "limits: {rejected_share: 0.5}\n";
    trial_ok(&trial);
    trial_unload(&trial);
    trial.extra = "limits: {rejected_share: 0.49}\n";
    trial_load(&trial);
    assert_true(trial.failed);
    assert_int_equal(diag_exit(trial.diag), EXIT_INPUT);
    trial_says(&trial, "deals: 2 of 4 rows rejected, more than the limit of 49 %");
    trial_unload(&trial);
    trial.extra = "limits: {rejected_share: 1, rejected_rows: 1}\n";
    trial_load(&trial);
    assert_true(trial.failed);
    trial_says(&trial, "2 rows rejected, more than the limit of 1");
    trial_unload(&trial);
    trial.extra = "limits: {rejected_share: 1}\n";
    trial.strict = true;
    trial_load(&trial);
    assert_true(trial.failed);
    trial_says(&trial, "--strict");
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scopes),        cmocka_unit_test(test_teams_from_sellers),
        cmocka_unit_test(test_team_ids),      cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_accounts),      cmocka_unit_test(test_leads),
        cmocka_unit_test(test_quotas),        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_earlier_state), cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
