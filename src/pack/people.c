#include "people.h"

#include "amount.h"
#include "chart_rows.h"

#include <math.h>
#include <string.h>

enum { ROWS_SHOWN = 30, LISTED_MOST = 12 };

static void
add_attainment(const struct voice *voice, struct chart_rows *rows, struct doc_table *table,
               uint32_t scope)
{
    const struct measure *attained = measures_get(voice->measures, scope, M_FORECAST_ATTAINMENT);
    struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
    double quota = 0, expected = 0, low = 0, high = 0;
    bool has_quota = voice_field(voice, scope, M_FORECAST_QUOTA, F_VALUE, &quota) && quota > 0;
    row->bold = scope == voice->scope;
    row->has[0] = voice_field(voice, scope, M_FORECAST_ATTAINMENT, F_VALUE, &row->value[0]);
    row->has[1] = has_quota && attained->why != WHY_NOT_YET_EXPECTED &&
                  voice_field(voice, scope, M_FORECAST_EXPECTED, F_VALUE, &expected);
    row->value[1] = row->has[1] ? expected / quota : 0;
    row->has_interval = row->has[1] && voice_field(voice, scope, M_FORECAST_P10, F_VALUE, &low) &&
                        voice_field(voice, scope, M_FORECAST_P90, F_VALUE, &high);
    row->low = row->has_interval ? low / quota : 0;
    row->high = row->has_interval ? high / quota : 0;
    row->missing = voice_why(voice, attained->why ? attained->why : WHY_NO_DATA);
    row->text = row->has[0] ? SAY(voice, "common.now_expected",
                                  WORDS("now", voice_share(voice, row->value[0])),
                                  WORDS("expected", row->has[1] ? voice_share(voice, row->value[1])
                                                                : "\xE2\x80\x93"))
                            : NULL;
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(row->label, row->has[0] ? voice_share(voice, row->value[0]) : row->missing,
                         row->has[1] ? voice_share(voice, row->value[1]) : "\xE2\x80\x93"));
}

void
people_attainment(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct chart_rows *rows = chart_rows_new(voice, ROWS_SHOWN + 1);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "attained", "expected_of"), 0, ROWS_SHOWN + 1);
    uint32_t known = 0, reached = 0, likely = 0, starting = 0;
    for (uint32_t i = 0; i < below.count && rows->count < ROWS_SHOWN; i++) {
        if (below.scope[i] == voice->scope)
            continue;
        add_attainment(voice, rows, table, below.scope[i]);
        const struct chart_row *row = &rows->row[rows->count - 1];
        known += row->has[0];
        reached += row->has[0] && row->value[0] >= 1;
        likely += row->has[1] && row->value[1] >= 1;
        starting += measures_get(voice->measures, below.scope[i], M_FORECAST_ATTAINMENT)->why ==
                    WHY_NOT_YET_EXPECTED;
    }
    enum why why = voice_measure(voice, M_FORECAST_QUOTA)->why;
    if (known == 0 && why != WHY_NONE) {
        chart_missing(voice, section, "attainment", why);
        return;
    }
    add_attainment(voice, rows, table, voice->scope);
    rows->shape[0] = MARK_DISC;
    rows->shape[1] = MARK_RING;
    rows->legend[0] = voice_tell(voice, "marks.attained");
    rows->legend[1] = voice_tell(voice, "marks.expected");
    rows->label = chart_share;
    rows->limit = 2;
    rows->has_reference = true;
    rows->reference = 1;
    rows->reference_label = voice_tell(voice, "marks.quota_short");
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_FORECAST_ATTAINMENT, "attainment", NUMBER("known", known),
                NUMBER("reached", reached), NUMBER("likely", likely), NUMBER("starting", starting));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

/* In a list of names only what is not yet expected is said; else a dash. */
static const char *
why_brief(const struct voice *voice, enum why why)
{
    return why == WHY_NOT_YET_EXPECTED ? voice_why(voice, why) : "\xE2\x80\x93";
}

static const char *
money_or_why(const struct voice *voice, struct amount_unit unit, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value)
               ? amount_cell(voice, unit, value)
               : why_brief(voice, measures_get(voice->measures, scope, id)->why);
}

static const char *
share_or_why(const struct voice *voice, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value)
               ? voice_share(voice, value)
               : why_brief(voice, measures_get(voice->measures, scope, id)->why);
}

static const char *
chance_or_why(const struct voice *voice, uint32_t scope)
{
    double value = 0;
    bool ramping = voice->measures->scope[scope].ramping;
    return !ramping && voice_field(voice, scope, M_FORECAST_P_HIT, F_VALUE, &value)
               ? voice_chance_brief(voice, value)
               : why_brief(voice, measures_get(voice->measures, scope, M_FORECAST_P_HIT)->why);
}

static void
list_scope(const struct voice *voice, struct doc_table *table, struct amount_unit unit,
           uint32_t scope, enum row_role role)
{
    const char *binding =
        voice_cell_text(&measures_get(voice->measures, scope, M_SYSTEM_BINDING)->fields, F_VALUE);
    chart_row(voice, table, role,
              CELL_TEXTS(voice_scope_name(voice, scope),
                         money_or_why(voice, unit, scope, M_FORECAST_QUOTA),
                         money_or_why(voice, unit, scope, M_FORECAST_BOOKED),
                         share_or_why(voice, scope, M_FORECAST_ATTAINMENT),
                         money_or_why(voice, unit, scope, M_FORECAST_EXPECTED),
                         chance_or_why(voice, scope),
                         binding[0] ? voice_term(voice, "factors", binding) : "\xE2\x80\x93"));
}

static void
list_people(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct amount_unit unit = amount_unit_over(
        voice, &below,
        (enum measure_id[]){M_FORECAST_QUOTA, M_FORECAST_BOOKED, M_FORECAST_EXPECTED}, 3);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "forecast.attainment";
    block->table = chart_table(
        voice, SAY(voice, "tables.people.caption", WORDS("unit", amount_head(voice, unit))),
        CELL_TEXTS("name", "quota", "booked", "attained", "expected", "chance_of_quota", "binds"),
        0, below.count + 1);
    block->table->column[6].align = ALIGN_START;
    uint32_t starting = 0;
    for (uint32_t i = 0; i < below.count; i++) {
        list_scope(voice, block->table, unit, below.scope[i], ROW_BODY);
        starting += voice->measures->scope[below.scope[i]].ramping;
    }
    list_scope(voice, block->table, unit, voice->scope, ROW_TOTAL);
    block->table->note = SAY(voice, "tables.people.note", NUMBER("starting", starting));
}

uint32_t
people_listed(const struct voice *voice)
{
    struct voice_scopes below = voice_below(voice);
    return below.scope[0] == voice->scope || below.count > LISTED_MOST ? 0 : below.count;
}

void
people_list(const struct voice *voice, struct block *section)
{
    if (people_listed(voice) > 0)
        list_people(voice, section);
}

void
people_all(const struct voice *voice, struct block *section)
{
    if (people_listed(voice) == 0 && voice_below(voice).scope[0] != voice->scope)
        list_people(voice, section);
}

/* ---- Concentration beside luck ---- */

static void
add_luck(const struct voice *voice, struct chart_rows *rows, struct doc_table *table,
         enum measure_id seen, enum measure_id luck, const char *key, bool share)
{
    const struct measure *drawn = voice_measure(voice, luck);
    const struct cells *p10 = measure_key(drawn, "p10"), *p50 = measure_key(drawn, "p50"),
                       *p90 = measure_key(drawn, "p90");
    struct chart_row *row = chart_rows_add(rows, voice_tell(voice, key));
    double low = 0, high = 0;
    row->has[0] = voice_has(voice, seen, &row->value[0]);
    row->has[1] = voice_cell(p50, F_VALUE, &row->value[1]);
    row->has_interval = voice_cell(p10, F_VALUE, &low) && voice_cell(p90, F_VALUE, &high);
    row->low = low;
    row->high = high;
    row->missing = voice_why(voice, voice_measure(voice, seen)->why);
    if (!row->has[0])
        return;
    row->text = share ? voice_share(voice, row->value[0])
                      : SAY(voice, "common.gini", NUMBER("value", row->value[0]));
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(row->label, voice_share(voice, row->value[0]), voice_share(voice, low),
                         voice_share(voice, row->value[1]), voice_share(voice, high)));
}

void
people_luck(const struct voice *voice, struct block *section)
{
    double top20 = 0, high = 0, low = 0;
    const struct measure *seen = voice_measure(voice, M_SYSTEM_CONCENTRATION_TOP20);
    if (!voice_has(voice, M_SYSTEM_CONCENTRATION_TOP20, &top20)) {
        chart_missing(voice, section, "luck", seen->why ? seen->why : WHY_NO_DATA);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, 2);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("measure", "seen", "p10", "p50", "p90"), 0, 2);
    add_luck(voice, rows, table, M_SYSTEM_CONCENTRATION_TOP20, M_SYSTEM_CONCENTRATION_LUCK_TOP20,
             "luck.top20", true);
    add_luck(voice, rows, table, M_SYSTEM_CONCENTRATION_GINI, M_SYSTEM_CONCENTRATION_LUCK_GINI,
             "luck.gini", false);
    high = rows->row[0].high;
    low = rows->row[0].low;
    bool drawn = rows->row[0].has_interval;
    rows->shape[0] = MARK_DISC;
    rows->shape[1] = MARK_RING;
    rows->legend[0] = voice_tell(voice, "marks.seen");
    rows->legend[1] = voice_tell(voice, "marks.by_luck");
    rows->high = 1;
    rows->label = chart_share;
    rows->pitch = 20;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_CONCENTRATION_TOP20, "luck", NUMBER("top20", top20),
                NUMBER("low", low), NUMBER("high", high),
                WORDS("state", !drawn         ? "unknown"
                               : top20 > high ? "more"
                               : top20 < low  ? "less"
                                              : "luck"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}
