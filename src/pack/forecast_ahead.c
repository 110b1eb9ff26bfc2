/* The forecast beyond one period: the three horizons. */
#include "amount.h"
#include "chart_rows.h"
#include "forecast.h"

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
