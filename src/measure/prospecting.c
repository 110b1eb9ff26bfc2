/* From leads to qualified deals: steps, rate, creation, and what came of each source. */
#include "aalen_johansen.h"
#include "groups.h"
#include "kaplan_meier.h"
#include "lead_steps.h"
#include "lineage.h"
#include "memory.h"
#include "shrink.h"
#include "threads.h"

#include <stdlib.h>

#define LAGS ((uint32_t)STEP_LAGS)
#define QUALIFIES_IN 180             /* days */
#define RATE_LAGS (QUALIFIES_IN + 2) /* what comes later is all the same */

/* ---- r: leads that become qualified ---- */

/* By owner: how many of the n leads worked in T the curve says are qualified in time. */
struct rates {
    const struct work *work;
    double *k, *n;
};

static void
owner_rate(void *context, uint32_t place, unsigned worker)
{
    const struct rates *rates = context;
    const struct lead_steps *steps = rates->work->lead_steps;
    uint32_t owner = rates->work->dataset->order[place];
    uint32_t first = steps->first[place], end = steps->first[place + 1];
    uint32_t ended[LEAD_END_NONE + 1][RATE_LAGS] = {{0}}; /* by cause; the last are censored */
    double share[LEAD_END_NONE * RATE_LAGS], surviving[RATE_LAGS];
    (void)worker;
    rates->n[owner] = end - first;
    rates->k[owner] = 0;
    if (first == end)
        return;
    for (uint32_t i = first; i < end; i++) {
        uint32_t lag = steps->lead[i].end_lag;
        ended[steps->lead[i].end][lag < RATE_LAGS ? lag : RATE_LAGS - 1]++;
    }
    aalen_johansen(LEAD_END_NONE, RATE_LAGS, ended[0], ended[LEAD_END_NONE], share, surviving);
    rates->k[owner] = (end - first) * share[QUALIFIES_IN];
}

static struct share
team_rate(const struct work *work, const struct scope_facts *facts,
          const struct shrinkage *shrinkage)
{
    uint32_t count = facts->end - facts->first;
    const struct share **part = memory_new(count, sizeof(struct share *));
    double *weight = memory_new(count, sizeof *weight);
    for (uint32_t i = 0; i < count; i++) {
        part[i] = &work_seller(work, work->dataset->order[facts->first + i])->rate;
        weight[i] = part[i]->n;
    }
    struct share rate = shrink_team(shrinkage, count, part, weight);
    free(weight);
    free(part);
    return rate;
}

static void
find_rate(struct work *work)
{
    const struct config *config = work->config;
    double *k = memory_new(work->owner_count, sizeof *k);
    double *n = memory_new(work->owner_count, sizeof *n);
    threads_each(work->jobs, work->owner_count, owner_rate, &(struct rates){work, k, n});
    struct shrinkage shrinkage =
        shrink_fit(work->owner_count, k, n, config->estimates.prior_strength, 0);
    bool known = shrinkage.sum_n > 0;
    struct share *own = memory_new(work->owner_count, sizeof *own);
    shrink_all(&shrinkage, work->owner_count, k, n, own);
    for (uint32_t owner = 0; owner < work->owner_count; owner++)
        work_seller(work, owner)->rate = known ? own[owner] : (struct share){.why = WHY_NO_DATA};
    for (uint32_t scope = 0; scope < work->dataset->scope_count; scope++) {
        struct scope_facts *facts = &work->facts[scope];
        if (facts->kind != SCOPE_SELLER)
            facts->rate =
                known ? team_rate(work, facts, &shrinkage) : (struct share){.why = WHY_NO_DATA};
    }
    free(own);
    free(n);
    free(k);
}

/* ---- kappa: accounts talked to for one deal ---- */

/* Who talked to each account, ascending: those of account a are by_account[first[a] .. first[a +
 * 1]). The list to be turned is sorted by owner, so that counting keeps the owners in order. */
static uint32_t *
turn_round(const struct dataset *dataset, uint32_t *first)
{
    const struct engagement *engagement = &dataset->engagement;
    size_t count = (size_t)engagement->reached.count;
    uint32_t *by_account = memory_new(count, sizeof *by_account);
    for (size_t i = 0; i < count; i++) /* counted two places on, for what follows */
        first[column_at(&engagement->reached.account, i) + 2]++;
    for (uint32_t a = 2; a < dataset->accounts.count + 2; a++)
        first[a] += first[a - 1];
    for (size_t i = 0; i < count; i++)
        by_account[first[column_at(&engagement->reached.account, i) + 1]++] =
            column_at(&engagement->reached.owner, i);
    return by_account;
}

/* Distinct accounts of every entry (lineage.h). */
static void
count_accounts(const struct work *work, uint32_t *accounts)
{
    const struct dataset *dataset = work->dataset;
    uint32_t *first = memory_new((size_t)dataset->accounts.count + 2, sizeof *first);
    uint32_t *last = memory_new((size_t)dataset->scope_count + 1, sizeof *last);
    uint32_t *by_account = turn_round(dataset, first);
    for (uint32_t a = 0; a < dataset->accounts.count; a++)
        for (uint32_t i = first[a]; i < first[a + 1]; i++) {
            uint32_t entry = lineage_first(dataset, by_account[i]);
            for (; entry != NONE; entry = lineage_next(dataset, entry)) {
                accounts[entry] += last[entry] != a + 1;
                last[entry] = a + 1;
            }
        }
    free(by_account);
    free(last);
    free(first);
}

static void
find_kappa(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    const struct deals *deals = &dataset->deals;
    uint32_t entries = dataset->scope_count + 1;
    uint32_t *accounts = memory_new(entries, sizeof *accounts);
    uint32_t *created = memory_new(entries, sizeof *created);
    if (dataset->engagement.present)
        count_accounts(work, accounts);
    for (uint32_t deal = 0; deal < deals->count; deal++) {
        if (deals->segment[deal] == SEGMENT_RENEWAL || deals->qualified[deal] == DAY_NONE ||
            !work_within(work->t, deals->qualified[deal]))
            continue;
        created[lineage_first(dataset, deals->owner[deal])]++;
    }
    for (uint32_t entry = dataset->scope_count; entry > 0; entry--)
        created[lineage_next(dataset, entry)] += created[entry];
    for (uint32_t i = 0; i < entries; i++) {
        enum why why = !dataset->engagement.present         ? WHY_NOT_CONFIGURED
                       : dataset->engagement.read_used == 0 ? WHY_NO_DATA
                       : created[i] == 0                    ? WHY_ZERO_DENOMINATOR
                                                            : WHY_NONE;
        work->facts[i].kappa = (struct maybe){why ? 0 : (double)accounts[i] / created[i], why};
    }
    free(created);
    free(accounts);
}

void
prospecting_prepare(struct work *work, struct arena *arena)
{
    find_kappa(work);
    if (work->dataset->leads.present) {
        work->lead_steps = lead_steps_find(work, arena);
        find_rate(work);
        return;
    }
    for (uint32_t i = 0; i <= work->dataset->scope_count; i++)
        work->facts[i].rate = (struct share){.why = WHY_NOT_CONFIGURED};
}

/* ---- The steps ---- */

struct steps { /* of many leads, how many by what became of them */
    uint32_t leads, code[STEP_COUNT][STEP_CODES];
};

static void
count_steps(struct steps *steps, const struct worked_lead *lead, uint32_t count)
{
    steps->leads = count;
    for (uint32_t i = 0; i < count; i++)
        for (int step = 0; step < STEP_COUNT; step++)
            steps->code[step][lead[i].step[step]]++;
}

/* Reached the one before, reached this. */
static struct share
share_of_step(const struct sheet *sheet, const struct steps *steps, int step)
{
    const uint32_t *code = steps->code[step];
    uint32_t n = steps->leads - code[STEP_OUT_OF_REACH], k = code[STEP_TAKEN];
    for (uint32_t lag = 0; lag < LAGS; lag++)
        k += code[STEP_TAKEN_AFTER + lag];
    return share_of(sheet->work, k, n);
}

static void
put_steps(const struct sheet *sheet, const struct steps *steps)
{
    static const char *const names[STEP_COUNT] = {"replied", "met", "qualified"};
    for (int i = 0; i < STEP_COUNT; i++) {
        const uint32_t *code = steps->code[i];
        struct share share = share_of_step(sheet, steps, i);
        int32_t median =
            kaplan_meier_median(LAGS, &code[STEP_TAKEN_AFTER], &code[STEP_AWAITED_DAYS]);
        struct cell days = median < 0 ? EMPTY(F_MEDIAN_DAYS) : WHOLE(F_MEDIAN_DAYS, median);
        if (share.why)
            measure_row(sheet, M_PROSPECTING_LEADS,
                        CELLS(STRING(F_KEY, names[i]), EMPTY(F_VALUE), WHOLE(F_K, 0), WHOLE(F_N, 0),
                              EMPTY(F_LOW), EMPTY(F_HIGH), EMPTY(F_MEDIAN_DAYS)));
        else
            measure_row(sheet, M_PROSPECTING_LEADS,
                        CELLS(STRING(F_KEY, names[i]), REAL(F_VALUE, share.value),
                              WHOLE(F_K, (int64_t)share.k), WHOLE(F_N, (int64_t)share.n),
                              REAL(F_LOW, share.low), REAL(F_HIGH, share.high), days));
    }
}

/* ---- By source ---- */

/* What came of a decided deal that a lead named: all is what was won, k won of n decided, more the
 * leads. */
static void
add_deal(const struct sheet *sheet, struct group *source, uint32_t deal)
{
    const struct deals *deals = &sheet->work->dataset->deals;
    source->n++;
    if (deals->outcome[deal] != OUTCOME_WON)
        return;
    source->k++;
    work_tally(sheet->facts, &source->all, deals->amount[deal]);
}

static void
put_source(const struct sheet *sheet, const struct group *source)
{
    struct share rate = share_of(sheet->work, source->k, source->n);
    measure_row(sheet, M_PROSPECTING_BY_SOURCE,
                CELLS(STRING(F_KEY, sheet_word(sheet, source->word)), WHOLE(F_LEADS, source->more),
                      WHOLE(F_NUMBER, source->k), WHOLE(F_VALUE, source->all.value),
                      REAL(F_PER_LEAD, (double)source->all.value / source->more),
                      WHOLE(F_K, source->k), WHOLE(F_N, source->n),
                      rate.why ? EMPTY(F_RATE) : REAL(F_RATE, rate.value),
                      rate.why ? EMPTY(F_LOW) : REAL(F_LOW, rate.low),
                      rate.why ? EMPTY(F_HIGH) : REAL(F_HIGH, rate.high)));
}

/* Whether a lead of the stretch that begins at `first` gave its source that deal before. */
static bool
is_repeat(const struct worked_lead *lead, uint32_t first, uint32_t at)
{
    uint32_t before = lead[at].previous;
    while (before != NONE && before >= first && lead[before].source != lead[at].source)
        before = lead[before].previous;
    return before != NONE && before >= first;
}

/* Each deal counts once in a source, however many leads name it. */
static void
put_sources(const struct sheet *sheet, const struct worked_lead *lead, uint32_t first, uint32_t end)
{
    struct groups sources = groups_new(sheet);
    for (uint32_t i = first; i < end; i++) {
        struct group *source = groups_of(&sources, lead[i].source);
        source->more++;
        if (lead[i].deal != NONE && !is_repeat(lead, first, i))
            add_deal(sheet, source, lead[i].deal);
    }
    groups_sort(&sources);
    for (uint32_t i = 0; i < sources.count; i++)
        if (sources.group[i].more)
            put_source(sheet, &sources.group[i]);
    if (first == end)
        measure_null(sheet, M_PROSPECTING_BY_SOURCE, WHY_NO_DATA);
}

static void
measure_leads(const struct sheet *sheet)
{
    const struct lead_steps *worked = sheet->work->lead_steps;
    uint32_t first = worked->first[sheet->facts->first], end = worked->first[sheet->facts->end];
    struct steps *steps = arena_alloc(sheet->scratch, sizeof *steps);
    count_steps(steps, &worked->lead[first], end - first);
    put_steps(sheet, steps);
    put_sources(sheet, worked->lead, first, end);
}

void
prospecting_measure(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    measure_put(sheet, M_PROSPECTING_CREATION,
                CELLS(REAL(F_VALUE, facts->lambda), WHOLE(F_K, facts->lambda_count),
                      WHOLE(F_N, facts->lambda_days)));
    measure_maybe(sheet, M_PROSPECTING_ACCOUNTS_PER_DEAL, facts->kappa);
    measure_share(sheet, M_PROSPECTING_RATE, facts->rate);
    if (sheet->work->dataset->leads.count > 0) {
        measure_leads(sheet);
    } else {
        enum why why = sheet->work->lead_steps ? WHY_NO_DATA : WHY_NOT_CONFIGURED;
        measure_null(sheet, M_PROSPECTING_LEADS, why);
        measure_null(sheet, M_PROSPECTING_BY_SOURCE, why);
    }
}
