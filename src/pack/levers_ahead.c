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

void
levers_what_if(const struct voice *voice, struct block *section)
{
    const struct measure *what_if = voice_measure(voice, M_SYSTEM_SCENARIOS);
    if (what_if->why != WHY_NONE || what_if->row_count == 0) {
        chart_missing(voice, section, M_SYSTEM_SCENARIOS, "what_if",
                      what_if->why ? what_if->why : WHY_NO_DATA);
        return;
    }
    double now, own, first = 0, proof = 0, quota;
    bool known = voice_has(voice, M_FORECAST_EXPECTED, &now);
    struct amount_unit unit =
        amount_unit(voice, fmax(fabs(now), amount_largest(what_if, F_EXPECTED)));
    struct chart_rows *rows = chart_rows_new(voice, 1 + what_if->row_count);
    struct doc_table *table = chart_table(
        voice, NULL,
        CELL_TEXTS("scenario", "$expected", "new_deals_needed", "deals_needed", "proof_deals"),
        unit.power, 1 + what_if->row_count);
    bool has_rate = voice_has(voice, M_DEALS_WIN_RATE_OWN, &own);
    struct chart_row *row = chart_rows_add(
        rows, SAY(voice, "what_if.now", NUMBER("rate", own), WORDS("known", has_rate ? "y" : "n")));
    double needed = 0, deals = 0;
    bool has_needed = voice_has(voice, M_SYSTEM_NEEDED_TIME_TRUE, &needed),
         has_deals = voice_has(voice, M_PIPELINE_DEALS_NEEDED, &deals);
    row->has[0] = known;
    row->value[0] = now;
    row->light = true;
    row->text = known ? amount_text(voice, unit, now) : NULL;
    row->missing = voice_why(voice, WHY_NO_DATA);
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(row->label, known ? amount_cell(voice, unit, now) : row->missing,
                         has_needed ? voice_count(voice, needed) : "\xE2\x80\x93",
                         has_deals ? voice_count(voice, deals) : "\xE2\x80\x93", "\xE2\x80\x93"));
    for (uint32_t r = 0; r < what_if->row_count; r++) {
        const struct cells *cells = &what_if->row[r];
        row = chart_rows_add(rows, SAY(voice, "what_if.then", NUMBER("rate", rate_of(voice, r))));
        row->has[0] = voice_cell(cells, F_EXPECTED, &row->value[0]);
        row->missing = voice_why(voice, WHY_NO_DATA);
        row->text = row->has[0] ? amount_text(voice, unit, row->value[0]) : NULL;
        if (r == 0) {
            first = row->value[0];
            voice_cell(cells, F_PROOF_DEALS, &proof);
        }
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label,
                             row->has[0] ? amount_cell(voice, unit, row->value[0]) : row->missing,
                             count_or_dash(voice, cells, F_NEEDED),
                             count_or_dash(voice, cells, F_DEALS_NEEDED),
                             count_or_dash(voice, cells, F_PROOF_DEALS)));
    }
    double then_needed = 0, then_deals = 0;
    const struct cells *top = &what_if->row[0];
    bool less = voice_cell(top, F_DEALS_NEEDED, &then_deals) && has_deals && deals > 0;
    voice_cell(top, F_NEEDED, &then_needed);
    rows->bars = true;
    rows->has_reference = voice_has(voice, M_FORECAST_QUOTA, &quota);
    rows->reference = quota;
    rows->reference_label = voice_tell(voice, "marks.quota_short");
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_SCENARIOS, "what_if", NUMBER("rate", rate_of(voice, 0)),
                NUMBER("own", own), NUMBER("change", fabs(first - now)),
                WORDS("way", first > now   ? "more"
                             : first < now ? "less"
                                           : "same"),
                WORDS("known", has_rate && known ? "yes" : "no"), NUMBER("deals", deals),
                NUMBER("then_deals", then_deals), WORDS("less", less ? "yes" : "no"),
                NUMBER("proof", proof));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
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
