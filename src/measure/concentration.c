/* How unequal the sellers' results are, beside what luck alone would show. */
#include "luck.h"
#include "percentile.h"
#include "work.h"

#include <stdlib.h>

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct results {
    double *bookings; /* of present sellers, ascending */
    uint32_t count;
    double sum;
    uint64_t wins;
};

static struct results
results_of(const struct sheet *sheet)
{
    struct results results = {0};
    results.bookings =
        arena_array(sheet->scratch, sheet->facts->end - sheet->facts->first, sizeof(double));
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        const struct scope_facts *seller = work_seller(sheet->work, sheet->work->dataset->order[i]);
        if (!seller->present)
            continue;
        double bookings = 0;
        for (int segment = 0; segment < SEGMENT_COUNT; segment++) {
            bookings += (double)seller->booked_t[segment].value;
            results.wins += seller->booked_t[segment].number;
        }
        results.bookings[results.count++] = bookings;
        results.sum += bookings;
    }
    if (results.count)
        qsort(results.bookings, results.count, sizeof *results.bookings, ascending);
    return results;
}

static void
put_percentiles(const struct sheet *sheet, enum measure_id id, double *drawn, uint32_t draws)
{
    struct percentiles found = percentiles_of_reals(drawn, draws);
    measure_row(sheet, id, CELLS(STRING(F_KEY, "p10"), REAL(F_VALUE, found.p10)));
    measure_row(sheet, id, CELLS(STRING(F_KEY, "p50"), REAL(F_VALUE, found.p50)));
    measure_row(sheet, id, CELLS(STRING(F_KEY, "p90"), REAL(F_VALUE, found.p90)));
}

static void
put_luck(const struct sheet *sheet, const struct results *results)
{
    uint32_t draws = (uint32_t)sheet->work->config->luck.draws;
    if (results->wins == 0 || draws == 0) {
        measure_null(sheet, M_SYSTEM_CONCENTRATION_LUCK_TOP20, WHY_ZERO_DENOMINATOR);
        measure_null(sheet, M_SYSTEM_CONCENTRATION_LUCK_GINI, WHY_ZERO_DENOMINATOR);
        return;
    }
    struct inequality *drawn = arena_array(sheet->scratch, draws, sizeof *drawn);
    double *top20 = arena_array(sheet->scratch, draws, sizeof *top20);
    double *gini = arena_array(sheet->scratch, draws, sizeof *gini);
    luck_draw(sheet->work->config->luck.seed, draws, results->count,
              (double)results->wins / results->count, drawn);
    for (uint32_t i = 0; i < draws; i++) {
        top20[i] = drawn[i].top20;
        gini[i] = drawn[i].gini;
    }
    put_percentiles(sheet, M_SYSTEM_CONCENTRATION_LUCK_TOP20, top20, draws);
    put_percentiles(sheet, M_SYSTEM_CONCENTRATION_LUCK_GINI, gini, draws);
}

void
concentration_measure(const struct sheet *sheet)
{
    if (sheet->facts->kind == SCOPE_SELLER)
        return;
    struct results results = results_of(sheet);
    if (results.count == 0 || results.sum <= 0) {
        enum why why = results.count ? WHY_ZERO_DENOMINATOR : WHY_NO_DATA;
        measure_null(sheet, M_SYSTEM_CONCENTRATION_TOP20, why);
        measure_null(sheet, M_SYSTEM_CONCENTRATION_GINI, why);
    } else {
        struct inequality seen = luck_inequality(results.bookings, results.count);
        struct cell n = WHOLE(F_N, results.count);
        measure_put(sheet, M_SYSTEM_CONCENTRATION_TOP20, CELLS(REAL(F_VALUE, seen.top20), n));
        measure_put(sheet, M_SYSTEM_CONCENTRATION_GINI, CELLS(REAL(F_VALUE, seen.gini), n));
    }
    put_luck(sheet, &results);
}
