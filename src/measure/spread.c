#include "spread.h"

#include "distribution.h"
#include "work.h"

#include <math.h>

#define BINS 40 /* rows for a chart */

/* The clean deals and the new ones of the sellers of a scope. */
static struct distribution
spread_of(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    struct arena *arena = sheet->scratch;
    const struct scope_facts *facts = sheet->facts;
    uint32_t sellers = facts->end - facts->first;
    int64_t *value = arena_array(arena, facts->clean.number, sizeof *value);
    double *chance = arena_array(arena, facts->clean.number, sizeof *chance);
    double *size = arena_array(arena, sellers, sizeof *size);
    double *mean = arena_array(arena, sellers, sizeof *mean);
    struct bets bets = {.value = value, .chance = chance};
    struct jumps jumps = {.count = sellers, .size = size, .mean = mean};
    for (uint32_t i = 0; i < sellers; i++) {
        uint32_t owner = work->dataset->order[facts->first + i];
        const struct scope_facts *own = work_seller(work, owner);
        size[i] = own->size.why == WHY_NONE && own->size.value > 0 ? own->size.value : 0;
        mean[i] = size[i] > 0 ? own->fresh / size[i] : 0;
        jumps.largest = fmax(jumps.largest, size[i]);
        for (uint32_t j = work->open_first[owner]; j < work->open_first[owner + 1]; j++) {
            const struct open_deal *open = &work->open[j];
            if (open->clean) {
                value[bets.count] = open->amount > 0 ? open->amount : 0;
                chance[bets.count++] = open->q;
            }
        }
    }
    return distribution_new(arena, bets, jumps, work->config->correlation);
}

/* The probability in bins of equal width between the outermost thousandths, whose mass goes to the
 * bins at the ends; each at its middle. */
static void
put_bins(const struct sheet *sheet, const struct distribution *spread, double booked)
{
    double step = (double)spread->step;
    uint32_t low = (uint32_t)(distribution_quantile(spread, 0.001) / step + 0.5);
    uint32_t high = (uint32_t)(distribution_quantile(spread, 0.999) / step + 0.5);
    uint32_t width = (high - low) / BINS + 1, point = 0;
    measure_rows(sheet, M_FORECAST_DISTRIBUTION, (high - low) / width + 1);
    for (uint32_t from = low; from <= high; from += width) {
        uint32_t end = from + width > high ? spread->points : from + width;
        double share = 0;
        for (; point < end; point++) {
            share += spread->mass[point];
        }
        double middle = booked + (from + (width - 1) / 2.0) * step;
        measure_row(sheet, M_FORECAST_DISTRIBUTION, CELLS(REAL(F_VALUE, middle), REAL(F_P, share)));
    }
}

void
spread_measure(const struct sheet *sheet)
{
    struct scope_facts *facts = sheet->facts;
    double booked = (double)facts->bookings;
    struct distribution spread = spread_of(sheet);
    facts->spread_mean = distribution_mean(&spread);
    facts->p10 = booked + distribution_quantile(&spread, 0.1);
    facts->p50 = booked + distribution_quantile(&spread, 0.5);
    facts->p90 = booked + distribution_quantile(&spread, 0.9);
    measure_put(sheet, M_FORECAST_P10, CELLS(REAL(F_VALUE, facts->p10)));
    measure_put(sheet, M_FORECAST_P50, CELLS(REAL(F_VALUE, facts->p50)));
    measure_put(sheet, M_FORECAST_P90, CELLS(REAL(F_VALUE, facts->p90)));
    measure_put(sheet, M_FORECAST_DISTRIBUTION,
                CELLS(REAL(F_VALUE, booked + facts->spread_mean), REAL(F_P10, facts->p10),
                      REAL(F_P50, facts->p50), REAL(F_P90, facts->p90)));
    put_bins(sheet, &spread, booked);
    if (facts->has_quota) {
        double missing = (double)facts->quota - booked - (double)spread.step / 2;
        measure_put(sheet, M_FORECAST_P_HIT,
                    CELLS(REAL(F_VALUE, distribution_reaching(&spread, missing))));
    } else {
        measure_null(sheet, M_FORECAST_P_HIT, WHY_NOT_CONFIGURED);
    }
}
