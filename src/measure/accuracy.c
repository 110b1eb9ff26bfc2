#include "accuracy.h"

#include "history.h"
#include "remembered.h"
#include "work.h"

#include <math.h>
#include <stdlib.h>

enum {
    FEWEST_PERIODS = 4,
    MOST_PERIODS = 8, /* that are held against their forecasts */
    NAIVE_REACH = 2,  /* periods further back, for the naive forecast of the first */
    LEADS = 3
};

static const struct {
    int days;
    const char *key;
} leads[LEADS] = {{60, "60"}, {30, "30"}, {1, "1"}};

struct ended { /* a period and what the scope booked in it, all segments */
    struct period period;
    struct tally booked;
};

/* Periods latest first; one pass over the deals. */
static void
add_booked(const struct sheet *sheet, struct ended *past, int count)
{
    const struct dataset *dataset = sheet->work->dataset;
    const struct deals *deals = &dataset->deals;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = dataset->order[i];
        for (uint32_t j = deals->owner_first[owner]; j < deals->owner_first[owner + 1]; j++) {
            uint32_t deal = deals->by_owner[j];
            day close = deals->close[deal];
            if (deals->outcome[deal] != OUTCOME_WON || close > past[0].period.end) {
                continue;
            }
            int at = 0;
            while (at < count && close < past[at].period.start) {
                at++;
            }
            if (at < count) {
                work_tally(sheet->facts, &past[at].booked, deals->amount[deal]);
            }
        }
    }
}

/* The run nearest to `lead` days before the period's end, the earlier of two; DAY_NONE when none is
 * near. */
static day
run_at(const struct work *work, struct period period, int lead)
{
    const day *run;
    uint32_t count = history_runs(work->history, &run);
    int reach = lead / 4 > 3 ? lead / 4 : 3, best = reach + 1;
    day found = DAY_NONE;
    for (uint32_t i = 0; i < count; i++) {
        int left = period.end - run[i], off = abs(left - lead);
        if (left >= 1 && off < best) {
            best = off;
            found = run[i];
        }
    }
    return found;
}

struct score {
    double off, wide, actual; /* sums of F - A, |F - A|, A */
    double wide_where_naive, naive_wide;
    uint32_t rows, bounded, inside, naive;
};

static void
add_score(struct score *to, const struct score *from)
{
    to->off += from->off;
    to->wide += from->wide;
    to->actual += from->actual;
    to->wide_where_naive += from->wide_where_naive;
    to->naive_wide += from->naive_wide;
    to->rows += from->rows;
    to->bounded += from->bounded;
    to->inside += from->inside;
    to->naive += from->naive;
}

struct forecast { /* as a run made it */
    bool known, bounded, naive_known;
    double value, low, high;
    double naive; /* the bookings of the last period that had ended by then */
};

static bool
stored(const struct sheet *sheet, day run, const char *measure, double *out)
{
    struct remembered_scope name = remembered_scope(sheet->work->dataset, sheet->scope);
    return history_value(sheet->work->history, run, name.kind, name.id, measure, "", "value", out);
}

/* `past` is the period and those before it. */
static struct forecast
forecast_of(const struct sheet *sheet, const struct ended *past, day run)
{
    struct forecast forecast = {0};
    bool within = run >= past[0].period.start;
    const struct ended *last = &past[within ? 1 : 2];
    if (run < past[1].period.start)
        return forecast; /* two periods ahead nobody forecasts */
    forecast.known =
        stored(sheet, run, within ? "forecast.expected" : "forecast.next", &forecast.value);
    forecast.bounded = within && stored(sheet, run, "forecast.p10", &forecast.low) &&
                       stored(sheet, run, "forecast.p90", &forecast.high);
    /* a period without a single win lies before the extracts rather than in a bad time */
    forecast.naive_known = last->booked.number > 0;
    forecast.naive = (double)last->booked.value;
    return forecast;
}

/* One row: the forecast `lead` days before the end of a period, if a run made one. */
static void
put_period(const struct sheet *sheet, const struct ended *past, int lead, struct score *score)
{
    day run = run_at(sheet->work, past->period, lead);
    double actual = (double)past->booked.value;
    struct forecast forecast = {0};
    if (run != DAY_NONE)
        forecast = forecast_of(sheet, past, run);
    if (!forecast.known)
        return;
    bool inside = forecast.bounded && actual >= forecast.low && actual <= forecast.high;
    double wide = fabs(forecast.value - actual);
    add_score(score, &(struct score){forecast.value - actual, wide, actual,
                                     forecast.naive_known ? wide : 0,
                                     forecast.naive_known ? fabs(forecast.naive - actual) : 0, 1,
                                     forecast.bounded, inside, forecast.naive_known});
    measure_row(sheet, M_FORECAST_ACCURACY,
                CELLS(STRING(F_PERIOD, sheet_text(sheet, text_of(past->period.name))),
                      WHOLE(F_LEAD, lead), REAL(F_FORECAST, forecast.value),
                      WHOLE(F_ACTUAL, past->booked.value),
                      forecast.bounded ? TRUTH(F_INSIDE, inside) : EMPTY(F_INSIDE),
                      WHOLE(F_DAYS, past->period.end - run),
                      forecast.naive_known ? REAL(F_NAIVE, forecast.naive) : EMPTY(F_NAIVE)));
}

static struct cell
ratio(enum field field, double above, double below)
{
    return below > 0 ? REAL(field, above / below) : EMPTY(field);
}

/* Below the fewest periods a lead is counted, not scored. */
static void
put_lead(const struct sheet *sheet, const char *key, const struct score *score)
{
    bool scored = score->rows >= FEWEST_PERIODS, naive = score->naive >= FEWEST_PERIODS;
    double actual = scored ? score->actual : 0, naive_wide = naive ? score->naive_wide : 0;
    struct cell skill = ratio(F_SKILL, score->naive_wide - score->wide_where_naive, naive_wide);
    measure_row(sheet, M_FORECAST_ACCURACY_LEADS,
                CELLS(STRING(F_KEY, key), WHOLE(F_N, score->rows),
                      ratio(F_VALUE, score->wide, actual), ratio(F_BIAS, score->off, actual),
                      WHOLE(F_K, score->inside),
                      ratio(F_INSIDE, score->inside, scored ? score->bounded : 0),
                      WHOLE(F_NUMBER, score->bounded), skill));
}

static void
put_scores(const struct sheet *sheet, const struct score score[LEADS], uint32_t periods)
{
    struct score all = {0};
    for (int l = 0; l < LEADS; l++)
        add_score(&all, &score[l]);
    if (periods == 0) {
        measure_null(sheet, M_FORECAST_ACCURACY, WHY_NO_DATA);
        measure_null(sheet, M_FORECAST_ACCURACY_LEADS, WHY_NO_DATA);
        return;
    }
    if (periods < FEWEST_PERIODS) {
        measure_null(sheet, M_FORECAST_ACCURACY, WHY_TOO_FEW);
    } else {
        measure_put(sheet, M_FORECAST_ACCURACY,
                    CELLS(ratio(F_VALUE, all.wide, all.actual), ratio(F_BIAS, all.off, all.actual),
                          ratio(F_INSIDE, all.inside, all.bounded), WHOLE(F_N, periods)));
    }
    for (int l = 0; l < LEADS; l++)
        put_lead(sheet, leads[l].key, &score[l]);
}

/* The periods that ended since the first run, latest first, and those the naive forecast needs. */
static int
list_periods(const struct work *work, day first, struct ended past[MOST_PERIODS + NAIVE_REACH])
{
    int count = 0;
    struct period period = work->dataset->previous_period;
    for (int i = 0; i < MOST_PERIODS + NAIVE_REACH; i++) {
        past[i].period = period;
        count += i < MOST_PERIODS && period.end >= first;
        period = period_previous(work->config->period, work->config->fiscal_year_starts, period);
    }
    return count;
}

void
accuracy_measure(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const day *run;
    struct ended past[MOST_PERIODS + NAIVE_REACH] = {0};
    struct score score[LEADS] = {{0}};
    uint32_t periods = 0;
    if (work->history && history_runs(work->history, &run) > 0) {
        int count = list_periods(work, run[0], past);
        add_booked(sheet, past, MOST_PERIODS + NAIVE_REACH);
        while (count-- > 0) { /* oldest first */
            uint32_t before = score[0].rows + score[1].rows + score[2].rows;
            for (int l = 0; l < LEADS; l++)
                put_period(sheet, &past[count], leads[l].days, &score[l]);
            periods += score[0].rows + score[1].rows + score[2].rows > before;
        }
    }
    put_scores(sheet, score, periods);
    measure_add(sheet, M_FORECAST_ACCURACY, CELLS(STRING(F_BASIS, MEASURE_FROM_RUNS)));
    measure_add(sheet, M_FORECAST_ACCURACY_LEADS, CELLS(STRING(F_BASIS, MEASURE_FROM_RUNS)));
}
