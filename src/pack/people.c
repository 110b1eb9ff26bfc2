#include "people.h"

#include "amount.h"
#include "chart_rows.h"

#include <math.h>
#include <string.h>

#define NO_VALUE "\xE2\x80\x93"

enum { LISTED_MOST = 12 };

/* In a list of names only what is not yet expected is said; else a dash. */
static const char *
why_brief(const struct voice *voice, enum why why)
{
    return why == WHY_NOT_YET_EXPECTED ? voice_why(voice, why) : NO_VALUE;
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
                         binding[0] ? voice_term(voice, "factors", binding) : NO_VALUE));
}

static struct block *
list_people(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct amount_unit unit = amount_unit_over(
        voice, below.count > LISTED_MOST ? &below : NULL, /* beside a total that is far larger */
        (enum measure_id[]){M_FORECAST_QUOTA, M_FORECAST_BOOKED, M_FORECAST_EXPECTED}, 3);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
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
    return block;
}

uint32_t
people_listed(const struct voice *voice)
{
    struct voice_scopes below = voice_below(voice);
    return below.scope[0] == voice->scope || below.count > LISTED_MOST ? 0 : below.count;
}

/* Those below, where they are too many for page 1; 0 where they are not. */
static uint32_t
too_many(const struct voice *voice)
{
    struct voice_scopes below = voice_below(voice);
    return people_listed(voice) || below.scope[0] == voice->scope ? 0 : below.count;
}

void
people_list(const struct voice *voice, struct block *section)
{
    uint32_t many = too_many(voice);
    if (people_listed(voice) > 0)
        list_people(voice, section)->anchor = "forecast.attainment";
    if (many == 0)
        return;
    struct block *line = build_block(voice->doc, section, BLOCK_PARAGRAPH);
    build_run(voice->doc, &line->text, SAY(voice, "summary.all_names", NUMBER("n", many)),
              RUN_MUTED, "all-names");
}

void
people_all(const struct voice *voice, struct block *section)
{
    if (too_many(voice) == 0)
        return;
    struct block *block = list_people(voice, section);
    block->anchor = "all-names";
    block->table->small = true;
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
        chart_missing(voice, section, M_SYSTEM_CONCENTRATION_TOP20, "luck",
                      seen->why ? seen->why : WHY_NO_DATA);
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
