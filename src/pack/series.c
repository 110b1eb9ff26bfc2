#include "series.h"

#include "history.h"
#include "remembered.h"

#include <string.h>

const struct series_figure series_figures[] = {
    {"territory", M_TERRITORY_COVERAGE_NUMBER, MEASURE_COUNT},
    {"prospecting", M_PROSPECTING_CREATION, MEASURE_COUNT},
    {"win", M_DEALS_WIN_RATE_OWN, MEASURE_COUNT},
    {"size", M_DEALS_SIZE_WON, MEASURE_COUNT},
    {"cycle", M_DEALS_CYCLE_OWN, MEASURE_COUNT},
    {"integrity", M_PIPELINE_CLEAN, M_PIPELINE_OPEN},
    {"clean", M_PIPELINE_CLEAN, MEASURE_COUNT},
    {"steady", M_FORECAST_STEADY, MEASURE_COUNT},
    {0},
};

const struct series_figure *
series_of_factor(const char *factor)
{
    for (const struct series_figure *figure = series_figures; figure->key; figure++)
        if (strcmp(figure->key, factor) == 0)
            return figure;
    return NULL;
}

static bool
stored(const struct voice *voice, enum measure_id id, day run, double *value)
{
    struct remembered_scope name = remembered_scope(voice->dataset, voice->scope);
    return history_value(voice->history, run, name.kind, name.id, measure_table[id].name, "",
                         "value", value);
}

bool
series_then(const struct voice *voice, const struct series_figure *figure, day run, double *value)
{
    double whole = 1;
    if (!stored(voice, figure->id, run, value))
        return false;
    if (figure->whole != MEASURE_COUNT && !(stored(voice, figure->whole, run, &whole) && whole > 0))
        return false;
    *value /= whole;
    return true;
}

bool
series_now(const struct voice *voice, const struct series_figure *figure, double *value)
{
    double whole = 1;
    if (!voice_has(voice, figure->id, value))
        return false;
    if (figure->whole != MEASURE_COUNT && !(voice_has(voice, figure->whole, &whole) && whole > 0))
        return false;
    *value /= whole;
    return true;
}

struct series
series_read(const struct voice *voice, const struct series_figure *figure)
{
    struct series series = {0};
    const day *runs = NULL;
    uint32_t count = voice->history ? history_runs(voice->history, &runs) : 0, first = 0;
    if (count >= SERIES_MOST)
        first = count - (SERIES_MOST - 1);
    for (uint32_t r = first; r < count; r++)
        series.count += series_then(voice, figure, runs[r], &series.value[series.count]);
    series.has_now = series_now(voice, figure, &series.value[series.count]);
    series.count += series.has_now;
    if (series.has_now)
        series.process = process_of(series.value, series.count);
    return series;
}

bool
series_is_signal(const struct voice *voice, const struct series_figure *figure,
                 const struct series *series)
{
    const struct cells *fields = &voice_measure(voice, figure->id)->fields;
    double low = 0, high = 0, mean = series->process.mean;
    bool ranged = figure->whole == MEASURE_COUNT && voice_cell(fields, F_LOW, &low) &&
                  voice_cell(fields, F_HIGH, &high);
    return series->process.signal && !(ranged && mean >= low && mean <= high);
}

const char *
series_text(const struct voice *voice, const struct series_figure *figure, double value)
{
    if (figure->whole != MEASURE_COUNT)
        return voice_share(voice, value);
    switch (measure_table[figure->id].unit) {
    case UNIT_MONEY:
        return voice_short_money(voice, value);
    case UNIT_SHARE:
        return voice_share(voice, value);
    case UNIT_RATE: /* a day; people think in months */
        return voice_count(voice, value * 365.25 / 12);
    default:
        return voice_count(voice, value);
    }
}
