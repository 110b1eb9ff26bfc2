/* The record of past forecasts. */
#include "amount.h"
#include "chart.h"
#include "track.h"

#include <math.h>
#include <string.h>

#define NO_VALUE "\xE2\x80\x93"

enum { LEADS = 3, PERIODS_MOST = 8 };

static const char *const lead_keys[LEADS] = {"60", "30", "1"};

struct record { /* of one ended period */
    const char *period;
    double actual;
    const struct cells *forecast[LEADS]; /* NULL: no run was near */
};

static int
lead_of(const struct cells *row)
{
    double lead = measure_number(row, F_LEAD, 0);
    return lead == 60 ? 0 : lead == 30 ? 1 : 2;
}

static uint32_t
read_records(const struct measure *accuracy, struct record records[PERIODS_MOST])
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < accuracy->row_count; r++) {
        const struct cells *row = &accuracy->row[r];
        const char *period = voice_cell_text(row, F_PERIOD);
        if (count == 0 || strcmp(records[count - 1].period, period) != 0) {
            if (count == PERIODS_MOST)
                break;
            records[count++] = (struct record){period, measure_number(row, F_ACTUAL, 0), {0}};
        }
        records[count - 1].forecast[lead_of(row)] = row;
    }
    return count;
}

static const char *
signed_share(const struct voice *voice, double share)
{
    const char *way = share > 0 ? "over" : share < 0 ? "under" : "even";
    return SAY(voice, "track.signed", WORDS("way", way), NUMBER("value", fabs(share)));
}

/* The forecast and how far it was off; bold where the outcome lay outside its range. */
static void
add_forecast(const struct voice *voice, struct doc_row *row, uint32_t column,
             struct amount_unit unit, const struct cells *forecast, double actual)
{
    double inside = 1;
    if (!forecast) {
        build_cell(voice->doc, row, column, NO_VALUE, RUN_MUTED);
        return;
    }
    double value = measure_number(forecast, F_FORECAST, 0);
    voice_cell(forecast, F_INSIDE, &inside);
    const char *text =
        actual > 0 ? SAY(voice, "track.off", WORDS("money", amount_text(voice, unit, value)),
                         WORDS("off", signed_share(voice, value / actual - 1)))
                   : amount_text(voice, unit, value);
    build_cell(voice->doc, row, column, text, inside != 0 ? RUN_PLAIN : RUN_BOLD);
}

/* A row of what the forecasts of each lead come to. */
static void
add_score(const struct voice *voice, struct doc_table *table, const char *what,
          const char *(*text)(const struct voice *voice, const struct cells *lead))
{
    struct doc_row *row = build_row(voice->doc, table, ROW_BODY);
    build_cell(voice->doc, row, 0, voice_term(voice, "track.scores", what), RUN_PLAIN);
    for (uint32_t l = 0; l < LEADS; l++) {
        const struct cells *lead =
            measure_key(voice_measure(voice, M_FORECAST_ACCURACY_LEADS), lead_keys[l]);
        build_cell(voice->doc, row, l + 2, text(voice, lead), RUN_PLAIN);
    }
}

static const char *
error_text(const struct voice *voice, const struct cells *lead)
{
    double value = 0;
    return voice_cell(lead, F_VALUE, &value) ? voice_share(voice, value) : NO_VALUE;
}

static const char *
bias_text(const struct voice *voice, const struct cells *lead)
{
    double value = 0;
    return voice_cell(lead, F_BIAS, &value) ? signed_share(voice, value) : NO_VALUE;
}

static const char *
skill_text(const struct voice *voice, const struct cells *lead)
{
    double value = 0;
    return voice_cell(lead, F_SKILL, &value) ? signed_share(voice, value) : NO_VALUE;
}

static const char *
inside_text(const struct voice *voice, const struct cells *lead)
{
    double k = 0, bounded = 0;
    voice_cell(lead, F_K, &k);
    voice_cell(lead, F_NUMBER, &bounded);
    return bounded > 0 ? SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", bounded))
                       : NO_VALUE;
}

/* The title speaks of a month before the end, where that was scored. */
static struct doc_table *
new_table(const struct voice *voice, uint32_t periods)
{
    double error = 0;
    bool scored = voice_has(voice, M_FORECAST_ACCURACY, &error);
    const struct measure *leads = voice_measure(voice, M_FORECAST_ACCURACY_LEADS);
    const char *lead = voice_cell(measure_key(leads, "30"), F_VALUE, &error) ? "month" : "any";
    struct doc_table *table =
        chart_table(voice,
                    SAY(voice, scored ? "track.accuracy.scored" : "track.accuracy.listed",
                        NUMBER("error", error), NUMBER("periods", periods), WORDS("lead", lead)),
                    CELL_TEXTS("period", "booked", "lead_60", "lead_30", "lead_1"), 0, periods + 5);
    table->note = voice_tell(voice, scored ? "track.accuracy.note" : "track.accuracy.note_listed");
    return table;
}

void
track_accuracy(const struct voice *voice, struct block *section)
{
    struct record records[PERIODS_MOST];
    uint32_t count = read_records(voice_measure(voice, M_FORECAST_ACCURACY), records);
    double wmape = 0, largest = 0;
    if (count == 0)
        return;
    for (uint32_t i = 0; i < count; i++)
        largest = fmax(largest, records[i].actual);
    struct amount_unit unit = amount_unit(voice, largest);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = measure_table[M_FORECAST_ACCURACY].name;
    block->table = new_table(voice, count);
    for (uint32_t i = 0; i < count; i++) {
        struct doc_row *row = build_row(voice->doc, block->table, ROW_BODY);
        build_cell(voice->doc, row, 0, records[i].period, RUN_PLAIN);
        build_cell(voice->doc, row, 1, amount_text(voice, unit, records[i].actual), RUN_PLAIN);
        for (uint32_t l = 0; l < LEADS; l++)
            add_forecast(voice, row, l + 2, unit, records[i].forecast[l], records[i].actual);
    }
    if (!voice_has(voice, M_FORECAST_ACCURACY, &wmape))
        return;
    struct doc_row *group = build_row(voice->doc, block->table, ROW_GROUP);
    build_cell(voice->doc, group, 0, voice_tell(voice, "track.scores.title"), RUN_PLAIN);
    add_score(voice, block->table, "error", error_text);
    add_score(voice, block->table, "bias", bias_text);
    add_score(voice, block->table, "inside", inside_text);
    add_score(voice, block->table, "skill", skill_text);
}
