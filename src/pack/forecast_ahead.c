/* The forecast beyond one period: the three horizons, the record so far, the trend. */
#include "amount.h"
#include "chart_lines.h"
#include "chart_rows.h"
#include "forecast.h"
#include "history.h"

#include <math.h>

void
forecast_horizons(const struct voice *voice, struct block *section)
{
    static const struct {
        const char *key;
        enum measure_id id;
    } horizons[] = {
        {"this", M_FORECAST_EXPECTED}, {"next", M_FORECAST_NEXT}, {"steady", M_FORECAST_STEADY}};
    struct chart_rows *rows = chart_rows_new(voice, 3);
    struct amount_unit unit = amount_unit_over(
        voice, NULL, (enum measure_id[]){M_FORECAST_EXPECTED, M_FORECAST_NEXT, M_FORECAST_STEADY},
        3);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("horizon", "$value", "of_quota"), unit.power, 3);
    double quota, value[3];
    bool known[3], has_quota = voice_has(voice, M_FORECAST_QUOTA, &quota) && quota > 0;
    for (int i = 0; i < 3; i++) {
        struct chart_row *row =
            chart_rows_add(rows, voice_term(voice, "horizons", horizons[i].key));
        known[i] = voice_has(voice, horizons[i].id, &value[i]);
        row->has[0] = known[i];
        row->value[0] = value[i];
        row->missing = voice_why(voice, voice_measure(voice, horizons[i].id)->why);
        row->has_need = has_quota && known[i];
        row->need = quota;
        row->bold = i == 0;
        const char *money = amount_text(voice, unit, value[i]);
        const char *share = has_quota ? voice_share(voice, value[i] / quota) : "\xE2\x80\x93";
        row->text = !known[i]   ? NULL
                    : has_quota ? SAY(voice, "common.money_note", WORDS("money", money),
                                      WORDS("note", share))
                                : money;
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label,
                             known[i] ? amount_cell(voice, unit, value[i]) : row->missing,
                             known[i] ? share : "\xE2\x80\x93"));
    }
    rows->bars = true;
    rows->need_legend = has_quota ? voice_tell(voice, "marks.quota_of_period") : NULL;
    struct doc_exhibit *exhibit = EXHIBIT(voice, section, M_FORECAST_STEADY, "horizons",
                                          WORDS("state", !has_quota || !known[2]   ? "unknown"
                                                         : value[2] >= quota       ? "sustainable"
                                                         : value[2] >= 0.9 * quota ? "close"
                                                                                   : "short"),
                                          NUMBER("steady", has_quota ? value[2] / quota : 0),
                                          NUMBER("next", has_quota ? value[1] / quota : 0),
                                          NUMBER("this", has_quota ? value[0] / quota : 0));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

void
forecast_accuracy(const struct voice *voice, struct block *section)
{
    const struct measure *accuracy = voice_measure(voice, M_FORECAST_ACCURACY);
    if (accuracy->row_count == 0) {
        chart_missing(voice, section, "accuracy", accuracy->why ? accuracy->why : WHY_NO_DATA);
        return;
    }
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    double wmape = 0;
    bool scored = voice_has(voice, M_FORECAST_ACCURACY, &wmape);
    double largest = 0;
    for (uint32_t r = 0; r < accuracy->row_count; r++)
        largest = fmax(largest, fmax(fabs(measure_number(&accuracy->row[r], F_FORECAST, 0)),
                                     fabs(measure_number(&accuracy->row[r], F_ACTUAL, 0))));
    struct amount_unit unit = amount_unit(voice, largest);
    block->anchor = "forecast.accuracy";
    block->table =
        chart_table(voice,
                    SAY(voice, scored ? "tables.accuracy.scored" : "tables.accuracy.listed",
                        NUMBER("wmape", wmape), NUMBER("n", accuracy->row_count)),
                    CELL_TEXTS("period", "lead", "$forecast", "$actual", "$error", "inside"),
                    unit.power, accuracy->row_count);
    for (uint32_t r = 0; r < accuracy->row_count; r++) {
        const struct cells *row = &accuracy->row[r];
        double forecast = measure_number(row, F_FORECAST, 0),
               actual = measure_number(row, F_ACTUAL, 0), inside;
        bool bounded = voice_cell(row, F_INSIDE, &inside);
        chart_row(voice, block->table, ROW_BODY,
                  CELL_TEXTS(voice_cell_text(row, F_PERIOD),
                             voice_count(voice, measure_number(row, F_LEAD, 0)),
                             amount_cell(voice, unit, forecast), amount_cell(voice, unit, actual),
                             amount_cell_change(voice, unit, forecast - actual),
                             !bounded      ? "\xE2\x80\x93"
                             : inside != 0 ? voice_tell(voice, "common.yes")
                                           : voice_tell(voice, "common.no")));
    }
    block->table->note = voice_tell(voice, "tables.accuracy.note");
}

/* ---- Trend over the remembered runs ---- */

static struct text
scope_id(const struct voice *voice)
{
    const struct scope *scope = &voice->dataset->scope[voice->scope];
    return scope->kind == SCOPE_COMPANY ? TEXT("company")
           : scope->kind == SCOPE_TEAM  ? voice->dataset->teams.id[scope->index]
                                        : voice->dataset->sellers.id[scope->index];
}

static uint32_t
remember(const struct voice *voice, enum measure_id id, uint32_t runs, const day *days,
         double *value)
{
    static const char *const kinds[] = {"company", "team", "seller"};
    const char *kind = kinds[voice->dataset->scope[voice->scope].kind];
    uint32_t count = 0;
    for (uint32_t r = 0; r < runs; r++)
        count += history_value(voice->history, days[r], kind, scope_id(voice),
                               measure_table[id].name, "", "value", &value[count]);
    double now = 0;
    if (voice_has(voice, id, &now))
        value[count++] = now;
    return count;
}

static const char *
written(const struct voice *voice, enum measure_id id, double value)
{
    switch (measure_table[id].unit) {
    case UNIT_MONEY:
        return voice_short_money(voice, value);
    case UNIT_SHARE:
        return voice_share(voice, value);
    case UNIT_RATIO:
        return voice_ratio(voice, value);
    default:
        return voice_count(voice, value);
    }
}

void
forecast_trend(const struct voice *voice, struct block *section)
{
    static const enum measure_id ids[] = {M_FORECAST_P_HIT, M_PIPELINE_CLEAN, M_DEALS_WIN_RATE_OWN,
                                          M_DEALS_SIZE_WON, M_FORECAST_STEADY};
    enum { LINES = sizeof ids / sizeof *ids, PITCH = 24, MOST = 12 };
    const day *days;
    uint32_t runs = voice->history ? history_runs(voice->history, &days) : 0;
    if (runs < 2)
        return;
    if (runs > MOST) {
        days += runs - MOST;
        runs = MOST;
    }
    struct doc_exhibit *exhibit = EXHIBIT(voice, section, M_FORECAST_P_HIT, "trend",
                                          NUMBER("runs", runs + 1), NUMBER("since", days[0]));
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("measure", "first", "now"), 0, LINES);
    double y = 0, value[MOST + 1];
    for (int i = 0; i < LINES; i++) {
        uint32_t count = remember(voice, ids[i], runs, days, value);
        const char *label = voice_term(voice, "trend", measure_table[ids[i]].name);
        if (count < 3)
            continue;
        scene_text(exhibit->scene, 0, y + 14, label, CHART_TEXT, false, INK_TEXT, ANCHOR_START,
                   voice->width * 0.4);
        chart_sparkline(exhibit->scene, voice->width * 0.42, y + 3, voice->width * 0.38, PITCH - 8,
                        count, value);
        scene_text(exhibit->scene, voice->width * 0.83, y + 14,
                   written(voice, ids[i], value[count - 1]), CHART_TEXT, true, INK_TEXT,
                   ANCHOR_START, voice->width * 0.17);
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(label, written(voice, ids[i], value[0]),
                             written(voice, ids[i], value[count - 1])));
        y += PITCH;
    }
    exhibit->scene->height = y;
    exhibit->table = table;
}
