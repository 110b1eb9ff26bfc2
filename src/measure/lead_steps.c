#include "lead_steps.h"

#include "memory.h"
#include "threads.h"

#include <stdlib.h>

uint32_t
lead_steps_lag(day from, day to)
{
    int32_t days = to - from;
    return days < 0 ? 0 : days >= STEP_LAGS ? STEP_LAGS - 1 : (uint32_t)days;
}

static bool
worked_in_t(const struct work *work, uint32_t lead)
{
    const struct leads *leads = &work->dataset->leads;
    day worked = column_day(&leads->worked, lead);
    return worked != DAY_NONE && work_within(work->t, worked);
}

struct moment { /* when a step could be taken and when it was */
    bool came, reached;
    day from, to, seen_until;
};

/* The day of an implied step is not known: no lag. */
static inline uint16_t
code_of(struct moment moment)
{
    if (!moment.came)
        return STEP_OUT_OF_REACH;
    if (moment.from == DAY_NONE || (moment.reached && moment.to == DAY_NONE))
        return moment.reached ? STEP_TAKEN : STEP_AWAITED;
    uint32_t code = moment.reached ? STEP_TAKEN_AFTER : STEP_AWAITED_DAYS;
    return (uint16_t)(code +
                      lead_steps_lag(moment.from, moment.reached ? moment.to : moment.seen_until));
}

/* The days of a lead's steps. */
struct steps_of {
    day worked, replied, met, qualified, closed;
};

static void
note_end(struct worked_lead *lead, const struct steps_of *on, day as_of)
{
    day end = as_of;
    lead->end = LEAD_END_NONE;
    if (on->qualified != DAY_NONE && (on->closed == DAY_NONE || on->qualified <= on->closed)) {
        lead->end = LEAD_END_QUALIFIED;
        end = on->qualified;
    } else if (on->closed != DAY_NONE) {
        lead->end = LEAD_END_CLOSED;
        end = on->closed;
    }
    lead->end_lag = (uint16_t)lead_steps_lag(on->worked, end);
}

/* The deal that a lead names, where it counts. */
static uint32_t
decided_deal(const struct work *work, uint32_t row)
{
    const struct deals *deals = &work->dataset->deals;
    uint32_t deal = column_at(&work->dataset->leads.deal, row);
    if (deal == NONE || deals->outcome[deal] == OUTCOME_OPEN ||
        deals->outcome[deal] == OUTCOME_DISQUALIFIED || deals->segment[deal] == SEGMENT_RENEWAL ||
        deals->qualified[deal] == DAY_NONE)
        return NONE;
    return deal;
}

static struct worked_lead
look_at(const struct work *work, uint32_t row)
{
    const struct leads *leads = &work->dataset->leads;
    const struct steps_of on = {
        column_day(&leads->worked, row), column_day(&leads->replied, row),
        column_day(&leads->met, row),    column_day(&leads->qualified, row),
        column_day(&leads->closed, row),
    };
    uint8_t reached = leads_reached(leads, row);
    day until = on.closed == DAY_NONE ? work->as_of : on.closed;
    struct worked_lead lead = {.source = column_at(&leads->source, row),
                               .deal = decided_deal(work, row),
                               .previous = NONE};
    bool replied = reached & LEAD_REPLIED, met = reached & LEAD_MET;
    bool qualified = reached & LEAD_QUALIFIED;
    lead.step[STEP_REPLIED] = code_of((struct moment){true, replied, on.worked, on.replied, until});
    lead.step[STEP_MET] = code_of((struct moment){replied, met, on.replied, on.met, until});
    lead.step[STEP_QUALIFIED] =
        code_of((struct moment){met, qualified, on.met, on.qualified, until});
    note_end(&lead, &on, work->as_of);
    return lead;
}

/* Where each owner's leads begin, in the order of the scopes; one more at the end. */
static uint32_t *
count_leads(const struct work *work, struct arena *arena)
{
    const struct leads *leads = &work->dataset->leads;
    uint32_t *first = arena_array(arena, (size_t)work->owner_count + 1, sizeof *first);
    uint32_t *count = memory_new(work->owner_count, sizeof *count), all = 0;
    for (uint32_t row = 0; row < leads->count; row++)
        count[column_at(&leads->owner, row)] += worked_in_t(work, row);
    for (uint32_t place = 0; place < work->owner_count; place++) {
        first[place] = all;
        all += count[work->dataset->order[place]];
    }
    first[work->owner_count] = all;
    free(count);
    return first;
}

/* Leads of one deal in a chain, so that a deal counts once however many leads name it. */
static void
chain_deals(const struct dataset *dataset, struct worked_lead *lead, uint32_t count)
{
    uint32_t *last = memory_new((size_t)dataset->deals.count + 1, sizeof *last); /* + 1; 0: none */
    for (uint32_t i = 0; i < count; i++) {
        if (lead[i].deal == NONE)
            continue;
        lead[i].previous = last[lead[i].deal] ? last[lead[i].deal] - 1 : NONE;
        last[lead[i].deal] = i + 1;
    }
    free(last);
}

struct lead_steps *
lead_steps_find(const struct work *work, struct arena *arena)
{
    const struct dataset *dataset = work->dataset;
    struct lead_steps *steps = arena_alloc(arena, sizeof *steps);
    uint32_t *next = memory_new(work->owner_count, sizeof *next);
    steps->first = count_leads(work, arena);
    steps->lead = arena_array(arena, steps->first[work->owner_count], sizeof *steps->lead);
    for (uint32_t place = 0; place < work->owner_count; place++)
        next[dataset->order[place]] = steps->first[place];
    for (uint32_t row = 0; row < dataset->leads.count; row++)
        if (worked_in_t(work, row))
            steps->lead[next[column_at(&dataset->leads.owner, row)]++] = look_at(work, row);
    free(next);
    chain_deals(dataset, steps->lead, steps->first[work->owner_count]);
    return steps;
}
