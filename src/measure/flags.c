/* The integrity flags of open deals: one table of rules, one predicate each. */
#include "lineage.h"
#include "memory.h"
#include "percentile.h"
#include "states.h"
#include "threads.h"
#include "work.h"

#include <stdlib.h>

#define AT_ONCE 4096u /* open deals a thread takes */

struct people { /* whom one deal, or the loose talk of one account, has reached: two are enough */
    uint32_t one, other;
};

/* What the predicates look at; arrays are by fact unless stated. */
struct evidence {
    const struct work *work;
    const struct deals *deals;
    day as_of;
    bool *later_half;   /* by stage */
    int32_t *long_stay; /* by stage: 90th percentile of the stays of won deals, -1 none */
    day *stage_since;   /* DAY_NONE unknown */
    bool *duplicate;
    struct people *deal_people, *account_people; /* the latter by account */
};

static bool
past_close(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    day close = evidence->deals->close[fact->deal];
    return close != DAY_NONE && close < evidence->as_of;
}

static bool
no_amount(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    return evidence->deals->amount[fact->deal] <= 0; /* MONEY_NONE is negative */
}

static bool
zombie(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)evidence, (void)index;
    return fact->zombie;
}

static bool
no_close(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    return evidence->deals->close[fact->deal] == DAY_NONE;
}

static bool
owner_left(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    const struct sellers *sellers = &evidence->work->dataset->sellers;
    uint32_t owner = evidence->deals->owner[fact->deal];
    return owner < sellers->count && sellers->left[owner];
}

static bool
silent(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    const struct engagement *engagement = &evidence->work->dataset->engagement;
    int days = evidence->work->config->rule[FLAG_SILENT].days;
    if (!engagement->present || fact->age <= days)
        return false;
    day last = engagement->deal_last_two_way[fact->deal];
    uint32_t account = evidence->deals->account[fact->deal];
    if (account != NONE && engagement->account_loose_two_way[account] > last)
        last = engagement->account_loose_two_way[account];
    return last == DAY_NONE || last <= evidence->as_of - days;
}

static bool
no_next_step(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    const struct deals *deals = evidence->deals;
    if (!deals->mapped_next_step && !deals->mapped_next_step_date)
        return false;
    day date = deals->next_step_date[fact->deal];
    if (date != DAY_NONE)
        return date < evidence->as_of;
    return deals->next_step[fact->deal] == WORD_EMPTY;
}

static bool
aged(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    int16_t stage = evidence->deals->stage[fact->deal];
    day since = evidence->stage_since[index];
    return stage >= 0 && since != DAY_NONE && evidence->long_stay[stage] >= 0 &&
           evidence->as_of - since > evidence->long_stay[stage];
}

static bool
pushed(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    const struct config_rule *rule = &evidence->work->config->rule[FLAG_PUSHED];
    int32_t times = fact->pushes > 0 ? fact->pushes : 0;
    return evidence->work->dataset->history.present &&
           (times >= rule->times || fact->pushed_days > rule->days);
}

static bool
too_soon(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    int32_t at_least = evidence->work->age_p10 - fact->age;
    day close = evidence->deals->close[fact->deal];
    return evidence->work->age_p10 >= 0 && at_least > 0 && close != DAY_NONE &&
           close < evidence->as_of + at_least;
}

static bool
in_later_half(const struct evidence *evidence, uint32_t deal)
{
    int16_t stage = evidence->deals->stage[deal];
    return stage >= 0 && evidence->later_half[stage];
}

static bool
single_threaded(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    const struct dataset *dataset = evidence->work->dataset;
    if (!dataset->contacts.present || !dataset->engagement.present ||
        !in_later_half(evidence, fact->deal))
        return false;
    struct people own = evidence->deal_people[index], loose = {NONE, NONE};
    uint32_t account = evidence->deals->account[fact->deal];
    if (account != NONE)
        loose = evidence->account_people[account];
    bool two = own.other != NONE || loose.other != NONE ||
               (own.one != NONE && loose.one != NONE && own.one != loose.one);
    return !two;
}

static bool
duplicate(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)fact;
    return evidence->duplicate[index];
}

static bool
weak_qualification(const struct evidence *evidence, const struct deal_fact *fact, uint32_t index)
{
    (void)index;
    return fact->weakest == 0 && in_later_half(evidence, fact->deal);
}

/* The table of flags. */
static bool (*const holds[FLAG_COUNT])(const struct evidence *evidence,
                                       const struct deal_fact *fact, uint32_t index) = {
    [FLAG_PAST_CLOSE] = past_close,
    [FLAG_NO_AMOUNT] = no_amount,
    [FLAG_ZOMBIE] = zombie,
    [FLAG_NO_CLOSE] = no_close,
    [FLAG_OWNER_LEFT] = owner_left,
    [FLAG_SILENT] = silent,
    [FLAG_NO_NEXT_STEP] = no_next_step,
    [FLAG_AGED] = aged,
    [FLAG_PUSHED] = pushed,
    [FLAG_TOO_SOON] = too_soon,
    [FLAG_SINGLE_THREADED] = single_threaded,
    [FLAG_DUPLICATE] = duplicate,
    [FLAG_WEAK_QUALIFICATION] = weak_qualification,
};

/* Index i of the n open qualified stages is in the later half when 2i >= n > 1. */
static void
find_later_half(struct evidence *evidence)
{
    const struct config *config = evidence->work->config;
    uint32_t count = 0, index = 0;
    for (uint32_t i = 0; i < config->stage_count; i++)
        count += config->stage[i].outcome == OUTCOME_OPEN && config->stage[i].qualified;
    for (uint32_t i = 0; i < config->stage_count; i++) {
        if (config->stage[i].outcome != OUTCOME_OPEN || !config->stage[i].qualified)
            continue;
        evidence->later_half[i] = count > 1 && 2 * index >= count;
        index++;
    }
}

struct stay {
    int16_t stage;
    int32_t days;
};

/* The stays of a deal with history, in room that grows as it must. */
struct stays_room {
    struct spell *spell;
    size_t room;
};

static uint32_t
spells_of(const struct work *work, uint32_t deal, struct stays_room *room)
{
    const struct history_rows *history = &work->dataset->history;
    uint64_t rows = history->first[deal + 1] - history->first[deal];
    memory_grow(&room->spell, &room->room, (size_t)rows + 2, sizeof *room->spell);
    return states_spells(work->config, work->dataset, deal, room->spell);
}

/* The ended stays of the deals won in T. */
static struct stay *
list_stays(const struct work *work, size_t *count)
{
    struct stay *stays = NULL;
    struct stays_room spells = {0};
    size_t room = 0;
    *count = 0;
    for (uint32_t i = 0; i < work->decided_first[work->owner_count]; i++) {
        if (work->decided[i].outcome != OUTCOME_WON)
            continue;
        uint32_t n = spells_of(work, work->decided[i].deal, &spells);
        memory_grow(&stays, &room, *count + n, sizeof *stays);
        for (const struct spell *spell = spells.spell; n > 0; n--, spell++)
            if (spell->stage >= 0 && !spell->last)
                stays[(*count)++] = (struct stay){spell->stage, spell->to - spell->from};
    }
    free(spells.spell);
    return stays;
}

/* 90th percentile, by nearest rank, of the ended stays of deals won in T, for each stage. */
static void
find_long_stays(struct evidence *evidence)
{
    size_t count;
    if (!evidence->work->dataset->history.present)
        return;
    struct stay *stays = list_stays(evidence->work, &count);
    int32_t *days = memory_new(count, sizeof *days);
    for (uint32_t stage = 0; stage < evidence->work->config->stage_count; stage++) {
        uint32_t here = 0;
        for (size_t i = 0; i < count; i++)
            if (stays[i].stage == (int16_t)stage)
                days[here++] = stays[i].days;
        if (here > 0)
            evidence->long_stay[stage] = percentile_of_days(days, here, 90);
    }
    free(days);
    free(stays);
}

/* Since when an open deal is in its stage: unknown where its history ends in another one. */
static day
stage_since(const struct evidence *evidence, uint32_t deal, struct stays_room *spells)
{
    uint32_t n = spells_of(evidence->work, deal, spells);
    const struct spell *last = &spells->spell[n > 0 ? n - 1 : 0];
    bool known = n > 0 && last->last && last->stage == evidence->deals->stage[deal];
    return known ? last->from : DAY_NONE;
}

static void
reach(struct people *people, uint32_t contact)
{
    if (people->one == NONE)
        people->one = contact;
    else if (people->one != contact)
        people->other = contact;
}

static void
find_people(struct evidence *evidence)
{
    const struct dataset *dataset = evidence->work->dataset;
    const struct measures *measures = evidence->work->measures;
    const struct engagement *engagement = &dataset->engagement;
    day after = evidence->as_of - evidence->work->config->rule[FLAG_SINGLE_THREADED].days;
    if (!engagement->present || !dataset->contacts.present)
        return;
    for (uint32_t i = 0; i < measures->fact_count; i++)
        evidence->deal_people[i] = (struct people){NONE, NONE};
    for (uint32_t i = 0; i < dataset->accounts.count; i++)
        evidence->account_people[i] = (struct people){NONE, NONE};
    for (uint64_t i = 0; i < engagement->meets.count; i++) {
        if (column_day(&engagement->meets.day, i) <= after)
            continue;
        uint32_t deal = column_at(&engagement->meets.deal, i);
        uint32_t account = column_at(&engagement->meets.account, i);
        uint32_t contact = column_at(&engagement->meets.contact, i);
        if (deal < DEAL_UNKNOWN && measures->fact_of_deal[deal] != NONE)
            reach(&evidence->deal_people[measures->fact_of_deal[deal]], contact);
        else if (deal == NONE && account != NONE)
            reach(&evidence->account_people[account], contact);
    }
}

struct offer { /* an open deal with account and amount */
    int64_t amount;
    uint32_t fact;
};

static int
by_amount(const void *a, const void *b)
{
    const struct offer *x = a, *y = b;
    if (x->amount != y->amount)
        return x->amount < y->amount ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

/* Of one account. A deal has a twin exactly when one of its neighbours by amount is within 5 %. */
static void
find_twins(struct evidence *evidence, struct offer *offers, uint32_t count)
{
    if (count > 1)
        qsort(offers, count, sizeof *offers, by_amount);
    for (uint32_t i = 1; i < count; i++) {
        if (offers[i].amount - offers[i - 1].amount > offers[i].amount / 20)
            continue;
        evidence->duplicate[offers[i].fact] = true;
        evidence->duplicate[offers[i - 1].fact] = true;
    }
}

static bool
is_offer(const struct evidence *evidence, uint32_t deal)
{
    return evidence->deals->account[deal] != NONE && evidence->deals->amount[deal] > 0;
}

static void
find_duplicates(struct evidence *evidence)
{
    const struct measures *measures = evidence->work->measures;
    const struct deals *deals = evidence->deals;
    uint32_t accounts = evidence->work->dataset->accounts.count;
    uint32_t *first = memory_new((size_t)accounts + 2, sizeof *first);
    for (uint32_t i = 0; i < measures->fact_count; i++) /* counted two places on */
        if (is_offer(evidence, measures->fact[i].deal))
            first[deals->account[measures->fact[i].deal] + 2]++;
    for (uint32_t a = 2; a < accounts + 2; a++)
        first[a] += first[a - 1];
    struct offer *offers = memory_new(first[accounts + 1], sizeof *offers);
    for (uint32_t i = 0; i < measures->fact_count; i++) {
        uint32_t deal = measures->fact[i].deal;
        if (is_offer(evidence, deal))
            offers[first[deals->account[deal] + 1]++] = (struct offer){deals->amount[deal], i};
    }
    for (uint32_t a = 0; a < accounts; a++)
        find_twins(evidence, offers + first[a], first[a + 1] - first[a]);
    free(offers);
    free(first);
}

/* Where activities are logged for few of the won deals, silence says little of the deal. */
static bool
poorly_logged(const struct work *work, uint32_t owner)
{
    const struct share *capture = &work_seller(work, owner)->capture;
    if (capture->n < 5)
        capture = &work->facts[0].capture;
    return capture->n > 0 && capture->value < work->config->engagement.capture_minimum;
}

static void
raise_flags(const struct evidence *evidence, struct deal_fact *fact, uint32_t index)
{
    const struct work *work = evidence->work;
    fact->flags = 0;
    fact->primary = -1;
    for (int flag = 0; flag < FLAG_COUNT; flag++) {
        enum rule_word word = work->config->rule[flag].word;
        if (word == RULE_OFF || !holds[flag](evidence, fact, index))
            continue;
        fact->flags |= 1u << flag;
        if (flag == FLAG_SILENT && poorly_logged(work, evidence->deals->owner[fact->deal]))
            word = RULE_FLAG;
        if (word == RULE_FATAL && fact->primary < 0)
            fact->primary = (int8_t)flag;
    }
    fact->clean = fact->primary < 0;
}

/* What is asked of all deals at once. */
static void (*const finders[])(struct evidence *) = {find_people, find_long_stays, find_duplicates};
enum { FINDERS = sizeof finders / sizeof *finders };

static void
find(void *context, uint32_t finder, unsigned worker)
{
    (void)worker;
    finders[finder](context);
}

static void
judge(void *context, uint32_t part, unsigned worker)
{
    const struct evidence *evidence = context;
    const struct measures *measures = evidence->work->measures;
    struct stays_room spells = {0};
    uint32_t first = part * AT_ONCE, left = measures->fact_count - first;
    (void)worker;
    for (uint32_t i = first; i < first + (left < AT_ONCE ? left : AT_ONCE); i++) {
        struct deal_fact *fact = &measures->fact[i];
        if (evidence->work->dataset->history.present)
            evidence->stage_since[i] = stage_since(evidence, fact->deal, &spells);
        raise_flags(evidence, fact, i);
    }
    free(spells.spell);
}

void
flags_prepare(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    const uint32_t facts = work->measures->fact_count;
    struct arena *arena = arena_new();
    struct evidence evidence = {.work = work, .deals = &dataset->deals, .as_of = work->as_of};
    evidence.later_half = arena_array(arena, work->config->stage_count, sizeof(bool));
    evidence.long_stay = arena_array(arena, work->config->stage_count, sizeof(int32_t));
    for (uint32_t i = 0; i < work->config->stage_count; i++)
        evidence.long_stay[i] = -1;
    evidence.stage_since = arena_array(arena, facts, sizeof(day));
    for (uint32_t i = 0; i < facts; i++)
        evidence.stage_since[i] = DAY_NONE;
    evidence.duplicate = arena_array(arena, facts, sizeof(bool));
    evidence.deal_people = arena_array(arena, facts, sizeof(struct people));
    evidence.account_people = arena_array(arena, dataset->accounts.count, sizeof(struct people));
    find_later_half(&evidence);
    threads_each(work->jobs, FINDERS, find, &evidence);
    threads_each(work->jobs, facts / AT_ONCE + 1, judge, &evidence);
    arena_free(arena);
}
