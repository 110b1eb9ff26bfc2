/* The stock of open deals: what it is, how clean, against the own need. */
#include "groups.h"

#include <stdio.h>
#include <stdlib.h>

static struct maybe
null_of(enum why why)
{
    return (struct maybe){0, why};
}

static struct maybe
number_of(double value)
{
    return (struct maybe){value, WHY_NONE};
}

static struct maybe
ratio(struct maybe a, struct maybe b)
{
    if (a.why || b.why)
        return null_of(a.why ? a.why : b.why);
    return b.value > 0 ? number_of(a.value / b.value) : null_of(WHY_ZERO_DENOMINATOR);
}

static struct maybe
product(struct maybe a, struct maybe b)
{
    if (a.why || b.why)
        return null_of(a.why ? a.why : b.why);
    return number_of(a.value * b.value);
}

/* Calls `take` with each open deal of the scope. */
static void
each_open(const struct sheet *sheet, void (*take)(void *context, const struct open_deal *open),
          void *context)
{
    const struct work *work = sheet->work;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->open_first[owner]; j < work->open_first[owner + 1]; j++)
            take(context, &work->open[j]);
    }
}

struct flag_tallies {
    const struct sheet *sheet;
    struct tally any[FLAG_COUNT], primary[FLAG_COUNT];
};

static void
tally_flags(void *context, const struct open_deal *open)
{
    struct flag_tallies *tallies = context;
    const struct sheet *sheet = tallies->sheet;
    int64_t amount = open->amount;
    for (int flag = 0; flag < FLAG_COUNT; flag++)
        if (open->flags & 1u << flag)
            work_tally(sheet->facts, &tallies->any[flag], amount);
    if (open->primary >= 0)
        work_tally(sheet->facts, &tallies->primary[open->primary], amount);
}

static void
put_tally_row(const struct sheet *sheet, enum measure_id id, const char *key, struct tally tally)
{
    measure_row(
        sheet, id,
        CELLS(STRING(F_KEY, key), WHOLE(F_NUMBER, tally.number), WHOLE(F_VALUE, tally.value)));
}

static void
put_flags(const struct sheet *sheet)
{
    struct flag_tallies tallies = {.sheet = sheet};
    each_open(sheet, tally_flags, &tallies);
    measure_rows(sheet, M_PIPELINE_FLAGGED, FLAG_COUNT);
    measure_rows(sheet, M_PIPELINE_FLAGGED_PRIMARY, FLAG_COUNT);
    for (int flag = 0; flag < FLAG_COUNT; flag++) {
        put_tally_row(sheet, M_PIPELINE_FLAGGED, config_flag_names[flag], tallies.any[flag]);
        put_tally_row(sheet, M_PIPELINE_FLAGGED_PRIMARY, config_flag_names[flag],
                      tallies.primary[flag]);
    }
}

/* ---- Needs and coverage ---- */

struct needs {
    struct maybe gap, wins, w, wz, w_value, standing; /* standing: L / len(P) */
};

static struct maybe
rate_of(struct share share)
{
    return share.why ? null_of(share.why) : number_of(share.value);
}

static struct needs
needs_of(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    struct needs needs = {
        .gap = facts->has_quota ? number_of((double)facts->gap) : null_of(WHY_NOT_CONFIGURED),
        .w = rate_of(facts->w),
        .wz = rate_of(facts->wz),
    };
    needs.wins = facts->has_quota && facts->gap == 0 ? number_of(0) : ratio(needs.gap, facts->size);
    needs.w_value = product(needs.w, ratio(facts->size, facts->size_decided));
    needs.standing = ratio(facts->in_pipeline, number_of(sheet->work->length));
    return needs;
}

/* A stock against a need; with no gap there is nothing to cover. */
static void
put_cover(const struct sheet *sheet, enum measure_id id, double have, struct maybe need,
          struct maybe gap)
{
    if (!gap.why && gap.value == 0)
        measure_null(sheet, id, WHY_MET);
    else
        measure_maybe(sheet, id, ratio(number_of(have), need));
}

static void
put_needs(const struct sheet *sheet, const struct needs *needs)
{
    bool met = !needs->gap.why && needs->gap.value == 0;
    measure_maybe(sheet, M_PIPELINE_WINS_NEEDED, needs->wins);
    measure_maybe(sheet, M_PIPELINE_DEALS_NEEDED,
                  met ? number_of(0) : ratio(needs->wins, needs->w));
    measure_maybe(sheet, M_PIPELINE_VALUE_NEEDED,
                  met ? number_of(0) : ratio(needs->gap, needs->w_value));
    struct maybe one = number_of(1);
    struct maybe by_number = ratio(one, needs->w), by_value = ratio(one, needs->w_value);
    measure_maybe(sheet, M_PIPELINE_COVERAGE_NEEDED_NUMBER, by_number);
    measure_maybe(sheet, M_PIPELINE_COVERAGE_NEEDED_VALUE, by_value);
    measure_maybe(sheet, M_PIPELINE_COVERAGE_NEEDED_RAW, ratio(one, needs->wz));
    measure_maybe(sheet, M_PIPELINE_COVERAGE_STANDING_NUMBER, product(by_number, needs->standing));
    measure_maybe(sheet, M_PIPELINE_COVERAGE_STANDING_VALUE, product(by_value, needs->standing));
}

static void
put_coverage(const struct sheet *sheet, const struct needs *needs)
{
    const struct scope_facts *facts = sheet->facts;
    struct maybe gap = needs->gap, wins = needs->wins;
    put_cover(sheet, M_PIPELINE_COVERAGE_RAW_NUMBER, facts->open.number, wins, gap);
    put_cover(sheet, M_PIPELINE_COVERAGE_RAW_VALUE, (double)facts->open.value, gap, gap);
    put_cover(sheet, M_PIPELINE_COVERAGE_CLEAN_NUMBER, facts->clean.number, wins, gap);
    put_cover(sheet, M_PIPELINE_COVERAGE_CLEAN_VALUE, (double)facts->clean.value, gap, gap);
    put_cover(sheet, M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER, facts->clean_q, wins, gap);
    put_cover(sheet, M_PIPELINE_COVERAGE_SUFFICIENCY_VALUE, facts->existing, gap, gap);
    double flat = sheet->work->config->flat_multiple;
    measure_maybe(sheet, M_PIPELINE_COVERAGE_GLOBAL_ASK, product(number_of(flat), needs->w));
    struct maybe own = ratio(wins, needs->w);
    if (!own.why && !needs->w.why) /* in deals: what the flat multiple asks, and the own need */
        measure_add(sheet, M_PIPELINE_COVERAGE_GLOBAL_ASK,
                    CELLS(REAL(F_HAVE, flat * wins.value), REAL(F_NEED, own.value)));
}

/* ---- Flow ---- */

static void
put_velocity(const struct sheet *sheet, const struct needs *needs)
{
    const struct scope_facts *facts = sheet->facts;
    struct maybe yield = product(number_of(facts->clean.number), product(needs->w, facts->size));
    struct maybe velocity = ratio(yield, facts->in_pipeline);
    double won = (double)facts->booked_t[SEGMENT_NEW].value +
                 (double)facts->booked_t[SEGMENT_EXPANSION].value;
    struct maybe observed = number_of(won / 365), balance = ratio(velocity, observed);
    measure_maybe(sheet, M_PIPELINE_VELOCITY, velocity);
    measure_maybe(sheet, M_PIPELINE_VELOCITY_OBSERVED, observed);
    measure_maybe(sheet, M_PIPELINE_VELOCITY_BALANCE, balance);
    if (!balance.why && (balance.value < 0.8 || balance.value > 1.25))
        measure_add(sheet, M_PIPELINE_VELOCITY_BALANCE, CELLS(STRING(F_NOTE, "not_steady")));
}

static void
put_flow(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    measure_tally(sheet, M_PIPELINE_CREATED, facts->created);
    measure_tally(sheet, M_PIPELINE_CREATED_RECENT, facts->created_recent);
    measure_maybe(sheet, M_PIPELINE_REPLACEMENT,
                  ratio(number_of(facts->created_recent.number), number_of(facts->left_in_r)));
    measure_add(sheet, M_PIPELINE_REPLACEMENT,
                CELLS(WHOLE(F_K, facts->created_recent.number), WHOLE(F_N, facts->left_in_r)));
}

/* ---- Concentration and the four ways to cut `open` ---- */

struct weights {
    int64_t top[3]; /* descending */
    double sum, squares;
};

static void
weigh(void *context, const struct open_deal *open)
{
    struct weights *weights = context;
    int64_t value = open->amount;
    if (value <= 0)
        return;
    weights->sum += (double)value;
    weights->squares += (double)value * (double)value;
    for (int i = 0; i < 3; i++) {
        if (value <= weights->top[i])
            continue;
        int64_t smaller = weights->top[i];
        weights->top[i] = value;
        value = smaller;
    }
}

static void
put_concentration(const struct sheet *sheet)
{
    struct weights weights = {0};
    each_open(sheet, weigh, &weights);
    double top = (double)weights.top[0] + (double)weights.top[1] + (double)weights.top[2];
    measure_maybe(sheet, M_PIPELINE_CONCENTRATION_TOP3,
                  ratio(number_of(top), number_of(weights.sum)));
    measure_maybe(sheet, M_PIPELINE_CONCENTRATION_EFFECTIVE,
                  ratio(number_of(weights.sum * weights.sum), number_of(weights.squares)));
}

static const struct {
    const char *key;
    int32_t upto;
} ages[] = {{"0-30", 30}, {"31-90", 90}, {"91-180", 180}, {"181-365", 365}, {"366+", INT32_MAX}};
enum { AGE_COUNT = sizeof ages / sizeof *ages };

struct cuts {
    const struct sheet *sheet;
    struct tally *stage; /* by config stage, unknown last */
    struct tally age[AGE_COUNT];
    struct groups sources, months;
};

/* Months count from 1600, so that the unknown (0, the empty word of groups) comes first. */
static uint32_t
month_of(day d)
{
    if (d == DAY_NONE)
        return 0;
    struct civil civil = day_to_civil(d);
    return (uint32_t)((civil.year - 1600) * 12 + civil.month);
}

static void
cut(void *context, const struct open_deal *open)
{
    struct cuts *cuts = context;
    const struct sheet *sheet = cuts->sheet;
    int64_t amount = open->amount;
    int16_t stage = open->stage;
    uint32_t unknown = sheet->work->config->stage_count;
    int age = 0;
    while (open->age > ages[age].upto)
        age++;
    work_tally(sheet->facts, &cuts->stage[stage < 0 ? unknown : (uint32_t)stage], amount);
    work_tally(sheet->facts, &cuts->age[age], amount);
    struct group *source = groups_of(&cuts->sources, open->source);
    work_tally(sheet->facts, &source->all, amount);
    work_tally(sheet->facts, &groups_of(&cuts->months, month_of(open->close))->all, amount);
}

static void
put_stages(const struct sheet *sheet, const struct tally *stage)
{
    const struct config *config = sheet->work->config;
    for (uint32_t i = 0; i < config->stage_count; i++)
        if (config->stage[i].outcome == OUTCOME_OPEN &&
            (config->stage[i].qualified || stage[i].number))
            put_tally_row(sheet, M_PIPELINE_BY_STAGE, config->stage[i].name, stage[i]);
    put_tally_row(sheet, M_PIPELINE_BY_STAGE, "", stage[config->stage_count]);
}

static int
by_month(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    return (x->word > y->word) - (x->word < y->word);
}

static const char *
month_name(const struct sheet *sheet, uint32_t month)
{
    char name[16];
    int length =
        snprintf(name, sizeof name, "%04u-%02u", 1600 + (month - 1) / 12, (month - 1) % 12 + 1);
    return sheet_text(sheet, (struct text){name, (uint32_t)length});
}

/* Ascending months; the unknown is there even when it is empty, and last. */
static void
put_months(const struct sheet *sheet, struct groups *months)
{
    qsort(months->group, months->count, sizeof *months->group, by_month);
    for (uint32_t i = 1; i < months->count; i++)
        put_tally_row(sheet, M_PIPELINE_BY_CLOSE_MONTH, month_name(sheet, months->group[i].word),
                      months->group[i].all);
    put_tally_row(sheet, M_PIPELINE_BY_CLOSE_MONTH, "", months->group[0].all);
}

static void
put_cuts(const struct sheet *sheet)
{
    struct cuts cuts = {.sheet = sheet, .sources = groups_new(sheet), .months = groups_new(sheet)};
    cuts.stage =
        arena_array(sheet->scratch, sheet->work->config->stage_count + 1, sizeof *cuts.stage);
    each_open(sheet, cut, &cuts);
    put_stages(sheet, cuts.stage);
    for (int i = 0; i < AGE_COUNT; i++)
        put_tally_row(sheet, M_PIPELINE_BY_AGE, ages[i].key, cuts.age[i]);
    groups_sort(&cuts.sources);
    for (uint32_t i = 0; i < cuts.sources.count; i++)
        put_tally_row(sheet, M_PIPELINE_BY_SOURCE, sheet_word(sheet, cuts.sources.group[i].word),
                      cuts.sources.group[i].all);
    put_months(sheet, &cuts.months);
}

void
pipeline_measure(const struct sheet *sheet)
{
    struct needs needs = needs_of(sheet);
    measure_tally(sheet, M_PIPELINE_OPEN, sheet->facts->open);
    measure_tally(sheet, M_PIPELINE_CLEAN, sheet->facts->clean);
    put_flags(sheet);
    put_needs(sheet, &needs);
    put_coverage(sheet, &needs);
    put_velocity(sheet, &needs);
    put_flow(sheet);
    put_concentration(sheet);
    put_cuts(sheet);
}
