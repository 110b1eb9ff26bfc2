/* Findings about the stock of open deals: is it real, is it clean, does it move. */
#include "exact.h"
#include "findings.h"
#include "history.h"
#include "remembered.h"

/* Enough open deals to speak of a share of them. */
static bool
knows_pipeline(const struct search *search)
{
    return search->facts->open.number >= (uint32_t)search->config->findings.minimum_n;
}

static double
open_value(const struct search *search)
{
    return (double)search->facts->open.value;
}

/* Of open deals worth `value` the own win rate is at stake. */
static void
stake_of_stock(struct search *search, double value)
{
    search->stake = search->facts->w.why ? value : value * search->facts->w.value;
    findings_say(search, REAL(F_VALUE, value));
}

static bool
is_flagged(const struct search *search, const struct open_deal *open)
{
    (void)search;
    return !open->clean;
}

/* The raw pipeline covers the need, the clean one does not. */
static bool
padding(struct search *search)
{
    double raw, clean, need_raw, need;
    if (!knows_pipeline(search) || !findings_number(search, M_PIPELINE_COVERAGE_RAW_NUMBER, &raw) ||
        !findings_number(search, M_PIPELINE_COVERAGE_CLEAN_NUMBER, &clean) ||
        !findings_number(search, M_PIPELINE_COVERAGE_NEEDED_RAW, &need_raw) ||
        !findings_number(search, M_PIPELINE_COVERAGE_NEEDED_NUMBER, &need))
        return false;
    double flagged = search->facts->open.number - (double)search->facts->clean.number;
    if (raw < need || clean >= need || flagged < 0.3 * search->facts->open.number)
        return false;
    struct open_sum sum = findings_open(search, is_flagged);
    stake_of_stock(search, sum.value);
    findings_say(search, WHOLE(F_NUMBER, sum.number));
    return true;
}

/* Old, overdue or silent: whatever the rules of the run make of it. */
static bool
is_stalled(const struct search *search, const struct open_deal *open)
{
    (void)search;
    const uint32_t stalled = 1u << FLAG_PAST_CLOSE | 1u << FLAG_SILENT | 1u << FLAG_AGED;
    return open->zombie || (open->flags & stalled);
}

static bool
stalled(struct search *search)
{
    if (!knows_pipeline(search))
        return false;
    struct open_sum sum = findings_open(search, is_stalled);
    if (sum.value < 0.25 * open_value(search) || sum.value <= 0)
        return false;
    stake_of_stock(search, sum.value);
    findings_say(search, WHOLE(F_NUMBER, sum.number));
    findings_say(search, REAL(F_RATE, sum.value / open_value(search)));
    return true;
}

static bool
logs_enough(const struct search *search)
{
    const struct share *capture = &search->facts->capture;
    return capture->why == WHY_NONE && capture->value >= search->config->engagement.capture_minimum;
}

static bool
hangs_on_one(const struct search *search, const struct open_deal *open)
{
    return open->strategic && search->sheet->work->measures->fact[open->fact].people < 2 &&
           open->age > search->config->rule[FLAG_SINGLE_THREADED].days;
}

/* A new deal, or one whose talks nobody logs, hangs on nobody yet. */
static bool
single_threaded_strategic(struct search *search)
{
    const struct dataset *dataset = search->sheet->work->dataset;
    if (!dataset->contacts.present || !dataset->engagement.present || !logs_enough(search))
        return false;
    struct open_sum sum = findings_open(search, hangs_on_one);
    stake_of_stock(search, sum.value);
    findings_say(search, WHOLE(F_NUMBER, sum.number));
    return sum.number > 0;
}

static bool
has_no_owner(const struct search *search, const struct open_deal *open)
{
    uint32_t owner = open->owner;
    return owner < search->sheet->work->dataset->sellers.count &&
           search->sheet->work->dataset->sellers.left[owner];
}

static bool
orphaned(struct search *search)
{
    struct open_sum sum = findings_open(search, has_no_owner);
    stake_of_stock(search, sum.value);
    findings_say(search, WHOLE(F_NUMBER, sum.number));
    return sum.number > 0;
}

static bool
lacks_next_step(const struct search *search, const struct open_deal *open)
{
    (void)search;
    return open->clean && (open->flags & 1u << FLAG_NO_NEXT_STEP);
}

static bool
no_next_step(struct search *search)
{
    if (!knows_pipeline(search))
        return false;
    struct open_sum sum = findings_open(search, lacks_next_step);
    stake_of_stock(search, sum.value);
    findings_say(search, WHOLE(F_NUMBER, sum.number));
    return 3 * sum.number >= search->facts->clean.number && sum.number > 0;
}

/* One deal carries a fifth of what is expected, booked money included. */
static bool
one_deal(struct search *search)
{
    double expected, without;
    if (!findings_number(search, M_FORECAST_EXPECTED, &expected) || expected <= 0 ||
        !findings_number(search, M_FORECAST_WITHOUT_LARGEST, &without) ||
        expected - without < 0.2 * expected)
        return false;
    findings_open(search, findings_clean);
    if (search->deal_count == 0)
        return false;
    search->deal_count = 1; /* the largest, ties by id: the one that was left out */
    search->stake = expected - without;
    findings_say(search, REAL(F_RATE, (expected - without) / expected));
    return true;
}

static bool
is_pushed(const struct search *search, const struct open_deal *open)
{
    day end = search->sheet->work->dataset->period.end, close = open->close;
    return (close == DAY_NONE || close > end) && (open->flags & 1u << FLAG_PUSHED);
}

static bool
slipping(struct search *search)
{
    double slip;
    uint32_t n = (uint32_t)findings_field(search, M_PIPELINE_SLIP_RATE, F_N, 0);
    if (!findings_number(search, M_PIPELINE_SLIP_RATE, &slip) || slip < 0.3 ||
        n < (uint32_t)search->config->findings.minimum_n ||
        findings_field(search, M_PIPELINE_SLIP_RATE, F_LOW, 0) < 0.2)
        return false;
    const struct cells *out =
        measure_key(&search->sheet->measure[M_PIPELINE_MOVEMENT], "pushed_out");
    findings_open(search, is_pushed);
    stake_of_stock(search, out ? -measure_number(out, F_VALUE, 0) : 0);
    return true;
}

/* More leaves than comes in, beyond chance. */
static bool
draining(struct search *search)
{
    uint64_t in = search->facts->created_recent.number, out = search->facts->left_in_r;
    if (search->facts->left || in + out < (uint64_t)search->config->findings.minimum_n ||
        in >= out || exact_binomial(in, out) >= 0.05)
        return false;
    if (!search->facts->w.why && !search->facts->size.why)
        search->stake = (double)(out - in) * search->facts->w.value * search->facts->size.value;
    findings_say(search, WHOLE(F_BEFORE, (int64_t)out));
    findings_say(search, WHOLE(F_AFTER, (int64_t)in));
    return true;
}

struct past { /* what a stored run knew; n is 0 where it knew nothing */
    double coverage, k, n;
};

static void
look_back(struct work *work, day then, uint32_t scope)
{
    struct remembered_scope name = remembered_scope(work->dataset, scope);
    struct past past = {0, 0, 0};
    if (history_value(work->history, then, name.kind, name.id, "pipeline.coverage.raw.number", "",
                      "value", &past.coverage) &&
        history_value(work->history, then, name.kind, name.id, "deals.win_rate.broad", "", "k",
                      &past.k) &&
        history_value(work->history, then, name.kind, name.id, "deals.win_rate.broad", "", "n",
                      &past.n))
        work->past[scope] = past;
}

/* The last run that is about a quarter old or more. */
void
findings_prepare(struct work *work)
{
    const day *runs = NULL;
    uint32_t count = work->history ? history_runs(work->history, &runs) : 0;
    work->past = arena_array(work->arena, work->dataset->scope_count, sizeof *work->past);
    while (count && runs[count - 1] > work->as_of - 80)
        count--;
    for (uint32_t scope = 0; count && scope < work->dataset->scope_count; scope++)
        look_back(work, runs[count - 1], scope);
}

/* Coverage rises, the win rate falls, and their product stays: work without result. */
static bool
death_spiral(struct search *search)
{
    const struct past *known = search->sheet->work->past;
    struct past past = known ? known[search->sheet->scope] : (struct past){0, 0, 0};
    double coverage, rate;
    double k = findings_field(search, M_DEALS_WIN_RATE_BROAD, F_K, 0);
    double n = findings_field(search, M_DEALS_WIN_RATE_BROAD, F_N, 0);
    double fewest = search->config->findings.minimum_n;
    if (n < fewest || past.n < fewest || past.k <= 0 || past.coverage <= 0 ||
        !findings_number(search, M_PIPELINE_COVERAGE_RAW_NUMBER, &coverage) ||
        !findings_number(search, M_DEALS_WIN_RATE_BROAD, &rate))
        return false;
    double rate_then = past.k / past.n;
    double product = coverage * rate / (past.coverage * rate_then);
    if (coverage < 1.1 * past.coverage || rate >= rate_then || product > 1.25 || product < 0.8 ||
        exact_fisher((uint64_t)past.k, (uint64_t)past.n, (uint64_t)k, (uint64_t)n) >= 0.05)
        return false;
    stake_of_stock(search, open_value(search) - open_value(search) * past.coverage / coverage);
    findings_say(search, REAL(F_BEFORE, rate_then));
    findings_say(search, REAL(F_AFTER, rate));
    findings_say(search, REAL(F_HAVE, coverage));
    findings_say(search, REAL(F_NEED, past.coverage));
    return true;
}

const struct finding_rule findings_of_pipeline[] = {
    {"death_spiral",
     FINDING_ALARM,
     death_spiral,
     {M_PIPELINE_COVERAGE_RAW_NUMBER, M_DEALS_WIN_RATE_BROAD, MEASURE_COUNT}},
    {"padding",
     FINDING_ASK,
     padding,
     {M_PIPELINE_COVERAGE_RAW_NUMBER, M_PIPELINE_COVERAGE_CLEAN_NUMBER,
      M_PIPELINE_COVERAGE_NEEDED_NUMBER, M_PIPELINE_FLAGGED_PRIMARY}},
    {"stalled", FINDING_ASK, stalled, {M_PIPELINE_FLAGGED, M_PIPELINE_OPEN, MEASURE_COUNT}},
    {"single_threaded_strategic",
     FINDING_ALARM,
     single_threaded_strategic,
     {M_DEALS_STRATEGIC, M_CALLS_CAPTURE, MEASURE_COUNT}},
    {"orphaned", FINDING_ALARM, orphaned, {M_PIPELINE_FLAGGED, MEASURE_COUNT}},
    {"no_next_step",
     FINDING_ASK,
     no_next_step,
     {M_PIPELINE_FLAGGED, M_PIPELINE_CLEAN, MEASURE_COUNT}},
    {"one_deal",
     FINDING_ASK,
     one_deal,
     {M_FORECAST_EXPECTED, M_FORECAST_WITHOUT_LARGEST, MEASURE_COUNT}},
    {"slipping", FINDING_ASK, slipping, {M_PIPELINE_SLIP_RATE, M_PIPELINE_MOVEMENT, MEASURE_COUNT}},
    {"draining",
     FINDING_ASK,
     draining,
     {M_PIPELINE_REPLACEMENT, M_PIPELINE_CREATED_RECENT, MEASURE_COUNT}},
    {NULL, FINDING_NOTE, NULL, {MEASURE_COUNT}},
};
