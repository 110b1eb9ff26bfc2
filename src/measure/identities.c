#include "identities.h"

#include "curve.h"
#include "memory.h"
#include "threads.h"
#include "work.h"

#include <math.h>
#include <stdlib.h>

#define IDENTITIES 11
#define CLOSE 1e-9

struct verdict {
    bool applies, fails;
    uint32_t scope;
    double left, right; /* both sides where it fails */
};

static const struct measure *
measure_of(const struct work *work, uint32_t scope, enum measure_id id)
{
    return &work->measures->scope[scope].measure[id];
}

static double
field_of(const struct work *work, uint32_t scope, enum measure_id id, enum field field)
{
    return measure_number(&measure_of(work, scope, id)->fields, field, 0);
}

static bool
has_value(const struct work *work, uint32_t scope, enum measure_id id)
{
    return measure_of(work, scope, id)->why == WHY_NONE;
}

/* The first scope where the sides differ is kept. */
static void
compare(struct verdict *verdict, uint32_t scope, double left, double right, double tolerance)
{
    verdict->applies = true;
    if (!verdict->fails && !(fabs(left - right) <= tolerance)) {
        verdict->fails = true;
        verdict->scope = scope;
        verdict->left = left;
        verdict->right = right;
    }
}

static double
about(double a, double b)
{
    return CLOSE * fmax(1, fmax(fabs(a), fabs(b)));
}

/* ---- I1: what adds up from sellers to the company ---- */

static double
decided_of(const struct work *work, uint32_t scope)
{
    return field_of(work, scope, M_DEALS_WON, F_NUMBER) +
           field_of(work, scope, M_DEALS_LOST, F_NUMBER) +
           field_of(work, scope, M_DEALS_NO_DECISION, F_NUMBER);
}

static const struct {
    enum measure_id id;
    enum field field;
} adding[] = {
    {M_FORECAST_BOOKED, F_VALUE},   {M_PIPELINE_OPEN, F_NUMBER}, {M_PIPELINE_OPEN, F_VALUE},
    {M_PIPELINE_CLEAN, F_NUMBER},   {M_PIPELINE_CLEAN, F_VALUE}, {M_PIPELINE_CREATED, F_NUMBER},
    {M_FORECAST_EXISTING, F_VALUE}, {M_FORECAST_NEW, F_VALUE},
};

#define ADDING (sizeof adding / sizeof *adding)
#define SUMS (ADDING + 2) /* and decided deals, quotas of sellers */

static void
sums_of(const struct work *work, uint32_t scope, double sum[SUMS])
{
    const struct scope_facts *facts = &work->facts[scope];
    for (size_t i = 0; i < ADDING; i++) {
        sum[i] = field_of(work, scope, adding[i].id, adding[i].field);
    }
    sum[ADDING] = decided_of(work, scope);
    for (uint32_t i = facts->first; i < facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        sum[ADDING + 1] += (double)own->quota;
    }
}

/* The unknown owner has no measures: his facts stand in. */
static void
sums_of_unknown(const struct work *work, double sum[SUMS])
{
    const struct scope_facts *facts = &work->facts[work->dataset->scope_count];
    const double value[ADDING] = {(double)facts->bookings,
                                  facts->open.number,
                                  (double)facts->open.value,
                                  facts->clean.number,
                                  (double)facts->clean.value,
                                  facts->created.number,
                                  facts->existing,
                                  facts->fresh};
    for (size_t i = 0; i < ADDING; i++) {
        sum[i] += value[i];
    }
    sum[ADDING] += work_decided(facts);
}

static struct verdict
check_roll_up(const struct work *work)
{
    struct verdict verdict = {0};
    uint32_t scopes = work->dataset->scope_count;
    double(*below)[SUMS] = memory_new(scopes, sizeof *below);
    sums_of_unknown(work, below[0]);
    for (uint32_t s = scopes; s-- > 0;) { /* what is below comes first */
        double own[SUMS] = {0};
        uint32_t parent = work->dataset->scope[s].parent;
        sums_of(work, s, own);
        for (size_t i = 0; i < SUMS; i++) {
            if (work->dataset->scope[s].kind != SCOPE_SELLER) {
                compare(&verdict, s, own[i], below[s][i], about(own[i], below[s][i]));
            }
            if (parent != NONE) {
                below[parent][i] += own[i];
            }
        }
    }
    free(below);
    return verdict;
}

/* ---- The others ---- */

static double
sum_rows(const struct measure *measure, enum field field, uint32_t end)
{
    double sum = 0;
    for (uint32_t i = 0; i < measure->row_count && i < end; i++) {
        sum += measure_number(&measure->row[i], field, 0);
    }
    return sum;
}

static struct verdict
check_movement(const struct work *work)
{
    struct verdict verdict = {0};
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        const struct measure *movement = measure_of(work, s, M_PIPELINE_MOVEMENT);
        if (movement->why != WHY_NONE || movement->row_count < 2) {
            continue;
        }
        uint32_t last = movement->row_count - 1;
        for (int i = 0; i < 2; i++) {
            enum field field = i == 0 ? F_NUMBER : F_VALUE;
            double end = measure_number(&movement->row[last], field, 0);
            compare(&verdict, s, sum_rows(movement, field, last), end, 0.5);
        }
    }
    return verdict;
}

static struct verdict
check_breakdowns(const struct work *work)
{
    static const enum measure_id id[] = {M_PIPELINE_BY_STAGE, M_PIPELINE_BY_AGE,
                                         M_PIPELINE_BY_SOURCE, M_PIPELINE_BY_CLOSE_MONTH};
    struct verdict verdict = {0};
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
            const struct measure *measure = measure_of(work, s, id[i]);
            if (measure->why != WHY_NONE) {
                continue;
            }
            compare(&verdict, s, sum_rows(measure, F_NUMBER, NONE),
                    field_of(work, s, M_PIPELINE_OPEN, F_NUMBER), 0.5);
            compare(&verdict, s, sum_rows(measure, F_VALUE, NONE),
                    field_of(work, s, M_PIPELINE_OPEN, F_VALUE), 0.5);
        }
    }
    return verdict;
}

static struct verdict
check_flags(const struct work *work)
{
    struct verdict verdict = {0};
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        const struct measure *primary = measure_of(work, s, M_PIPELINE_FLAGGED_PRIMARY);
        for (int i = 0; i < 2; i++) {
            enum field field = i == 0 ? F_NUMBER : F_VALUE;
            double dirty = field_of(work, s, M_PIPELINE_OPEN, field) -
                           field_of(work, s, M_PIPELINE_CLEAN, field);
            compare(&verdict, s, sum_rows(primary, field, NONE), dirty, 0.5);
        }
    }
    return verdict;
}

static struct verdict
check_curve(const struct work *work)
{
    static const enum field part[] = {F_F_W, F_F_L, F_F_ND, F_F_DQ, F_S};
    const struct measure *curve = measure_of(work, 0, M_CURVE);
    struct verdict verdict = {0};
    for (uint32_t i = 0; i < curve->row_count; i++) {
        double sum = 0;
        for (size_t p = 0; p < sizeof part / sizeof *part; p++) {
            sum += measure_number(&curve->row[i], part[p], 0);
        }
        compare(&verdict, 0, sum, 1, CLOSE);
    }
    return verdict;
}

static struct verdict
check_spread(const struct work *work)
{
    struct verdict verdict = {0};
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        double mean = field_of(work, s, M_FORECAST_DISTRIBUTION, F_VALUE) -
                      field_of(work, s, M_FORECAST_BOOKED, F_VALUE);
        double sum = field_of(work, s, M_FORECAST_EXISTING, F_VALUE) +
                     field_of(work, s, M_FORECAST_NEW, F_VALUE);
        compare(&verdict, s, mean, sum, fmax(1, 1e-6 * sum));
    }
    return verdict;
}

/* Booked by the accounts of the deals, against the forecast's and against the segments. */
static struct verdict
check_booked(const struct work *work)
{
    const struct deals *deals = &work->dataset->deals;
    const struct scope_facts *company = &work->facts[0];
    double by_account = 0, without = 0, by_segment = 0;
    for (uint32_t d = 0; d < deals->count; d++) {
        if (deals->outcome[d] == OUTCOME_WON && deals->amount[d] != MONEY_NONE &&
            work_within(work->to_date, deals->close[d])) {
            *(deals->account[d] == NONE ? &without : &by_account) += (double)deals->amount[d];
        }
    }
    for (int i = 0; i < SEGMENT_COUNT; i++) {
        by_segment += (double)company->booked[i].value;
    }
    struct verdict verdict = {0};
    double booked = field_of(work, 0, M_FORECAST_BOOKED, F_VALUE);
    compare(&verdict, 0, booked, by_segment, 0.5);
    compare(&verdict, 0, booked, by_account + without, 0.5);
    return verdict;
}

static struct verdict
check_needs(const struct work *work)
{
    struct verdict verdict = {0};
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        if (has_value(work, s, M_PIPELINE_DEALS_NEEDED) &&
            has_value(work, s, M_PIPELINE_VALUE_NEEDED) &&
            has_value(work, s, M_DEALS_SIZE_DECIDED)) {
            double left = field_of(work, s, M_PIPELINE_DEALS_NEEDED, F_VALUE) *
                          field_of(work, s, M_DEALS_SIZE_DECIDED, F_VALUE);
            double right = field_of(work, s, M_PIPELINE_VALUE_NEEDED, F_VALUE);
            compare(&verdict, s, left, right, about(left, right));
        }
    }
    return verdict;
}

static struct verdict
check_bridge(const struct work *work)
{
    struct verdict verdict = {0};
    for (uint32_t s = 0; s < work->dataset->scope_count; s++) {
        const struct measure *bridge = measure_of(work, s, M_SYSTEM_BRIDGE);
        if (bridge->why == WHY_NONE && bridge->row_count > 0) {
            double before = measure_number(&bridge->fields, F_BEFORE, 0);
            double after = measure_number(&bridge->fields, F_AFTER, 0);
            compare(&verdict, s, sum_rows(bridge, F_VALUE, NONE), after - before,
                    about(before, after));
        }
    }
    return verdict;
}

static struct verdict
check_activities(const struct work *work)
{
    const struct engagement *engagement = &work->dataset->engagement;
    struct verdict verdict = {0};
    if (engagement->present) {
        compare(&verdict, 0, (double)engagement->read_used,
                (double)engagement->with_deal + (double)engagement->with_account +
                    (double)engagement->with_contact + (double)engagement->orphan,
                0);
    }
    return verdict;
}

static struct verdict
check_rows(const struct work *work)
{
    struct verdict verdict = {0};
    for (uint32_t i = 0; i < work->dataset->fate_count; i++) {
        const struct row_fate *fate = &work->dataset->fate[i];
        compare(&verdict, 0, (double)fate->read,
                (double)fate->used + (double)fate->rejected + (double)fate->ignored +
                    (double)fate->future,
                0);
    }
    return verdict;
}

static const struct {
    const char *id, *what;
    struct verdict (*check)(const struct work *work);
} identity_table[IDENTITIES] = {
    {"I1", "sellers add up to their team, teams to the company", check_roll_up},
    {"I2", "the movement leads from the start to the end", check_movement},
    {"I3", "open deals by stage, age, source and month of close add up to open", check_breakdowns},
    {"I4", "primary flags add up to open less clean", check_flags},
    {"I5", "won, lost, undecided, disqualified and open shares of the curve add up to 1",
     check_curve},
    {"I6", "the mean of the distribution is X + Y", check_spread},
    {"I7", "rows read are used, rejected, ignored or future", check_rows},
    {"I8", "booked is the sum of its segments and of its accounts", check_booked},
    {"I9", "deals needed times their size is the value needed", check_needs},
    {"I10", "the terms of the bridge add up to the change", check_bridge},
    {"I11", "activities are with a deal, an account, a contact or orphans", check_activities},
};

static const char *
name_of(const struct work *work, uint32_t scope)
{
    const struct dataset *dataset = work->dataset;
    const struct scope *here = &dataset->scope[scope];
    struct text id = here->kind == SCOPE_COMPANY ? TEXT("company")
                     : here->kind == SCOPE_TEAM  ? dataset->teams.id[here->index]
                                                 : dataset->sellers.id[here->index];
    return arena_copy(work->arena, id.bytes, id.length);
}

struct verdicts {
    const struct work *work;
    struct verdict of[IDENTITIES];
};

static void
check(void *context, uint32_t identity, unsigned worker)
{
    struct verdicts *verdicts = context;
    (void)worker;
    verdicts->of[identity] = identity_table[identity].check(verdicts->work);
}

void
identities_check(struct work *work)
{
    struct verdicts verdicts = {.work = work};
    threads_each(work->jobs, IDENTITIES, check, &verdicts);
    struct measures *measures = work->measures;
    measures->identity_count = IDENTITIES;
    measures->identity = arena_array(measures->arena, IDENTITIES, sizeof *measures->identity);
    for (int i = 0; i < IDENTITIES; i++) {
        struct verdict verdict = verdicts.of[i];
        struct identity *identity = &measures->identity[i];
        identity->id = identity_table[i].id;
        identity->what = identity_table[i].what;
        identity->applies = verdict.applies;
        identity->holds = !verdict.fails;
        if (verdict.fails) {
            identity->scope = verdict.scope;
            identity->left = verdict.left;
            identity->right = verdict.right;
            identity->what =
                arena_printf(measures->arena, "%s: %.6f is not %.6f in %s", identity_table[i].what,
                             verdict.left, verdict.right, name_of(work, verdict.scope));
            diag_report(work->diag, SEVERITY_ERROR, EXIT_IDENTITY, "measures.identity",
                        (struct place){0}, "identity %s fails: %s", identity->id, identity->what);
        }
    }
}
