#include "needs.h"

#include <math.h>
#include <stddef.h>

static struct maybe
nothing(enum why why)
{
    return (struct maybe){.why = why};
}

static struct maybe
divided(double a, struct maybe b)
{
    if (a == 0) { /* nothing missing */
        return (struct maybe){0, WHY_NONE};
    }
    if (b.why != WHY_NONE) {
        return b;
    }
    return b.value > 0 ? (struct maybe){a / b.value, WHY_NONE} : nothing(WHY_ZERO_DENOMINATOR);
}

/* a / b where a itself may be unknown. */
static struct maybe
further(struct maybe a, struct maybe b)
{
    return a.why != WHY_NONE ? a : divided(a.value, b);
}

static struct maybe
reduced(struct maybe need, double have)
{
    need.value = need.why == WHY_NONE ? fmax(0, need.value - have) : 0;
    return need;
}

struct maybe
needs_time_true(const struct equation *equation, const struct scope_facts *facts, double existing)
{
    double missing = fmax(0, (double)facts->gap - existing);
    double chance = equation->s * equation_by_end(equation);
    if (missing <= 0) {
        return (struct maybe){0, WHY_NONE};
    }
    if (facts->size.why != WHY_NONE) {
        return facts->size;
    }
    if (chance < equation->work->config->capacity.too_late_below || chance <= 0) {
        return nothing(WHY_TOO_LATE);
    }
    return divided(missing, (struct maybe){equation->size * chance, WHY_NONE});
}

void
needs_find(const struct equation *equation, struct scope_facts *facts)
{
    struct system_facts *system = &facts->system;
    if (!needs_count(facts)) {
        struct maybe none = nothing(WHY_NOT_CONFIGURED);
        system->seed_raw = system->seed_clean = system->time_true = none;
        system->steady = system->steady_leads = system->leads = system->accounts = none;
        return;
    }
    struct maybe wins = divided((double)facts->gap, facts->size);
    struct maybe w = {facts->w.value, WHY_NONE}, wz = {facts->wz.value, WHY_NONE};
    struct maybe rate = {facts->rate.value, facts->rate.why};
    system->seed_raw = reduced(further(wins, wz), facts->open.number);
    system->seed_clean = reduced(further(wins, w), facts->clean.number);
    system->time_true = needs_time_true(equation, facts, facts->existing);
    system->steady = further(divided((double)facts->quota, facts->size), w);
    system->steady_leads = further(system->steady, rate);
    system->leads = further(system->time_true, rate);
    system->accounts = system->time_true;
    if (system->accounts.why == WHY_NONE && system->accounts.value > 0) {
        system->accounts = facts->kappa;
        system->accounts.value *= system->time_true.value;
    }
}

/* ---- Measures ---- */

/* The sum over the sellers of a scope who are present and have a quota: one null makes it null, for
 * the reason of the first such seller by id. */
static struct maybe
sum_of(const struct sheet *sheet, size_t offset)
{
    const struct work *work = sheet->work;
    struct maybe sum = nothing(WHY_NOT_CONFIGURED), null = {0, WHY_NONE};
    uint32_t first = NONE;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        struct maybe part;
        memcpy(&part, (const char *)&own->system + offset, sizeof part);
        if (!needs_count(own)) {
            continue;
        }
        if (part.why == WHY_NONE) {
            sum = (struct maybe){sum.value + part.value, WHY_NONE};
        } else if (own->seller < first) {
            first = own->seller;
            null = part;
        }
    }
    return null.why != WHY_NONE ? null : sum;
}

enum cap { CAP_CREATION, CAP_ACCOUNTS, CAP_CONCURRENT, CAP_COUNT };

/* New deals a seller can still take on, by each limit. */
static void
find_caps(const struct work *work, const struct scope_facts *facts, struct maybe cap[CAP_COUNT])
{
    double unworked = facts->icp_unworked.value, kappa = facts->kappa.value;
    bool known = facts->icp_unworked.why == WHY_NONE && facts->kappa.why == WHY_NONE && kappa > 0;
    double room = work->config->capacity.concurrent_deals - (double)facts->clean.number;
    cap[CAP_CREATION] = (struct maybe){work->config->capacity.creation_times *
                                           (work->r.upto - work->r.after) * facts->lambda,
                                       WHY_NONE};
    cap[CAP_ACCOUNTS] = known ? (struct maybe){unworked / kappa, WHY_NONE} : nothing(WHY_NO_DATA);
    cap[CAP_CONCURRENT] = (struct maybe){fmax(0, room), WHY_NONE};
}

struct reach { /* of the sellers in the sums of needs */
    struct maybe cap[CAP_COUNT];
    double worth; /* sum of A s F(D) */
    uint32_t count;
    enum why why; /* no A */
};

static struct reach
reach_of(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    struct reach out = {.why = WHY_NONE};
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        struct maybe cap[CAP_COUNT];
        if (!needs_count(own)) {
            continue;
        }
        find_caps(work, own, cap);
        for (int c = 0; c < CAP_COUNT; c++) {
            out.cap[c].why = out.cap[c].why != WHY_NONE ? out.cap[c].why : cap[c].why;
            out.cap[c].value += cap[c].value;
        }
        struct equation equation = {.work = work, .time = own->time_scale};
        out.why = own->size.why != WHY_NONE ? own->size.why : out.why;
        out.worth += fmax(0, own->size.value) * own->s * equation_by_end(&equation);
        out.count++;
    }
    return out;
}

static void
put_feasible(const struct sheet *sheet, struct maybe need)
{
    static const char *const key[CAP_COUNT] = {"creation", "accounts", "concurrent"};
    const struct scope_facts *facts = sheet->facts;
    struct reach reach = reach_of(sheet);
    if (reach.count == 0 || reach.why != WHY_NONE) {
        measure_null(sheet, M_SYSTEM_FEASIBLE, reach.count == 0 ? WHY_NOT_CONFIGURED : reach.why);
        return;
    }
    double least = INFINITY;
    for (int c = 0; c < CAP_COUNT; c++) {
        struct maybe cap = reach.cap[c];
        if (cap.why != WHY_NONE) {
            continue;
        }
        bool known = need.why == WHY_NONE;
        least = fmin(least, cap.value);
        measure_row(sheet, M_SYSTEM_FEASIBLE,
                    CELLS(STRING(F_KEY, key[c]), REAL(F_HAVE, cap.value),
                          measure_cell(F_NEED, need),
                          known ? TRUTH(F_VALUE, need.value <= cap.value) : EMPTY(F_VALUE)));
    }
    double expected = (double)facts->bookings + facts->existing + facts->fresh;
    measure_put(sheet, M_SYSTEM_FEASIBLE,
                CELLS(REAL(F_VALUE, expected + least * reach.worth / reach.count)));
}

static void
put_days(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    if (work->cycle.why != WHY_NONE) {
        measure_null(sheet, M_SYSTEM_LAST_USEFUL_DAY, work->cycle.why);
        measure_null(sheet, M_SYSTEM_VISIBLE_FROM, work->cycle.why);
        return;
    }
    day cycle = (day)work->cycle.value;
    measure_put(sheet, M_SYSTEM_LAST_USEFUL_DAY,
                CELLS(DAYCELL(F_VALUE, work->dataset->period.end - cycle)));
    measure_put(sheet, M_SYSTEM_VISIBLE_FROM, CELLS(DAYCELL(F_VALUE, work->as_of + cycle)));
}

void
needs_measure(const struct sheet *sheet)
{
    static const struct {
        enum measure_id id;
        size_t offset;
    } need[] = {{M_SYSTEM_NEEDED_SEED_RAW, offsetof(struct system_facts, seed_raw)},
                {M_SYSTEM_NEEDED_SEED_CLEAN, offsetof(struct system_facts, seed_clean)},
                {M_SYSTEM_NEEDED_STEADY, offsetof(struct system_facts, steady)},
                {M_SYSTEM_NEEDED_STEADY_LEADS, offsetof(struct system_facts, steady_leads)},
                {M_SYSTEM_NEEDED_LEADS, offsetof(struct system_facts, leads)},
                {M_SYSTEM_NEEDED_ACCOUNTS, offsetof(struct system_facts, accounts)}};
    for (size_t i = 0; i < sizeof need / sizeof *need; i++) {
        measure_maybe(sheet, need[i].id, sum_of(sheet, need[i].offset));
    }
    struct maybe time_true = sum_of(sheet, offsetof(struct system_facts, time_true));
    measure_maybe(sheet, M_SYSTEM_NEEDED_TIME_TRUE, time_true);
    put_feasible(sheet, time_true);
    put_days(sheet);
}
