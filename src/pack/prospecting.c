#include "prospecting.h"

#include "amount.h"
#include "chart_rows.h"
#include "extremes.h"

#include <math.h>

enum { SOURCES_MOST = 12 };

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
        chart_missing(voice, section, M_PROSPECTING_LEADS, "leads",
                      leads->why ? leads->why : WHY_NO_DATA);
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

/* ---- New deals against the steady need ---- */

struct creation {
    bool known, needs;
    double have, need; /* deals a period */
    const char *why;   /* there is no need */
};

static struct creation
creation_of(const struct voice *voice, uint32_t scope)
{
    struct creation is = {0};
    double lambda = 0;
    is.known = voice_field(voice, scope, M_PROSPECTING_CREATION, F_VALUE, &lambda);
    is.have = lambda * period_length(voice->dataset->period);
    is.needs = voice_field(voice, scope, M_SYSTEM_NEEDED_STEADY, F_VALUE, &is.need);
    is.why =
        voice_why_brief(voice, measures_get(voice->measures, scope, M_SYSTEM_NEEDED_STEADY)->why);
    return is;
}

static double
share_created(const struct voice *voice, uint32_t scope)
{
    struct creation is = creation_of(voice, scope);
    return is.known && is.needs && is.need > 0 ? is.have / is.need : NAN;
}

static void
draw_creation(const struct voice *voice, struct chart_rows *rows, const char *label,
              const struct creation *is)
{
    struct chart_row *row = chart_rows_add(rows, label);
    row->has[0] = is->known;
    row->value[0] = is->have;
    row->has_need = is->needs;
    row->need = is->need;
    row->missing = is->why;
    const char *have = voice_count(voice, is->have);
    row->text = is->needs ? SAY(voice, "common.of", WORDS("have", have),
                                WORDS("need", voice_count(voice, is->need)))
                          : have;
}

/* The others as one row; beside single sellers their bar is too long for the axis. */
static void
draw_other_creation(const struct voice *voice, struct chart_rows *rows,
                    const struct extremes *extremes)
{
    struct creation sum = {.why = ""};
    for (uint32_t r = 0; r < rows->count; r++)
        rows->limit = fmax(rows->limit, fmax(rows->row[r].value[0], rows->row[r].need));
    sum.known = extremes_sum(voice, extremes, M_PROSPECTING_CREATION, F_VALUE, &sum.have);
    sum.have *= period_length(voice->dataset->period);
    sum.needs = extremes_sum(voice, extremes, M_SYSTEM_NEEDED_STEADY, F_VALUE, &sum.need);
    draw_creation(voice, rows, extremes_label(voice, extremes), &sum);
}

static void
tabulate_creation(const struct voice *voice, struct doc_table *table, uint32_t scope,
                  const struct creation *is)
{
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(voice_scope_name(voice, scope), voice_count(voice, is->have),
                         is->needs ? voice_count(voice, is->need) : is->why));
}

static struct chart_rows *
draw_all_creation(const struct voice *voice, const struct extremes *extremes)
{
    struct chart_rows *rows = chart_rows_new(voice, extremes->shown.count + 1);
    bool sheet = voice->dataset->scope[voice->scope].kind == SCOPE_SELLER;
    for (uint32_t i = 0; i < extremes->shown.count; i++) {
        uint32_t scope = extremes->shown.scope[i];
        struct creation is = creation_of(voice, scope);
        if (sheet || scope != voice->scope)
            draw_creation(voice, rows, voice_scope_name(voice, scope), &is);
    }
    if (extremes->others.count)
        draw_other_creation(voice, rows, extremes);
    rows->bars = true;
    rows->legend[0] = voice_tell(voice, "marks.created");
    rows->need_legend = voice_tell(voice, "marks.steady_need");
    return rows;
}

void
prospecting_creation(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct extremes extremes = extremes_of(voice, share_created);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "created", "steady_need"), 0, below.count);
    double count = 0, lacking = 0;
    for (uint32_t i = 0; i < below.count; i++) {
        struct creation is = creation_of(voice, below.scope[i]);
        tabulate_creation(voice, table, below.scope[i], &is);
        count += is.needs;
        lacking += is.known && is.needs && is.have < is.need;
    }
    struct creation own = creation_of(voice, voice->scope);
    bool known = own.known && own.needs;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_PROSPECTING_CREATION, "creation", NUMBER("have", own.have),
                NUMBER("need", known ? own.need : 0),
                NUMBER("share", known && own.need > 0 ? own.have / own.need : 0),
                WORDS("state", !known                 ? "unknown"
                               : own.have >= own.need ? "enough"
                                                      : "short"),
                NUMBER("count", count), NUMBER("lacking", lacking));
    exhibit->scene->height =
        chart_rows_draw(voice, exhibit->scene, 0, draw_all_creation(voice, &extremes));
    exhibit->note = extremes_notes(voice, exhibit->note,
                                   extremes_note(voice, &extremes, true, EXTREMES_IN_NUMBERS));
    exhibit->table = table;
}

/* ---- Sources of leads ---- */

struct lead_source {
    double leads, won, value;
};

static struct doc_row *
add_lead_source(const struct voice *voice, struct doc_table *table, struct amount_unit unit,
                struct amount_unit lead_unit, const char *label, const struct lead_source *is,
                const struct cells *rated)
{
    double rate = 0;
    bool known = voice_cell(rated, F_RATE, &rate);
    return chart_row(voice, table, ROW_BODY,
                     CELL_TEXTS(label, voice_count(voice, is->leads), voice_count(voice, is->won),
                                amount_cell(voice, unit, is->value),
                                is->leads > 0 ? amount_cell(voice, lead_unit, is->value / is->leads)
                                              : "\xE2\x80\x93",
                                known ? voice_share(voice, rate) : "\xE2\x80\x93",
                                rated ? voice_interval(voice, rated) : ""));
}

/* The rows in the measure's order; beyond a page's worth the rest is one row. */
static void
fill_lead_sources(const struct voice *voice, struct doc_table *table, struct amount_unit unit,
                  struct amount_unit lead_unit, const struct measure *sources)
{
    uint32_t count = sources->row_count, shown = count <= SOURCES_MOST ? count : SOURCES_MOST - 1u;
    struct lead_source rest = {0};
    for (uint32_t r = 0; r < count; r++) {
        const struct cells *row = &sources->row[r];
        const char *key = voice_cell_text(row, F_KEY);
        struct lead_source is = {measure_number(row, F_LEADS, 0), measure_number(row, F_NUMBER, 0),
                                 measure_number(row, F_VALUE, 0)};
        if (r < shown) {
            add_lead_source(voice, table, unit, lead_unit,
                            key[0] ? key : voice_tell(voice, "common.unknown"), &is, row)
                ->cell[0]
                .run[0]
                .style = RUN_CRM;
            continue;
        }
        rest.leads += is.leads;
        rest.won += is.won;
        rest.value += is.value;
    }
    if (shown < count)
        add_lead_source(voice, table, unit, lead_unit,
                        SAY(voice, "common.other", NUMBER("n", count - shown)), &rest, NULL);
}

void
prospecting_sources(const struct voice *voice, struct block *section)
{
    const struct measure *sources = voice_measure(voice, M_PROSPECTING_BY_SOURCE);
    if (sources->why != WHY_NONE || sources->row_count == 0) {
        chart_missing(voice, section, M_PROSPECTING_BY_SOURCE, "lead_sources",
                      sources->why ? sources->why : WHY_NO_DATA);
        return;
    }
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "prospecting.by_source";
    struct amount_unit unit = amount_unit_of(voice, M_PROSPECTING_BY_SOURCE),
                       lead_unit = amount_unit(voice, amount_largest(sources, F_PER_LEAD));
    block->table = chart_table(voice, voice_tell(voice, "tables.lead_sources.caption"),
                               CELL_TEXTS("source", "leads", "won_deals", "$won_value", "per_lead",
                                          "win_rate", "interval"),
                               unit.power, SOURCES_MOST);
    block->table->column[4].head =
        amount_titled(voice, lead_unit, voice_tell(voice, "columns.per_lead"));
    fill_lead_sources(voice, block->table, unit, lead_unit, sources);
    block->table->note = voice_tell(voice, "tables.lead_sources.note");
}
