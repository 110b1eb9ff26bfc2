/* From the lists of the builder to a dataset, sorted and linked as record leaves one. */
#include "builder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int
build_compare(const void *a, const void *b) /* every kind begins with its id */
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static uint32_t
build_find(const void *array, uint32_t count, size_t size, const char *id, uint32_t otherwise)
{
    for (uint32_t low = 0, high = count; id && low < high;) {
        uint32_t middle = (low + high) / 2;
        const char *here = *(const char *const *)((const char *)array + middle * size);
        int order = strcmp(here, id);
        if (order == 0)
            return middle;
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return otherwise;
}

#define FIND(b, kind, id, otherwise)                                                               \
    build_find((b)->kind, (b)->kind##_count, sizeof *(b)->kind, (id), (otherwise))
#define NEW(b, array, count) ((array) = arena_array((b)->arena, (count) + 1, sizeof *(array)))

static void
build_text(struct texts *texts, const char *text)
{
    struct text one = text_of(text);
    texts_append(texts, &one, 1);
}

/* One more behind `count`. */
static void
build_number(struct column *column, uint32_t count, uint32_t number)
{
    column_append(column, count, &number, 1, 0);
}

static void
build_day(struct column *column, uint32_t count, day d)
{
    column_append_days(column, count, &d, 1, 0);
}

static uint32_t
build_word(struct builder *b, const char *word)
{
    return word ? symbols_intern(b->dataset.words, text_of(word)) : WORD_EMPTY;
}

static void
build_sellers(struct builder *b)
{
    struct sellers *s = &b->dataset.sellers;
    struct teams *t = &b->dataset.teams;
    s->count = b->build_seller_count;
    NEW(b, s->id, s->count), NEW(b, s->name, s->count), NEW(b, s->email, s->count);
    NEW(b, s->role, s->count), NEW(b, s->team, s->count), NEW(b, s->manager, s->count);
    NEW(b, s->start, s->count), NEW(b, s->end, s->count), NEW(b, s->left, s->count);
    for (uint32_t i = 0; i <= s->count; i++) {
        struct build_seller *from = i < s->count ? &b->build_seller[i] : NULL;
        s->id[i] = text_of(from ? from->id : "");
        s->name[i] = build_word(b, from ? from->id : NULL);
        s->team[i] = from ? FIND(b, build_team, from->team, NONE) : NONE;
        s->manager[i] = NONE;
        s->start[i] = from ? from->start : DAY_NONE;
        s->end[i] = from ? from->end : DAY_NONE;
        s->left[i] = s->end[i] != DAY_NONE && s->end[i] < b->config.as_of;
    }
    t->count = b->build_team_count;
    NEW(b, t->id, t->count), NEW(b, t->name, t->count), NEW(b, t->email, t->count);
    NEW(b, t->parent, t->count), NEW(b, t->manager, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        t->id[i] = text_of(b->build_team[i].id);
        t->name[i] = build_word(b, b->build_team[i].id);
        t->parent[i] = FIND(b, build_team, b->build_team[i].parent, NONE);
        t->manager[i] = NONE;
    }
}

static void
build_scope(struct builder *b, uint32_t parent, uint32_t team, uint32_t depth, uint32_t *placed)
{
    struct dataset *d = &b->dataset;
    uint32_t own = d->scope_count++;
    d->scope[own] = (struct scope){.kind = team == NONE ? SCOPE_COMPANY : SCOPE_TEAM,
                                   .index = team == NONE ? 0 : team,
                                   .parent = parent,
                                   .depth = depth,
                                   .first = *placed};
    if (team != NONE)
        d->team_scope[team] = own;
    for (uint32_t s = 0; s < d->sellers.count; s++) {
        if (d->sellers.team[s] == team) {
            uint32_t seller = d->scope_count++;
            d->scope[seller] = (struct scope){.kind = SCOPE_SELLER,
                                              .index = s,
                                              .parent = own,
                                              .depth = depth + 1,
                                              .first = *placed,
                                              .end = *placed + 1,
                                              .next = seller + 1};
            d->seller_scope[s] = seller;
            d->order[(*placed)++] = s;
        }
    }
    for (uint32_t t = 0; t < d->teams.count; t++) {
        if (d->teams.parent[t] == team)
            build_scope(b, own, t, depth + 1, placed);
    }
    d->scope[own].end = *placed;
    d->scope[own].next = d->scope_count;
}

static void
build_scopes(struct builder *b)
{
    struct dataset *d = &b->dataset;
    uint32_t scopes = 1 + d->teams.count + d->sellers.count, placed = 0;
    NEW(b, d->scope, scopes), NEW(b, d->order, d->sellers.count);
    NEW(b, d->seller_scope, d->sellers.count), NEW(b, d->team_scope, d->teams.count);
    build_scope(b, NONE, NONE, 0, &placed);
    d->order[placed] = d->sellers.count;
    d->scope[0].end = placed + 1;
}

/* Indices grouped by a key, ascending: first[key] .. first[key + 1). */
static void
build_groups(struct builder *b, const uint32_t *key, uint32_t count, uint32_t keys,
             uint32_t **first, uint32_t **by)
{
    *first = arena_array(b->arena, keys + 1, sizeof(uint32_t));
    *by = arena_array(b->arena, count + 1, sizeof(uint32_t));
    uint32_t *at = calloc(keys + 2, sizeof *at);
    for (uint32_t i = 0; i < count; i++) {
        if (key[i] != NONE)
            at[key[i] + 1]++;
    }
    for (uint32_t k = 0; k < keys; k++)
        at[k + 1] += at[k];
    memcpy(*first, at, (keys + 1) * sizeof **first);
    for (uint32_t i = 0; i < count; i++) {
        if (key[i] != NONE)
            (*by)[at[key[i]]++] = i;
    }
    free(at);
}

static void
build_deals(struct builder *b)
{
    struct deals *d = &b->dataset.deals;
    uint32_t n = d->count = b->build_deal_count, sellers = b->dataset.sellers.count;
    NEW(b, d->owner, n), NEW(b, d->account, n), NEW(b, d->stage, n);
    NEW(b, d->outcome, n), NEW(b, d->segment, n), NEW(b, d->category, n), NEW(b, d->created, n);
    NEW(b, d->qualified, n), NEW(b, d->close, n), NEW(b, d->qualified_from, n);
    NEW(b, d->amount, n), NEW(b, d->source, n);
    NEW(b, d->loss_reason, n), NEW(b, d->plan, n), NEW(b, d->story, n);
    NEW(b, d->next_step, n), NEW(b, d->next_step_date, n), NEW(b, d->strategic, n);
    d->letters = b->config.qualification.count;
    NEW(b, d->letter, n * d->letters);
    for (uint32_t i = 0; i < n; i++) {
        const struct build_deal *from = &b->build_deal[i];
        int stage = -1;
        for (uint32_t s = 0; s < b->config.stage_count; s++) {
            if (strcmp(b->config.stage[s].name, from->stage) == 0)
                stage = (int)s;
        }
        assert(stage >= 0);
        const struct config_stage *config = &b->config.stage[stage];
        build_text(&d->id, from->id);
        d->owner[i] = FIND(b, build_seller, from->owner, sellers);
        d->account[i] = FIND(b, build_account, from->account, NONE);
        d->stage[i] = (int16_t)stage;
        d->outcome[i] = (uint8_t)config->outcome;
        d->segment[i] = from->segment;
        d->category[i] = from->category == 0xFF ? (uint8_t)config->category : from->category;
        d->created[i] = from->created;
        bool open = config->outcome == OUTCOME_OPEN;
        d->qualified[i] = open && !config->qualified && from->qualified == from->created
                              ? DAY_NONE
                              : from->qualified;
        d->close[i] = from->close;
        d->amount[i] = from->amount;
        d->source[i] = build_word(b, from->source);
        d->loss_reason[i] = build_word(b, from->reason);
        build_text(&d->name, from->id);
        d->next_step[i] = build_word(b, from->next_step);
        d->next_step_date[i] = from->next_step_date;
        d->strategic[i] = from->strategic;
        for (uint32_t l = 0; l < d->letters; l++)
            d->letter[i * d->letters + l] = from->letter[l];
    }
    build_groups(b, d->owner, n, sellers + 1, &d->owner_first, &d->by_owner);
    build_groups(b, d->account, n, b->build_account_count, &d->account_first, &d->by_account);
}

static void
build_accounts(struct builder *b)
{
    struct accounts *a = &b->dataset.accounts;
    struct contacts *c = &b->dataset.contacts;
    uint32_t n = a->count = b->build_account_count;
    a->present = n > 0;
    NEW(b, a->owner, n), NEW(b, a->parent, n), NEW(b, a->potential, n), NEW(b, a->icp, n);
    NEW(b, a->customer, n);
    for (uint32_t i = 0; i < n; i++) {
        const struct build_account *from = &b->build_account[i];
        build_text(&a->id, from->id);
        build_text(&a->name, from->id);
        a->owner[i] = FIND(b, build_seller, from->owner, b->dataset.sellers.count);
        a->parent[i] = NONE;
        a->potential[i] = from->potential;
        a->icp[i] = from->icp;
        a->customer[i] = from->customer;
    }
    n = c->count = b->build_contact_count;
    c->present = n > 0;
    NEW(b, c->level, n);
    for (uint32_t i = 0; i < n; i++)
        c->level[i] = b->build_contact[i].level;
}

static int
build_compare_changes(const void *a, const void *b)
{
    const struct build_change *x = a, *y = b;
    int order = strcmp(x->deal, y->deal);
    return order ? order : (x->day > y->day) - (x->day < y->day);
}

static void
build_history(struct builder *b)
{
    struct history_rows *h = &b->dataset.history;
    uint32_t n = b->build_change_count, deals = b->build_deal_count, row = 0;
    if (n)
        qsort(b->build_change, n, sizeof *b->build_change, build_compare_changes);
    h->present = n > 0;
    h->count = n;
    NEW(b, h->first, deals + 1), NEW(b, h->stage, n), NEW(b, h->amount, n);
    NEW(b, h->category, n);
    for (uint32_t d = 0; d < deals; d++) {
        h->first[d] = row;
        for (; row < n && strcmp(b->build_change[row].deal, b->build_deal[d].id) == 0; row++) {
            const struct build_change *from = &b->build_change[row];
            build_day(&h->day, row, from->day);
            h->stage[row] = -1;
            for (uint32_t s = 0; from->stage && s < b->config.stage_count; s++) {
                if (strcmp(b->config.stage[s].name, from->stage) == 0)
                    h->stage[row] = (int16_t)s;
            }
            h->amount[row] = from->amount;
            build_day(&h->close, row, from->close);
            build_number(&h->owner, row,
                         from->owner ? FIND(b, build_seller, from->owner, NONE) : NONE);
            h->category[row] = 0xFF;
        }
    }
    h->first[deals] = row;
    assert(row == n);
}

static void
build_rest(struct builder *b)
{
    struct dataset *d = &b->dataset;
    struct quotas *q = &d->quotas;
    struct calls *c = &d->calls;
    struct leads *l = &d->leads;
    q->count = b->build_quota_count, q->present = q->count > 0;
    NEW(b, q->period, q->count), NEW(b, q->seller, q->count), NEW(b, q->team, q->count);
    NEW(b, q->amount, q->count);
    for (uint32_t i = 0; i < q->count; i++) {
        const struct build_quota *from = &b->build_quota[i];
        q->period[i] = d->period;
        q->seller[i] = FIND(b, build_seller, from->seller, NONE);
        q->team[i] = from->team && strcmp(from->team, "company") == 0
                         ? QUOTA_COMPANY
                         : FIND(b, build_team, from->team, NONE);
        q->amount[i] = from->amount;
    }
    c->count = b->build_call_count, c->present = c->count > 0;
    NEW(b, c->owner, c->count), NEW(b, c->period, c->count), NEW(b, c->day, c->count);
    NEW(b, c->commit, c->count), NEW(b, c->best, c->count);
    for (uint32_t i = 0; i < c->count; i++) {
        const struct build_call *from = &b->build_call[i];
        c->owner[i] = FIND(b, build_seller, from->owner, d->sellers.count);
        c->period[i] = d->period;
        c->day[i] = from->day, c->commit[i] = from->commit, c->best[i] = from->best;
    }
    l->count = b->build_lead_count, l->present = l->count > 0;
    for (uint32_t i = 0; i < l->count; i++) {
        const struct build_lead *from = &b->build_lead[i];
        build_text(&l->id, from->id);
        build_number(&l->owner, i, FIND(b, build_seller, from->owner, d->sellers.count));
        build_number(&l->deal, i, FIND(b, build_deal, from->deal, NONE));
        build_number(&l->source, i, build_word(b, from->source));
        build_day(&l->worked, i, from->worked);
        build_day(&l->replied, i, from->replied);
        build_day(&l->met, i, from->met);
        build_day(&l->qualified, i, from->qualified);
        build_day(&l->closed, i, from->closed);
    }
}

static int
build_compare_meets(const void *a, const void *b)
{
    const struct build_meet *x = a, *y = b;
    const char *left[] = {x->contact, x->owner, x->account, x->deal};
    const char *right[] = {y->contact, y->owner, y->account, y->deal};
    for (int i = 0; i < 4; i++) {
        int order = !left[i] || !right[i] ? !left[i] - !right[i] : strcmp(left[i], right[i]);
        if (order)
            return order;
    }
    return (x->day > y->day) - (x->day < y->day);
}

/* The folds of activities from the two-way meets alone, as the reader of activities makes them. */
static void
build_engagement(struct builder *b)
{
    struct dataset *d = &b->dataset;
    struct engagement *e = &d->engagement;
    uint32_t n = b->build_meet_count, deals = d->deals.count, accounts = d->accounts.count;
    uint32_t owners = d->sellers.count + 1;
    if (n)
        qsort(b->build_meet, n, sizeof *b->build_meet, build_compare_meets);
    e->present = n > 0;
    e->meets.count = n;
    NEW(b, e->deal_last_two_way, deals), NEW(b, e->deal_any, deals);
    NEW(b, e->account_loose_two_way, accounts), NEW(b, e->account_loose_any, accounts);
    NEW(b, e->account_last, accounts), NEW(b, e->account_last_two_way, accounts);
    NEW(b, e->account_in_t, accounts), NEW(b, e->activities, owners), NEW(b, e->two_way, owners);
    NEW(b, e->meetings, owners), NEW(b, e->meetings_held, owners);
    NEW(b, e->two_way_senior, owners), NEW(b, e->two_way_levelled, owners);
    for (uint32_t i = 0; i < deals; i++)
        e->deal_last_two_way[i] = DAY_NONE;
    for (uint32_t i = 0; i < accounts; i++)
        e->account_loose_two_way[i] = e->account_last[i] = e->account_last_two_way[i] = DAY_NONE;
    for (uint32_t i = 0; i < n; i++) {
        const struct build_meet *m = &b->build_meet[i];
        uint32_t contact = FIND(b, build_contact, m->contact, NONE);
        uint32_t owner = FIND(b, build_seller, m->owner, d->sellers.count);
        uint32_t deal = FIND(b, build_deal, m->deal, NONE);
        uint32_t account = FIND(b, build_account, m->account, NONE);
        if (account == NONE && deal != NONE)
            account = d->deals.account[deal];
        if (account == NONE && contact != NONE)
            account = FIND(b, build_account, b->build_contact[contact].account, NONE);
        build_number(&e->meets.contact, i, contact), build_number(&e->meets.owner, i, owner);
        build_number(&e->meets.account, i, account), build_number(&e->meets.deal, i, deal);
        build_day(&e->meets.day, i, m->day), build_number(&e->meets.times, i, m->times);
        e->read_used += m->times;
        *(deal != NONE      ? &e->with_deal
          : account != NONE ? &e->with_account
          : contact != NONE ? &e->with_contact
                            : &e->orphan) += m->times;
        if (deal != NONE) {
            e->deal_any[deal] = true;
            if (m->day > e->deal_last_two_way[deal])
                e->deal_last_two_way[deal] = m->day;
        }
        if (account != NONE) {
            if (deal == NONE) {
                e->account_loose_any[account] = true;
                if (m->day > e->account_loose_two_way[account])
                    e->account_loose_two_way[account] = m->day;
            }
            if (m->day > e->account_last[account])
                e->account_last[account] = e->account_last_two_way[account] = m->day;
            if (m->day > d->as_of - 365) {
                uint64_t at = 0;
                e->account_in_t[account] = true;
                while (at < e->reached.count && (column_at(&e->reached.owner, at) != owner ||
                                                 column_at(&e->reached.account, at) != account))
                    at++;
                if (at == e->reached.count) {
                    build_number(&e->reached.owner, (uint32_t)at, owner);
                    build_number(&e->reached.account, (uint32_t)at, account);
                    e->reached.count++;
                }
            }
        }
        if (m->day > d->as_of - 91) {
            uint8_t level = contact == NONE ? LEVEL_UNKNOWN : d->contacts.level[contact];
            e->activities[owner] += m->times, e->two_way[owner] += m->times;
            e->two_way_senior[owner] += level >= LEVEL_DIRECTOR ? m->times : 0;
            e->two_way_levelled[owner] += level > LEVEL_UNKNOWN ? m->times : 0;
        }
    }
}

struct dataset *
builder_finish(struct builder *b)
{
    struct dataset *d = &b->dataset;
    if (b->finished)
        return d;
    b->finished = true;
    enum period_kind kind = b->config.period;
    int start = b->config.fiscal_year_starts;
    d->period = period_of(kind, start, d->as_of);
    d->next_period = period_next(kind, start, d->period);
    d->previous_period = period_previous(kind, start, d->period);
#define SORT(kind)                                                                                 \
    if (b->kind##_count)                                                                           \
    qsort(b->kind, b->kind##_count, sizeof *b->kind, build_compare)
    SORT(build_seller);
    SORT(build_team);
    SORT(build_account);
    SORT(build_contact);
    SORT(build_deal);
    SORT(build_lead);
    build_sellers(b);
    build_scopes(b);
    build_accounts(b);
    build_deals(b);
    build_history(b);
    build_rest(b);
    build_engagement(b);
    return d;
}
