/* How many deals a day each seller brings into the pipeline. */
#include "memory.h"
#include "work.h"

#include <stdlib.h>

#define FEWEST_DAYS 14 /* of tenure, to have a creation rate of one's own */

static bool
has_own_creation(const struct scope_facts *seller)
{
    return seller->present && seller->lambda_days >= FEWEST_DAYS;
}

struct mean {
    double sum;
    uint32_t count;
};

/* By team (the last for sellers directly below the company) and of the company. */
static void
add_creation(const struct work *work, struct mean *teams, struct mean *company, uint32_t seller)
{
    const struct scope_facts *facts = work_seller(work, seller);
    uint32_t team = work->dataset->sellers.team[seller];
    struct mean *mean = &teams[team == NONE ? work->dataset->teams.count : team];
    if (!has_own_creation(facts))
        return;
    mean->sum += facts->lambda;
    mean->count++;
    company->sum += facts->lambda;
    company->count++;
}

/* A newcomer is expected to create what his colleagues do. */
static void
lend_creation(const struct work *work, const struct mean *teams, const struct mean *company,
              uint32_t seller)
{
    struct scope_facts *facts = work_seller(work, seller);
    uint32_t team = work->dataset->sellers.team[seller];
    const struct mean *mean = &teams[team == NONE ? work->dataset->teams.count : team];
    if (!facts->present || has_own_creation(facts) || facts->lambda_days < 1)
        return;
    if (mean->count == 0)
        mean = company;
    facts->lambda = mean->count ? mean->sum / mean->count : 0;
}

static void
own_creation(struct work *work, uint32_t seller)
{
    const struct sellers *sellers = &work->dataset->sellers;
    struct scope_facts *facts = work_seller(work, seller);
    int days = work->r.upto - work->r.after;
    day start = seller < sellers->count ? sellers->start[seller] : DAY_NONE;
    if (start != DAY_NONE && work->as_of - start + 1 < days)
        days = work->as_of - start + 1;
    facts->lambda_days = days;
    facts->lambda_count = facts->created_recent.number;
    facts->lambda = days > 0 && !facts->left ? facts->lambda_count / (double)days : 0;
}

void
creation_prepare(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    struct mean *teams = memory_new((size_t)dataset->teams.count + 1, sizeof *teams),
                company = {0, 0};
    for (uint32_t seller = 0; seller < work->owner_count; seller++)
        own_creation(work, seller);
    for (uint32_t seller = 0; seller < dataset->sellers.count; seller++)
        add_creation(work, teams, &company, seller);
    for (uint32_t seller = 0; seller < dataset->sellers.count; seller++)
        lend_creation(work, teams, &company, seller);
    free(teams);
    for (uint32_t scope = 0; scope < dataset->scope_count; scope++) {
        struct scope_facts *facts = &work->facts[scope];
        if (facts->kind == SCOPE_SELLER)
            continue;
        facts->lambda_days = work->r.upto - work->r.after;
        for (uint32_t i = facts->first; i < facts->end; i++) {
            const struct scope_facts *seller = work_seller(work, dataset->order[i]);
            facts->lambda += seller->lambda;
            facts->lambda_count += seller->lambda_count;
        }
    }
}
