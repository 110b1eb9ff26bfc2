#include "world.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

const char *const world_stage_names[] = {"Discovery",   "Qualified",   "Proposal",
                                         "Negotiation", "Closed Won",  "Closed Lost",
                                         "No Decision", "Disqualified"};

static const char *const given_names[] = {
    "Ana",  "Björn", "Chloé",   "Dmitri", "Elif",   "Fiona", "Goran",   "Hanna",  "Ivo",   "Jana",
    "Kofi", "Léa",   "Mateusz", "Nora",   "Oskar",  "Paula", "Quentin", "Rosa",   "Søren", "Tamsin",
    "Ulf",  "Vera",  "Wiktor",  "Xenia",  "Yannis", "Zofia", "Aled",    "Brigid", "Carlo", "Dagny"};

static const char *const family_names[] = {
    "Almeida", "Berger",   "Cohen",   "Dąbrowska",    "Eriksen", "Fontaine",
    "García",  "Hughes",   "Ivanova", "Jørgensen",    "Keller",  "Lindqvist",
    "Moreau",  "Novák",    "O'Brien", "Papadopoulos", "Quirk",   "Rossi",
    "Schäfer", "Tremblay", "Usher",   "Vogel",        "Wright",  "Yılmaz"};

static const char *const account_heads[] = {
    "Aster",  "Boreal",  "Cobalt",  "Delta",  "Elm",      "Fjord",  "Granit", "Helio",
    "Isar",   "Juniper", "Kestrel", "Lumen",  "Meridian", "Norden", "Oxbow",  "Polar",
    "Quartz", "Rhône",   "Sable",   "Tundra", "Umber",    "Vesta",  "Willow", "Zephyr"};

static const char *const account_tails[] = {
    "Pharma",    "Foods", "Chemie",  "Biotech",   "Water",    "Polymers", "Diagnostics", "Energy",
    "Materials", "Labs",  "Clinics", "Packaging", "Coatings", "Dairy",    "Optics"};

static const char *const account_forms[] = {"GmbH", "AG", "Ltd", "SA", "A/S", "BV", "SpA", "plc"};

static const char *const industries[] = {"Pharmaceuticals", "Food and drink", "Chemicals",
                                         "Hospitals",       "Environment",    "Universities"};

/* What each team is like; the packs should find it. Teams beyond the five repeat them. */
struct character {
    const char *name, *currency;
    double win, cycle, size, pace, hygiene, logging, breadth, two_way, ask;
};

static const struct character characters[] = {
    {"Rhine", "EUR", 0.18, 95, 46000, 1.45, 0.75, 0.92, 0.45, 0.42, 1.00}, /* many deals, few won */
    {"Alpine", "EUR", 0.46, 80, 62000, 0.62, 0.90, 0.95, 0.60, 0.50,
     1.05}, /* wins well, starts little */
    {"Baltic", "EUR", 0.31, 110, 52000, 1.00, 0.22, 0.88, 0.35, 0.38, 1.05}, /* a padded pipeline */
    {"Thames", "GBP", 0.36, 85, 50000, 1.05, 0.85, 0.96, 0.70, 0.52, 0.95},  /* in balance */
    {"Atlantic", "USD", 0.33, 100, 74000, 0.95, 0.70, 0.25, 0.40, 0.40,
     1.10}, /* keeps most of its deals on paper */
};

static const struct character *
character_of(uint32_t team)
{
    return &characters[team % COUNT(characters)];
}

const char *
world_team_name(uint32_t team, uint32_t teams, char out[64])
{
    if (teams <= COUNT(characters))
        snprintf(out, 64, "%s", characters[team].name);
    else
        snprintf(out, 64, "%s %u", character_of(team)->name, team / COUNT(characters) + 1);
    return out;
}

const char *
world_currency(uint32_t team, uint32_t teams)
{
    (void)teams;
    return character_of(team)->currency;
}

static void
name_seller(struct stream *stream, uint32_t number, struct seller_life *seller)
{
    const char *given = given_names[(number * 7 + stream_below(stream, 3)) % COUNT(given_names)];
    const char *family =
        family_names[(number * 5 + number / COUNT(family_names)) % COUNT(family_names)];
    snprintf(seller->id, sizeof seller->id, "S%04u", number + 1);
    if (number < COUNT(given_names) * 4)
        snprintf(seller->name, sizeof seller->name, "%s %s", given, family);
    else
        snprintf(seller->name, sizeof seller->name, "%s %s %u", given, family, number);
    snprintf(seller->email, sizeof seller->email, "s%04u@halden.example", number + 1);
}

struct seller_life
world_seller(const struct world *world, uint32_t number)
{
    struct stream stream = stream_of(world->seed, 1, number);
    struct seller_life seller = {
        .team = number % world->teams, .start = INT32_MIN, .end = INT32_MIN};
    const struct character *is = character_of(seller.team);
    name_seller(&stream, number, &seller);
    seller.win = is->win * (0.75 + 0.5 * stream_share(&stream));
    seller.cycle = is->cycle * (0.8 + 0.4 * stream_share(&stream));
    seller.size = is->size * (0.7 + 0.6 * stream_share(&stream));
    seller.pace = is->pace * (0.7 + 0.6 * stream_share(&stream));
    seller.hygiene = is->hygiene * (0.85 + 0.3 * stream_share(&stream));
    seller.logging = is->logging;
    seller.breadth = is->breadth * (0.6 + 0.8 * stream_share(&stream));
    seller.two_way = is->two_way * (0.8 + 0.4 * stream_share(&stream));
    seller.start = world->first_day - (int32_t)stream_below(&stream, 1500);
    if (number % 11 == 4) /* hired half a year before the end */
        seller.start = world->last_day - 60 - (int32_t)stream_below(&stream, 90);
    else if (number % 29 == 17) /* left within the last quarter */
        seller.end = world->last_day - 45 - (int32_t)stream_below(&stream, 40);
    double quarter =
        (double)world->deals / world->sellers * 91 / (world->last_day - world->first_day);
    double yield = quarter * 0.62 * is->pace * is->win * is->size * is->ask * 1.2;
    seller.quota = (int64_t)(yield / 5000 + 0.5) * 5000;
    if (seller.quota < 5000)
        seller.quota = 5000;
    return seller;
}

struct account_life
world_account(const struct world *world, uint32_t number)
{
    struct stream stream = stream_of(world->seed, 2, number);
    struct account_life account = {.owner = number % world->sellers};
    snprintf(account.id, sizeof account.id, "A%06u", number + 1);
    const char *head = account_heads[stream_below(&stream, COUNT(account_heads))];
    const char *tail = account_tails[stream_below(&stream, COUNT(account_tails))];
    const char *form = account_forms[stream_below(&stream, COUNT(account_forms))];
    snprintf(account.name, sizeof account.name, "%s %s %s %u", head, tail, form, number + 1);
    account.industry = industries[stream_below(&stream, COUNT(industries))];
    account.potential = (int64_t)(stream_skewed(&stream, 0.8) * 90) * 1000;
    if (stream_chance(&stream, 0.06))
        account.potential = -1;
    account.icp = stream_chance(&stream, 0.06) ? ' ' : stream_chance(&stream, 0.62) ? 'y' : 'n';
    account.customer = stream_chance(&stream, 0.35);
    if (number % 97 == 41)
        account.owner = UINT32_MAX;
    return account;
}

static const char *const sources[] = {
    "Own prospecting", "Own prospecting", "Marketing",  "Marketing",
    "Partner",         "Referral",        "Trade fair", ""};
static const char *const loss_reasons[] = {
    "Price", "Competitor", "Missing feature", "Budget cut", "Priority changed", "", ""};

static void
add_event(struct deal_life *deal, struct deal_event event)
{
    if (deal->event_count < EVENTS_MOST)
        deal->event[deal->event_count++] = event;
}

/* The end of the month some days on: where sellers like to put a close date. */
static int32_t
likely_close(int32_t from, double days)
{
    int32_t day = from + (int32_t)days;
    return day - day % 30 + 29;
}

struct plan {        /* what will happen to one deal */
    int outcome;     /* a closed stage, or -1: it will lie there */
    double duration; /* days from qualification to the end */
    int reached;     /* the last open stage */
};

static struct plan
plan_deal(struct stream *stream, const struct seller_life *seller, double size_factor)
{
    struct plan plan;
    double win = seller->win * (size_factor > 1.6 ? 0.72 : 1.06);
    double dice = stream_share(stream);
    double rest = 1 - win;
    double pace = seller->cycle * stream_skewed(stream, 0.42);
    plan.reached = STAGE_QUALIFIED + (int)stream_below(stream, 3);
    if (dice < win) {
        plan.outcome = STAGE_WON;
        plan.duration = pace;
        plan.reached = STAGE_NEGOTIATION;
    } else if (dice < win + rest * 0.50) {
        plan.outcome = STAGE_LOST;
        plan.duration = pace * 0.8;
    } else if (dice < win + rest * 0.93) {
        plan.outcome = STAGE_NO_DECISION;
        plan.duration = pace * 1.7;
        if (!stream_chance(stream, 0.35 + 0.65 * seller->hygiene))
            plan.outcome = -1;
    } else {
        plan.outcome = STAGE_DISQUALIFIED;
        plan.duration = pace * 0.4;
    }
    if (plan.duration < 2)
        plan.duration = 2;
    return plan;
}

/* Stage steps, pushed close dates and a changed amount between qualification and the end. */
static void
live_open(struct deal_life *deal, struct stream *stream, const struct seller_life *seller,
          struct plan plan, struct deal_event state)
{
    int32_t end = state.day + (int32_t)plan.duration;
    int32_t steps[2] = {state.day + (int32_t)(plan.duration * (0.2 + 0.25 * stream_share(stream))),
                        state.day + (int32_t)(plan.duration * (0.55 + 0.3 * stream_share(stream)))};
    int32_t horizon = plan.outcome < 0 ? state.day + 900 : end;
    int next_step = 0;
    int32_t push = state.close + 1 + (int32_t)stream_below(stream, 9);
    bool pushes = stream_chance(stream, seller->hygiene);
    while (deal->event_count < EVENTS_MOST - 2) {
        bool can_step = next_step < plan.reached - STAGE_QUALIFIED && next_step < 2;
        bool step = can_step && (steps[next_step] <= push || !pushes);
        int32_t day = step ? steps[next_step] : push;
        if ((!step && !pushes) || day >= horizon)
            break;
        state.day = day;
        if (step) {
            state.stage++;
            next_step++;
            state.category =
                state.stage == STAGE_NEGOTIATION ? 2 + (int)stream_below(stream, 2) : 1;
            if (state.stage == STAGE_PROPOSAL && stream_chance(stream, 0.45))
                state.amount = (int64_t)((double)state.amount * (0.8 + 0.5 * stream_share(stream)));
        } else {
            state.close = likely_close(day, 25 + 30 * stream_share(stream));
            push = state.close + 1 + (int32_t)stream_below(stream, 9);
            pushes = stream_chance(stream, plan.outcome < 0 ? 0.5 * seller->hygiene : 0.9);
        }
        add_event(deal, state);
    }
    if (plan.outcome < 0)
        return;
    state.day = state.close = deal->end = end;
    state.stage = plan.outcome;
    add_event(deal, state);
}

static void
start_deal(const struct world *world, struct deal_life *deal, struct stream *stream,
           const struct seller_life *sellers, uint32_t owner)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    uint64_t v = 7100000000u + (uint64_t)deal->number * 11 + stream_below(stream, 11);
    memcpy(deal->id, "0065g00", 7);
    for (int i = 14; i >= 7; i--, v /= 62)
        deal->id[i] = digits[v % 62];
    deal->account = owner + world->sellers * stream_below(stream, world->accounts / world->sellers);
    if (stream_chance(stream, 0.03))
        deal->account = UINT32_MAX;
    deal->source = sources[stream_below(stream, COUNT(sources))];
    deal->from_lead = stream_chance(stream, 0.5);
    deal->type = stream_chance(stream, 0.1)    ? "Renewal"
                 : stream_chance(stream, 0.25) ? "Existing Business"
                                               : "New Business";
    deal->currency = world_currency(sellers[owner].team, world->teams);
    deal->loss_reason = loss_reasons[stream_below(stream, COUNT(loss_reasons))];
}

static bool
works_on(const struct seller_life *seller, int32_t day)
{
    return seller->start <= day && (seller->end == INT32_MIN || day < seller->end);
}

/* A seller who was there that day, by pace: the first of some at random that his pace lets through.
 */
static uint32_t
draw_owner(const struct world *world, const struct seller_life *sellers, struct stream *stream,
           int32_t day)
{
    uint32_t owner = 0;
    for (int i = 0; i < 40; i++) {
        owner = stream_below(stream, world->sellers);
        if (works_on(&sellers[owner], day) && stream_chance(stream, sellers[owner].pace / 1.9))
            break;
    }
    return owner;
}

struct deal_life
world_deal(const struct world *world, const struct seller_life *sellers, uint32_t number)
{
    struct stream stream = stream_of(world->seed, 3, number);
    struct deal_life deal = {.number = number, .qualified = INT32_MIN, .end = INT32_MAX};
    int32_t day = world->first_day +
                  (int32_t)stream_below(&stream, (uint32_t)(world->last_day - world->first_day));
    uint32_t owner = draw_owner(world, sellers, &stream, day);
    const struct seller_life *seller = &sellers[owner];
    start_deal(world, &deal, &stream, sellers, owner);
    double factor = stream_skewed(&stream, 0.55);
    struct deal_event state = {.owner = owner, .category = 1};
    state.day = day;
    state.amount = (int64_t)(seller->size * factor / 100) * 10000;
    state.close = likely_close(state.day, seller->cycle * 1.2);
    if (stream_chance(&stream, 0.04))
        state.amount = -1;
    add_event(&deal, state);
    int32_t qualify = state.day + 1 + (int32_t)(12 * stream_skewed(&stream, 0.6));
    if (!stream_chance(&stream, 0.78)) {
        state.day = state.close = deal.end = qualify + 20;
        state.stage = stream_chance(&stream, 0.6) ? STAGE_DISQUALIFIED : STAGE_LOST;
        add_event(&deal, state);
        return deal;
    }
    state.day = deal.qualified = qualify;
    state.stage = STAGE_QUALIFIED;
    add_event(&deal, state);
    live_open(&deal, &stream, seller, plan_deal(&stream, seller, factor), state);
    return deal;
}
