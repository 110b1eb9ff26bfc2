/* The accounts of a scope: worked, untouched, and what is left in them. */
#include "lineage.h"
#include "work.h"

struct room { /* what is left in one account */
    int64_t value;
    uint32_t account;
};

struct estate { /* the accounts of one owner, or of all the owners of a scope */
    struct tally accounts, icp, customers, worked, icp_worked, untouched;
    struct tally share_booked, share_potential; /* where the potential is known */
    struct tally whitespace;
    uint32_t icp_known, unknown; /* accounts with icp yes or no; icp accounts without potential */
    uint32_t listed, most;
    struct room *list; /* the largest, descending, then by id; room for one more */
};

/* What is known of each account beside the dataset, by account, and its sums by owner. */
struct land {
    bool *worked;    /* within the days that count as work */
    bool *deal_in_t; /* a deal created or closed in T, or open */
    int64_t *booked; /* won in T */
    uint32_t *wins;  /* with a known amount */
    struct estate *estate;
    bool overflow; /* a sum of money passed 64 bits */
};

/* Without activities an account is worked when a deal of it was touched. */
static bool
deal_touched(const struct dataset *dataset, uint32_t deal, struct window window)
{
    if (work_within(window, dataset->deals.created[deal]))
        return true;
    const struct history_rows *history = &dataset->history;
    if (!history->present)
        return false;
    for (uint64_t row = history->first[deal]; row < history->first[deal + 1]; row++)
        if (work_within(window, column_day(&history->day, row)))
            return true;
    return false;
}

static void
look_at_deals(struct work *work, struct land *land, struct window window)
{
    const struct dataset *dataset = work->dataset;
    const struct deals *deals = &dataset->deals;
    for (uint32_t deal = 0; deal < deals->count; deal++) {
        uint32_t account = deals->account[deal];
        if (account == NONE)
            continue;
        bool open = deals->outcome[deal] == OUTCOME_OPEN;
        bool closed_in_t = !open && work_within(work->t, deals->close[deal]);
        if (open || closed_in_t || work_within(work->t, deals->created[deal]))
            land->deal_in_t[account] = true;
        if (!dataset->engagement.present && deal_touched(dataset, deal, window))
            land->worked[account] = true;
        if (closed_in_t && deals->outcome[deal] == OUTCOME_WON &&
            deals->amount[deal] != MONEY_NONE) {
            int64_t *booked = &land->booked[account];
            if (!number_add(*booked, deals->amount[deal], booked))
                land->overflow = true;
            land->wins[account]++;
        }
    }
}

static void
list_room(struct estate *estate, struct room room)
{
    uint32_t at = estate->listed;
    while (at > 0 && (estate->list[at - 1].value < room.value ||
                      (estate->list[at - 1].value == room.value &&
                       estate->list[at - 1].account > room.account)))
        at--;
    uint32_t count = estate->listed < estate->most ? estate->listed + 1 : estate->most;
    for (uint32_t i = count; i-- > at + 1;)
        estate->list[i] = estate->list[i - 1];
    if (at < estate->most)
        estate->list[at] = room;
    estate->listed = count;
}

static void
count(struct land *land, struct tally *tally, int64_t amount)
{
    if (!work_add(tally, amount))
        land->overflow = true;
}

static void
add_whitespace(struct land *land, struct estate *estate, uint32_t account, int64_t potential)
{
    if (potential == MONEY_NONE) {
        estate->unknown++;
        return;
    }
    int64_t left;
    if (__builtin_sub_overflow(potential, land->booked[account], &left) || left <= 0)
        left = 0;
    count(land, &estate->whitespace, left);
    if (left > 0)
        list_room(estate, (struct room){left, account});
}

static void
add_account(const struct dataset *dataset, struct land *land, uint32_t account)
{
    const struct accounts *accounts = &dataset->accounts;
    const struct engagement *engagement = &dataset->engagement;
    struct estate *estate = &land->estate[accounts->owner[account]];
    int64_t potential = accounts->potential[account];
    count(land, &estate->accounts, potential);
    if (accounts->customer[account] == ANSWER_YES)
        count(land, &estate->customers, potential);
    if (land->worked[account])
        count(land, &estate->worked, potential);
    if (potential != MONEY_NONE) {
        count(land, &estate->share_potential, potential);
        count(land, &estate->share_booked, land->booked[account]);
        estate->share_booked.valued += land->wins[account] - 1; /* the wins, not the account */
    }
    estate->icp_known += accounts->icp[account] != ANSWER_UNKNOWN;
    if (accounts->icp[account] != ANSWER_YES)
        return;
    count(land, &estate->icp, potential);
    if (land->worked[account])
        count(land, &estate->icp_worked, potential);
    if (!land->deal_in_t[account] && !(engagement->present && engagement->account_in_t[account]))
        count(land, &estate->untouched, potential);
    add_whitespace(land, estate, account, potential);
}

/* The sums of every owner's accounts. */
static void
add_accounts(const struct work *work, struct land *land, struct arena *arena)
{
    const struct accounts *accounts = &work->dataset->accounts;
    uint32_t most = (uint32_t)work->config->territory.list;
    land->estate = arena_array(arena, work->owner_count, sizeof *land->estate);
    for (uint32_t a = 0; a < accounts->count; a++)
        land->estate[accounts->owner[a]].most++;
    for (uint32_t owner = 0; owner < work->owner_count; owner++) {
        struct estate *estate = &land->estate[owner];
        estate->most = estate->most < most ? estate->most : most;
        estate->list = arena_array(arena, (size_t)estate->most + 1, sizeof *estate->list);
    }
    for (uint32_t a = 0; a < accounts->count; a++)
        add_account(work->dataset, land, a);
}

static void
find_coverage(struct work *work, const struct land *land, uint32_t entry)
{
    struct scope_facts *facts = &work->facts[entry];
    uint32_t known = 0, icp = 0, worked = 0;
    for (uint32_t i = facts->first; i < facts->end; i++) {
        const struct estate *own = &land->estate[work->dataset->order[i]];
        known += own->icp_known;
        icp += own->icp.number;
        worked += own->icp_worked.number;
    }
    enum why why = known == 0 ? WHY_NO_DATA : icp == 0 ? WHY_ZERO_DENOMINATOR : WHY_NONE;
    facts->coverage = (struct share){.k = worked, .n = icp, .why = why};
    if (!why)
        facts->coverage.value = (double)worked / icp;
    facts->icp_unworked = (struct maybe){icp - worked, known == 0 ? WHY_NO_DATA : WHY_NONE};
}

void
territory_prepare(struct work *work, struct arena *arena)
{
    const struct dataset *dataset = work->dataset;
    uint32_t entries = dataset->scope_count + 1, count = dataset->accounts.count;
    if (!dataset->accounts.present) {
        for (uint32_t i = 0; i < entries; i++) {
            work->facts[i].coverage = (struct share){.why = WHY_NOT_CONFIGURED};
            work->facts[i].icp_unworked = (struct maybe){0, WHY_NOT_CONFIGURED};
        }
        return;
    }
    struct land *land = arena_alloc(arena, sizeof *land);
    land->worked = arena_array(arena, count, sizeof(bool));
    land->deal_in_t = arena_array(arena, count, sizeof(bool));
    land->booked = arena_array(arena, count, sizeof(int64_t));
    land->wins = arena_array(arena, count, sizeof(uint32_t));
    struct window window = {work->as_of - work->config->territory.worked_days, work->as_of};
    for (uint32_t a = 0; dataset->engagement.present && a < count; a++)
        land->worked[a] = work_within(window, dataset->engagement.account_last_two_way[a]);
    look_at_deals(work, land, window);
    add_accounts(work, land, arena);
    for (uint32_t i = 0; i < entries; i++)
        find_coverage(work, land, i);
    work->land = land;
}

bool
territory_overflows(const struct work *work)
{
    return work->land && work->land->overflow;
}

/* Adds the accounts of one owner to those of a scope. */
static void
merge(struct scope_facts *facts, struct estate *to, const struct estate *from)
{
    work_merge(facts, &to->accounts, from->accounts);
    work_merge(facts, &to->icp, from->icp);
    work_merge(facts, &to->customers, from->customers);
    work_merge(facts, &to->worked, from->worked);
    work_merge(facts, &to->icp_worked, from->icp_worked);
    work_merge(facts, &to->untouched, from->untouched);
    work_merge(facts, &to->share_booked, from->share_booked);
    work_merge(facts, &to->share_potential, from->share_potential);
    work_merge(facts, &to->whitespace, from->whitespace);
    to->unknown += from->unknown;
    for (uint32_t i = 0; i < from->listed; i++)
        list_room(to, from->list[i]);
}

/* A share of potential: no potential known at all is `no_data`. */
static void
put_potential_share(const struct sheet *sheet, enum measure_id id, struct tally part,
                    struct tally whole)
{
    if (whole.valued == 0 || whole.value <= 0)
        measure_null(sheet, id, whole.valued == 0 ? WHY_NO_DATA : WHY_ZERO_DENOMINATOR);
    else
        measure_put(sheet, id,
                    CELLS(REAL(F_VALUE, (double)part.value / (double)whole.value),
                          WHOLE(F_K, part.valued), WHOLE(F_N, whole.valued)));
}

static void
put_count(const struct sheet *sheet, enum measure_id id, uint32_t count)
{
    measure_put(sheet, id, CELLS(WHOLE(F_VALUE, count)));
}

static struct cell
last_contact(const struct sheet *sheet, uint32_t account)
{
    const struct engagement *engagement = &sheet->work->dataset->engagement;
    day last = engagement->present ? engagement->account_last[account] : DAY_NONE;
    return last == DAY_NONE ? EMPTY(F_LAST_CONTACT) : DAYCELL(F_LAST_CONTACT, last);
}

static void
put_whitespace(const struct sheet *sheet, const struct estate *estate)
{
    measure_put(sheet, M_TERRITORY_WHITESPACE,
                CELLS(WHOLE(F_VALUE, estate->whitespace.value), WHOLE(F_UNKNOWN, estate->unknown)));
    const struct accounts *accounts = &sheet->work->dataset->accounts;
    for (uint32_t i = 0; i < estate->listed; i++) {
        uint32_t account = estate->list[i].account;
        measure_row(sheet, M_TERRITORY_WHITESPACE,
                    CELLS(STRING(F_KEY, sheet_text(sheet, texts_at(&accounts->id, account))),
                          WHOLE(F_VALUE, estate->list[i].value), last_contact(sheet, account)));
    }
}

static void
put_fairness(const struct sheet *sheet, struct tally potential)
{
    const struct scope_facts *facts = sheet->facts;
    if (!facts->has_quota)
        measure_null(sheet, M_TERRITORY_FAIRNESS, WHY_NOT_CONFIGURED);
    else if (potential.valued == 0 || potential.value <= 0)
        measure_null(sheet, M_TERRITORY_FAIRNESS,
                     potential.valued == 0 ? WHY_NO_DATA : WHY_ZERO_DENOMINATOR);
    else
        measure_put(sheet, M_TERRITORY_FAIRNESS,
                    CELLS(REAL(F_VALUE, (double)facts->quota * 365 / sheet->work->length /
                                            (double)potential.value)));
}

static void
put_estate(const struct sheet *sheet, const struct estate *estate)
{
    const struct share *coverage = &sheet->facts->coverage;
    put_count(sheet, M_TERRITORY_ACCOUNTS, estate->accounts.number);
    put_count(sheet, M_TERRITORY_ICP, estate->icp.number);
    put_count(sheet, M_TERRITORY_CUSTOMERS, estate->customers.number);
    put_count(sheet, M_TERRITORY_WORKED, estate->worked.number);
    put_count(sheet, M_TERRITORY_UNTOUCHED, estate->untouched.number);
    if (coverage->why) {
        measure_null(sheet, M_TERRITORY_COVERAGE_NUMBER, coverage->why);
        measure_null(sheet, M_TERRITORY_COVERAGE_VALUE, coverage->why);
    } else {
        measure_put(sheet, M_TERRITORY_COVERAGE_NUMBER,
                    CELLS(REAL(F_VALUE, coverage->value), WHOLE(F_K, (int64_t)coverage->k),
                          WHOLE(F_N, (int64_t)coverage->n)));
        put_potential_share(sheet, M_TERRITORY_COVERAGE_VALUE, estate->icp_worked, estate->icp);
    }
    put_whitespace(sheet, estate);
    put_potential_share(sheet, M_TERRITORY_SHARE, estate->share_booked, estate->share_potential);
    put_fairness(sheet, estate->share_potential);
}

static const enum measure_id all[] = {
    M_TERRITORY_ACCOUNTS,   M_TERRITORY_ICP,       M_TERRITORY_CUSTOMERS,
    M_TERRITORY_WORKED,     M_TERRITORY_UNTOUCHED, M_TERRITORY_COVERAGE_NUMBER,
    M_TERRITORY_WHITESPACE, M_TERRITORY_SHARE,     M_TERRITORY_COVERAGE_VALUE,
    M_TERRITORY_FAIRNESS,
};

void
territory_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct land *land = work->land;
    if (!land) {
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            measure_null(sheet, all[i], WHY_NOT_CONFIGURED);
        if (sheet->facts->kind == SCOPE_COMPANY)
            measure_null(sheet, M_TERRITORY_UNOWNED, WHY_NOT_CONFIGURED);
        return;
    }
    struct estate estate = {.most = (uint32_t)work->config->territory.list};
    estate.list = arena_array(sheet->scratch, (size_t)estate.most + 1, sizeof *estate.list);
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++)
        merge(sheet->facts, &estate, &land->estate[work->dataset->order[i]]);
    put_estate(sheet, &estate);
    uint32_t unknown = work->owner_count - 1;
    if (sheet->facts->kind == SCOPE_COMPANY)
        put_count(sheet, M_TERRITORY_UNOWNED, land->estate[unknown].accounts.number);
}
