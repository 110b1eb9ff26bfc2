#include "winning.h"

#include "chart_lines.h"
#include "chart_rows.h"
#include "chart_waterfall.h"
#include "cut.h"
#include "extremes.h"

#include <math.h>
#include <string.h>

static const char *
k_of_n(const struct voice *voice, const struct cells *cells)
{
    double k = 0, n = 0;
    if (!voice_cell(cells, F_K, &k) || !voice_cell(cells, F_N, &n))
        return "";
    return SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n));
}

static void
set_interval(struct chart_row *row, const struct cells *cells)
{
    double low = 0, high = 0;
    row->has_interval = voice_cell(cells, F_LOW, &low) && voice_cell(cells, F_HIGH, &high);
    row->low = low;
    row->high = high;
}

/* ---- Win rates by name ---- */

struct rate_row {
    const struct measure *own, *raw;
};

static struct rate_row
rate_of(const struct voice *voice, uint32_t scope)
{
    return (struct rate_row){measures_get(voice->measures, scope, M_DEALS_WIN_RATE_OWN),
                             measures_get(voice->measures, scope, M_DEALS_WIN_RATE_BROAD)};
}

static double
own_rate(const struct voice *voice, uint32_t scope)
{
    double value = 0;
    return voice_field(voice, scope, M_DEALS_WIN_RATE_OWN, F_VALUE, &value) ? value : NAN;
}

static void
draw_rate(const struct voice *voice, struct chart_rows *rows, uint32_t scope)
{
    struct rate_row is = rate_of(voice, scope);
    struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
    row->bold = scope == voice->scope;
    row->has[0] = is.own->why == WHY_NONE && voice_cell(&is.own->fields, F_VALUE, &row->value[0]);
    row->missing = voice_why(voice, is.own->why ? is.own->why : WHY_NO_DATA);
    if (!row->has[0])
        return;
    row->has[1] = is.raw->why == WHY_NONE && voice_cell(&is.raw->fields, F_VALUE, &row->value[1]);
    set_interval(row, &is.own->fields);
    row->text = SAY(voice, "common.share_of_n", WORDS("share", voice_share(voice, row->value[0])),
                    WORDS("of", k_of_n(voice, &is.own->fields)));
}

static void
tabulate_rate(const struct voice *voice, struct doc_table *table, uint32_t scope)
{
    struct rate_row is = rate_of(voice, scope);
    double own = 0, raw = 0;
    const char *name = voice_scope_name(voice, scope);
    bool rated = is.raw->why == WHY_NONE && voice_cell(&is.raw->fields, F_VALUE, &raw);
    if (is.own->why != WHY_NONE || !voice_cell(&is.own->fields, F_VALUE, &own))
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(name, voice_why(voice, is.own->why ? is.own->why : WHY_NO_DATA)));
    else
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(name, voice_share(voice, own), voice_interval(voice, &is.own->fields),
                             k_of_n(voice, &is.own->fields),
                             rated ? voice_share(voice, raw) : "\xE2\x80\x93"));
}

/* Of the others together only the raw rate can be told. */
static void
draw_other_rates(const struct voice *voice, struct chart_rows *rows,
                 const struct extremes *extremes)
{
    struct chart_row *row = chart_rows_add(rows, extremes_label(voice, extremes));
    double k = 0, n = 0;
    extremes_sum(voice, extremes, M_DEALS_WIN_RATE_OWN, F_K, &k);
    extremes_sum(voice, extremes, M_DEALS_WIN_RATE_OWN, F_N, &n);
    row->has[1] = n > 0;
    row->value[1] = n > 0 ? k / n : 0;
    row->missing = voice_why(voice, WHY_NO_DATA);
    row->text =
        n > 0 ? SAY(voice, "common.share_of_n", WORDS("share", voice_share(voice, row->value[1])),
                    WORDS("of", SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n))))
              : NULL;
}

static struct chart_rows *
draw_all_rates(const struct voice *voice, const struct extremes *extremes)
{
    struct chart_rows *rows = chart_rows_new(voice, extremes->shown.count + 2);
    for (uint32_t i = 0; i < extremes->shown.count; i++)
        if (extremes->shown.scope[i] != voice->scope)
            draw_rate(voice, rows, extremes->shown.scope[i]);
    if (extremes->others.count)
        draw_other_rates(voice, rows, extremes);
    draw_rate(voice, rows, voice->scope);
    rows->shape[0] = MARK_DISC;
    rows->shape[1] = MARK_RING;
    rows->legend[0] = voice_tell(voice, "marks.own_rate");
    rows->legend[1] = voice_tell(voice, "marks.raw_rate");
    rows->high = 1;
    rows->label = chart_share;
    return rows;
}

/* Whether an interval lies wholly on one side of the company's rate: only then it differs. */
static bool
is_apart(const struct voice *voice, uint32_t scope, double company)
{
    const struct measure *own = rate_of(voice, scope).own;
    double low = 0, high = 0;
    return own->why == WHY_NONE && voice_cell(&own->fields, F_LOW, &low) &&
           voice_cell(&own->fields, F_HIGH, &high) && (low > company || high < company);
}

void
winning_rates(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct extremes extremes = extremes_of(voice, own_rate);
    struct chart_rows *rows = draw_all_rates(voice, &extremes);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "win_rate", "interval", "won_of", "raw_rate"),
                    0, below.count + 1);
    double company = 0;
    bool compared = voice_field(voice, 0, M_DEALS_WIN_RATE_OWN, F_VALUE, &company);
    uint32_t apart = 0;
    for (uint32_t i = 0; i < below.count; i++)
        if (below.scope[i] != voice->scope) {
            apart += compared && is_apart(voice, below.scope[i], company);
            tabulate_rate(voice, table, below.scope[i]);
        }
    uint32_t counted = table->row_count;
    tabulate_rate(voice, table, voice->scope);
    rows->has_reference = compared && voice->scope != 0;
    rows->reference = company;
    rows->reference_label =
        SAY(voice, "marks.company_rate", WORDS("share", voice_share(voice, company)));
    bool differs = compared && is_apart(voice, voice->scope, company);
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_DEALS_WIN_RATE_OWN, "win_rates", NUMBER("apart", apart),
                NUMBER("count", counted), WORDS("kind", voice->seller_sheet ? "self" : "below"),
                WORDS("differs", differs ? "yes" : "no"), NUMBER("company", company));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->note = extremes_notes(voice, exhibit->note,
                                   extremes_note(voice, &extremes, true, EXTREMES_IN_NUMBERS));
    exhibit->table = table;
}

void
winning_kinds(const struct voice *voice, struct block *section)
{
    static const enum measure_id ids[] = {
        M_DEALS_WIN_RATE_OWN,      M_DEALS_WIN_RATE_BROAD, M_DEALS_WIN_RATE_NARROW,
        M_DEALS_WIN_RATE_PLANNING, M_DEALS_WIN_RATE_VALUE, M_DEALS_WIN_RATE_VALUE_EX_LARGEST};
    enum { KINDS = sizeof ids / sizeof *ids };
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = chart_table(
        voice, voice_tell(voice, "tables.win_rates.caption"),
        CELL_TEXTS("win_rate_kind", "win_rate", "interval", "won_of", "good_for"), 0, KINDS);
    block->table->column[4].align = ALIGN_START;
    for (int i = 0; i < KINDS; i++) {
        const struct measure *measure = voice_measure(voice, ids[i]);
        const char *name = measure_table[ids[i]].name;
        double value = 0;
        bool known = voice_has(voice, ids[i], &value);
        struct doc_row *row =
            chart_row(voice, block->table, ROW_BODY,
                      CELL_TEXTS(voice_term(voice, "rate_names", strrchr(name, '.') + 1),
                                 known ? voice_share(voice, value) : voice_why(voice, measure->why),
                                 known ? voice_interval(voice, &measure->fields) : "",
                                 known ? k_of_n(voice, &measure->fields) : "",
                                 voice_term(voice, "rate_uses", strrchr(name, '.') + 1)));
        row->anchor = name;
    }
}

/* ---- The curve ---- */

struct curve_points {
    uint32_t count;
    const struct cells *row;
};

static struct line
line_of(const struct voice *voice, const struct measure *curve, enum field field, const char *key,
        enum ink ink, double dash)
{
    struct line_point *point = arena_array(voice->doc->arena, curve->row_count, sizeof *point);
    for (uint32_t r = 0; r < curve->row_count; r++)
        point[r] = (struct line_point){measure_number(&curve->row[r], F_AGE, 0),
                                       measure_number(&curve->row[r], field, 0)};
    double last = curve->row_count ? point[curve->row_count - 1].y : 0;
    const char *label = SAY(voice, arena_printf(voice->doc->arena, "curve.%s", key),
                            WORDS("share", voice_share(voice, last)));
    bool won = field == F_F_W;
    return (struct line){label, curve->row_count, point, ink, won ? 2 : 1.2, dash, won};
}

/* The number at risk at an age: just before the first event at or after it. */
static double
at_risk(const void *context, double age)
{
    const struct curve_points *points = context;
    for (uint32_t r = 0; r < points->count; r++)
        if (measure_number(&points->row[r], F_AGE, 0) >= age)
            return measure_number(&points->row[r], F_N, 0);
    return 0;
}

static struct doc_table *
curve_table(const struct voice *voice, const struct measure *curve)
{
    enum { STEP = 30, MOST = 40 };
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("age", "won", "lost", "no_decision", "still_open"), 0, MOST);
    double next = 0;
    for (uint32_t r = 0; r < curve->row_count && table->row_count < MOST; r++) {
        const struct cells *row = &curve->row[r];
        double age = measure_number(row, F_AGE, 0);
        if (age < next && r + 1 < curve->row_count)
            continue;
        next = age + STEP;
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(voice_count(voice, age),
                             voice_share(voice, measure_number(row, F_F_W, 0)),
                             voice_share(voice, measure_number(row, F_F_L, 0)),
                             voice_share(voice, measure_number(row, F_F_ND, 0)),
                             voice_share(voice, measure_number(row, F_S, 0))));
    }
    return table;
}

void
winning_curve(const struct voice *voice, struct block *section)
{
    const struct measure *curve = measures_get(voice->measures, 0, M_CURVE);
    double cycle, low = 0, high = 0;
    if (curve->why != WHY_NONE || curve->row_count == 0) {
        chart_missing(voice, section, M_CURVE, "curve", curve->why ? curve->why : WHY_TOO_FEW);
        return;
    }
    bool has_cycle = voice_has(voice, M_DEALS_CYCLE, &cycle);
    voice_field(voice, voice->scope, M_DEALS_CYCLE, F_LOW, &low);
    voice_field(voice, voice->scope, M_DEALS_CYCLE, F_HIGH, &high);
    const struct cells *last = &curve->row[curve->row_count - 1];
    double won = measure_number(last, F_F_W, 0);
    const struct line drawn[] = {line_of(voice, curve, F_F_W, "won", INK_ACCENT, 0),
                                 line_of(voice, curve, F_F_L, "lost", INK_AXIS, 0),
                                 line_of(voice, curve, F_F_ND, "no_decision", INK_AXIS, 3)};
    double most = fmax(won, fmax(measure_number(last, F_F_L, 0), measure_number(last, F_F_ND, 0)));
    const struct line_mark median = {cycle, SAY(voice, "curve.median", NUMBER("days", cycle)),
                                     INK_TEXT, 3, false};
    struct curve_points points = {curve->row_count, curve->row};
    double n = measure_number(&curve->row[0], F_N, 0);
    struct lines lines = {3,
                          has_cycle ? 1 : 0,
                          drawn,
                          &median,
                          fmax(1, measure_number(last, F_AGE, 1)),
                          fmax(0.05, most * 1.08),
                          voice->width < 300 ? 100 : 140,
                          chart_count,
                          chart_share,
                          n > 0 ? at_risk : NULL,
                          &points,
                          voice_tell(voice, "curve.at_risk"),
                          voice_tell(voice, "curve.axis")};
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_CURVE, "curve", NUMBER("cycle", cycle), NUMBER("won", won),
                NUMBER("low", low), NUMBER("high", high), NUMBER("n", n),
                WORDS("known", has_cycle ? "yes" : "no"));
    exhibit->scene->height = chart_lines_draw(voice, exhibit->scene, 0, &lines);
    exhibit->table = curve_table(voice, curve);
}
