/* What if, what is feasible, and from when on a change can be seen. */
#include "amount.h"
#include "chart_rows.h"
#include "levers.h"

#include <math.h>
#include <string.h>

static const char *
count_or_dash(const struct voice *voice, const struct cells *row, enum field field)
{
    double value = 0;
    return voice_cell(row, field, &value) ? voice_count(voice, value) : "\xE2\x80\x93";
}

static const char *
decimal_or_dash(const struct voice *voice, const struct cells *row, enum field field)
{
    double value = 0;
    return voice_cell(row, field, &value) ? voice_decimal(voice, value, 1) : "\xE2\x80\x93";
}

/* "win_rate 0.5" as a share. */
static double
rate_of(const struct voice *voice, uint32_t index)
{
    return index < voice->config->what_if_count ? voice->config->what_if_win_rate[index] : 0;
}

/* The win rates asked for, each a bar and a row of the table. */
struct scenarios {
    const struct voice *voice;
    struct amount_unit unit;
    struct chart_rows *rows;
    struct doc_table *table;
};

static const char *
written_count(const struct voice *voice, enum measure_id id)
{
    double value = 0;
    return voice_has(voice, id, &value) ? voice_count(voice, value) : "\xE2\x80\x93";
}

static void
add_scenario(const struct scenarios *scenarios, struct chart_row *row, const char *needed,
             const char *deals, const char *proof)
{
    const struct voice *voice = scenarios->voice;
    row->missing = voice_why(voice, WHY_NO_DATA);
    row->text = row->has[0] ? amount_text(voice, scenarios->unit, row->value[0]) : NULL;
    chart_row(
        voice, scenarios->table, ROW_BODY,
        CELL_TEXTS(row->label,
                   row->has[0] ? amount_cell(voice, scenarios->unit, row->value[0]) : row->missing,
                   needed, deals, proof));
}

static void
add_now(const struct scenarios *scenarios)
{
    const struct voice *voice = scenarios->voice;
    double own;
    bool known = voice_has(voice, M_DEALS_WIN_RATE_OWN, &own);
    struct chart_row *row =
        chart_rows_add(scenarios->rows, SAY(voice, "what_if.now", NUMBER("rate", own),
                                            WORDS("known", known ? "y" : "n")));
    row->has[0] = voice_has(voice, M_FORECAST_EXPECTED, &row->value[0]);
    row->light = true;
    add_scenario(scenarios, row, written_count(voice, M_SYSTEM_NEEDED_TIME_TRUE),
                 written_count(voice, M_PIPELINE_DEALS_NEEDED), "\xE2\x80\x93");
}

static void
add_then(const struct scenarios *scenarios, const struct cells *cells, double rate)
{
    const struct voice *voice = scenarios->voice;
    struct chart_row *row =
        chart_rows_add(scenarios->rows, SAY(voice, "what_if.then", NUMBER("rate", rate)));
    row->has[0] = voice_cell(cells, F_EXPECTED, &row->value[0]);
    add_scenario(scenarios, row, count_or_dash(voice, cells, F_NEEDED),
                 count_or_dash(voice, cells, F_DEALS_NEEDED),
                 count_or_dash(voice, cells, F_PROOF_DEALS));
}

/* What the first scenario comes to, in the exhibit's title. */
static struct doc_exhibit *
name_what_if(const struct voice *voice, struct block *section, const struct cells *top)
{
    double now = 0, own = 0, then = 0, proof = 0, deals = 0, then_deals = 0;
    bool known = voice_has(voice, M_FORECAST_EXPECTED, &now);
    bool has_rate = voice_has(voice, M_DEALS_WIN_RATE_OWN, &own);
    bool has_deals = voice_has(voice, M_PIPELINE_DEALS_NEEDED, &deals);
    bool less = voice_cell(top, F_DEALS_NEEDED, &then_deals) && has_deals && deals > 0;
    voice_cell(top, F_EXPECTED, &then);
    voice_cell(top, F_PROOF_DEALS, &proof);
    return EXHIBIT(voice, section, M_SYSTEM_SCENARIOS, "what_if", NUMBER("rate", rate_of(voice, 0)),
                   NUMBER("own", own), NUMBER("change", fabs(then - now)),
                   WORDS("way", then > now   ? "more"
                                : then < now ? "less"
                                             : "same"),
                   WORDS("known", has_rate && known ? "yes" : "no"), NUMBER("deals", deals),
                   NUMBER("then_deals", then_deals), WORDS("less", less ? "yes" : "no"),
                   NUMBER("proof", proof));
}

void
levers_what_if(const struct voice *voice, struct block *section)
{
    const struct measure *what_if = voice_measure(voice, M_SYSTEM_SCENARIOS);
    if (what_if->why != WHY_NONE || what_if->row_count == 0) {
        chart_missing(voice, section, M_SYSTEM_SCENARIOS, "what_if",
                      what_if->why ? what_if->why : WHY_NO_DATA);
        return;
    }
    double now = 0, quota;
    voice_has(voice, M_FORECAST_EXPECTED, &now);
    struct scenarios scenarios = {
        .voice = voice,
        .unit = amount_unit(voice, fmax(fabs(now), amount_largest(what_if, F_EXPECTED))),
        .rows = chart_rows_new(voice, 1 + what_if->row_count)};
    scenarios.table = chart_table(
        voice, NULL,
        CELL_TEXTS("scenario", "$expected", "new_deals_needed", "deals_needed", "proof_deals"),
        scenarios.unit.power, 1 + what_if->row_count);
    add_now(&scenarios);
    for (uint32_t r = 0; r < what_if->row_count; r++)
        add_then(&scenarios, &what_if->row[r], rate_of(voice, r));
    struct chart_rows *rows = scenarios.rows;
    rows->bars = true;
    rows->has_reference = voice_has(voice, M_FORECAST_QUOTA, &quota);
    rows->reference = quota;
    rows->reference_label = voice_tell(voice, "marks.quota_short");
    struct doc_exhibit *exhibit = name_what_if(voice, section, &what_if->row[0]);
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = scenarios.table;
}

void
levers_feasible(const struct voice *voice, struct block *section)
{
    const struct measure *feasible = voice_measure(voice, M_SYSTEM_FEASIBLE);
    double gap = 0;
    if (voice_has(voice, M_FORECAST_GAP, &gap) && gap <= 0)
        return; /* nothing to close */
    if (feasible->row_count == 0) {
        chart_missing(voice, section, M_SYSTEM_FEASIBLE, "feasible",
                      feasible->why ? feasible->why : WHY_NO_DATA);
        return;
    }
    double reachable = 0;
    bool known = voice_has(voice, M_SYSTEM_FEASIBLE, &reachable), fits = true, all = true;
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "system.feasible";
    block->table = chart_table(voice, voice_tell(voice, "tables.feasible.caption"),
                               CELL_TEXTS("limit", "room", "new_deals_needed", "enough"), 0,
                               feasible->row_count);
    for (uint32_t r = 0; r < feasible->row_count; r++) {
        const struct cells *row = &feasible->row[r];
        const struct cell *value = measure_field(row, F_VALUE);
        bool told = value && value->kind != CELL_NULL;
        bool yes = told && (value->kind == CELL_TEXT ? strcmp(value->text, "yes") == 0
                                                     : measure_number(row, F_VALUE, 0) != 0);
        fits = fits && yes;
        all = all && told;
        chart_row(voice, block->table, ROW_BODY,
                  CELL_TEXTS(voice_term(voice, "limits", voice_cell_text(row, F_KEY)),
                             decimal_or_dash(voice, row, F_HAVE),
                             decimal_or_dash(voice, row, F_NEED),
                             !told ? "\xE2\x80\x93"
                                   : voice_tell(voice, yes ? "common.yes" : "common.no")));
    }
    enum why why = voice_measure(voice, M_SYSTEM_NEEDED_TIME_TRUE)->why;
    if (known && (all || !fits))
        block->table->note = SAY(voice,
                                 !all && why ? "tables.feasible.unknown"
                                 : fits      ? "tables.feasible.fits"
                                             : "tables.feasible.note",
                                 NUMBER("reachable", reachable),
                                 WORDS("why", voice_lacks(voice, M_SYSTEM_NEEDED_TIME_TRUE, why)));
}

void
levers_time(const struct voice *voice, struct block *section)
{
    double visible = 0, last = 0;
    if (voice_has(voice, M_SYSTEM_VISIBLE_FROM, &visible))
        build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "levers.visible"));
    if (voice_has(voice, M_SYSTEM_LAST_USEFUL_DAY, &last))
        build_text(voice->doc, section, BLOCK_PARAGRAPH,
                   SAY(voice, "levers.last_day",
                       WORDS("state", last < voice->dataset->as_of ? "past" : "ahead")));
}
