/* Findings about the work behind the numbers: winning, engagement, accounts, and chance. */
#include "findings.h"

#include <math.h>

static double
minimum_n(const struct search *search)
{
    return search->config->findings.minimum_n;
}

static double
p_of(const struct search *search, const char *key, double *before, double *after)
{
    const struct cells *row = measure_key(&search->sheet->measure[M_SYSTEM_SIGNAL], key);
    *before = row ? measure_number(row, F_BEFORE, 0) : 0;
    *after = row ? measure_number(row, F_AFTER, 0) : 0;
    return row ? measure_number(row, F_P, 1) : 1;
}

static void
say_change(struct search *search, double p, double before, double after)
{
    findings_say(search, REAL(F_P, p));
    findings_say(search, REAL(F_BEFORE, before));
    findings_say(search, REAL(F_AFTER, after));
}

/* Bookings moved, but chance moves them as much. */
static bool
no_change(struct search *search)
{
    double before, after, rate_before, rate_after;
    double p = p_of(search, "won", &before, &after);
    if (p < 0.05 || p_of(search, "win_rate", &rate_before, &rate_after) < 0.05 || before == after)
        return false;
    say_change(search, p, before, after);
    return true;
}

static bool
is_of_period(const struct search *search, const struct decided *decided)
{
    return work_within(search->sheet->work->to_date, search->deals->close[decided->deal]);
}

static bool
is_undecided(const struct search *search, const struct decided *decided)
{
    (void)search;
    return decided->outcome == OUTCOME_NO_DECISION;
}

static bool
changed(struct search *search, const char *key)
{
    double before, after, p = p_of(search, key, &before, &after);
    if (p >= 0.05)
        return false;
    search->stake =
        fabs(measure_number(&search->sheet->measure[M_SYSTEM_BRIDGE].fields, F_VALUE, 0));
    say_change(search, p, before, after);
    findings_decided(search, is_of_period);
    return true;
}

static bool
wins_changed(struct search *search)
{
    return changed(search, "won");
}

static bool
win_rate_changed(struct search *search)
{
    return changed(search, "win_rate");
}

static bool
no_decision(struct search *search)
{
    double decided = work_decided(search->facts);
    if (decided < minimum_n(search))
        return false;
    struct share share = share_of(search->sheet->work, search->facts->no_decision.number, decided);
    if (share.low < 0.3)
        return false;
    search->stake = (double)search->facts->no_decision.value * search->facts->w.value;
    findings_decided(search, is_undecided);
    findings_say(search, WHOLE(F_VALUE, search->facts->no_decision.value));
    findings_say(search, REAL(F_RATE, share.value));
    findings_say(search, WHOLE(F_K, search->facts->no_decision.number));
    findings_say(search, WHOLE(F_N, (int64_t)decided));
    return true;
}

static bool
is_partly_logged(const struct search *search)
{
    const struct share *capture = &search->facts->capture;
    return capture->why == WHY_NONE && capture->value < search->config->engagement.capture_minimum;
}

static bool
partly_logged(struct search *search)
{
    if (!is_partly_logged(search) || search->facts->capture.n < 5)
        return false;
    findings_say(search, WHOLE(F_K, (int64_t)search->facts->capture.k));
    findings_say(search, WHOLE(F_N, (int64_t)search->facts->capture.n));
    return true;
}

static bool
repeat_meetings(struct search *search)
{
    double rate;
    if (is_partly_logged(search) || !findings_number(search, M_CALLS_REPEAT_SHARE, &rate) ||
        findings_field(search, M_CALLS_REPEAT_SHARE, F_N, 0) < minimum_n(search) ||
        findings_field(search, M_CALLS_REPEAT_SHARE, F_LOW, 0) < 0.25)
        return false;
    findings_say(search, REAL(F_RATE, rate));
    return true;
}

/* What untouched accounts would yield a period at the share the others yield. */
static double
worth_of_untouched(const struct search *search, double untouched, double icp)
{
    double whitespace, share;
    if (!findings_number(search, M_TERRITORY_WHITESPACE, &whitespace) ||
        !findings_number(search, M_TERRITORY_SHARE, &share))
        return 0;
    return whitespace * untouched / icp * share * search->sheet->work->length / 365;
}

static bool
untouched(struct search *search)
{
    double count, icp;
    if (!findings_number(search, M_TERRITORY_UNTOUCHED, &count) ||
        !findings_number(search, M_TERRITORY_ICP, &icp) || count < 1 || count < 0.1 * icp ||
        icp < minimum_n(search) || is_partly_logged(search))
        return false;
    search->stake = worth_of_untouched(search, count, icp);
    findings_say(search, WHOLE(F_NUMBER, (int64_t)count));
    findings_say(search, REAL(F_RATE, count / icp));
    return true;
}

/* The spread of results against the 90 % that luck alone would show. */
static bool
more_than_luck(struct search *search, bool more)
{
    double seen;
    const struct cells *p90 =
        measure_key(&search->sheet->measure[M_SYSTEM_CONCENTRATION_LUCK_TOP20], "p90");
    if (!p90 || !findings_number(search, M_SYSTEM_CONCENTRATION_TOP20, &seen) ||
        findings_field(search, M_SYSTEM_CONCENTRATION_TOP20, F_N, 0) < 5 ||
        (seen > measure_number(p90, F_VALUE, 1)) != more)
        return false;
    findings_say(search, REAL(F_RATE, seen));
    findings_say(search, REAL(F_P90, measure_number(p90, F_VALUE, 1)));
    return true;
}

static bool
concentrated_results(struct search *search)
{
    return more_than_luck(search, true);
}

static bool
luck(struct search *search)
{
    return more_than_luck(search, false);
}

static bool
no_quota(struct search *search)
{
    return !search->facts->has_quota && !search->facts->left;
}

static bool
not_enough_evidence(struct search *search)
{
    double decided = work_decided(search->facts);
    findings_say(search, WHOLE(F_N, (int64_t)decided));
    return decided < minimum_n(search) && !search->facts->ramping && !search->facts->left;
}

const struct finding_rule findings_of_work[] = {
    {"wins_changed", FINDING_ASK, wins_changed, {M_SYSTEM_SIGNAL, M_SYSTEM_BRIDGE, MEASURE_COUNT}},
    {"win_rate_changed",
     FINDING_ASK,
     win_rate_changed,
     {M_SYSTEM_SIGNAL, M_SYSTEM_BRIDGE, MEASURE_COUNT}},
    {"no_change", FINDING_NOTE, no_change, {M_SYSTEM_SIGNAL, M_SYSTEM_BRIDGE, MEASURE_COUNT}},
    {"no_decision",
     FINDING_ASK,
     no_decision,
     {M_DEALS_NO_DECISION, M_DEALS_WIN_RATE_BROAD, MEASURE_COUNT}},
    {"partly_logged", FINDING_NOTE, partly_logged, {M_CALLS_CAPTURE, MEASURE_COUNT}},
    {"repeat_meetings",
     FINDING_ASK,
     repeat_meetings,
     {M_CALLS_REPEAT_SHARE, M_CALLS_NEW_PEOPLE, MEASURE_COUNT}},
    {"untouched",
     FINDING_ASK,
     untouched,
     {M_TERRITORY_UNTOUCHED, M_TERRITORY_WHITESPACE, MEASURE_COUNT}},
    {"concentrated_results",
     FINDING_ASK,
     concentrated_results,
     {M_SYSTEM_CONCENTRATION_TOP20, M_SYSTEM_CONCENTRATION_LUCK_TOP20, MEASURE_COUNT}},
    {"luck",
     FINDING_NOTE,
     luck,
     {M_SYSTEM_CONCENTRATION_TOP20, M_SYSTEM_CONCENTRATION_LUCK_TOP20, MEASURE_COUNT}},
    {"no_quota", FINDING_NOTE, no_quota, {M_FORECAST_QUOTA, MEASURE_COUNT}},
    {"not_enough_evidence",
     FINDING_NOTE,
     not_enough_evidence,
     {M_DEALS_WIN_RATE_BROAD, MEASURE_COUNT}},
    {NULL, FINDING_NOTE, NULL, {MEASURE_COUNT}},
};
