/* References that give a name where an id should stand, as reports of a CRM do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

static void
put_tables(struct trial *trial)
{
    trial_put(trial, TABLE_ACCOUNTS, "id,name\nA1,Acme\nA2,Twin\nA3,Twin\nA4,A1 Motors\nA5,A9\n");
    trial_put(trial, TABLE_CONTACTS,
              "id,name,account\nC1,Ann,Acme\nC2,Bob,\nC3,Cid,A9\nC4,Dee,Nobody\n");
    trial_put(trial, TABLE_DEALS,
              "id,name,owner,stage,created,account\n"
              "D1,Big one,S1,Proposal,2026-01-01,Acme\nD2,Two,S1,Proposal,2026-01-01,Twin\n"
              "D3,Two,S1,Proposal,2026-01-01,A1\nD4,Four,S1,Proposal,2026-01-01,C1\n"
              "D5,Five,S1,Proposal,2026-01-01,C2\nD6,Six,S1,Proposal,2026-01-01,Nobody\n"
              "D7,Seven,S1,Proposal,2026-01-01,C3\nD8,Eight,S1,Proposal,2026-01-01,C4\n");
    trial_put(trial, TABLE_HISTORY,
              "deal,day,stage\nBig one,2026-01-05,Qualified\nTwo,2026-01-05,Qualified\n"
              "D4,2026-01-05,Qualified\n");
    trial_put(trial, TABLE_ACTIVITIES,
              "day,owner,type,deal,contact\n2026-10-01,S1,meeting,Big one,Ann\n"
              "2026-10-01,S1,meeting,Two,\n");
}

/* Ids go before names, a name that two rows have is none, a contact stands for its account. */
static void
test_names(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    put_tables(&trial);
    trial_ok(&trial);
    const struct dataset *dataset = trial.dataset;
    const uint32_t accounts[] = {0, NONE, 0, 0, NONE, NONE, 4, NONE};
    assert_memory_equal(dataset->deals.account, accounts, sizeof accounts);
    assert_int_equal(trial.log->table[TABLE_DEALS].by_name, 1);
    assert_int_equal(trial.log->table[TABLE_DEALS].orphans, 2); /* Twin and Nobody */
    assert_int_equal(trial.log->table[TABLE_CONTACTS].by_name, 2);
    assert_int_equal(trial.log->table[TABLE_HISTORY].used, 2);
    trial_rejects(&trial, TABLE_HISTORY, 3, "deal", "deal not in deals");
    assert_int_equal(trial.log->table[TABLE_ACTIVITIES].by_name, 2);
    assert_int_equal(dataset->engagement.with_deal, 1);
    assert_int_equal(dataset->engagement.meets.count, 1);
    assert_int_equal(dataset->engagement.orphan, 1);
    trial_end(&trial);
}

/* Without any name among the references nothing is read twice and nothing is said. */
static void
test_no_names(void **state)
{
    struct trial trial = trial_new();
    (void)state;
    put_tables(&trial);
    trial_put(&trial, TABLE_DEALS,
              "id,name,owner,stage,created,account\nD1,Big,S1,Proposal,2026-01-01,A1\n"
              "D2,Two,S1,Proposal,2026-01-01,A99\n");
    trial_ok(&trial);
    assert_int_equal(trial.log->table[TABLE_DEALS].by_name, 0);
    assert_int_equal(trial.log->table[TABLE_DEALS].orphans, 1);
    assert_false(trial_said(&trial, "deals: references"));
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_no_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
