/* What will be booked: of the open deals, of new ones, and how sure that is. */
#include "accuracy.h"
#include "curve.h"
#include "equation.h"
#include "quota.h"
#include "spread.h"
#include "threads.h"
#include "work.h"

/* ---- Preparation ---- */

static void
set_chances(const struct work *work, const struct equation *equation, uint32_t owner,
            struct scope_facts *facts)
{
    for (uint32_t i = work->open_first[owner]; i < work->open_first[owner + 1]; i++) {
        struct open_deal *open = &work->open[i];
        double next;
        if (!open->zombie) {
            equation_chances(equation, open->age, open->size_effect, &open->q, &next);
        }
        work->measures->fact[open->fact].q = open->q;
        facts->clean_q += open->clean ? open->q : 0;
    }
}

static void
look_ahead(void *context, uint32_t owner, unsigned worker)
{
    struct work *work = context;
    struct scope_facts *facts = work_seller(work, owner);
    equation_prepare(work, facts);
    struct equation equation = equation_of(work->scratch[worker], work, facts, false);
    struct outlook outlook = equation_solve(&equation);
    set_chances(work, &equation, owner, facts);
    facts->existing = outlook.existing;
    facts->fresh = outlook.fresh;
    facts->next_existing = outlook.next_existing;
    facts->next_fresh = outlook.next_fresh;
    facts->steady =
        facts->lambda * equation.size * facts->s * curve_ever(work->curve) * work->length;
    arena_clear(work->scratch[worker]);
}

static void
settle(struct work *work, struct scope_facts *facts)
{
    for (uint32_t i = facts->first; facts->kind != SCOPE_SELLER && i < facts->end; i++) {
        const struct scope_facts *own = work_seller(work, work->dataset->order[i]);
        facts->clean_q += own->clean_q;
        facts->existing += own->existing;
        facts->fresh += own->fresh;
        facts->next_existing += own->next_existing;
        facts->next_fresh += own->next_fresh;
        facts->steady += own->steady;
    }
    facts->bookings = 0;
    for (int i = 0; i < SEGMENT_COUNT; i++) {
        if (!number_add(facts->bookings, facts->booked[i].value, &facts->bookings)) {
            facts->overflow = true;
        }
    }
    int64_t gap = 0;
    if (facts->has_quota && !__builtin_sub_overflow(facts->quota, facts->bookings, &gap)) {
        facts->gap = gap > 0 ? gap : 0;
    }
}

/* The latest judgement of each owner for the period; NONE without any. */
static void
find_calls(struct work *work)
{
    const struct calls *calls = &work->dataset->calls;
    work->latest_call = arena_array(work->arena, work->owner_count, sizeof(uint32_t));
    for (uint32_t i = 0; i < work->owner_count; i++) {
        work->latest_call[i] = NONE;
    }
    for (uint32_t i = 0; i < calls->count; i++) {
        uint32_t *latest = &work->latest_call[calls->owner[i]];
        if (calls->period[i].start == work->dataset->period.start &&
            (*latest == NONE || calls->day[i] >= calls->day[*latest])) {
            *latest = i;
        }
    }
}

void
forecast_prepare(struct work *work)
{
    find_calls(work);
    quota_assign(work);
    threads_each(work->jobs, work->owner_count, look_ahead, work);
    for (uint32_t s = 0; s <= work->dataset->scope_count; s++) {
        settle(work, &work->facts[s]);
    }
}

/* ---- Measures ---- */

static void
put_quota(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    int64_t booked = facts->bookings;
    measure_put(sheet, M_FORECAST_BOOKED, CELLS(WHOLE(F_VALUE, booked)));
    if (!facts->has_quota) {
        measure_null(sheet, M_FORECAST_QUOTA, WHY_NOT_CONFIGURED);
        measure_null(sheet, M_FORECAST_GAP, WHY_NOT_CONFIGURED);
        measure_null(sheet, M_FORECAST_ATTAINMENT, WHY_NOT_CONFIGURED);
    } else {
        measure_put(sheet, M_FORECAST_QUOTA, CELLS(WHOLE(F_VALUE, facts->quota)));
        measure_put(sheet, M_FORECAST_GAP, CELLS(WHOLE(F_VALUE, facts->gap)));
        measure_put(sheet, M_FORECAST_ATTAINMENT,
                    CELLS(REAL(F_VALUE, (double)booked / (double)facts->quota)));
    }
    if (facts->has_quota && facts->kind == SCOPE_SELLER && facts->ramping) {
        measure_null(sheet, M_FORECAST_ATTAINMENT, WHY_NOT_YET_EXPECTED);
    }
    if (facts->kind != SCOPE_SELLER && facts->own_quota && facts->below_quota) {
        measure_put(sheet, M_FORECAST_OVER_ASSIGNMENT,
                    CELLS(WHOLE(F_VALUE, facts->quota_below - facts->quota)));
    } else if (facts->kind != SCOPE_SELLER) {
        measure_null(sheet, M_FORECAST_OVER_ASSIGNMENT, WHY_NOT_CONFIGURED);
    }
}

static void
put_money(const struct sheet *sheet, enum measure_id id, double money)
{
    measure_put(sheet, id, CELLS(REAL(F_VALUE, money)));
}

struct lanes { /* over the open deals of a scope */
    struct tally category[CATEGORY_COMMIT + 1];
    double weighted;
    uint32_t weighted_n;
    const struct open_deal *largest; /* clean */
    int64_t largest_value;
};

static void
look_at_deal(const struct sheet *sheet, struct lanes *lanes, const struct open_deal *open)
{
    const struct work *work = sheet->work;
    int64_t amount = open->amount, v = amount > 0 ? amount : 0;
    int16_t stage = open->stage;
    day close = open->close;
    struct period period = work->dataset->period;
    if (close != DAY_NONE && close >= period.start && close <= period.end) {
        work_tally(sheet->facts, &lanes->category[open->category], amount);
    }
    if (stage >= 0 && work->config->stage[stage].has_probability) {
        lanes->weighted += (double)v * work->config->stage[stage].probability;
        lanes->weighted_n++;
    }
    bool larger = !lanes->largest || v > lanes->largest_value ||
                  (v == lanes->largest_value && open->deal < lanes->largest->deal);
    if (open->clean && larger) {
        lanes->largest = open;
        lanes->largest_value = v;
    }
}

static void
put_lanes(const struct sheet *sheet, const struct lanes *lanes)
{
    static const struct {
        enum category category;
        const char *key;
    } row[] = {{CATEGORY_COMMIT, "commit"},
               {CATEGORY_BEST, "best"},
               {CATEGORY_PIPELINE, "pipeline"},
               {CATEGORY_OMITTED, "omitted"},
               {CATEGORY_NONE, ""}};
    const struct scope_facts *facts = sheet->facts;
    uint32_t won = 0;
    for (int i = 0; i < SEGMENT_COUNT; i++) {
        won += facts->booked[i].number;
    }
    measure_row(
        sheet, M_FORECAST_CATEGORIES,
        CELLS(STRING(F_KEY, "booked"), WHOLE(F_NUMBER, won), WHOLE(F_VALUE, facts->bookings)));
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct tally *tally = &lanes->category[row[i].category];
        measure_row(sheet, M_FORECAST_CATEGORIES,
                    CELLS(STRING(F_KEY, row[i].key), WHOLE(F_NUMBER, tally->number),
                          WHOLE(F_VALUE, tally->value)));
    }
    bool configured = false;
    for (uint32_t i = 0; i < sheet->work->config->stage_count; i++) {
        configured |= sheet->work->config->stage[i].has_probability;
    }
    if (configured) {
        measure_put(sheet, M_FORECAST_WEIGHTED_CRM,
                    CELLS(REAL(F_VALUE, lanes->weighted), WHOLE(F_N, lanes->weighted_n)));
    } else {
        measure_null(sheet, M_FORECAST_WEIGHTED_CRM, WHY_NOT_CONFIGURED);
    }
}

static void
put_open(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct scope_facts *facts = sheet->facts;
    struct lanes lanes = {0};
    for (uint32_t i = facts->first; i < facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->open_first[owner]; j < work->open_first[owner + 1]; j++) {
            look_at_deal(sheet, &lanes, &work->open[j]);
        }
    }
    put_lanes(sheet, &lanes);
    double expected = (double)facts->bookings + facts->existing + facts->fresh;
    double lost = lanes.largest ? (double)lanes.largest_value * lanes.largest->q : 0;
    put_money(sheet, M_FORECAST_WITHOUT_LARGEST, expected - lost);
}

static void
put_outlook(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    put_money(sheet, M_FORECAST_EXISTING, facts->existing);
    put_money(sheet, M_FORECAST_NEW, facts->fresh);
    put_money(sheet, M_FORECAST_EXPECTED, (double)facts->bookings + facts->existing + facts->fresh);
    put_money(sheet, M_FORECAST_NEXT, facts->next_existing + facts->next_fresh);
    put_money(sheet, M_FORECAST_STEADY, facts->steady);
}

static void
put_calls(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct calls *calls = &work->dataset->calls;
    struct tally lane[2] = {{0}, {0}};
    if (!calls->present) {
        measure_null(sheet, M_FORECAST_CALLS, WHY_NOT_CONFIGURED);
        return;
    }
    bool anybody = false;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t call = work->latest_call[work->dataset->order[i]];
        if (call != NONE) {
            anybody = true;
            work_tally(sheet->facts, &lane[0], calls->commit[call]);
            work_tally(sheet->facts, &lane[1], calls->best[call]);
        }
    }
    if (!anybody) {
        measure_null(sheet, M_FORECAST_CALLS, WHY_NO_DATA);
        return;
    }
    static const char *const key[] = {"commit", "best"};
    for (int i = 0; i < 2; i++) {
        struct cell value = lane[i].valued > 0 ? WHOLE(F_VALUE, lane[i].value) : EMPTY(F_VALUE);
        measure_row(sheet, M_FORECAST_CALLS, CELLS(STRING(F_KEY, key[i]), value));
    }
}

void
forecast_measure(const struct sheet *sheet)
{
    put_quota(sheet);
    put_outlook(sheet);
    put_open(sheet);
    spread_measure(sheet);
    measure_tally(sheet, M_FORECAST_RENEWALS_DUE, sheet->facts->renewals_due);
    put_calls(sheet);
    accuracy_measure(sheet);
}
