#include "territory.h"

#include "amount.h"
#include "chart_rows.h"
#include "extremes.h"

#include <math.h>
#include <string.h>

#define NO_VALUE "\xE2\x80\x93"

/* Whether contacts are known: what was not logged was not left undone. */
static const char *
logged(const struct voice *voice)
{
    return voice->dataset->engagement.present ? "yes" : "no";
}

static const char *
share_or_why(const struct voice *voice, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value)
               ? voice_share(voice, value)
               : voice_why_brief(voice, measures_get(voice->measures, scope, id)->why);
}

static const char *
count_or_dash(const struct voice *voice, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value) ? voice_count(voice, value) : NO_VALUE;
}

/* ---- Ideal accounts worked ---- */

static double
share_worked(const struct voice *voice, uint32_t scope)
{
    double value = 0;
    return voice_field(voice, scope, M_TERRITORY_COVERAGE_NUMBER, F_VALUE, &value) ? value : NAN;
}

static void
draw_worked(const struct voice *voice, struct chart_rows *rows, const char *label, bool known,
            double k, double n, enum why why)
{
    struct chart_row *row = chart_rows_add(rows, label);
    row->has[0] = known && n > 0;
    row->value[0] = row->has[0] ? k / n : 0;
    row->missing = voice_why(voice, why ? why : WHY_NO_DATA);
    row->text =
        row->has[0]
            ? SAY(voice, "common.share_of_n", WORDS("share", voice_share(voice, row->value[0])),
                  WORDS("of", SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n))))
            : NULL;
}

static struct chart_rows *
draw_all_worked(const struct voice *voice, const struct extremes *extremes)
{
    struct chart_rows *rows = chart_rows_new(voice, extremes->shown.count + 1);
    double k = 0, n = 0;
    for (uint32_t i = 0; i < extremes->shown.count; i++) {
        uint32_t scope = extremes->shown.scope[i];
        const struct measure *is =
            measures_get(voice->measures, scope, M_TERRITORY_COVERAGE_NUMBER);
        voice_cell(&is->fields, F_K, &k);
        voice_cell(&is->fields, F_N, &n);
        draw_worked(voice, rows, voice_scope_name(voice, scope), is->why == WHY_NONE, k, n,
                    is->why);
    }
    if (extremes->others.count) {
        bool known = extremes_sum(voice, extremes, M_TERRITORY_COVERAGE_NUMBER, F_N, &n);
        extremes_sum(voice, extremes, M_TERRITORY_COVERAGE_NUMBER, F_K, &k);
        draw_worked(voice, rows, extremes_label(voice, extremes), known, k, n, WHY_NO_DATA);
    }
    rows->bars = true;
    rows->high = 1;
    rows->label = chart_share;
    return rows;
}

static struct doc_table *
tabulate_worked(const struct voice *voice)
{
    struct voice_scopes below = voice_below(voice);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "coverage", "worked", "ideal"), 0, below.count);
    for (uint32_t i = 0; i < below.count; i++) {
        double share = 0, k = 0, n = 0;
        if (!voice_field(voice, below.scope[i], M_TERRITORY_COVERAGE_NUMBER, F_VALUE, &share))
            continue;
        voice_field(voice, below.scope[i], M_TERRITORY_COVERAGE_NUMBER, F_K, &k);
        voice_field(voice, below.scope[i], M_TERRITORY_COVERAGE_NUMBER, F_N, &n);
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(voice_scope_name(voice, below.scope[i]), voice_share(voice, share),
                             voice_count(voice, k), voice_count(voice, n)));
    }
    return table;
}

void
territory_coverage(const struct voice *voice, struct block *section)
{
    struct doc_table *table = tabulate_worked(voice);
    double coverage, by_value, k, n;
    if (table->row_count == 0) {
        enum why why = voice_measure(voice, M_TERRITORY_COVERAGE_NUMBER)->why;
        chart_missing(voice, section, M_TERRITORY_COVERAGE_NUMBER, "territory",
                      why ? why : WHY_NO_DATA);
        return;
    }
    struct extremes extremes = extremes_of(voice, share_worked);
    bool has_value = voice_has(voice, M_TERRITORY_COVERAGE_VALUE, &by_value);
    voice_has(voice, M_TERRITORY_COVERAGE_NUMBER, &coverage);
    voice_field(voice, voice->scope, M_TERRITORY_COVERAGE_NUMBER, F_K, &k);
    voice_field(voice, voice->scope, M_TERRITORY_COVERAGE_NUMBER, F_N, &n);
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_TERRITORY_COVERAGE_NUMBER, "territory", NUMBER("coverage", coverage),
        NUMBER("k", k), NUMBER("n", n), NUMBER("by_value", by_value),
        WORDS("has_value", has_value ? "yes" : "no"), WORDS("logged", logged(voice)));
    exhibit->scene->height =
        chart_rows_draw(voice, exhibit->scene, 0, draw_all_worked(voice, &extremes));
    exhibit->note = extremes_notes(voice, exhibit->note,
                                   extremes_note(voice, &extremes, true, EXTREMES_IN_NUMBERS));
    exhibit->table = table;
}

/* ---- Whitespace ---- */

static const char *
account_name(const struct voice *voice, const char *id)
{
    const struct accounts *accounts = &voice->dataset->accounts;
    uint32_t low = 0, high = accounts->count;
    while (low < high) { /* accounts stand in byte order of id */
        uint32_t middle = low + (high - low) / 2;
        int order = text_compare(texts_at(&accounts->id, middle), text_of(id));
        if (order == 0)
            return voice_text(voice, texts_at(&accounts->name, middle));
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return id;
}

/* last_contact is an ISO day as text, or null. */
static const char *
contact_text(const struct voice *voice, const struct cells *row, bool *never)
{
    *never = false;
    if (!voice->dataset->engagement.present)
        return NO_VALUE;
    const char *iso = voice_cell_text(row, F_LAST_CONTACT);
    double number = 0;
    day contact = day_from_iso(iso, (uint32_t)strlen(iso));
    if (contact == DAY_NONE && voice_cell(row, F_LAST_CONTACT, &number))
        contact = (day)number;
    *never = contact == DAY_NONE;
    return *never ? voice_tell(voice, "common.never")
                  : SAY(voice, "common.contact", NUMBER("day", contact));
}

void
territory_whitespace(const struct voice *voice, struct block *section)
{
    const struct measure *space = voice_measure(voice, M_TERRITORY_WHITESPACE);
    uint32_t most = voice->seller_sheet ? 6 : voice->half ? 8 : 10, never = 0;
    uint32_t shown = space->row_count < most ? space->row_count : most;
    if (space->why != WHY_NONE || shown == 0) {
        chart_missing(voice, section, M_TERRITORY_WHITESPACE, "whitespace",
                      space->why ? space->why : WHY_NO_DATA);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, shown);
    struct amount_unit unit = amount_unit_of(voice, M_TERRITORY_WHITESPACE);
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("account", "$whitespace", "last_contact"), unit.power, shown);
    double listed = 0, unknown = 0, total = 0;
    rows->bars = true;
    for (uint32_t r = 0; r < shown; r++) {
        const struct cells *cells = &space->row[r];
        bool none;
        const char *contact = contact_text(voice, cells, &none);
        struct chart_row *row =
            chart_rows_add(rows, account_name(voice, voice_cell_text(cells, F_KEY)));
        row->has[0] = true;
        row->value[0] = measure_number(cells, F_VALUE, 0);
        row->light = none;
        row->text =
            SAY(voice, "common.money_note", WORDS("money", amount_text(voice, unit, row->value[0])),
                WORDS("note", contact));
        listed += row->value[0];
        never += none;
        struct doc_row *line =
            chart_row(voice, table, ROW_BODY,
                      CELL_TEXTS(row->label, amount_cell(voice, unit, row->value[0]), contact));
        line->cell[0].run[0].style = RUN_CRM;
    }
    voice_has(voice, M_TERRITORY_WHITESPACE, &total);
    voice_cell(&space->fields, F_UNKNOWN, &unknown);
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_TERRITORY_WHITESPACE, "whitespace", NUMBER("count", shown),
                NUMBER("listed", listed), NUMBER("never", never), NUMBER("unknown", unknown),
                NUMBER("share", total > 0 ? listed / total : 0),
                WORDS("all", shown == space->row_count ? "yes" : "no"),
                WORDS("ever", never == shown ? "none" : "some"), WORDS("logged", logged(voice)));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

/* ---- Accounts, by name ---- */

static void
add_overview(const struct voice *voice, struct doc_table *table, uint32_t scope, enum row_role role)
{
    chart_row(voice, table, role,
              CELL_TEXTS(voice_scope_name(voice, scope),
                         count_or_dash(voice, scope, M_TERRITORY_ACCOUNTS),
                         count_or_dash(voice, scope, M_TERRITORY_ICP),
                         share_or_why(voice, scope, M_TERRITORY_COVERAGE_NUMBER),
                         share_or_why(voice, scope, M_TERRITORY_COVERAGE_VALUE),
                         count_or_dash(voice, scope, M_TERRITORY_UNTOUCHED),
                         share_or_why(voice, scope, M_TERRITORY_SHARE),
                         share_or_why(voice, scope, M_TERRITORY_FAIRNESS)));
}

/* What can be summed of the others; shares of potentials cannot. */
static void
add_other_overview(const struct voice *voice, struct doc_table *table,
                   const struct extremes *extremes)
{
    double accounts = 0, ideal = 0, untouched = 0, k = 0, n = 0;
    extremes_sum(voice, extremes, M_TERRITORY_ACCOUNTS, F_VALUE, &accounts);
    extremes_sum(voice, extremes, M_TERRITORY_ICP, F_VALUE, &ideal);
    extremes_sum(voice, extremes, M_TERRITORY_UNTOUCHED, F_VALUE, &untouched);
    extremes_sum(voice, extremes, M_TERRITORY_COVERAGE_NUMBER, F_K, &k);
    extremes_sum(voice, extremes, M_TERRITORY_COVERAGE_NUMBER, F_N, &n);
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(extremes_label(voice, extremes), voice_count(voice, accounts),
                         voice_count(voice, ideal), n > 0 ? voice_share(voice, k / n) : NO_VALUE,
                         NO_VALUE, voice_count(voice, untouched), NO_VALUE, NO_VALUE));
}

static struct block *
tabulate_overview(const struct voice *voice, struct block *section, const struct extremes *extremes)
{
    const struct voice_scopes *shown = &extremes->shown;
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = chart_table(voice, voice_tell(voice, "tables.territory.caption"),
                               CELL_TEXTS("name", "accounts", "ideal", "coverage", "coverage_value",
                                          "untouched", "share_of_potential", "quota_of_potential"),
                               0, shown->count + 2);
    for (uint32_t i = 0; i < shown->count; i++)
        if (shown->scope[i] != voice->scope)
            add_overview(voice, block->table, shown->scope[i], ROW_BODY);
    if (extremes->others.count)
        add_other_overview(voice, block->table, extremes);
    add_overview(voice, block->table, voice->scope, block->table->row_count ? ROW_TOTAL : ROW_BODY);
    block->table->note =
        extremes_notes(voice, SAY(voice, "tables.territory.note", WORDS("logged", logged(voice))),
                       extremes_note(voice, extremes, true, EXTREMES_IN_APPENDIX));
    return block;
}

void
territory_overview(const struct voice *voice, struct block *section)
{
    enum why why = voice_measure(voice, M_TERRITORY_ACCOUNTS)->why;
    if (why != WHY_NONE)
        return; /* territory_coverage has said why */
    struct extremes extremes = extremes_of(voice, share_worked);
    tabulate_overview(voice, section, &extremes)->anchor = "territory.accounts";
}

void
territory_all(const struct voice *voice, struct block *section)
{
    struct extremes extremes = extremes_of(voice, share_worked);
    if (extremes.others.count == 0 || voice_measure(voice, M_TERRITORY_ACCOUNTS)->why != WHY_NONE)
        return;
    struct extremes all = {.shown = voice_below(voice)};
    tabulate_overview(voice, section, &all)->table->small = true;
}

/* ---- What quotas ask of the potential ---- */

static double
quota_of_potential(const struct voice *voice, uint32_t scope)
{
    double value = 0;
    return voice_field(voice, scope, M_TERRITORY_FAIRNESS, F_VALUE, &value) ? value : NAN;
}

static void
draw_fairness(const struct voice *voice, struct chart_rows *rows, uint32_t scope)
{
    struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
    row->has[0] = voice_field(voice, scope, M_TERRITORY_FAIRNESS, F_VALUE, &row->value[0]);
    row->missing = share_or_why(voice, scope, M_TERRITORY_FAIRNESS);
    row->text = row->has[0] ? row->missing : NULL;
}

void
territory_fairness(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct extremes extremes = extremes_of(voice, quota_of_potential);
    struct chart_rows *rows = chart_rows_new(voice, extremes.shown.count);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "quota_of_potential"), 0, below.count);
    double low = INFINITY, high = 0;
    for (uint32_t i = 0; i < extremes.shown.count; i++)
        draw_fairness(voice, rows, extremes.shown.scope[i]);
    for (uint32_t i = 0; i < below.count; i++) {
        double share = quota_of_potential(voice, below.scope[i]);
        low = fmin(low, share); /* fmin and fmax leave out what is not a number */
        high = fmax(high, share);
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(voice_scope_name(voice, below.scope[i]),
                             share_or_why(voice, below.scope[i], M_TERRITORY_FAIRNESS)));
    }
    if (high <= 0) {
        enum why why = voice_measure(voice, M_TERRITORY_FAIRNESS)->why;
        chart_missing(voice, section, M_TERRITORY_FAIRNESS, "fairness", why ? why : WHY_NO_DATA);
        return;
    }
    rows->shape[0] = MARK_DISC;
    rows->label = chart_share;
    rows->has_reference = voice_has(voice, M_TERRITORY_FAIRNESS, &rows->reference);
    rows->reference_label =
        SAY(voice, "marks.scope_rate", WORDS("share", voice_share(voice, rows->reference)));
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_TERRITORY_FAIRNESS, "fairness", NUMBER("low", low),
                NUMBER("high", high), WORDS("spread", high > low ? "yes" : "no"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->note = extremes_notes(voice, exhibit->note,
                                   extremes_note(voice, &extremes, false, EXTREMES_IN_NUMBERS));
    exhibit->table = table;
}
