#include "rows_behind.h"

#include "lineage.h"

enum kind { KIND_DEALS, KIND_ACCOUNTS, KIND_LEADS, KIND_QUOTAS };

/* A record at hand. */
struct record {
    const struct measures *measures;
    const struct dataset *dataset;
    uint32_t index;
};

struct rows_behind {
    enum kind kind;
    const char *words;
    bool (*holds)(const struct record *record);
};

static bool
in_last(const struct record *record, day d, int days)
{
    return d != DAY_NONE && d > record->dataset->as_of - days && d <= record->dataset->as_of;
}

static const struct deal_fact *
fact_of(const struct record *record)
{
    uint32_t fact = record->measures->fact_of_deal[record->index];
    return fact == NONE ? NULL : &record->measures->fact[fact];
}

static bool
any(const struct record *record)
{
    (void)record;
    return true;
}

static bool
is_open(const struct record *record)
{
    return fact_of(record) != NULL;
}

static bool
is_clean(const struct record *record)
{
    const struct deal_fact *fact = fact_of(record);
    return fact && fact->clean;
}

static bool
is_flagged(const struct record *record)
{
    const struct deal_fact *fact = fact_of(record);
    return fact && fact->flags;
}

static bool
is_fatally_flagged(const struct record *record)
{
    const struct deal_fact *fact = fact_of(record);
    return fact && !fact->clean;
}

static bool
is_strategic(const struct record *record)
{
    const struct deal_fact *fact = fact_of(record);
    return fact && fact->strategic;
}

/* Among those the curve is drawn from. */
static bool
is_of_curve(const struct record *record)
{
    const struct deals *deals = &record->dataset->deals;
    return deals->segment[record->index] != SEGMENT_RENEWAL &&
           in_last(record, deals->qualified[record->index],
                   record->measures->config->estimates.curve_days);
}

static bool
has_history(const struct record *record)
{
    const struct history_rows *history = &record->dataset->history;
    return history->present && history->first[record->index] < history->first[record->index + 1] &&
           record->dataset->deals.segment[record->index] != SEGMENT_RENEWAL;
}

/* Qualified, no renewal, ended in T with that outcome. */
static bool
ended(const struct record *record, uint8_t outcome)
{
    const struct deals *deals = &record->dataset->deals;
    return deals->outcome[record->index] == outcome &&
           deals->segment[record->index] != SEGMENT_RENEWAL &&
           deals->qualified[record->index] != DAY_NONE &&
           in_last(record, deals->close[record->index], 365);
}

static bool
is_won(const struct record *record)
{
    return ended(record, OUTCOME_WON);
}

static bool
is_lost(const struct record *record)
{
    return ended(record, OUTCOME_LOST);
}

static bool
is_undecided(const struct record *record)
{
    return ended(record, OUTCOME_NO_DECISION);
}

static bool
is_lost_or_undecided(const struct record *record)
{
    return is_lost(record) || is_undecided(record);
}

static bool
is_decided(const struct record *record)
{
    return is_won(record) || is_lost_or_undecided(record);
}

static bool
is_decided_or_zombie(const struct record *record)
{
    const struct deal_fact *fact = fact_of(record);
    return fact ? fact->zombie : is_decided(record);
}

static bool
is_won_of_all(const struct record *record)
{
    const struct deals *deals = &record->dataset->deals;
    return deals->outcome[record->index] == OUTCOME_WON &&
           in_last(record, deals->close[record->index], 365);
}

/* Decided in the period to date, or in as many days of the one before. */
static bool
is_bridged(const struct record *record)
{
    const struct dataset *dataset = record->dataset;
    const struct deals *deals = &dataset->deals;
    uint8_t outcome = deals->outcome[record->index];
    day close = deals->close[record->index], start = dataset->previous_period.start;
    int elapsed = dataset->as_of - dataset->period.start;
    bool now = close >= dataset->period.start && close <= dataset->as_of;
    bool then = close >= start && close <= start + elapsed && close <= dataset->previous_period.end;
    return outcome != OUTCOME_OPEN && outcome != OUTCOME_DISQUALIFIED && (now || then) &&
           deals->segment[record->index] != SEGMENT_RENEWAL &&
           deals->qualified[record->index] != DAY_NONE;
}

static bool
is_booked(const struct record *record)
{
    const struct deals *deals = &record->dataset->deals;
    day close = deals->close[record->index];
    return deals->outcome[record->index] == OUTCOME_WON && close >= record->dataset->period.start &&
           close <= record->dataset->as_of;
}

static bool
is_booked_or_clean(const struct record *record)
{
    return is_booked(record) || is_clean(record);
}

static bool
is_new(const struct record *record, int days)
{
    const struct deals *deals = &record->dataset->deals;
    return deals->segment[record->index] != SEGMENT_RENEWAL &&
           in_last(record, deals->qualified[record->index], days);
}

static bool
is_created(const struct record *record)
{
    return is_new(record, record->dataset->as_of - record->dataset->period.start + 1);
}

static bool
is_created_recently(const struct record *record)
{
    return is_new(record, 91);
}

static bool
is_due_renewal(const struct record *record)
{
    const struct deals *deals = &record->dataset->deals;
    day close = deals->close[record->index];
    return deals->outcome[record->index] == OUTCOME_OPEN &&
           deals->segment[record->index] == SEGMENT_RENEWAL && close != DAY_NONE &&
           close >= record->dataset->period.start && close <= record->dataset->period.end;
}

static bool
is_unowned(const struct record *record)
{
    return record->dataset->accounts.owner[record->index] >= record->dataset->sellers.count;
}

static bool
is_created_in_t(const struct record *record)
{
    return is_new(record, 365);
}

static bool
is_icp(const struct record *record)
{
    return record->dataset->accounts.icp[record->index] == ANSWER_YES;
}

static bool
is_customer(const struct record *record)
{
    return record->dataset->accounts.customer[record->index] == ANSWER_YES;
}

static bool
is_worked_lead(const struct record *record)
{
    return in_last(record, column_day(&record->dataset->leads.worked, record->index), 365);
}

static bool
is_quota_now(const struct record *record)
{
    return record->dataset->quotas.period[record->index].start == record->dataset->period.start;
}

static const struct rows_behind open_deals = {KIND_DEALS, "open deals", is_open};
static const struct rows_behind clean_deals = {KIND_DEALS, "clean open deals", is_clean};
static const struct rows_behind flagged_deals = {KIND_DEALS, "open deals with a flag", is_flagged};
static const struct rows_behind fatal_deals = {KIND_DEALS, "open deals with a fatal flag",
                                               is_fatally_flagged};
static const struct rows_behind strategic_deals = {KIND_DEALS, "strategic open deals",
                                                   is_strategic};
static const struct rows_behind won_deals = {
    KIND_DEALS, "deals won in the 365 days up to as-of, no renewals", is_won};
static const struct rows_behind lost_deals = {
    KIND_DEALS, "deals lost in the 365 days up to as-of, no renewals", is_lost};
static const struct rows_behind undecided_deals = {
    KIND_DEALS, "deals ended without a decision in the 365 days up to as-of", is_undecided};
static const struct rows_behind reasons = {
    KIND_DEALS, "deals lost or ended without a decision in the 365 days up to as-of",
    is_lost_or_undecided};
static const struct rows_behind decided_deals = {
    KIND_DEALS, "deals won, lost or ended without a decision in the 365 days up to as-of",
    is_decided};
static const struct rows_behind planning_deals = {
    KIND_DEALS,
    "deals won, lost or ended without a decision in the 365 days up to as-of, and zombies",
    is_decided_or_zombie};
static const struct rows_behind curve_deals = {
    KIND_DEALS, "deals qualified in the days of the curve", is_of_curve};
static const struct rows_behind historied_deals = {KIND_DEALS, "deals with history", has_history};
static const struct rows_behind all_won_deals = {
    KIND_DEALS, "deals won in the 365 days up to as-of, renewals too", is_won_of_all};
static const struct rows_behind bridged_deals = {
    KIND_DEALS, "deals decided in the period to date and in as many days of the one before",
    is_bridged};
static const struct rows_behind expected_deals = {
    KIND_DEALS, "deals won in the period, and clean open deals", is_booked_or_clean};
static const struct rows_behind year_deals = {
    KIND_DEALS, "deals qualified in the 365 days up to as-of", is_created_in_t};
static const struct rows_behind unowned = {KIND_ACCOUNTS, "accounts without a known owner",
                                           is_unowned};
static const struct rows_behind booked_deals = {KIND_DEALS, "deals won in the period", is_booked};
static const struct rows_behind created_deals = {KIND_DEALS, "deals qualified in the period",
                                                 is_created};
static const struct rows_behind recent_deals = {
    KIND_DEALS, "deals qualified in the 91 days up to as-of", is_created_recently};
static const struct rows_behind renewals = {KIND_DEALS, "open renewals expected in the period",
                                            is_due_renewal};
static const struct rows_behind accounts = {KIND_ACCOUNTS, "accounts of the scope", any};
static const struct rows_behind icp_accounts = {KIND_ACCOUNTS, "icp accounts of the scope", is_icp};
static const struct rows_behind customers = {KIND_ACCOUNTS, "customers of the scope", is_customer};
static const struct rows_behind worked_leads = {
    KIND_LEADS, "leads worked in the 365 days up to as-of", is_worked_lead};
static const struct rows_behind quotas = {KIND_QUOTAS, "quota rows of the period", is_quota_now};

/* Where a measure is not here, the rows behind its inputs stand for it. */
static const struct rows_behind *const behind[MEASURE_COUNT] = {
    [M_DEALS_WON] = &won_deals,
    [M_DEALS_LOST] = &lost_deals,
    [M_DEALS_NO_DECISION] = &undecided_deals,
    [M_DEALS_WIN_RATE_NARROW] = &decided_deals,
    [M_DEALS_WIN_RATE_BROAD] = &decided_deals,
    [M_DEALS_WIN_RATE_PLANNING] = &planning_deals,
    [M_DEALS_WIN_RATE_VALUE] = &decided_deals,
    [M_DEALS_WIN_RATE_VALUE_EX_LARGEST] = &decided_deals,
    [M_DEALS_WIN_RATE_OWN] = &decided_deals,
    [M_DEALS_SIZE_DECIDED] = &decided_deals,
    [M_DEALS_LOSS_REASONS] = &reasons,
    [M_DEALS_SOURCES] = &decided_deals,
    [M_DEALS_QUALIFICATION] = &decided_deals,
    [M_DEALS_STRATEGIC] = &strategic_deals,
    [M_CURVE] = &curve_deals,
    [M_PIPELINE_OPEN] = &open_deals,
    [M_PIPELINE_CLEAN] = &clean_deals,
    [M_PIPELINE_FLAGGED] = &flagged_deals,
    [M_PIPELINE_FLAGGED_PRIMARY] = &fatal_deals,
    [M_PIPELINE_VELOCITY_OBSERVED] = &won_deals,
    [M_PIPELINE_CREATED] = &created_deals,
    [M_PIPELINE_CREATED_RECENT] = &recent_deals,
    [M_PIPELINE_MOVEMENT] = &open_deals,
    [M_PIPELINE_STAGE_CONVERSION] = &historied_deals,
    [M_PROSPECTING_ACCOUNTS_PER_DEAL] = &year_deals,
    [M_PROSPECTING_LEADS] = &worked_leads,
    [M_PROSPECTING_RATE] = &worked_leads,
    [M_PROSPECTING_BY_SOURCE] = &worked_leads,
    [M_TERRITORY_ACCOUNTS] = &accounts,
    [M_TERRITORY_ICP] = &icp_accounts,
    [M_TERRITORY_CUSTOMERS] = &customers,
    [M_TERRITORY_UNOWNED] = &unowned,
    [M_TERRITORY_COVERAGE_NUMBER] = &icp_accounts,
    [M_TERRITORY_COVERAGE_VALUE] = &icp_accounts,
    [M_TERRITORY_WHITESPACE] = &icp_accounts,
    [M_TERRITORY_UNTOUCHED] = &icp_accounts,
    [M_CALLS_CAPTURE] = &won_deals,
    [M_FORECAST_QUOTA] = &quotas,
    [M_FORECAST_BOOKED] = &booked_deals,
    [M_FORECAST_EXISTING] = &clean_deals,
    [M_FORECAST_EXPECTED] = &expected_deals,
    [M_FORECAST_DISTRIBUTION] = &expected_deals,
    [M_FORECAST_WITHOUT_LARGEST] = &clean_deals,
    [M_FORECAST_WEIGHTED_CRM] = &open_deals,
    [M_FORECAST_RENEWALS_DUE] = &renewals,
    [M_SYSTEM_NEEDED_TIME_TRUE] = &expected_deals,
    [M_SYSTEM_FEASIBLE] = &expected_deals,
    [M_SYSTEM_WHOLE_JOB] = &open_deals,
    [M_SYSTEM_BRIDGE] = &bridged_deals,
    [M_SYSTEM_CONCENTRATION_TOP20] = &all_won_deals,
    [M_SYSTEM_CONCENTRATION_GINI] = &all_won_deals,
};

const struct rows_behind *
rows_behind_of(enum measure_id id)
{
    return behind[id];
}

const char *
rows_behind_words(const struct rows_behind *rows)
{
    return rows->words;
}

static struct text
seller_id(const struct dataset *dataset, uint32_t seller)
{
    return seller < dataset->sellers.count ? dataset->sellers.id[seller] : TEXT("");
}

static struct row_behind
deal_row(const struct record *record)
{
    const struct deals *deals = &record->dataset->deals;
    uint32_t deal = record->index;
    const struct deal_fact *fact = fact_of(record);
    int16_t stage = deals->stage[deal];
    return (struct row_behind){
        .id = texts_at(&deals->id, deal),
        .owner = seller_id(record->dataset, deals->owner[deal]),
        .state = stage >= 0 ? record->measures->config->stage[stage].name : NULL,
        .on = deals->close[deal],
        .amount = deals->amount[deal],
        .has_chance = fact != NULL,
        .chance = fact ? fact->q : 0,
    };
}

static struct row_behind
account_row(const struct record *record)
{
    const struct accounts *table = &record->dataset->accounts;
    const struct engagement *engagement = &record->dataset->engagement;
    return (struct row_behind){
        .id = texts_at(&table->id, record->index),
        .owner = seller_id(record->dataset, table->owner[record->index]),
        .on = engagement->present ? engagement->account_last[record->index] : DAY_NONE,
        .amount = table->potential[record->index],
    };
}

static struct row_behind
lead_row(const struct record *record)
{
    const struct leads *leads = &record->dataset->leads;
    return (struct row_behind){
        .id = texts_at(&leads->id, record->index),
        .owner = seller_id(record->dataset, column_at(&leads->owner, record->index)),
        .on = column_day(&leads->worked, record->index),
        .amount = MONEY_NONE,
    };
}

static struct row_behind
quota_row(const struct record *record)
{
    const struct quotas *table = &record->dataset->quotas;
    uint32_t seller = table->seller[record->index], team = table->team[record->index];
    struct text id = seller != NONE          ? record->dataset->sellers.id[seller]
                     : team == QUOTA_COMPANY ? TEXT("company")
                                             : record->dataset->teams.id[team];
    return (struct row_behind){.id = id, .on = DAY_NONE, .amount = table->amount[record->index]};
}

/* Quotas of a scope: its own and those of what is below it. */
static bool
quota_in_scope(const struct dataset *dataset, uint32_t scope, uint32_t row)
{
    uint32_t seller = dataset->quotas.seller[row], team = dataset->quotas.team[row];
    if (seller != NONE)
        return lineage_holds(dataset, scope, seller);
    uint32_t own = team == QUOTA_COMPANY ? 0 : dataset->team_scope[team];
    return own >= scope && own < dataset->scope[scope].next;
}

static bool
in_scope(const struct record *record, enum kind kind, uint32_t scope)
{
    const struct dataset *dataset = record->dataset;
    uint32_t i = record->index;
    if (kind == KIND_QUOTAS)
        return quota_in_scope(dataset, scope, i);
    uint32_t owner = kind == KIND_DEALS      ? dataset->deals.owner[i]
                     : kind == KIND_ACCOUNTS ? dataset->accounts.owner[i]
                                             : column_at(&dataset->leads.owner, i);
    return lineage_holds(dataset, scope, owner);
}

void
rows_behind_each(const struct rows_behind *rows, const struct measures *measures, uint32_t scope,
                 void (*take)(void *context, const struct row_behind *row), void *context)
{
    static struct row_behind (*const make[])(const struct record *record) = {
        [KIND_DEALS] = deal_row,
        [KIND_ACCOUNTS] = account_row,
        [KIND_LEADS] = lead_row,
        [KIND_QUOTAS] = quota_row,
    };
    const struct dataset *dataset = measures->dataset;
    const uint32_t count[] = {
        [KIND_DEALS] = dataset->deals.count,
        [KIND_ACCOUNTS] = dataset->accounts.count,
        [KIND_LEADS] = dataset->leads.count,
        [KIND_QUOTAS] = dataset->quotas.count,
    };
    for (uint32_t i = 0; i < count[rows->kind]; i++) {
        struct record record = {measures, dataset, i};
        if (!in_scope(&record, rows->kind, scope) || !rows->holds(&record))
            continue;
        struct row_behind row = make[rows->kind](&record);
        take(context, &row);
    }
}
