#include "drivers.h"

#include "exact.h"
#include "work.h"

#include <math.h>

static const char *const names[DRIVER_COUNT] = {
    [DRIVER_VOLUME] = "volume",
    [DRIVER_WIN] = "win",
    [DRIVER_SIZE] = "size",
};

/* (a - b) / (ln a - ln b), the mean that makes the terms add up. */
static double
logarithmic_mean(double a, double b)
{
    double ratio = log(a / b);
    if (fabs(ratio) < 1e-9) /* the series around 1, where the quotient cancels */
        return b * (1 + ratio / 2 + ratio * ratio / 6);
    return (a - b) / ratio;
}

static void
split_by_shapley(const double before[DRIVER_COUNT], const double after[DRIVER_COUNT],
                 double term[DRIVER_COUNT])
{
    for (int i = 0; i < DRIVER_COUNT; i++) {
        int j = (i + 1) % DRIVER_COUNT, k = (i + 2) % DRIVER_COUNT;
        double others = before[j] * before[k] / 3 + after[j] * after[k] / 3 +
                        (before[j] * after[k] + after[j] * before[k]) / 6;
        term[i] = (after[i] - before[i]) * others;
    }
}

void
drivers_split(const double before[DRIVER_COUNT], const double after[DRIVER_COUNT],
              double term[DRIVER_COUNT])
{
    double product_before = 1, product_after = 1;
    for (int i = 0; i < DRIVER_COUNT; i++) {
        if (before[i] <= 0 || after[i] <= 0) {
            split_by_shapley(before, after, term);
            return;
        }
        product_before *= before[i];
        product_after *= after[i];
    }
    double mean = logarithmic_mean(product_after, product_before);
    for (int i = 0; i < DRIVER_COUNT; i++)
        term[i] = mean * log(after[i] / before[i]);
}

/* As many days of the period before as have passed of this one. */
static struct window
same_days_before(const struct dataset *dataset)
{
    day start = dataset->previous_period.start, end = dataset->previous_period.end;
    day same_day = start + (dataset->as_of - dataset->period.start);
    return (struct window){start - 1, same_day < end ? same_day : end};
}

void
drivers_count(const struct work *work, struct scope_facts *facts, uint32_t deal)
{
    const struct deals *deals = &work->dataset->deals;
    uint8_t outcome = deals->outcome[deal];
    if (outcome == OUTCOME_OPEN || outcome == OUTCOME_DISQUALIFIED)
        return;
    bool now = work_within(work->to_date, deals->close[deal]);
    if (!now && !work_within(same_days_before(work->dataset), deals->close[deal]))
        return;
    struct decisions *decisions = now ? &facts->to_date : &facts->same_days;
    decisions->decided++;
    if (outcome == OUTCOME_WON)
        work_tally(facts, &decisions->won, deals->amount[deal]);
}

/* The period to date, and as many days of the one before. */
static void
add_decisions(const struct sheet *sheet, struct decisions *before, struct decisions *after)
{
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *own = work_seller(sheet->work, sheet->work->dataset->order[i]);
        before->decided += own->same_days.decided;
        after->decided += own->to_date.decided;
        work_merge(sheet->facts, &before->won, own->same_days.won);
        work_merge(sheet->facts, &after->won, own->to_date.won);
    }
}

static void
find_factors(const struct decisions *decisions, double factor[DRIVER_COUNT])
{
    double decided = decisions->decided, won = decisions->won.number;
    factor[DRIVER_VOLUME] = decided;
    factor[DRIVER_WIN] = decided > 0 ? won / decided : 0;
    factor[DRIVER_SIZE] = won > 0 ? (double)decisions->won.value / won : 0;
}

void
drivers_measure(const struct sheet *sheet)
{
    struct decisions before = {0}, after = {0};
    double then[DRIVER_COUNT], now[DRIVER_COUNT], term[DRIVER_COUNT];
    add_decisions(sheet, &before, &after);
    double value_before = (double)before.won.value, value_after = (double)after.won.value;
    find_factors(&before, then);
    find_factors(&after, now);
    drivers_split(then, now, term);
    measure_put(sheet, M_SYSTEM_BRIDGE,
                CELLS(REAL(F_VALUE, value_after - value_before), REAL(F_BEFORE, value_before),
                      REAL(F_AFTER, value_after)));
    for (int i = 0; i < DRIVER_COUNT; i++)
        measure_row(sheet, M_SYSTEM_BRIDGE,
                    CELLS(STRING(F_KEY, names[i]), REAL(F_VALUE, term[i]), REAL(F_BEFORE, then[i]),
                          REAL(F_AFTER, now[i])));
    measure_row(sheet, M_SYSTEM_SIGNAL,
                CELLS(STRING(F_KEY, "won"),
                      REAL(F_P, exact_binomial(before.won.number, after.won.number)),
                      WHOLE(F_BEFORE, before.won.number), WHOLE(F_AFTER, after.won.number)));
    double p = exact_fisher(before.won.number, before.decided, after.won.number, after.decided);
    measure_row(sheet, M_SYSTEM_SIGNAL,
                CELLS(STRING(F_KEY, "win_rate"), REAL(F_P, p), REAL(F_BEFORE, then[DRIVER_WIN]),
                      REAL(F_AFTER, now[DRIVER_WIN])));
}
