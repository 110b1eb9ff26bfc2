#include "quota.h"

#include "work.h"

#include <math.h>

#define QUARTER 91

/* The share of a full quota by quarters of tenure; 1 without a start or past the list. */
static double
ramp_share(const struct work *work, day start)
{
    const struct config *config = work->config;
    if (start == DAY_NONE || config->ramp_count == 0) {
        return 1;
    }
    int64_t tenure = (int64_t)work->as_of - start;
    int64_t quarter = tenure < 0 ? 0 : tenure / QUARTER;
    return quarter < config->ramp_count ? config->ramp[quarter] : 1;
}

/* Shares have at most 9 places: exact, rounded half up (a quota is never negative). */
static int64_t
scaled(int64_t amount, double share)
{
    const int64_t unit = 1000000000;
    return (int64_t)(((__int128)amount * llround(share * (double)unit) + unit / 2) / unit);
}

static void
take_rows(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    const struct quotas *quotas = &dataset->quotas;
    for (uint32_t i = 0; i < quotas->count; i++) {
        struct scope_facts *facts = NULL;
        double share = 1;
        if (quotas->period[i].start != dataset->period.start) {
            continue;
        }
        if (quotas->team[i] == QUOTA_COMPANY || quotas->seller[i] == QUOTA_COMPANY) {
            facts = &work->facts[0];
        } else if (quotas->seller[i] < dataset->sellers.count) {
            facts = work_seller(work, quotas->seller[i]);
            share = ramp_share(work, dataset->sellers.start[quotas->seller[i]]);
        } else if (quotas->team[i] < dataset->teams.count) {
            facts = &work->facts[dataset->team_scope[quotas->team[i]]];
        }
        if (facts) {
            facts->own_quota = true;
            facts->quota = scaled(quotas->amount[i], share);
        }
    }
}

void
quota_assign(struct work *work)
{
    take_rows(work);
    for (uint32_t s = work->dataset->scope_count; s-- > 0;) { /* those below come first */
        struct scope_facts *facts = &work->facts[s];
        facts->has_quota = facts->own_quota || facts->below_quota;
        if (!facts->own_quota) {
            facts->quota = facts->quota_below;
        }
        uint32_t parent = work->dataset->scope[s].parent;
        if (facts->has_quota && parent != NONE) {
            struct scope_facts *above = &work->facts[parent];
            above->below_quota = true;
            if (!number_add(above->quota_below, facts->quota, &above->quota_below)) {
                above->overflow = true;
            }
        }
    }
}
