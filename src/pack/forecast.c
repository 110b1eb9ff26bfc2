#include "forecast.h"

#include "amount.h"
#include "chart_lines.h"
#include "chart_rows.h"

#include <math.h>
#include <string.h>

void
forecast_distribution(const struct voice *voice, struct block *section)
{
    const struct measure *spread = voice_measure(voice, M_FORECAST_DISTRIBUTION);
    double quota = 0, p10 = 0, p50 = 0, p90 = 0, hit = 0;
    bool has_quota = voice_has(voice, M_FORECAST_QUOTA, &quota);
    bool known = voice_has(voice, M_FORECAST_P10, &p10) && voice_has(voice, M_FORECAST_P50, &p50) &&
                 voice_has(voice, M_FORECAST_P90, &p90);
    voice_has(voice, M_FORECAST_P_HIT, &hit);
    if (spread->why != WHY_NONE || spread->row_count == 0 || !known) {
        chart_missing(voice, section, M_FORECAST_DISTRIBUTION, "distribution",
                      spread->why ? spread->why : WHY_NO_DATA);
        return;
    }
    struct bin *bin = arena_array(voice->doc->arena, spread->row_count, sizeof *bin);
    struct amount_unit unit = amount_unit(voice, fmax(fabs(p90), quota));
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("$bookings", "chance"), unit.power, spread->row_count);
    for (uint32_t r = 0; r < spread->row_count; r++) {
        bin[r] = (struct bin){measure_number(&spread->row[r], F_VALUE, 0),
                              measure_number(&spread->row[r], F_P, 0)};
        chart_row(
            voice, table, ROW_BODY,
            CELL_TEXTS(amount_cell(voice, unit, bin[r].value), voice_share(voice, bin[r].share)));
    }
    bool one = p50 - p10 < (p90 - p10) * 0.02; /* half of the chances lie on one amount */
    const struct line_mark marks[] = {
        {p10,
         SAY(voice, one ? "marks.p10_p50" : "marks.p10",
             WORDS("money", amount_text(voice, unit, one ? p50 : p10))),
         INK_SECONDARY, 2, false},
        {p50, one ? "" : SAY(voice, "marks.p50", WORDS("money", amount_text(voice, unit, p50))),
         INK_SECONDARY, 2, false},
        {p90, SAY(voice, "marks.p90", WORDS("money", amount_text(voice, unit, p90))), INK_SECONDARY,
         2, false},
        {quota, SAY(voice, "marks.quota", WORDS("money", amount_text(voice, unit, quota))),
         INK_TEXT, 0, true}};
    const struct spread drawn = {
        spread->row_count, bin, has_quota ? 4 : 3, marks, has_quota ? quota : INFINITY, 110};
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_FORECAST_DISTRIBUTION, "distribution",
        WORDS("hit", voice_chance(voice, hit)), NUMBER("low", p10), NUMBER("middle", p50),
        NUMBER("high", p90), NUMBER("quota", quota), WORDS("has_quota", has_quota ? "yes" : "no"),
        WORDS("range", p90 - p10 < 1 ? "one" : "wide"));
    if (spread->row_count > 1)
        exhibit->scene->height = chart_spread_draw(voice, exhibit->scene, 0, &drawn);
    else
        exhibit->scene = NULL; /* one amount needs no picture */
    exhibit->table = table;
}

static double
called(const struct voice *voice, const char *key, bool *known)
{
    const struct measure *calls = voice_measure(voice, M_FORECAST_CALLS);
    const struct cells *row = calls->why == WHY_NONE ? measure_key(calls, key) : NULL;
    double value = 0;
    *known = voice_cell(row, F_VALUE, &value);
    return value;
}

struct judged {
    const struct voice *voice;
    struct chart_rows *rows;
    struct doc_table *table;
    struct amount_unit unit;
};

static void
add_point(const struct judged *judged, const char *key, bool known, double value, enum why why)
{
    const struct voice *voice = judged->voice;
    struct chart_row *row = chart_rows_add(judged->rows, voice_term(voice, "judged", key));
    row->has[0] = known;
    row->value[0] = value;
    row->missing = voice_lacks(voice, M_FORECAST_CALLS, why ? why : WHY_NO_DATA);
    row->text = known ? amount_text(voice, judged->unit, value) : NULL;
    chart_row(
        voice, judged->table, ROW_BODY,
        CELL_TEXTS(row->label, known ? amount_cell(voice, judged->unit, value) : row->missing));
}

void
forecast_judgement(const struct voice *voice, struct block *section)
{
    static const struct {
        const char *key;
        enum measure_id id;
    } modelled[] = {{"booked", M_FORECAST_BOOKED},
                    {"model", M_FORECAST_EXPECTED},
                    {"without_largest", M_FORECAST_WITHOUT_LARGEST},
                    {"weighted_crm", M_FORECAST_WEIGHTED_CRM}};
    struct chart_rows *rows = chart_rows_new(voice, 6);
    bool has_commit, has_best;
    double commit = called(voice, "commit", &has_commit), best = called(voice, "best", &has_best);
    double value = 0, low = 0, high = 0, expected = 0;
    enum why why = voice_measure(voice, M_FORECAST_CALLS)->why;
    struct judged judged = {.voice = voice, .rows = rows};
    voice_has(voice, M_FORECAST_WEIGHTED_CRM, &value);
    voice_has(voice, M_FORECAST_EXPECTED, &expected);
    judged.unit = amount_unit(voice, fmax(fmax(commit, best), fmax(value, expected)));
    judged.table =
        chart_table(voice, NULL, CELL_TEXTS("judgement", "$value"), judged.unit.power, 6);
    for (int i = 0; i < 2; i++) {
        bool known = voice_has(voice, modelled[i].id, &value);
        add_point(&judged, modelled[i].key, known, value,
                  voice_measure(voice, modelled[i].id)->why);
    }
    struct chart_row *model = &rows->row[1];
    bool ranged = voice_has(voice, M_FORECAST_P10, &low) && voice_has(voice, M_FORECAST_P90, &high);
    model->has_interval = ranged && model->has[0];
    model->low = low;
    model->high = high;
    model->bold = true;
    add_point(&judged, "commit", has_commit, commit, why);
    add_point(&judged, "best", has_best, best, why);
    for (int i = 2; i < 4; i++) {
        bool known = voice_has(voice, modelled[i].id, &value);
        add_point(&judged, modelled[i].key, known, value,
                  voice_measure(voice, modelled[i].id)->why);
    }
    bool has_model = voice_has(voice, M_FORECAST_EXPECTED, &expected);
    rows->shape[0] = MARK_DISC;
    rows->label = fmax(fmax(commit, best), fmax(value, expected)) > 0 ? chart_money : NULL;
    rows->has_reference = voice_has(voice, M_FORECAST_QUOTA, &rows->reference);
    rows->reference_label = voice_tell(voice, "marks.quota_short");
    const char *state = !has_commit || !ranged ? "unknown"
                        : commit > high        ? "above"
                        : commit < low         ? "below"
                                               : "inside";
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_FORECAST_CALLS, "judgement", WORDS("state", state),
                NUMBER("commit", commit), NUMBER("expected", has_model ? expected : 0),
                NUMBER("apart", fabs(commit - expected)));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = judged.table;
}

static const char *
money_or_why(const struct voice *voice, struct amount_unit unit, enum measure_id id)
{
    double value = 0;
    return voice_has(voice, id, &value) ? amount_cell(voice, unit, value)
                                        : voice_lacks(voice, id, voice_measure(voice, id)->why);
}

void
forecast_parts(const struct voice *voice, struct block *section)
{
    static const struct {
        const char *key;
        enum measure_id id;
        enum row_role role;
    } parts[] = {{"booked", M_FORECAST_BOOKED, ROW_BODY},
                 {"existing", M_FORECAST_EXISTING, ROW_BODY},
                 {"new", M_FORECAST_NEW, ROW_BODY},
                 {"expected", M_FORECAST_EXPECTED, ROW_TOTAL},
                 {"renewals_due", M_FORECAST_RENEWALS_DUE, ROW_BODY}};
    const struct measure *categories = voice_measure(voice, M_FORECAST_CATEGORIES);
    struct amount_unit unit =
        amount_unit_over(voice, NULL, (enum measure_id[]){M_FORECAST_EXPECTED}, 1);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = chart_table(voice, voice_tell(voice, "tables.forecast.caption"),
                               CELL_TEXTS("forecast_part", "$value", "means"), unit.power,
                               6 + categories->row_count);
    block->table->column[2].align = ALIGN_START;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct doc_row *row =
            chart_row(voice, block->table, parts[i].role,
                      CELL_TEXTS(voice_term(voice, "forecast_parts", parts[i].key),
                                 money_or_why(voice, unit, parts[i].id),
                                 voice_term(voice, "forecast_means", parts[i].key)));
        row->anchor = measure_table[parts[i].id].name;
    }
    double standing = 0; /* open deals in any category */
    for (uint32_t r = 0; categories->why == WHY_NONE && r < categories->row_count; r++)
        if (strcmp(voice_cell_text(&categories->row[r], F_KEY), "booked") != 0)
            standing += measure_number(&categories->row[r], F_NUMBER, 0);
    if (standing > 0)
        chart_row(voice, block->table, ROW_GROUP,
                  CELL_TEXTS(voice_tell(voice, "tables.forecast.categories"), "", ""));
    for (uint32_t r = 0; categories->why == WHY_NONE && r < categories->row_count; r++) {
        const struct cells *row = &categories->row[r];
        const char *key = voice_cell_text(row, F_KEY);
        double number = measure_number(row, F_NUMBER, 0);
        if (number > 0 && strcmp(key, "booked") != 0)
            chart_row(voice, block->table, ROW_BODY,
                      CELL_TEXTS(voice_term(voice, "categories", key),
                                 amount_cell(voice, unit, measure_number(row, F_VALUE, 0)),
                                 SAY(voice, "common.deals", NUMBER("n", number))));
    }
}
