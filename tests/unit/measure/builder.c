#include "builder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Adds a zeroed thing. Pointers to earlier ones of the kind may become invalid. */
#define BUILD_ADD(b, kind)                                                                         \
    (memory_room((void **)&(b)->kind, &(b)->kind##_room, (b)->kind##_count, sizeof *(b)->kind),    \
     &(b)->kind[(b)->kind##_count++])

static void
memory_room(void **array, uint32_t *room, uint32_t count, size_t size)
{
    if (count == *room) {
        *room = *room ? *room * 2 : 8;
        *array = realloc(*array, *room * size);
    }
    memset((char *)*array + count * size, 0, size);
}

day
builder_day(const char *iso)
{
    return iso ? day_from_iso(iso, (uint32_t)strlen(iso)) : DAY_NONE;
}

struct builder *
builder_new(const char *as_of)
{
    static const struct config_stage stages[] = {
        {.name = "Lead", .outcome = OUTCOME_OPEN, .category = CATEGORY_OMITTED},
        {.name = "Open",
         .outcome = OUTCOME_OPEN,
         .qualified = true,
         .category = CATEGORY_PIPELINE,
         .has_probability = true,
         .probability = 0.25},
        {.name = "Proposal",
         .outcome = OUTCOME_OPEN,
         .qualified = true,
         .category = CATEGORY_BEST,
         .has_probability = true,
         .probability = 0.5},
        {.name = "Won", .outcome = OUTCOME_WON},
        {.name = "Lost", .outcome = OUTCOME_LOST},
        {.name = "None", .outcome = OUTCOME_NO_DECISION},
        {.name = "Junk", .outcome = OUTCOME_DISQUALIFIED}};
    static const double what_if[] = {0.5};
    struct builder *b = calloc(1, sizeof *b);
    b->arena = arena_new();
    b->diag = diag_new(NULL, false, false);
    struct config *c = &b->config;
    c->company = "Company";
    c->as_of = builder_day(as_of);
    c->period = PERIOD_QUARTER;
    c->fiscal_year_starts = 1;
    strcpy(c->currency, "EUR");
    c->currency_digits = 2;
    c->stage = stages;
    c->stage_count = sizeof stages / sizeof *stages;
    c->rule[FLAG_ZOMBIE] = (struct config_rule){RULE_FATAL, 30, 0};
    c->rule[FLAG_SILENT].days = 30;
    c->rule[FLAG_PUSHED] = (struct config_rule){RULE_OFF, 90, 3};
    c->rule[FLAG_SINGLE_THREADED].days = 60;
    c->estimates.prior_strength = 20;
    c->estimates.prior_win_rate = 0.25;
    c->estimates.shrink_deals = 10;
    c->estimates.curve_days = 1095;
    c->estimates.curve_minimum = 20;
    c->estimates.prior_cycle_days = 90;
    c->estimates.zombie_minimum = 10;
    c->engagement.advance_days = 14;
    c->engagement.repeat_meetings = 5;
    c->engagement.capture_minimum = 0.6;
    c->territory.worked_days = 90;
    c->territory.list = 10;
    c->strategic_times_average = 3;
    c->flat_multiple = 3;
    c->capacity.concurrent_deals = 20;
    c->capacity.creation_times = 2;
    c->capacity.too_late_below = 0.05;
    c->what_if_count = 1;
    c->what_if_win_rate = what_if;
    c->findings.most = 5;
    c->findings.minimum_n = 10;
    c->luck.seed = 1;
    c->luck.draws = 200;
    struct dataset *d = &b->dataset;
    d->arena = b->arena;
    d->as_of = c->as_of;
    d->words = symbols_new(64);
    symbols_intern(d->words, TEXT(""));
    d->currency_digits = 2;
    d->deals.mapped_next_step = d->deals.mapped_next_step_date = true;
    d->deals.mapped_close = d->deals.mapped_loss_reason = d->deals.mapped_source = true;
    return b;
}

struct config *
builder_config(struct builder *b)
{
    return &b->config;
}

struct build_team *
build_team(struct builder *b, const char *id, const char *parent)
{
    struct build_team *t = BUILD_ADD(b, build_team);
    *t = (struct build_team){id, parent};
    return t;
}

const char *
build_id(struct builder *b, const char *prefix, int number)
{
    return arena_printf(b->arena, "%s%05d", prefix, number);
}

struct build_seller *
build_seller(struct builder *b, const char *id, const char *team, const char *start)
{
    struct build_seller *s = BUILD_ADD(b, build_seller);
    *s = (struct build_seller){id, team, builder_day(start), DAY_NONE};
    return s;
}

struct build_account *
build_account(struct builder *b, const char *id, const char *owner)
{
    struct build_account *a = BUILD_ADD(b, build_account);
    *a = (struct build_account){.id = id, .owner = owner, .potential = MONEY_NONE};
    return a;
}

struct build_contact *
build_contact(struct builder *b, const char *id, const char *account, uint8_t level)
{
    struct build_contact *c = BUILD_ADD(b, build_contact);
    *c = (struct build_contact){id, account, level};
    return c;
}

struct build_deal *
build_deal(struct builder *b, const char *id, const char *owner, const char *created,
           const char *stage, int64_t amount)
{
    struct build_deal *d = BUILD_ADD(b, build_deal);
    *d = (struct build_deal){.id = id, .owner = owner, .stage = stage, .amount = amount};
    d->created = d->qualified = builder_day(created);
    d->close = d->next_step_date = DAY_NONE;
    d->segment = SEGMENT_NEW;
    d->category = 0xFF; /* the stage's */
    memset(d->letter, -1, sizeof d->letter);
    return d;
}

struct build_deal *
build_closed(struct builder *b, const char *id, const char *owner, int age, int ago,
             const char *stage, int64_t amount)
{
    struct build_deal *d = build_deal(b, id, owner, NULL, stage, amount);
    d->close = b->config.as_of - ago;
    d->created = d->qualified = d->close - age;
    return d;
}

struct build_deal *
build_open(struct builder *b, const char *id, const char *owner, int age, int within,
           int64_t amount)
{
    struct build_deal *d = build_deal(b, id, owner, NULL, "Open", amount);
    d->created = d->qualified = b->config.as_of - age;
    d->close = within == DAY_NONE ? DAY_NONE : b->config.as_of + within;
    return d;
}

struct build_change *
build_change(struct builder *b, const char *deal, const char *on, const char *stage, int64_t amount,
             const char *close)
{
    struct build_change *h = BUILD_ADD(b, build_change);
    *h = (struct build_change){
        .deal = deal, .stage = stage, .day = builder_day(on), .close = builder_day(close)};
    h->amount = amount;
    return h;
}

struct build_quota *
build_quota(struct builder *b, const char *seller, const char *team, int64_t amount)
{
    struct build_quota *q = BUILD_ADD(b, build_quota);
    *q = (struct build_quota){seller, team, amount};
    return q;
}

struct build_lead *
build_lead(struct builder *b, const char *id, const char *owner)
{
    struct build_lead *l = BUILD_ADD(b, build_lead);
    *l = (struct build_lead){.id = id, .owner = owner};
    l->worked = l->replied = l->met = l->qualified = l->closed = DAY_NONE;
    return l;
}

struct build_call *
build_call(struct builder *b, const char *owner, const char *on, int64_t commit, int64_t best)
{
    struct build_call *c = BUILD_ADD(b, build_call);
    *c = (struct build_call){owner, builder_day(on), commit, best};
    return c;
}

struct build_meet *
build_meet(struct builder *b, const char *contact, const char *owner, const char *account,
           const char *deal, const char *on)
{
    struct build_meet *m = BUILD_ADD(b, build_meet);
    *m = (struct build_meet){contact, owner, account, deal, builder_day(on), 1};
    return m;
}

struct measures *
builder_measures(struct builder *b)
{
    struct dataset *dataset = builder_finish(b);
    b->measures = measures_compute(&b->config, dataset, NULL, 2, b->diag);
    return b->measures;
}

static void
free_columns(struct dataset *d)
{
    struct leads *l = &d->leads;
    struct history_rows *h = &d->history;
    struct engagement *e = &d->engagement;
    struct column *columns[] = {
        &l->owner,
        &l->deal,
        &l->source,
        &l->worked,
        &l->replied,
        &l->met,
        &l->qualified,
        &l->closed,
        &h->day,
        &h->close,
        &h->owner,
        &e->meets.contact,
        &e->meets.owner,
        &e->meets.account,
        &e->meets.deal,
        &e->meets.day,
        &e->meets.times,
        &e->reached.owner,
        &e->reached.account,
        &e->meetings_on_deals.owner,
        &e->meetings_on_deals.deal,
        &e->meetings_on_deals.day,
        &e->meetings_on_deals.times,
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        free(columns[i]->cells);
}

void
builder_free(struct builder *b)
{
    measures_free(b->measures);
    symbols_free(b->dataset.words);
    texts_free(&b->dataset.deals.id), texts_free(&b->dataset.deals.name);
    texts_free(&b->dataset.accounts.id), texts_free(&b->dataset.accounts.name);
    texts_free(&b->dataset.leads.id);
    free_columns(&b->dataset);
    diag_free(b->diag);
    arena_free(b->arena);
    free(b->build_seller), free(b->build_team), free(b->build_account), free(b->build_contact);
    free(b->build_deal), free(b->build_change), free(b->build_quota), free(b->build_lead);
    free(b->build_call), free(b->build_meet);
    free(b);
}

uint32_t
builder_scope(const struct builder *b, const char *id)
{
    const struct dataset *d = &b->dataset;
    for (uint32_t s = 0; s < d->scope_count; s++) {
        const struct scope *scope = &d->scope[s];
        struct text here = scope->kind == SCOPE_COMPANY ? TEXT("company")
                           : scope->kind == SCOPE_TEAM  ? d->teams.id[scope->index]
                                                        : d->sellers.id[scope->index];
        if (text_equal(here, text_of(id)))
            return s;
    }
    assert(0 && "no such scope");
    return NONE;
}

const struct measure *
builder_measure(const struct builder *b, const char *scope, enum measure_id id)
{
    return measures_get(b->measures, builder_scope(b, scope), id);
}

double
builder_value(const struct builder *b, const char *scope, enum measure_id id, enum field field)
{
    return measure_number(&builder_measure(b, scope, id)->fields, field, __builtin_nan(""));
}

double
builder_row(const struct builder *b, const char *scope, enum measure_id id, const char *key,
            enum field field)
{
    return measure_number(measure_key(builder_measure(b, scope, id), key), field,
                          __builtin_nan(""));
}
