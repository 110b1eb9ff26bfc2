/* Which deals are open, decided, booked, created; and the rates they give. */
#include "drivers.h"
#include "mix.h"
#include "number.h"
#include "percentile.h"
#include "winning.h"
#include "work.h"

#define LETTER_DONE 2 /* and 3 */

static bool
is_decided(uint8_t outcome)
{
    return outcome == OUTCOME_WON || outcome == OUTCOME_LOST || outcome == OUTCOME_NO_DECISION;
}

/* The lowest known letter, -1 without any; *complete gets the share of letters that are done. */
static int8_t
weakest_letter(const struct deals *deals, uint32_t deal, double *complete)
{
    int8_t weakest = -1;
    uint32_t done = 0;
    for (uint32_t i = 0; i < deals->letters; i++) {
        int8_t letter = deals->letter[(size_t)deal * deals->letters + i];
        done += letter >= LETTER_DONE ? 1 : 0;
        if (letter >= 0 && (weakest < 0 || letter < weakest)) {
            weakest = letter;
        }
    }
    *complete = deals->letters > 0 ? (double)done / deals->letters : -1;
    return weakest;
}

/* What every deal adds to its owner, renewals and unqualified ones too. */
static void
count_any(struct work *work, struct scope_facts *facts, uint32_t deal)
{
    const struct deals *deals = &work->dataset->deals;
    uint8_t segment = deals->segment[deal];
    if (deals->outcome[deal] == OUTCOME_WON) {
        if (work_within(work->to_date, deals->close[deal])) {
            work_tally(facts, &facts->booked[segment], deals->amount[deal]);
        }
        if (work_within(work->t, deals->close[deal])) {
            work_tally(facts, &facts->booked_t[segment], deals->amount[deal]);
        }
    }
    day close = deals->close[deal];
    struct period period = work->dataset->period;
    if (segment == SEGMENT_RENEWAL && deals->outcome[deal] == OUTCOME_OPEN &&
        close >= period.start && close <= period.end) {
        work_tally(facts, &facts->renewals_due, deals->amount[deal]);
    }
    if (segment == SEGMENT_RENEWAL || deals->qualified[deal] == DAY_NONE) {
        return;
    }
    drivers_count(work, facts, deal);
    if (work_within(work->to_date, deals->qualified[deal])) {
        work_tally(facts, &facts->created, deals->amount[deal]);
    }
    if (work_within(work->r, deals->qualified[deal])) {
        work_tally(facts, &facts->created_recent, deals->amount[deal]);
    }
    if (deals->outcome[deal] != OUTCOME_OPEN && work_within(work->r, deals->close[deal])) {
        facts->left_in_r++;
    }
}

static void
count_decided(struct scope_facts *facts, const struct decided *decided)
{
    struct tally *tally = decided->outcome == OUTCOME_WON    ? &facts->won
                          : decided->outcome == OUTCOME_LOST ? &facts->lost
                                                             : &facts->no_decision;
    work_tally(facts, tally, decided->amount);
    facts->decided_days += decided->age;
    facts->won_days += decided->outcome == OUTCOME_WON ? decided->age : 0;
}

enum place_of_deal { PLACE_ELSEWHERE, PLACE_OPEN, PLACE_DECIDED };

static enum place_of_deal
place_of(const struct work *work, uint32_t deal)
{
    const struct deals *deals = &work->dataset->deals;
    if (deals->segment[deal] == SEGMENT_RENEWAL || deals->qualified[deal] == DAY_NONE) {
        return PLACE_ELSEWHERE;
    }
    if (deals->outcome[deal] == OUTCOME_OPEN) {
        return PLACE_OPEN;
    }
    return is_decided(deals->outcome[deal]) && work_within(work->t, deals->close[deal])
               ? PLACE_DECIDED
               : PLACE_ELSEWHERE;
}

/* Room for the lists: facts by deal, open and decided by owner. */
static void
make_room(struct work *work, struct arena *arena)
{
    const struct deals *deals = &work->dataset->deals;
    struct measures *measures = work->measures;
    work->open_first = arena_array(arena, work->owner_count + 2, sizeof(uint32_t));
    work->decided_first = arena_array(arena, work->owner_count + 2, sizeof(uint32_t));
    uint32_t decided = 0;
    for (uint32_t d = 0; d < deals->count; d++) { /* counted two places on, for what follows */
        enum place_of_deal place = place_of(work, d);
        measures->fact_count += place == PLACE_OPEN ? 1 : 0;
        work->open_first[deals->owner[d] + 2] += place == PLACE_OPEN ? 1 : 0;
        decided += place == PLACE_DECIDED ? 1 : 0;
        work->decided_first[deals->owner[d] + 2] += place == PLACE_DECIDED ? 1 : 0;
    }
    for (uint32_t s = 2; s < work->owner_count + 2; s++) {
        work->open_first[s] += work->open_first[s - 1];
        work->decided_first[s] += work->decided_first[s - 1];
    }
    measures->fact = arena_array(measures->arena, measures->fact_count, sizeof *measures->fact);
    measures->fact_of_deal = arena_array(measures->arena, deals->count, sizeof(uint32_t));
    work->open = arena_array(arena, measures->fact_count, sizeof *work->open);
    work->decided = arena_array(arena, decided, sizeof *work->decided);
}

static struct deal_fact
new_fact(const struct work *work, uint32_t deal)
{
    const struct deals *deals = &work->dataset->deals;
    struct deal_fact fact = {.deal = deal, .primary = -1, .clean = true, .silent_days = -1};
    fact.age = work->as_of - deals->qualified[deal];
    fact.size_effect = 1;
    fact.weakest = weakest_letter(deals, deal, &fact.complete);
    return fact;
}

static struct open_deal
new_open(const struct deals *deals, uint32_t deal, uint32_t fact)
{
    return (struct open_deal){.fact = fact,
                              .deal = deal,
                              .owner = deals->owner[deal],
                              .amount = deals->amount[deal],
                              .close = deals->close[deal],
                              .source = deals->source[deal],
                              .stage = deals->stage[deal],
                              .category = deals->category[deal]};
}

static struct decided
new_decided(const struct work *work, uint32_t deal)
{
    const struct deals *deals = &work->dataset->deals;
    double complete;
    int32_t age = deals->close[deal] - deals->qualified[deal];
    return (struct decided){.deal = deal,
                            .owner = deals->owner[deal],
                            .age = age > 0 ? age : 0,
                            .outcome = deals->outcome[deal],
                            .weakest = weakest_letter(deals, deal, &complete),
                            .strategic = deals->strategic[deal],
                            .amount = deals->amount[deal],
                            .source = deals->source[deal],
                            .reason = deals->loss_reason[deal]};
}

static void
fill_lists(struct work *work)
{
    const struct deals *deals = &work->dataset->deals;
    struct measures *measures = work->measures;
    uint32_t fact = 0;
    for (uint32_t d = 0; d < deals->count; d++) { /* first[owner + 1] moves on to its end */
        uint32_t owner = deals->owner[d];
        struct scope_facts *facts = work_seller(work, owner);
        enum place_of_deal place = place_of(work, d);
        measures->fact_of_deal[d] = NONE;
        count_any(work, facts, d);
        if (place == PLACE_OPEN) {
            work->open[work->open_first[owner + 1]++] = new_open(deals, d, fact);
            measures->fact_of_deal[d] = fact;
            measures->fact[fact++] = new_fact(work, d);
        } else if (place == PLACE_DECIDED) {
            struct decided *decided = &work->decided[work->decided_first[owner + 1]++];
            *decided = new_decided(work, d);
            count_decided(facts, decided);
        }
    }
}

/* Percentiles of the age at winning over the company's wins in T. */
static uint32_t
find_ages(struct work *work, struct arena *arena)
{
    uint32_t decided = work->decided_first[work->owner_count], wins = 0;
    int32_t *age = arena_array(arena, decided, sizeof *age);
    for (uint32_t i = 0; i < decided; i++) {
        if (work->decided[i].outcome == OUTCOME_WON) {
            age[wins++] = work->decided[i].age;
        }
    }
    work->age_p10 = wins > 0 ? percentile_of_days(age, wins, 10) : -1;
    work->age_p95 = wins > 0 ? percentile_of_days(age, wins, 95) : -1;
    return wins;
}

/* Open deals that are older than nearly all wins ever were, or long past their expected close. */
static void
find_zombies(struct work *work, bool by_age)
{
    const struct deals *deals = &work->dataset->deals;
    day before = work->as_of - work->config->rule[FLAG_ZOMBIE].days;
    for (uint32_t f = 0; f < work->measures->fact_count; f++) {
        struct deal_fact *fact = &work->measures->fact[f];
        day close = deals->close[fact->deal];
        fact->zombie =
            (by_age && fact->age > work->age_p95) || (close != DAY_NONE && close < before);
        if (fact->zombie) {
            struct scope_facts *facts = work_seller(work, deals->owner[fact->deal]);
            work_tally(facts, &facts->zombie, deals->amount[fact->deal]);
        }
    }
}

void
deals_prepare(struct work *work, struct arena *arena)
{
    make_room(work, arena);
    fill_lists(work);
    uint32_t wins = find_ages(work, arena);
    find_zombies(work, wins >= (uint32_t)work->config->estimates.zombie_minimum);
}

/* The value rates have the counts behind them, and no interval. */
static void
put_value_rate(const struct sheet *sheet, enum measure_id id, struct tally won, struct tally all)
{
    if (all.valued == 0) {
        measure_null(sheet, id, all.number > 0 ? WHY_NO_DATA : WHY_ZERO_DENOMINATOR);
    } else {
        measure_put(sheet, id,
                    CELLS(REAL(F_VALUE, (double)won.value / (double)all.value),
                          WHOLE(F_K, won.valued), WHOLE(F_N, all.valued)));
    }
}

/* The largest of the decided deals: won first among equals, then the smallest id. */
static const struct decided *
largest_decided(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct decided *largest = NULL;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->decided_first[owner]; j < work->decided_first[owner + 1]; j++) {
            const struct decided *here = &work->decided[j];
            bool won = here->outcome == OUTCOME_WON;
            if (here->amount == MONEY_NONE) {
                continue;
            }
            if (!largest || here->amount > largest->amount ||
                (here->amount == largest->amount &&
                 (won != (largest->outcome == OUTCOME_WON) ? won : here->deal < largest->deal))) {
                largest = here;
            }
        }
    }
    return largest;
}

static void
leave_out(struct scope_facts *facts, struct tally *tally, int64_t amount)
{
    tally->number--;
    tally->valued--;
    if (!number_add(tally->value, -amount, &tally->value))
        facts->overflow = true;
}

static void
put_value_rates(const struct sheet *sheet)
{
    struct scope_facts *facts = sheet->facts;
    struct tally won = facts->won, all = won;
    work_merge(facts, &all, facts->lost);
    work_merge(facts, &all, facts->no_decision);
    put_value_rate(sheet, M_DEALS_WIN_RATE_VALUE, won, all);
    const struct decided *largest = largest_decided(sheet);
    if (largest) {
        leave_out(facts, &all, largest->amount);
        if (largest->outcome == OUTCOME_WON)
            leave_out(facts, &won, largest->amount);
    }
    put_value_rate(sheet, M_DEALS_WIN_RATE_VALUE_EX_LARGEST, won, all);
}

void
deals_measure(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    double won = facts->won.number, decided = work_decided(facts);
    measure_tally(sheet, M_DEALS_WON, facts->won);
    measure_tally(sheet, M_DEALS_LOST, facts->lost);
    measure_tally(sheet, M_DEALS_NO_DECISION, facts->no_decision);
    measure_share(sheet, M_DEALS_WIN_RATE_NARROW,
                  share_of(sheet->work, won, won + facts->lost.number));
    measure_share(sheet, M_DEALS_WIN_RATE_BROAD, share_of(sheet->work, won, decided));
    measure_share(sheet, M_DEALS_WIN_RATE_PLANNING,
                  share_of(sheet->work, won, decided + facts->zombie.number));
    put_value_rates(sheet);
    winning_measure(sheet);
    mix_measure(sheet);
}
