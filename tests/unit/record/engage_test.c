#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

static struct trial
world(void)
{
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_ACCOUNTS, "id,name\nA1,Acme\nA2,Bolt\nA3,Core\n");
    trial_put(&trial, TABLE_CONTACTS,
              "id,account,title,level\nC1,A1,\"Chief Officer, Labs\",\nC2,A1,Lab manager,staff\n"
              "C3,A2,Chieftain,\n");
    trial_put(&trial, TABLE_DEALS,
              "id,owner,stage,created,account\nD1,S1,Qualified,2026-01-01,A1\n"
              "D2,S2,Qualified,2026-01-01,A2\n");
    return trial;
}

#define HEADER "day,owner,type,account,deal,contact,direction,outcome,count\n"

static void
test_levels(void **state)
{
    struct trial trial = world();
    (void)state;
    trial_ok(&trial);
    assert_int_equal(trial.dataset->contacts.level[0], LEVEL_EXECUTIVE);
    assert_int_equal(trial.dataset->contacts.level[1], LEVEL_STAFF);
    assert_int_equal(trial.dataset->contacts.level[2], LEVEL_UNKNOWN);
    assert_false(trial.dataset->engagement.present);
    trial_end(&trial);
}

static void
test_owner_counts(void **state)
{
    struct trial trial = world();
    (void)state;
    trial_put(&trial, TABLE_ACTIVITIES,
              HEADER "2026-10-31,S1,call,,D1,C1,in,,\n"            /* in: two-way */
                     "2026-10-30,S1,Call,,D1,C2,out,Connected,3\n" /* outcome */
                     "2026-10-29,S1,Meeting,,D1,C3,out,,\n"        /* a meeting that took place */
                     "2026-10-28,S1,demo,,D1,,out,HELD,2\n"
                     "2026-10-27,S1,meeting,,D1,C1,out,cancelled,\n"
                     "2026-10-26,S1,email,,D1,,out,sent,\n"
                     "2026-08-02,S1,call,,,,in,,\n" /* the first day of R */
                     "2026-08-01,S1,call,,,,in,,\n" /* before R */
                     "2026-10-31,S9,call,,,C1,in,,\n"
                     "2026-10-31,,call,,,C9,,,0\n"
                     "2026-11-01,S1,call,,,C1,in,,\n");
    trial_ok(&trial);
    const struct engagement *engagement = &trial.dataset->engagement;
    assert_int_equal(engagement->activities[0], 1 + 3 + 1 + 2 + 1 + 1 + 1);
    assert_int_equal(engagement->two_way[0], 1 + 3 + 1 + 2 + 1);
    assert_int_equal(engagement->meetings[0], 1 + 2 + 1);
    assert_int_equal(engagement->meetings_held[0], 1 + 2);
    assert_int_equal(engagement->two_way_senior[0], 1);
    assert_int_equal(engagement->two_way_levelled[0], 1 + 3);
    assert_int_equal(engagement->two_way[3], 1);
    assert_int_equal(engagement->activities[3], 1);
    assert_int_equal(engagement->read_used, 10);
    assert_int_equal(engagement->with_deal, 6);
    assert_int_equal(engagement->with_contact, 1);
    assert_int_equal(engagement->orphan, 3);
    assert_int_equal(trial.log->table[TABLE_ACTIVITIES].future, 1);
    assert_int_equal(trial.log->table[TABLE_ACTIVITIES].orphans, 3);
    assert_int_equal(engagement->meetings_on_deals.count, 2);
    assert_int_equal(column_day(&engagement->meetings_on_deals.day, 0), trial_day("2026-10-28"));
    assert_int_equal(column_at(&engagement->meetings_on_deals.times, 0), 2);
    assert_int_equal(column_at(&engagement->meetings_on_deals.deal, 0), 0);
    trial_end(&trial);
}

static void
test_deals_and_accounts(void **state)
{
    struct trial trial = world();
    (void)state;
    trial_put(&trial, TABLE_ACTIVITIES,
              HEADER "2026-05-01,S1,call,,D1,,in,,\n" /* names D1, so A1 but not loosely */
                     "2026-06-01,S1,call,,D1,,out,,\n"
                     "2026-03-01,S1,call,A2,,,in,,\n"
                     "2026-04-01,S1,call,,,C3,out,,\n"  /* A2 by its contact */
                     "2025-01-01,S1,call,A3,,,in,,\n"   /* before T */
                     "2026-07-01,S1,call,,D9,C1,in,,\n" /* an unknown deal is named */
                     "2026-08-01,S1,call,A9,,,in,,\n"
                     "2026-09-01,S2,call,,A3,,in,,\n"     /* the deal column holds an account */
                     "2026-02-01,S1,call,A3,D1,,in,,\n"); /* its own account wins */
    trial_ok(&trial);
    const struct engagement *engagement = &trial.dataset->engagement;
    assert_int_equal(engagement->deal_last_two_way[0], trial_day("2026-05-01"));
    assert_true(engagement->deal_any[0]);
    assert_int_equal(engagement->deal_last_two_way[1], DAY_NONE);
    assert_false(engagement->deal_any[1]);
    assert_int_equal(engagement->account_last[0], trial_day("2026-07-01"));
    assert_int_equal(engagement->account_last_two_way[0], trial_day("2026-07-01"));
    assert_int_equal(engagement->account_loose_two_way[0], DAY_NONE);
    assert_false(engagement->account_loose_any[0]);
    assert_int_equal(engagement->account_loose_two_way[1], trial_day("2026-03-01"));
    assert_int_equal(engagement->account_last[1], trial_day("2026-04-01"));
    assert_true(engagement->account_in_t[1]);
    assert_int_equal(engagement->account_loose_two_way[2], trial_day("2026-09-01"));
    assert_int_equal(engagement->with_deal, 3);
    assert_int_equal(engagement->with_account, 3);
    assert_int_equal(engagement->with_contact, 2);
    assert_int_equal(engagement->orphan, 1);
    assert_int_equal(engagement->reached.count, 4);
    assert_int_equal(column_at(&engagement->reached.owner, 3), 1);
    assert_int_equal(column_at(&engagement->reached.account, 3), 2);
    trial_end(&trial);
}

static void
test_meets(void **state)
{
    struct trial trial = world();
    (void)state;
    trial_put(&trial, TABLE_ACTIVITIES,
              HEADER "2026-05-01,S2,call,,D1,C2,in,,2\n"
                     "2026-05-01,S1,call,,,C1,in,,\n"
                     "2026-05-01,S2,call,A1,D1,C2,in,,\n"
                     "2020-02-01,S1,call,,D2,C1,in,,\n"
                     "2026-05-01,S1,call,A1,D9,C2,in,,\n"
                     "2026-05-01,S1,call,,D1,C1,out,,\n");
    trial_ok(&trial);
    const struct engagement *engagement = &trial.dataset->engagement;
    const uint32_t contact[] = {0, 0, 1, 1}, owner[] = {0, 0, 0, 1}, account[] = {0, 1, 0, 0},
                   deal[] = {NONE, 1, DEAL_UNKNOWN, 0}, times[] = {1, 1, 1, 3};
    assert_int_equal(engagement->meets.count, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(column_at(&engagement->meets.contact, i), contact[i]);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(column_at(&engagement->meets.owner, i), owner[i]);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(column_at(&engagement->meets.account, i), account[i]);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(column_at(&engagement->meets.deal, i), deal[i]);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(column_at(&engagement->meets.times, i), times[i]);
    assert_int_equal(column_day(&engagement->meets.day, 1), trial_day("2020-02-01"));
    trial_end(&trial);
}

/* A second pass with another order of days must not count anything twice. */
static void
test_second_pass(void **state)
{
    struct trial trial = world();
    (void)state;
    trial_put(&trial, TABLE_ACTIVITIES,
              HEADER "01/02/2026,S1,call,,D1,C1,in,,\n25/12/2025,S1,call,,D1,C1,in,,\n");
    trial_ok(&trial);
    const struct engagement *engagement = &trial.dataset->engagement;
    assert_int_equal(engagement->read_used, 2);
    assert_int_equal(engagement->deal_last_two_way[0], trial_day("2026-02-01"));
    assert_int_equal(engagement->meets.count, 2);
    assert_int_equal(column_at(&engagement->meets.times, 0), 1);
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_owner_counts),
        cmocka_unit_test(test_deals_and_accounts),
        cmocka_unit_test(test_meets),
        cmocka_unit_test(test_second_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
