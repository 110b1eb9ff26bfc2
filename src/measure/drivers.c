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

struct decisions { /* qualified, non-renewal deals decided in some days */
    uint64_t decided, won;
    double value; /* of the won */
};

static void
count_decision(struct decisions *decisions, const struct deals *deals, uint32_t deal)
{
    decisions->decided++;
    if (deals->outcome[deal] != OUTCOME_WON)
        return;
    decisions->won++;
    if (deals->amount[deal] != MONEY_NONE)
        decisions->value += (double)deals->amount[deal];
}

/* The period to date, and as many days from the start of the one before. */
static void
count_decisions(const struct sheet *sheet, struct decisions *before, struct decisions *after)
{
    const struct dataset *dataset = sheet->work->dataset;
    const struct deals *deals = &dataset->deals;
    day start = dataset->previous_period.start, end = dataset->previous_period.end;
    day same_day = start + (dataset->as_of - dataset->period.start);
    struct window previous = {start - 1, same_day < end ? same_day : end};
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = dataset->order[i];
        for (uint32_t j = deals->owner_first[owner]; j < deals->owner_first[owner + 1]; j++) {
            uint32_t deal = deals->by_owner[j];
            uint8_t outcome = deals->outcome[deal];
            if (outcome == OUTCOME_OPEN || outcome == OUTCOME_DISQUALIFIED ||
                deals->segment[deal] == SEGMENT_RENEWAL || deals->qualified[deal] == DAY_NONE)
                continue;
            if (work_within(sheet->work->to_date, deals->close[deal]))
                count_decision(after, deals, deal);
            else if (work_within(previous, deals->close[deal]))
                count_decision(before, deals, deal);
        }
    }
}

static void
find_factors(const struct decisions *decisions, double factor[DRIVER_COUNT])
{
    double decided = (double)decisions->decided, won = (double)decisions->won;
    factor[DRIVER_VOLUME] = decided;
    factor[DRIVER_WIN] = decided > 0 ? won / decided : 0;
    factor[DRIVER_SIZE] = won > 0 ? decisions->value / won : 0;
}

void
drivers_measure(const struct sheet *sheet)
{
    struct decisions before = {0}, after = {0};
    double then[DRIVER_COUNT], now[DRIVER_COUNT], term[DRIVER_COUNT];
    count_decisions(sheet, &before, &after);
    find_factors(&before, then);
    find_factors(&after, now);
    drivers_split(then, now, term);
    measure_put(sheet, M_SYSTEM_BRIDGE,
                CELLS(REAL(F_VALUE, after.value - before.value), REAL(F_BEFORE, before.value),
                      REAL(F_AFTER, after.value)));
    for (int i = 0; i < DRIVER_COUNT; i++)
        measure_row(sheet, M_SYSTEM_BRIDGE,
                    CELLS(STRING(F_KEY, names[i]), REAL(F_VALUE, term[i]), REAL(F_BEFORE, then[i]),
                          REAL(F_AFTER, now[i])));
    measure_row(sheet, M_SYSTEM_SIGNAL,
                CELLS(STRING(F_KEY, "won"), REAL(F_P, exact_binomial(before.won, after.won)),
                      WHOLE(F_BEFORE, (int64_t)before.won), WHOLE(F_AFTER, (int64_t)after.won)));
    double p = exact_fisher(before.won, before.decided, after.won, after.decided);
    measure_row(sheet, M_SYSTEM_SIGNAL,
                CELLS(STRING(F_KEY, "win_rate"), REAL(F_P, p), REAL(F_BEFORE, then[DRIVER_WIN]),
                      REAL(F_AFTER, now[DRIVER_WIN])));
}
