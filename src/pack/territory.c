#include "territory.h"

#include "amount.h"
#include "chart_rows.h"

#include <math.h>
#include <string.h>

enum { ROWS_SHOWN = 24 };

static const char *
share_or_why(const struct voice *voice, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value)
               ? voice_share(voice, value)
               : voice_why(voice, measures_get(voice->measures, scope, id)->why);
}

static const char *
count_or_dash(const struct voice *voice, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value) ? voice_count(voice, value)
                                                          : "\xE2\x80\x93";
}

void
territory_coverage(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct chart_rows *rows = chart_rows_new(voice, ROWS_SHOWN);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "coverage", "worked", "ideal"), 0, ROWS_SHOWN);
    double coverage, by_value, k, n, known = 0;
    enum why why = voice_measure(voice, M_TERRITORY_COVERAGE_NUMBER)->why;
    for (uint32_t i = 0; i < below.count && i < ROWS_SHOWN; i++) {
        uint32_t scope = below.scope[i];
        const struct measure *measure =
            measures_get(voice->measures, scope, M_TERRITORY_COVERAGE_NUMBER);
        struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
        row->has[0] =
            voice_field(voice, scope, M_TERRITORY_COVERAGE_NUMBER, F_VALUE, &row->value[0]);
        row->missing = voice_why(voice, measure->why);
        voice_cell(&measure->fields, F_K, &k);
        voice_cell(&measure->fields, F_N, &n);
        known += row->has[0];
        row->text =
            row->has[0]
                ? SAY(voice, "common.share_of_n", WORDS("share", voice_share(voice, row->value[0])),
                      WORDS("of", SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n))))
                : NULL;
        if (row->has[0])
            chart_row(voice, table, ROW_BODY,
                      CELL_TEXTS(row->label, voice_share(voice, row->value[0]),
                                 voice_count(voice, k), voice_count(voice, n)));
    }
    if (known == 0) {
        chart_missing(voice, section, "territory", why ? why : WHY_NO_DATA);
        return;
    }
    bool has_value = voice_has(voice, M_TERRITORY_COVERAGE_VALUE, &by_value);
    voice_has(voice, M_TERRITORY_COVERAGE_NUMBER, &coverage);
    voice_field(voice, voice->scope, M_TERRITORY_COVERAGE_NUMBER, F_K, &k);
    voice_field(voice, voice->scope, M_TERRITORY_COVERAGE_NUMBER, F_N, &n);
    rows->bars = true;
    rows->high = 1;
    rows->label = chart_share;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_TERRITORY_COVERAGE_NUMBER, "territory",
                NUMBER("coverage", coverage), NUMBER("k", k), NUMBER("n", n),
                NUMBER("by_value", by_value), WORDS("has_value", has_value ? "yes" : "no"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

static const char *
account_name(const struct voice *voice, const char *id)
{
    const struct accounts *accounts = &voice->dataset->accounts;
    uint32_t low = 0, high = accounts->count;
    while (low < high) { /* accounts stand in byte order of id */
        uint32_t middle = low + (high - low) / 2;
        int order = text_compare(accounts->id[middle], text_of(id));
        if (order == 0)
            return voice_word(voice, accounts->name[middle]);
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
        chart_missing(voice, section, "whitespace", space->why ? space->why : WHY_NO_DATA);
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
                WORDS("all", shown == space->row_count ? "yes" : "no"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

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

void
territory_overview(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    enum why why = voice_measure(voice, M_TERRITORY_ACCOUNTS)->why;
    if (why != WHY_NONE)
        return; /* territory_coverage has said why */
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "territory.accounts";
    block->table = chart_table(voice, voice_tell(voice, "tables.territory.caption"),
                               CELL_TEXTS("name", "accounts", "ideal", "coverage", "coverage_value",
                                          "untouched", "share_of_potential", "quota_of_potential"),
                               0, below.count + 1);
    for (uint32_t i = 0; i < below.count; i++)
        if (below.scope[i] != voice->scope)
            add_overview(voice, block->table, below.scope[i], ROW_BODY);
    add_overview(voice, block->table, voice->scope, block->table->row_count ? ROW_TOTAL : ROW_BODY);
    block->table->note = voice_tell(voice, "tables.territory.note");
}

void
territory_fairness(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct chart_rows *rows = chart_rows_new(voice, ROWS_SHOWN);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("name", "quota_of_potential"), 0, ROWS_SHOWN);
    double low = INFINITY, high = 0;
    for (uint32_t i = 0; i < below.count && i < ROWS_SHOWN; i++) {
        uint32_t scope = below.scope[i];
        struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
        row->has[0] = voice_field(voice, scope, M_TERRITORY_FAIRNESS, F_VALUE, &row->value[0]);
        row->missing = share_or_why(voice, scope, M_TERRITORY_FAIRNESS);
        row->text = row->has[0] ? row->missing : NULL;
        low = row->has[0] ? fmin(low, row->value[0]) : low;
        high = row->has[0] ? fmax(high, row->value[0]) : high;
        chart_row(voice, table, ROW_BODY, CELL_TEXTS(row->label, row->missing));
    }
    if (high <= 0) {
        enum why why = voice_measure(voice, M_TERRITORY_FAIRNESS)->why;
        chart_missing(voice, section, "fairness", why ? why : WHY_NO_DATA);
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
    exhibit->table = table;
}
