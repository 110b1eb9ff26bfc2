/* Findings about the number: can it be made, what binds, what yields it later. */
#include "findings.h"
#include "levers.h"

/* There is a number to make, and the seller can be expected to make it. */
static bool
has_plan(const struct search *search)
{
    return search->facts->has_quota && search->facts->quota > 0 && !search->facts->left &&
           !search->facts->ramping;
}

static double
quota_of(const struct search *search)
{
    return (double)search->facts->quota;
}

static double
missing(const struct search *search)
{
    double expected;
    if (!has_plan(search) || search->facts->gap == 0 ||
        !findings_number(search, M_FORECAST_EXPECTED, &expected))
        return 0;
    return quota_of(search) - expected;
}

/* Even with every new deal that fits the caps the number is out of reach. */
static bool
cannot_be_reached(const struct search *search)
{
    double feasible;
    const struct measure *needed = &search->sheet->measure[M_SYSTEM_NEEDED_TIME_TRUE];
    if (needed->why == WHY_TOO_LATE)
        return true;
    return findings_number(search, M_SYSTEM_FEASIBLE, &feasible) && feasible < quota_of(search);
}

static bool
gap_unreachable(struct search *search)
{
    double short_by = missing(search), reachable;
    if (short_by <= 0 || search->sheet->work->days_left == 0 || !cannot_be_reached(search))
        return false;
    search->stake = short_by;
    findings_open(search, findings_clean); /* what there is for it */
    if (findings_number(search, M_SYSTEM_FEASIBLE, &reachable) && reachable < quota_of(search))
        findings_say(search, REAL(F_EXPECTED, reachable));
    return true;
}

static bool
gap_open(struct search *search)
{
    double short_by = missing(search), needed;
    if (short_by <= 0 || search->sheet->work->days_left == 0 || cannot_be_reached(search) ||
        !findings_number(search, M_SYSTEM_NEEDED_TIME_TRUE, &needed) || needed <= 0)
        return false;
    search->stake = short_by;
    findings_open(search, findings_clean);
    findings_say(search, REAL(F_NEEDED, needed));
    return true;
}

static bool
nothing_left(struct search *search)
{
    double next;
    if (search->sheet->work->days_left > 0 || !search->facts->has_quota ||
        search->facts->gap == 0 || search->facts->left)
        return false;
    search->stake = (double)search->facts->gap;
    if (findings_number(search, M_FORECAST_NEXT, &next))
        findings_say(search, REAL(F_NEXT, next));
    return true;
}

static bool
quota_met(struct search *search)
{
    double next;
    if (!search->facts->has_quota || search->facts->quota <= 0 || search->facts->gap > 0)
        return false;
    if (findings_number(search, M_FORECAST_NEXT, &next))
        findings_say(search, REAL(F_NEXT, next));
    return true;
}

static bool
on_track(struct search *search)
{
    double chance;
    if (!has_plan(search) || search->facts->gap <= 0 ||
        !findings_number(search, M_FORECAST_P_HIT, &chance) || chance < 0.8)
        return false;
    findings_open(search, findings_clean);
    return true;
}

static bool
is_flagged(const struct search *search, const struct open_deal *open)
{
    (void)search;
    return !open->clean && !open->zombie;
}

static bool
binding_link(struct search *search)
{
    const struct measure *binding = &search->sheet->measure[M_SYSTEM_BINDING];
    const struct cell *key = measure_field(&binding->fields, F_VALUE);
    if (!has_plan(search) || binding->why || !key || key->kind != CELL_TEXT)
        return false;
    const struct cells *gain = measure_key(&search->sheet->measure[M_SYSTEM_GAINS], key->text);
    if (!gain || measure_number(gain, F_VALUE, 0) <= 0)
        return false; /* "none" has no gain */
    search->stake = measure_number(gain, F_VALUE, 0);
    findings_say(search, STRING(F_KEY, key->text));
    if (strcmp(key->text, levers_factor_names[FACTOR_INTEGRITY]) == 0)
        findings_open(search, is_flagged);
    return true;
}

/* The row of the largest field, NULL without rows. */
static const struct cells *
largest_row(const struct measure *measure, enum field field)
{
    const struct cells *largest = NULL;
    for (uint32_t i = 0; !measure->why && i < measure->row_count; i++)
        if (!largest ||
            measure_number(&measure->row[i], field, 0) > measure_number(largest, field, 0))
            largest = &measure->row[i];
    return largest;
}

static void
say_row(struct search *search, const struct cells *row, enum field field)
{
    const struct cell *cell = measure_field(row, field);
    if (cell && cell->kind != CELL_NULL)
        findings_say(search, *cell);
}

static bool
neglected_part(struct search *search)
{
    const struct cells *row = largest_row(&search->sheet->measure[M_SYSTEM_NEGLECTED], F_GAIN);
    if (!row)
        return false;
    search->stake = measure_number(row, F_GAIN, 0);
    say_row(search, row, F_KEY);
    say_row(search, row, F_RATIO);
    return true;
}

static bool
over_invested(struct search *search)
{
    const struct cells *row = largest_row(&search->sheet->measure[M_SYSTEM_OVER_INVESTED], F_RATIO);
    if (!row)
        return false;
    say_row(search, row, F_KEY);
    say_row(search, row, F_RATIO);
    return true;
}

/* Enough decided deals to speak of a win rate. */
static bool
knows_win_rate(const struct search *search)
{
    return !search->facts->w.why &&
           work_decided(search->facts) >= (uint32_t)search->config->findings.minimum_n;
}

/* The money between the flat multiple of the gap and the own need. */
static void
stake_of_multiple(struct search *search)
{
    double own;
    if (findings_number(search, M_PIPELINE_COVERAGE_NEEDED_VALUE, &own)) {
        double apart = (search->config->flat_multiple - own) * (double)search->facts->gap;
        search->stake = apart < 0 ? -apart : apart;
    }
    findings_say(search, REAL(F_NEED, 1 / search->facts->w.value));
    findings_say(search, REAL(F_RATIO, search->config->flat_multiple));
}

static bool
over_asked(struct search *search)
{
    if (!has_plan(search) || search->facts->gap == 0 || !knows_win_rate(search) ||
        search->facts->w.low * search->config->flat_multiple <= 1)
        return false;
    stake_of_multiple(search);
    return true;
}

static bool
under_asked(struct search *search)
{
    if (!has_plan(search) || search->facts->gap == 0 || !knows_win_rate(search) ||
        search->facts->w.high * search->config->flat_multiple >= 1 || search->facts->w.value <= 0)
        return false;
    stake_of_multiple(search);
    return true;
}

static bool
not_sustainable(struct search *search)
{
    double steady;
    if (!has_plan(search) || !findings_number(search, M_FORECAST_STEADY, &steady) ||
        search->facts->lambda_count < (uint32_t)search->config->findings.minimum_n ||
        steady >= 0.9 * quota_of(search))
        return false;
    search->stake = quota_of(search) - steady;
    return true;
}

static bool
ramping(struct search *search)
{
    uint32_t count = 0;
    for (uint32_t i = search->facts->first; i < search->facts->end; i++) {
        const struct scope_facts *seller =
            work_seller(search->sheet->work, search->sheet->work->dataset->order[i]);
        count += seller->present && seller->ramping;
    }
    findings_say(search, WHOLE(F_N, count));
    return count > 0;
}

static bool
optimistic_call(struct search *search)
{
    const struct cells *commit = measure_key(&search->sheet->measure[M_FORECAST_CALLS], "commit");
    double high, expected;
    if (!commit || !findings_number(search, M_FORECAST_P90, &high) ||
        !findings_number(search, M_FORECAST_EXPECTED, &expected) ||
        measure_number(commit, F_VALUE, 0) <= high)
        return false;
    search->stake = measure_number(commit, F_VALUE, 0) - expected;
    findings_say(search, REAL(F_FORECAST, measure_number(commit, F_VALUE, 0)));
    return true;
}

const struct finding_rule findings_of_plan[] = {
    {"gap_unreachable",
     FINDING_ALARM,
     gap_unreachable,
     {M_FORECAST_GAP, M_FORECAST_EXPECTED, M_SYSTEM_NEEDED_TIME_TRUE, M_SYSTEM_FEASIBLE}},
    {"gap_open",
     FINDING_ASK,
     gap_open,
     {M_FORECAST_GAP, M_FORECAST_EXPECTED, M_SYSTEM_NEEDED_TIME_TRUE, MEASURE_COUNT}},
    {"nothing_left",
     FINDING_ALARM,
     nothing_left,
     {M_FORECAST_GAP, M_FORECAST_BOOKED, M_FORECAST_NEXT, MEASURE_COUNT}},
    {"quota_met",
     FINDING_NOTE,
     quota_met,
     {M_FORECAST_BOOKED, M_FORECAST_QUOTA, M_FORECAST_NEXT, MEASURE_COUNT}},
    {"on_track",
     FINDING_NOTE,
     on_track,
     {M_FORECAST_P_HIT, M_FORECAST_EXPECTED, M_FORECAST_QUOTA, MEASURE_COUNT}},
    {"binding_link", FINDING_ASK, binding_link, {M_SYSTEM_BINDING, M_SYSTEM_GAINS, MEASURE_COUNT}},
    {"neglected_part",
     FINDING_ASK,
     neglected_part,
     {M_SYSTEM_NEGLECTED, M_SYSTEM_WHOLE_JOB, MEASURE_COUNT}},
    {"over_invested",
     FINDING_NOTE,
     over_invested,
     {M_SYSTEM_OVER_INVESTED, M_SYSTEM_WHOLE_JOB, MEASURE_COUNT}},
    {"over_asked",
     FINDING_NOTE,
     over_asked,
     {M_PIPELINE_COVERAGE_GLOBAL_ASK, M_PIPELINE_COVERAGE_NEEDED_NUMBER, M_DEALS_WIN_RATE_OWN,
      MEASURE_COUNT}},
    {"under_asked",
     FINDING_ASK,
     under_asked,
     {M_PIPELINE_COVERAGE_GLOBAL_ASK, M_PIPELINE_COVERAGE_NEEDED_NUMBER, M_DEALS_WIN_RATE_OWN,
      MEASURE_COUNT}},
    {"not_sustainable",
     FINDING_ALARM,
     not_sustainable,
     {M_FORECAST_STEADY, M_FORECAST_QUOTA, M_PROSPECTING_CREATION, MEASURE_COUNT}},
    {"ramping", FINDING_NOTE, ramping, {M_DEALS_CYCLE, M_FORECAST_ATTAINMENT, MEASURE_COUNT}},
    {"optimistic_call",
     FINDING_ASK,
     optimistic_call,
     {M_FORECAST_CALLS, M_FORECAST_EXPECTED, M_FORECAST_P90, MEASURE_COUNT}},
    {NULL, FINDING_NOTE, NULL, {MEASURE_COUNT}},
};
