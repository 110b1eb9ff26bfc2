#include "prospecting.h"

#include "amount.h"
#include "chart_rows.h"

#include <math.h>

enum { ROWS_SHOWN = 24 };

static const char *
step_text(const struct voice *voice, const struct cells *row)
{
    double days, k = measure_number(row, F_K, 0), n = measure_number(row, F_N, 0),
                 share = measure_number(row, F_VALUE, 0);
    bool known = voice_cell(row, F_MEDIAN_DAYS, &days);
    return SAY(voice, known ? "common.step" : "common.step_short", NUMBER("share", share),
               NUMBER("k", k), NUMBER("n", n), NUMBER("days", days));
}

/* Bars of how many leads reached each step; the share of the step before stands beside it. */
void
prospecting_steps(const struct voice *voice, struct block *section)
{
    const struct measure *leads = voice_measure(voice, M_PROSPECTING_LEADS);
    double worked = leads->row_count ? measure_number(&leads->row[0], F_N, 0) : 0, rate;
    if (leads->why != WHY_NONE || worked <= 0) {
        chart_missing(voice, section, "leads", leads->why ? leads->why : WHY_NO_DATA);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, leads->row_count + 1);
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("step", "reached", "of", "share", "interval", "median_days"), 0,
        leads->row_count);
    struct chart_row *row = chart_rows_add(rows, voice_tell(voice, "steps.worked"));
    const char *weakest = "";
    double least = INFINITY;
    row->has[0] = true;
    row->value[0] = worked;
    row->text = voice_count(voice, worked);
    rows->bars = true;
    for (uint32_t r = 0; r < leads->row_count; r++) {
        const struct cells *cells = &leads->row[r];
        double share, days, k = measure_number(cells, F_K, 0), n = measure_number(cells, F_N, 0);
        bool known = voice_cell(cells, F_VALUE, &share);
        bool has_days = voice_cell(cells, F_MEDIAN_DAYS, &days);
        row = chart_rows_add(rows, voice_term(voice, "steps", voice_cell_text(cells, F_KEY)));
        row->has[0] = true;
        row->value[0] = k;
        row->text = known ? step_text(voice, cells) : voice_count(voice, k);
        if (known && share < least && n >= voice->config->findings.minimum_n) {
            least = share;
            weakest = row->label;
        }
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label, voice_count(voice, k), voice_count(voice, n),
                             known ? voice_share(voice, share) : "\xE2\x80\x93",
                             voice_interval(voice, cells),
                             has_days ? voice_count(voice, days) : "\xE2\x80\x93"));
    }
    bool has_rate = voice_has(voice, M_PROSPECTING_RATE, &rate) && rate > 0;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_PROSPECTING_LEADS, "leads", NUMBER("worked", worked),
                NUMBER("rate", rate), NUMBER("one_in", has_rate ? 1 / rate : 0),
                WORDS("known", has_rate ? "yes" : "no"), WORDS("weakest", weakest));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

static bool
add_creation(const struct voice *voice, struct chart_rows *rows, struct doc_table *table,
             uint32_t scope)
{
    int length = period_length(voice->dataset->period);
    struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
    double lambda = 0;
    row->bold = scope == voice->scope && rows->count > 1;
    row->has[0] = voice_field(voice, scope, M_PROSPECTING_CREATION, F_VALUE, &lambda);
    row->value[0] = lambda * length;
    row->has_need = voice_field(voice, scope, M_SYSTEM_NEEDED_STEADY, F_VALUE, &row->need);
    row->missing =
        voice_why(voice, measures_get(voice->measures, scope, M_SYSTEM_NEEDED_STEADY)->why);
    const char *have = voice_count(voice, row->value[0]);
    row->text = row->has_need ? SAY(voice, "common.of", WORDS("have", have),
                                    WORDS("need", voice_count(voice, row->need)))
                              : have;
    chart_row(
        voice, table, ROW_BODY,
        CELL_TEXTS(row->label, have, row->has_need ? voice_count(voice, row->need) : row->missing));
    return row->has[0] && row->has_need && row->value[0] < row->need;
}

void
prospecting_creation(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct chart_rows *rows = chart_rows_new(voice, ROWS_SHOWN + 1);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "created", "steady_need"), 0, ROWS_SHOWN + 1);
    double lambda, need, count = 0, lacking = 0;
    for (uint32_t i = 0; i < below.count && i < ROWS_SHOWN; i++)
        if (below.scope[i] != voice->scope) {
            lacking += add_creation(voice, rows, table, below.scope[i]);
            count += rows->row[rows->count - 1].has_need;
        }
    if (voice->dataset->scope[voice->scope].kind == SCOPE_SELLER)
        add_creation(voice, rows, table, voice->scope);
    rows->bars = true;
    rows->legend[0] = voice_tell(voice, "marks.created");
    rows->need_legend = voice_tell(voice, "marks.steady_need");
    bool known = voice_has(voice, M_PROSPECTING_CREATION, &lambda) &&
                 voice_has(voice, M_SYSTEM_NEEDED_STEADY, &need);
    double have = lambda * period_length(voice->dataset->period);
    struct doc_exhibit *exhibit = EXHIBIT(voice, section, M_PROSPECTING_CREATION, "creation",
                                          NUMBER("have", have), NUMBER("need", known ? need : 0),
                                          NUMBER("share", known && need > 0 ? have / need : 0),
                                          WORDS("state", !known         ? "unknown"
                                                         : have >= need ? "enough"
                                                                        : "short"),
                                          NUMBER("count", count), NUMBER("lacking", lacking));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

void
prospecting_sources(const struct voice *voice, struct block *section)
{
    const struct measure *sources = voice_measure(voice, M_PROSPECTING_BY_SOURCE);
    if (sources->why != WHY_NONE || sources->row_count == 0) {
        chart_missing(voice, section, "lead_sources", sources->why ? sources->why : WHY_NO_DATA);
        return;
    }
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "prospecting.by_source";
    struct amount_unit unit = amount_unit_of(voice, M_PROSPECTING_BY_SOURCE),
                       lead_unit = amount_unit(voice, amount_largest(sources, F_PER_LEAD));
    block->table = chart_table(voice, voice_tell(voice, "tables.lead_sources.caption"),
                               CELL_TEXTS("source", "leads", "won_deals", "$won_value", "per_lead",
                                          "win_rate", "interval"),
                               unit.power, sources->row_count);
    block->table->column[4].head =
        amount_titled(voice, lead_unit, voice_tell(voice, "columns.per_lead"));
    for (uint32_t r = 0; r < sources->row_count; r++) {
        const struct cells *row = &sources->row[r];
        const char *key = voice_cell_text(row, F_KEY);
        double rate = 0, per_lead = 0;
        bool known = voice_cell(row, F_RATE, &rate),
             valued = voice_cell(row, F_PER_LEAD, &per_lead);
        struct doc_row *line =
            chart_row(voice, block->table, ROW_BODY,
                      CELL_TEXTS(key[0] ? key : voice_tell(voice, "common.unknown"),
                                 voice_count(voice, measure_number(row, F_LEADS, 0)),
                                 voice_count(voice, measure_number(row, F_NUMBER, 0)),
                                 amount_cell(voice, unit, measure_number(row, F_VALUE, 0)),
                                 valued ? amount_cell(voice, lead_unit, per_lead) : "\xE2\x80\x93",
                                 known ? voice_share(voice, rate) : "\xE2\x80\x93",
                                 voice_interval(voice, row)));
        line->cell[0].run[0].style = RUN_CRM;
    }
    block->table->note = voice_tell(voice, "tables.lead_sources.note");
}
