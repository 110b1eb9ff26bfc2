/* Nasty input as CRMs and spreadsheets really write it: days, money, booleans, references, states
 * that contradict themselves, other languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

#define HEAD "id,owner,stage,created,"

/* A deal D<n> for each cell, in one column besides the required ones. */
static void
put_column(struct trial *trial, const char *column, const char *const *cells)
{
    struct buf text = {0};
    buf_printf(&text, HEAD "%s\n", column);
    for (int n = 1; *cells; cells++, n++)
        buf_printf(&text, "D%d,S1,Proposal,2026-01-01,\"%s\"\n", n, *cells);
    trial_put(trial, TABLE_DEALS, text.bytes);
    buf_free(&text);
}

static const struct extract_report *
deals_report(const struct trial *trial)
{
    return &trial->log->table[TABLE_DEALS];
}

/* One column, one cell: the day it means. */
static void
check_day(const char *option, const char *cell, const char *wanted)
{
    struct trial trial = trial_new();
    trial.option[TABLE_DEALS] = option;
    put_column(&trial, "close", (const char *const[]){cell, NULL});
    trial_ok(&trial);
    day found = trial.dataset->deals.close[0];
    if (found != trial_day(wanted))
        fail_msg("'%s' is read as %d, not %s", cell, found, wanted ? wanted : "unknown");
    trial_end(&trial);
}

static void
days_in_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *option, *cell, *day;
    } forms[] = {
        {NULL, "2026-12-24", "2026-12-24"},
        {NULL, "12/24/2026", "2026-12-24"},
        {NULL, "24/12/2026", "2026-12-24"},
        {NULL, "24.12.2026", "2026-12-24"},
        {NULL, "12/24/2026 9:05", "2026-12-24"},
        {NULL, "12/24/26", "2026-12-24"},
        {NULL, "12/24/26 09:05 AM", "2026-12-24"},
        {NULL, "12/24/26 11:30 PM", "2026-12-24"},
        {NULL, "24-Dec-2026", "2026-12-24"},
        {NULL, "2026-12-24T09:05:00.000+0000", "2026-12-24"},
        {NULL, "2026-12-24T09:05:00Z", "2026-12-24"},
        {NULL, "2026-12-24T23:30:00Z", "2026-12-25"},
        {NULL, "2026-12-24T23:30:00+01:00", "2026-12-24"},
        {NULL, "2026-12-24T09:05:00.2847626Z", "2026-12-24"},
        {NULL, "1798102800000", "2026-12-24"},
        {NULL, "0001-01-01", NULL},
        {NULL, "9999-12-31", NULL},
        {NULL, "TBD", NULL},
        {", date_format: DD/MM/YYYY", "03/04/2026", "2026-04-03"},
        {", date_format: MM/DD/YYYY", "03/04/2026", "2026-03-04"},
        {", excel_serials: yes", "46380", "2026-12-24"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        check_day(forms[i].option, forms[i].cell, forms[i].day);
}

/* Days and times mixed in one column; one cell decides the order of all. */
static void
days_mixed_in_one_column(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "03/04/2026", "03/25/2026 11:00 PM", "3/5/26", "2026-03-06", "TBD", NULL};
    static const char *const days[] = {"2026-03-04", "2026-03-25", "2026-03-05", "2026-03-06",
                                       NULL};
    struct trial trial = trial_new();
    put_column(&trial, "close", cells);
    trial_ok(&trial);
    for (int n = 0; n < 5; n++)
        assert_int_equal(trial.dataset->deals.close[n], trial_day(days[n]));
    assert_int_equal(deals_report(&trial)->unreadable[0].count, 1);
    assert_string_equal(deals_report(&trial)->date_found, "MM/DD/YYYY");
    trial_end(&trial);
}

static void
days_that_fit_two_orders_are_an_error(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    put_column(&trial, "close", (const char *const[]){"03/04/2026", "05/06/2026", NULL});
    trial_load(&trial);
    assert_true(trial.failed);
    trial_says(&trial, "column `close`: '03/04/2026' fits month/day/year and day/month/year");
    trial_says(&trial, "set `date_format: DD/MM/YYYY` or `date_format: MM/DD/YYYY` for `deals`");
    trial_end(&trial);
}

static void
money_in_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *option, *cell;
        int64_t minor;
    } forms[] = {
        {NULL, "$7,450,000.00 ", 745000000},
        {NULL, "1.234,56", 123456},
        {NULL, "1,234.56", 123456},
        {NULL, "25,000.00", 2500000},
        {NULL, "15000.0000", 1500000},
        {NULL, "450k", 45000000},
        {NULL, "1.2M", 120000000},
        {NULL, "1 234,56", 123456},
        {NULL,
         "1\xC2\xA0"
         "234,56",
         123456},
        {NULL,
         "1\xE2\x80\xAF"
         "234,56 \xE2\x82\xAC",
         123456},
        {NULL, "1'234.50", 123450},
        {NULL, "0", 0},
        {NULL, "", MONEY_NONE},
        {NULL, "USD 1,000.00", 92000},
        {NULL, "n/a", MONEY_NONE},
        {NULL, "NaN", MONEY_NONE},
        {NULL, "0x10", MONEY_NONE},
        {NULL, "1E+05", MONEY_NONE},
        {NULL, "12,34,567.00", MONEY_NONE},
        {", group: indian", "12,34,567.00", 123456700},
        {", decimal: \",\"", "1.234", 123400},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct trial trial = trial_new();
        trial.option[TABLE_DEALS] = forms[i].option;
        put_column(&trial, "amount", (const char *const[]){forms[i].cell, NULL});
        trial_ok(&trial);
        if (trial.dataset->deals.count != 1 || trial.dataset->deals.amount[0] != forms[i].minor)
            fail_msg("'%s' is read as %ld, not %ld", forms[i].cell,
                     trial.dataset->deals.count ? trial.dataset->deals.amount[0] : -1,
                     forms[i].minor);
        trial_end(&trial);
    }
}

/* In parentheses, behind a minus of any kind or before one: below zero, which closed deals may be.
 */
static void
money_below_zero(void **state)
{
    (void)state;
    static const char *const cells[] = {"(1,234)",
                                        "-1234.00",
                                        "1234.00-",
                                        "\xE2\x88\x92"
                                        "1234.00",
                                        "($1,234.00)",
                                        NULL};
    struct trial trial = trial_new();
    struct buf text = {0};
    buf_string(&text, HEAD "close,amount\n");
    for (int n = 0; cells[n]; n++)
        buf_printf(&text, "D%d,S1,Won,2026-01-01,2026-02-01,\"%s\"\n", n, cells[n]);
    trial_put(&trial, TABLE_DEALS, text.bytes);
    buf_free(&text);
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.count, 5);
    for (int n = 0; n < 5; n++)
        assert_int_equal(trial.dataset->deals.amount[n], -123400);
    trial_end(&trial);
}

/* A currency in a column before the amount, one a row; those without a rate are rejected. */
static void
money_of_many_currencies(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_DEALS,
              HEAD "currency,amount\nD1,S1,Proposal,2026-01-01,USD,100\n"
                   "D2,S1,Proposal,2026-01-01,,100\nD3,S1,Proposal,2026-01-01,eur,100\n"
                   "D4,S1,Proposal,2026-01-01,JPY,100\nD5,S1,Proposal,2026-01-01,CHF,100\n"
                   "D6,S1,Proposal,2026-01-01,XXX,\n");
    trial_ok(&trial);
    static const int64_t amounts[] = {9200, 10000, 10000, 60};
    assert_int_equal(trial.dataset->deals.count, 4);
    assert_memory_equal(trial.dataset->deals.amount, amounts, sizeof amounts);
    trial_rejects(&trial, TABLE_DEALS, 6, "currency", "currency without a rate");
    trial_rejects(&trial, TABLE_DEALS, 7, "currency", "currency without a rate");
    trial_end(&trial);
}

/* A share, percents or `95%`: the CRM's probability is a matter of the stages, no cell is taken for
 * anything else. */
static void
money_is_no_probability(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_DEALS,
              HEAD "Probability,Probability (%)\nD1,S1,Proposal,2026-01-01,0.95,95\n"
                   "D2,S1,Proposal,2026-01-01,95,95%\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.amount[0], MONEY_NONE);
    assert_int_equal(deals_report(&trial)->unmapped_count, 2);
    trial_end(&trial);
}

static void
booleans_of_six_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *yes, *no;
    } kinds[] = {{"1", "0"},    {"true", "false"}, {"TRUE", "FALSE"},
                 {"Yes", "No"}, {"1", ""},         {"WAHR", "FALSCH"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct trial trial = trial_new();
        put_column(&trial, "strategic", (const char *const[]){kinds[i].yes, kinds[i].no, NULL});
        trial_ok(&trial);
        assert_int_equal(trial.dataset->deals.strategic[0], ANSWER_YES);
        assert_int_equal(trial.dataset->deals.strategic[1],
                         kinds[i].no[0] ? ANSWER_NO : ANSWER_UNKNOWN);
        assert_int_equal(deals_report(&trial)->unreadable_count, 0);
        trial_end(&trial);
    }
}

/* An owner nobody knows, names for ids, a product spelt otherwise, no account, nobody's agent,
 * activities tied to a lead alone. */
static void
references_that_lead_nowhere(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_ACCOUNTS, "id,name\nA1,GTX Pro\n");
    trial_put(&trial, TABLE_DEALS,
              HEAD
              "account\nD1,S77,Proposal,2026-01-01,A1\nD2,Ana Diaz,Proposal,2026-01-01,GTXPro\n"
              "D3,S2,Proposal,2026-01-01,GTX Pro\nD4,S2,Proposal,2026-01-01,\n");
    trial_put(&trial, TABLE_ACTIVITIES,
              "day,owner,type,deal\n2026-10-01,S1,meeting,00QHs0000000001MAA\n"
              "2026-10-01,S1,meeting,D1\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    const uint32_t accounts[] = {0, NONE, 0, NONE}, owners[] = {3, 0, 1, 1};
    assert_memory_equal(deals->account, accounts, sizeof accounts);
    assert_memory_equal(deals->owner, owners, sizeof owners);
    assert_int_equal(deals_report(&trial)->orphans, 2);
    assert_int_equal(deals_report(&trial)->by_name, 2);
    assert_int_equal(deals->owner_first[3] - deals->owner_first[2], 0); /* S3 has no deal */
    assert_int_equal(trial.dataset->engagement.orphan, 1);
    trial_end(&trial);
}

/* A replacement in the mapping mends the spelling of a name. */
static void
references_spelt_otherwise_can_be_mended(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_ACCOUNTS, "id,name\nA1,GTX Pro\n");
    trial.option[TABLE_DEALS] = ", map: {account: {column: account, replace: {GTXPro: GTX Pro}}}";
    trial_put(&trial, TABLE_DEALS, HEAD "account\nD1,S1,Proposal,2026-01-01,GTXPro\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.account[0], 0);
    trial_end(&trial);
}

/* Several people at the top, a manager who sells, a manager nobody knows: fine. A cycle is not. */
static void
references_among_managers(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_SELLERS,
              "id,name,team,manager\nS1,Ana,T1,S3\nS2,Bo,T1,\nS3,Cy,T1,\nS4,Dee,T2,S99\n");
    trial_put(&trial, TABLE_DEALS, "id,owner,stage,created\nD1,S3,Proposal,2026-01-01\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->sellers.manager[0], 2);
    assert_int_equal(trial.dataset->sellers.manager[3], NONE);
    trial_end(&trial);
    trial = trial_new();
    trial_put(&trial, TABLE_SELLERS, "id,name,team,manager\nS1,Ana,T1,S2\nS2,Bo,T1,S1\n");
    trial_load(&trial);
    assert_true(trial.failed);
    trial_says(&trial, "sellers: a cycle of managers: S1 > S2 > S1");
    trial_end(&trial);
}

/* Closed without a day, open beyond its close, won for nothing, lost for nothing, closed before it
 * was created. */
static void
logic_of_deals(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_DEALS,
              HEAD "close,amount\nD1,S1,Won,2026-01-01,,5\nD2,S1,Proposal,2026-01-01,2026-02-01,5\n"
                   "D3,S1,Won,2026-01-01,2026-02-01,0\nD4,S1,Lost,2026-01-01,2026-02-01,0\n"
                   "D5,S1,Won,2026-05-01,2026-02-01,5\nD6,S1,Won,2026-01-01,2027-02-01,5\n");
    trial_ok(&trial);
    trial_rejects(&trial, TABLE_DEALS, 2, "close", "closed without a day");
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->count, 5);
    assert_int_equal(deals->amount[trial_deal(&trial, "D3")], 0);
    assert_int_equal(deals->outcome[trial_deal(&trial, "D5")], OUTCOME_WON);
    assert_int_equal(deals->outcome[trial_deal(&trial, "D6")], OUTCOME_OPEN);
    trial_end(&trial);
}

/* Stages of another pipeline with names of their own; `Close`, which does not tell won from lost.
 */
static void
logic_of_stages(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial.option[TABLE_DEALS] = ", map: {stage: {column: Status, replace: {Open: \"\"}, "
                                "otherwise: {column: Phase}}}";
    trial_put(&trial, TABLE_DEALS,
              "id,owner,created,close,Status,Phase\nD1,S1,2026-01-01,2026-02-01,Won,Close\n"
              "D2,S1,2026-01-01,2026-02-01,Lost,Close\nD3,S1,2026-01-01,2026-12-01,Open,Qualif.\n"
              "D4,S1,2026-01-01,2026-12-01,Open,Close\n");
    trial_ok(&trial);
    const struct deals *deals = &trial.dataset->deals;
    assert_int_equal(deals->outcome[trial_deal(&trial, "D1")], OUTCOME_WON);
    assert_int_equal(deals->outcome[trial_deal(&trial, "D2")], OUTCOME_LOST);
    assert_int_equal(deals->stage[trial_deal(&trial, "D3")], 1);
    trial_rejects(&trial, TABLE_DEALS, 5, "stage", "stage not configured");
    assert_string_equal(trial.log->rejected[0].value, "Close");
    trial_end(&trial);
}

/* Rows in no order, without a change, of stages skipped and come back to, of deals long deleted. */
static void
logic_of_history(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial_put(&trial, TABLE_DEALS, "id,owner,stage,created\nD1,S1,Proposal,2026-01-01\n");
    trial_put(&trial, TABLE_HISTORY,
              "deal,day,stage\nD1,2026-03-01,Discovery\nD1,2026-01-01,Discovery\n"
              "D1,2026-02-01,Proposal\nD1,2026-01-15,Discovery\nGone,2026-01-15,Discovery\n"
              "D1,2026-04-01,Proposal\n");
    trial_ok(&trial);
    const struct history_rows *history = &trial.dataset->history;
    static const int16_t stages[] = {0, 0, 2, 0, 2};
    assert_int_equal(history->count, 5);
    assert_memory_equal(history->stage, stages, sizeof stages);
    trial_rejects(&trial, TABLE_HISTORY, 6, "deal", "deal not in deals");
    trial_end(&trial);
}

/* Copies for attendees and the heads of series would count a meeting again. */
static void
logic_of_attendee_copies(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial.option[TABLE_ACTIVITIES] = ", preset: salesforce, variant: event";
    trial_put(&trial, TABLE_ACTIVITIES,
              "Id,WhatId,OwnerId,ActivityDate,Type,IsChild,IsRecurrence,IsDeleted\n"
              "1,D1,S1,2026-10-01,Meeting,0,0,0\n2,D1,S2,2026-10-01,Meeting,1,0,0\n"
              "3,D1,S1,2026-10-01,Meeting,false,true,false\n4,D1,S1,2026-10-02,Meeting,,,\n"
              "5,D1,S1,2026-10-02,Meeting,,,TRUE\n");
    trial_ok(&trial);
    assert_int_equal(trial.log->table[TABLE_ACTIVITIES].used, 2);
    assert_int_equal(trial.log->table[TABLE_ACTIVITIES].ignored_dropped, 3);
    trial_end(&trial);
}

/* Headers of another language, one with a broken apostrophe, and translated stages. */
static void
languages_of_headers_and_stages(void **state)
{
    (void)state;
    struct trial trial = trial_new();
    trial.option[TABLE_DEALS] =
        ", map: {id: N\xC2\xB0 de la transaction, owner: Propri\xC3\xA9taire, name: "
        "\"Ville d\xC2\xA8"
        "exp\xC3\xA9"
        "dition\", created: Date de cr\xC3\xA9"
        "ation, stage: "
        "{column: Phase, replace: {Propuesta: Proposal, Cerrada ganada: Won}}}";
    trial_put(&trial, TABLE_DEALS,
              "N\xC2\xB0 de la transaction;Propri\xC3\xA9taire;Ville d\xC2\xA8"
              "exp\xC3\xA9"
              "dition;Date de cr\xC3\xA9"
              "ation;Phase;close\n"
              "D1;Ana Diaz;Lyon;24/12/2025;Propuesta;\nD2;Ana Diaz;Nice;01/02/2026;Cerrada ganada;"
              "01/03/2026\nD3;Ana Diaz;Nice;01/02/2026;Perdida;01/03/2026\n");
    trial_ok(&trial);
    assert_int_equal(trial.dataset->deals.count, 2);
    trial_text(texts_at(&trial.dataset->deals.name, 0), "Lyon");
    assert_int_equal(trial.dataset->deals.close[1], trial_day("2026-03-01"));
    trial_rejects(&trial, TABLE_DEALS, 4, "stage", "stage not configured");
    assert_string_equal(trial.log->rejected[0].value, "Perdida");
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_in_every_form),
        cmocka_unit_test(days_mixed_in_one_column),
        cmocka_unit_test(days_that_fit_two_orders_are_an_error),
        cmocka_unit_test(money_in_every_form),
        cmocka_unit_test(money_below_zero),
        cmocka_unit_test(money_of_many_currencies),
        cmocka_unit_test(money_is_no_probability),
        cmocka_unit_test(booleans_of_six_kinds),
        cmocka_unit_test(references_that_lead_nowhere),
        cmocka_unit_test(references_spelt_otherwise_can_be_mended),
        cmocka_unit_test(references_among_managers),
        cmocka_unit_test(logic_of_deals),
        cmocka_unit_test(logic_of_stages),
        cmocka_unit_test(logic_of_history),
        cmocka_unit_test(logic_of_attendee_copies),
        cmocka_unit_test(languages_of_headers_and_stages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
