/* The views as one system: needs, levers, gains and scenarios of every seller, and their sums. */
#include "alone.h"
#include "equation.h"
#include "levers.h"
#include "needs.h"
#include "scenarios.h"
#include "threads.h"
#include "whole_job.h"

static void
find_seller(void *context, uint32_t owner, unsigned worker)
{
    struct work *work = context;
    struct arena *arena = work->scratch[worker];
    struct scope_facts *facts = work_seller(work, owner);
    struct equation equation = equation_of(arena, work, facts, false);
    needs_find(&equation, facts);
    levers_find(arena, &equation, facts);
    scenarios_find(&equation, facts);
    arena_clear(arena);
}

void
system_prepare(struct work *work)
{
    levers_find_reference(work);
    threads_each(work->jobs, work->owner_count, find_seller, work);
}

void
system_measure(const struct sheet *sheet)
{
    needs_measure(sheet);
    levers_measure(sheet);
    scenarios_measure(sheet);
    whole_job_measure(sheet);
    if (sheet->facts->kind == SCOPE_SELLER) {
        alone_measure(sheet);
    }
}
