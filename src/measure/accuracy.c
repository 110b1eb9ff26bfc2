#include "accuracy.h"

#include "history.h"
#include "work.h"

#include <math.h>

#define FEWEST_PERIODS 4
#define MOST_PERIODS 8

struct scope_name {
    const char *kind;
    struct text id;
};

static struct scope_name
name_of(const struct sheet *sheet)
{
    const struct dataset *dataset = sheet->work->dataset;
    const struct scope *scope = &dataset->scope[sheet->scope];
    if (scope->kind == SCOPE_COMPANY) {
        return (struct scope_name){"company", TEXT("company")};
    }
    return scope->kind == SCOPE_SELLER
               ? (struct scope_name){"seller", dataset->sellers.id[scope->index]}
               : (struct scope_name){"team", dataset->teams.id[scope->index]};
}

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

/* The latest run inside a period with at least `lead` days left of it; DAY_NONE without one. */
static day
run_at(const struct work *work, struct period period, int lead)
{
    const day *run;
    uint32_t count = history_runs(work->history, &run);
    day found = DAY_NONE;
    for (uint32_t i = 0; i < count; i++) {
        if (run[i] >= period.start && run[i] <= period.end - lead) {
            found = run[i];
        }
    }
    return found;
}

struct score {
    double off, wide, actual;
    uint32_t rows, inside, periods;
};

static bool
stored(const struct sheet *sheet, day run, const char *measure, double *out)
{
    struct scope_name name = name_of(sheet);
    return history_value(sheet->work->history, run, name.kind, name.id, measure, "", "value", out);
}

/* One row: the forecast `lead` days before the end of a period; false where no run holds one. */
static bool
put_period(const struct sheet *sheet, const struct ended *ended, int lead, struct score *score)
{
    day run = run_at(sheet->work, ended->period, lead);
    double forecast, low, high, actual = (double)ended->booked.value;
    if (run == DAY_NONE || !stored(sheet, run, "forecast.expected", &forecast)) {
        return false;
    }
    bool bounded =
        stored(sheet, run, "forecast.p10", &low) && stored(sheet, run, "forecast.p90", &high);
    bool inside = bounded && actual >= low && actual <= high;
    score->rows++;
    score->inside += inside ? 1 : 0;
    score->off += forecast - actual;
    score->wide += fabs(forecast - actual);
    score->actual += actual;
    measure_row(sheet, M_FORECAST_ACCURACY,
                CELLS(STRING(F_PERIOD, sheet_text(sheet, text_of(ended->period.name))),
                      WHOLE(F_LEAD, lead), REAL(F_FORECAST, forecast),
                      WHOLE(F_ACTUAL, ended->booked.value),
                      bounded ? TRUTH(F_INSIDE, inside) : EMPTY(F_INSIDE)));
    return true;
}

static void
put_score(const struct sheet *sheet, const struct score *score)
{
    if (score->periods < FEWEST_PERIODS) {
        measure_null(sheet, M_FORECAST_ACCURACY, WHY_TOO_FEW);
    } else {
        measure_put(sheet, M_FORECAST_ACCURACY,
                    CELLS(REAL(F_VALUE, score->wide / score->actual),
                          REAL(F_BIAS, score->off / score->actual),
                          REAL(F_INSIDE, (double)score->inside / score->rows),
                          WHOLE(F_N, score->periods)));
    }
}

void
accuracy_measure(const struct sheet *sheet)
{
    static const int leads[] = {60, 30, 1};
    const struct work *work = sheet->work;
    const day *run;
    struct ended past[MOST_PERIODS] = {0};
    int count = 0;
    if (!work->history || history_runs(work->history, &run) == 0) {
        measure_null(sheet, M_FORECAST_ACCURACY, WHY_NO_DATA);
        return;
    }
    past[0].period = work->dataset->previous_period;
    while (count < MOST_PERIODS && past[count].period.end >= run[0]) {
        if (++count < MOST_PERIODS) {
            past[count].period = period_previous(
                work->config->period, work->config->fiscal_year_starts, past[count - 1].period);
        }
    }
    struct score score = {0};
    add_booked(sheet, past, count);
    while (count-- > 0) { /* oldest first */
        bool any = false;
        for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
            any |= put_period(sheet, &past[count], leads[i], &score);
        }
        score.periods += any ? 1 : 0;
    }
    put_score(sheet, &score);
}
