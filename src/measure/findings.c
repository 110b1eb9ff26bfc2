#include "findings.h"

#include <math.h>
#include <stdlib.h>

bool
findings_number(const struct search *search, enum measure_id id, double *out)
{
    const struct measure *measure = &search->sheet->measure[id];
    const struct cell *cell = measure_field(&measure->fields, F_VALUE);
    *out = 0;
    if (measure->why || !cell || cell->kind == CELL_NULL || cell->kind == CELL_TEXT)
        return false;
    *out = measure_number(&measure->fields, F_VALUE, 0);
    return true;
}

double
findings_field(const struct search *search, enum measure_id id, enum field field, double otherwise)
{
    return measure_number(&search->sheet->measure[id].fields, field, otherwise);
}

void
findings_say(struct search *search, struct cell argument)
{
    if (search->argument_count < ARGUMENTS_MOST)
        search->argument[search->argument_count++] = argument;
}

static int64_t
known(int64_t amount)
{
    return amount == MONEY_NONE ? 0 : amount;
}

/* Keeps the list descending by amount, equal amounts ascending by id. */
static void
keep(struct search *search, uint32_t deal, int64_t amount)
{
    uint32_t at = search->deal_count;
    while (at > 0) {
        int64_t other = known(search->deals->amount[search->deal[at - 1]]);
        if (other > amount || (other == amount && search->deal[at - 1] < deal))
            break;
        at--;
    }
    if (at == DEALS_MOST)
        return;
    if (search->deal_count < DEALS_MOST)
        search->deal_count++;
    for (uint32_t i = search->deal_count - 1; i > at; i--)
        search->deal[i] = search->deal[i - 1];
    search->deal[at] = deal;
}

struct open_sum
findings_open(struct search *search,
              bool (*fits)(const struct search *search, const struct open_deal *open))
{
    const struct work *work = search->sheet->work;
    struct open_sum sum = {0, 0};
    for (uint32_t i = search->facts->first; i < search->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->open_first[owner]; j < work->open_first[owner + 1]; j++) {
            const struct open_deal *open = &work->open[j];
            if (!fits(search, open))
                continue;
            sum.number++;
            int64_t amount = known(open->amount);
            sum.value += (double)amount;
            keep(search, open->deal, amount);
        }
    }
    return sum;
}

void
findings_decided(struct search *search,
                 bool (*fits)(const struct search *search, const struct decided *decided))
{
    const struct work *work = search->sheet->work;
    for (uint32_t i = search->facts->first; i < search->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->decided_first[owner]; j < work->decided_first[owner + 1]; j++)
            if (fits(search, &work->decided[j]))
                keep(search, work->decided[j].deal, known(work->decided[j].amount));
    }
}

bool
findings_clean(const struct search *search, const struct open_deal *open)
{
    (void)search;
    return open->clean;
}

static void *
copied(const struct sheet *sheet, const void *from, uint32_t count, size_t size)
{
    void *copy = arena_array(sheet->arena, count, size);
    if (count)
        memcpy(copy, from, count * size);
    return copy;
}

static struct finding
finding_of(const struct finding_rule *rule, const struct search *search)
{
    const struct sheet *sheet = search->sheet;
    uint32_t evidence = 0;
    while (evidence < 4 && rule->evidence[evidence] != MEASURE_COUNT)
        evidence++;
    return (struct finding){
        .id = rule->id,
        .severity = rule->severity,
        .stake = isfinite(search->stake) && search->stake > 0 ? search->stake : 0,
        .evidence_count = evidence,
        .evidence = rule->evidence,
        .deal_count = search->deal_count,
        .deal = copied(sheet, search->deal, search->deal_count, sizeof *search->deal),
        .argument_count = search->argument_count,
        .argument = copied(sheet, search->argument, search->argument_count, sizeof(struct cell)),
    };
}

/* By stake; without one the graver first; else as in the table. */
static bool
goes_before(const struct finding *a, const struct finding *b)
{
    if (a->stake != b->stake)
        return a->stake > b->stake;
    return a->severity > b->severity;
}

static void
insert(struct scope_measures *scope, struct finding finding)
{
    uint32_t at = scope->finding_count++;
    for (; at > 0 && goes_before(&finding, &scope->finding[at - 1]); at--)
        scope->finding[at] = scope->finding[at - 1];
    scope->finding[at] = finding;
}

enum { TABLES = 3 };

static const struct finding_rule *const tables[TABLES] = {
    findings_of_plan,
    findings_of_pipeline,
    findings_of_work,
};

/* Of a seller who is still starting nothing is asked. */
void
findings_find(const struct sheet *sheet)
{
    struct scope_measures *scope = &sheet->work->measures->scope[sheet->scope];
    uint32_t rules = 1; /* room for the identities */
    for (int i = 0; i < TABLES; i++)
        for (const struct finding_rule *rule = tables[i]; rule->id; rule++)
            rules++;
    scope->finding_count = 0;
    scope->finding = arena_array(sheet->arena, rules, sizeof *scope->finding);
    for (int i = 0; i < TABLES; i++) {
        for (const struct finding_rule *rule = tables[i]; rule->id; rule++) {
            struct search search = {
                .sheet = sheet,
                .facts = sheet->facts,
                .config = sheet->work->config,
                .deals = &sheet->work->dataset->deals,
            };
            bool asks = rule->severity != FINDING_NOTE;
            if (!(asks && sheet->facts->ramping) && rule->found(&search))
                insert(scope, finding_of(rule, &search));
        }
    }
}

void
findings_of_identities(struct work *work)
{
    struct measures *measures = work->measures;
    uint32_t failed = 0;
    for (uint32_t i = 0; i < measures->identity_count; i++)
        failed += measures->identity[i].applies && !measures->identity[i].holds;
    if (failed == 0)
        return;
    struct cell *n = arena_alloc(measures->arena, sizeof *n);
    *n = WHOLE(F_N, failed);
    for (uint32_t i = 0; i < measures->scope_count; i++) { /* first: no number stands without it */
        struct scope_measures *scope = &measures->scope[i];
        for (uint32_t at = scope->finding_count++; at > 0; at--)
            scope->finding[at] = scope->finding[at - 1];
        scope->finding[0] = (struct finding){
            .id = "identity_failed", .severity = FINDING_ALARM, .argument_count = 1, .argument = n};
    }
}
