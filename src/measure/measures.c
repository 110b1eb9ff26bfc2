#include "measures.h"

#include "identities.h"
#include "intervals.h"
#include "threads.h"
#include "work.h"

#define DAYS_T 365
#define DAYS_R 91

/* The longest first; the last one shares its work with the threads that have become free. */
static void (*const side_by_side[])(struct work *work, struct arena *arena) = {
    prospecting_prepare, engagement_prepare, deals_prepare,
    movement_prepare,    territory_prepare,  stages_prepare,
};
enum { SIDE_BY_SIDE = sizeof side_by_side / sizeof *side_by_side };

static void
init_facts(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    uint32_t scopes = dataset->scope_count;
    work->facts = arena_array(work->arena, (size_t)scopes + 1, sizeof *work->facts);
    for (uint32_t s = 0; s < scopes; s++) {
        const struct scope *scope = &dataset->scope[s];
        struct scope_facts *facts = &work->facts[s];
        facts->kind = scope->kind;
        facts->scope = s;
        facts->first = scope->first;
        facts->end = scope->end;
        facts->seller = scope->kind == SCOPE_SELLER ? scope->index : NONE;
        facts->known = scope->kind == SCOPE_SELLER;
        facts->left = facts->known && dataset->sellers.left[scope->index];
        facts->present = facts->known && !facts->left;
    }
    work->facts[scopes] = (struct scope_facts){.kind = SCOPE_SELLER,
                                               .scope = scopes,
                                               .seller = dataset->sellers.count,
                                               .first = dataset->sellers.count,
                                               .end = dataset->sellers.count + 1};
}

static struct work
begin(struct measures *measures, const struct history *history, unsigned jobs, struct diag *diag)
{
    const struct dataset *dataset = measures->dataset;
    struct work work = {.measures = measures,
                        .config = measures->config,
                        .dataset = dataset,
                        .history = history,
                        .jobs = jobs,
                        .diag = diag,
                        .arena = arena_new(),
                        .worker_arena = measures->worker_arena,
                        .as_of = dataset->as_of,
                        .t = {dataset->as_of - DAYS_T, dataset->as_of},
                        .r = {dataset->as_of - DAYS_R, dataset->as_of},
                        .to_date = {dataset->period.start - 1, dataset->as_of},
                        .days_left = dataset->period.end - dataset->as_of,
                        .length = period_length(dataset->period),
                        .next_length = period_length(dataset->next_period),
                        .owner_count = dataset->sellers.count + 1};
    work.scratch = arena_array(work.arena, jobs, sizeof(struct arena *));
    for (unsigned i = 0; i < jobs; i++) {
        work.scratch[i] = arena_new();
    }
    work.side_arena = arena_array(work.arena, SIDE_BY_SIDE, sizeof(struct arena *));
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
        work.side_arena[i] = arena_new();
    }
    work.intervals = intervals_new(work.arena);
    init_facts(&work);
    return work;
}

static void
prepare_side(void *context, uint32_t side, unsigned worker)
{
    struct work *work = context;
    (void)worker;
    side_by_side[side](work, work->side_arena[side]);
}

static void
prepare(struct work *work)
{
    static void (*const step[])(struct work *) = {
        engagement_capture, pushes_prepare, flags_prepare,     winning_prepare,  creation_prepare,
        forecast_prepare,   system_prepare, influence_prepare, findings_prepare,
    };
    threads_each(work->jobs, SIDE_BY_SIDE, prepare_side, work);
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        step[i](work);
    }
}

static void
measure_scope(void *context, uint32_t scope, unsigned worker)
{
    static void (*const step[])(const struct sheet *) = {
        deals_measure,    pipeline_measure,    movement_measure,  pushes_measure,
        stages_measure,   prospecting_measure, territory_measure, engagement_measure,
        forecast_measure, system_measure,      drivers_measure,   concentration_measure,
        findings_find,
    };
    struct work *work = context;
    struct scope_measures *measures = &work->measures->scope[scope];
    measures->scope = scope;
    measures->left = work->facts[scope].left;
    measures->ramping = work->facts[scope].ramping;
    for (uint32_t id = 0; id < MEASURE_COUNT; id++) {
        measures->measure[id].why = WHY_NOT_DEFINED;
    }
    struct sheet sheet = {.work = work,
                          .arena = work->worker_arena[worker],
                          .scratch = work->scratch[worker],
                          .scope = scope,
                          .facts = &work->facts[scope],
                          .measure = measures->measure};
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        step[i](&sheet);
    }
    arena_clear(sheet.scratch);
}

/* False when a sum of money passed its type: no number can be trusted then. */
static bool
check_sums(const struct work *work)
{
    for (uint32_t s = 0; s <= work->dataset->scope_count; s++) {
        if (work->facts[s].overflow || movement_overflows(work, s) || territory_overflows(work)) {
            diag_report(work->diag, SEVERITY_ERROR, EXIT_INPUT, "measures.overflow",
                        (struct place){0}, "a sum of money does not fit in 64 bits");
            return false;
        }
    }
    return true;
}

struct measures *
measures_compute(const struct config *config, const struct dataset *dataset,
                 const struct history *history, unsigned jobs, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct measures *measures = arena_alloc(arena, sizeof *measures);
    measures->arena = arena;
    measures->config = config;
    measures->dataset = dataset;
    measures->scope_count = dataset->scope_count;
    measures->scope = arena_array(arena, dataset->scope_count, sizeof *measures->scope);
    measures->worker_count = jobs > 0 ? jobs : 1;
    measures->worker_arena = arena_array(arena, measures->worker_count, sizeof(struct arena *));
    for (unsigned i = 0; i < measures->worker_count; i++) {
        measures->worker_arena[i] = arena_new();
    }
    struct work work = begin(measures, history, measures->worker_count, diag);
    prepare(&work);
    threads_each(work.jobs, dataset->scope_count, measure_scope, &work);
    measures->sums_fit = check_sums(&work);
    if (measures->sums_fit) {
        identities_check(&work);
        findings_of_identities(&work);
    }
    for (unsigned i = 0; i < work.jobs; i++) {
        arena_free(work.scratch[i]);
    }
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
        arena_free(work.side_arena[i]);
    }
    arena_free(work.arena);
    return measures;
}

void
measures_free(struct measures *measures)
{
    if (!measures) {
        return;
    }
    for (unsigned i = 0; i < measures->worker_count; i++) {
        arena_free(measures->worker_arena[i]);
    }
    arena_free(measures->arena); /* holds `measures` itself */
}

const struct measure *
measures_get(const struct measures *measures, uint32_t scope, enum measure_id id)
{
    return &measures->scope[scope].measure[id];
}
