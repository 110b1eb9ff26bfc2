/* explain: how a measure came about: formula, inputs with their values, result, rows behind. */
#include "cells.h"
#include "rows_behind.h"

#include <inttypes.h>

#define ROWS_SHOWN 20 /* as text; JSON has them all */

struct explained {
    const struct measures *measures;
    uint32_t scope;
    enum measure_id id;
};

static struct text
scope_id(const struct dataset *dataset, uint32_t scope)
{
    const struct scope *here = &dataset->scope[scope];
    if (here->kind == SCOPE_SELLER)
        return dataset->sellers.id[here->index];
    return here->kind == SCOPE_TEAM ? dataset->teams.id[here->index] : TEXT("company");
}

static struct text
scope_name(const struct measures *measures, uint32_t scope)
{
    const struct dataset *dataset = measures->dataset;
    const struct scope *here = &dataset->scope[scope];
    if (here->kind == SCOPE_SELLER)
        return dataset_word(dataset, dataset->sellers.name[here->index]);
    if (here->kind == SCOPE_TEAM)
        return dataset_word(dataset, dataset->teams.name[here->index]);
    return text_of(measures->config->company);
}

static const char *const kind_names[] = {
    [SCOPE_COMPANY] = "company", [SCOPE_TEAM] = "team", [SCOPE_SELLER] = "seller"};

static const char *const roll_up_words[] = {
    [ROLL_OWN] = "the formula over the scope's own rows",
    [ROLL_SUM] = "sum of the sellers",
    [ROLL_WEIGHTED] = "weighted mean of the sellers",
    [ROLL_DISTRIBUTION] = "one distribution over all deals of the scope, never a sum of quantiles",
    [ROLL_COMPANY] = "the company's in every scope",
};

/* The first set of rows behind a measure, or behind what it is made of. */
static const struct rows_behind *
rows_of(enum measure_id id, int depth)
{
    const struct rows_behind *rows = rows_behind_of(id);
    const char *names = measure_table[id].inputs;
    enum measure_id input;
    while (!rows && depth > 0 && (input = measure_input(&names)) != MEASURE_COUNT)
        rows = rows_of(input, depth - 1);
    return rows;
}

/* ---- As text ---- */

static void
say_money(struct buf *out, const struct config *config, double minor)
{
    double scale = 1;
    for (int i = 0; i < config->currency_digits; i++)
        scale *= 10;
    buf_fixed(out, minor / scale, config->currency_digits);
    buf_printf(out, " %s", config->currency);
}

/* What a measure in money may have beside its value. */
static bool
is_money(enum field field)
{
    return field == F_VALUE || field == F_LOW || field == F_HIGH || field == F_PERIOD ||
           field == F_NEXT || field == F_EXPECTED || field == F_P10 || field == F_P50 ||
           field == F_P90 || field == F_BEFORE || field == F_AFTER || field == F_PER_LEAD ||
           field == F_FORECAST || field == F_ACTUAL;
}

/* Rows that are of another unit than their measure. */
static const struct {
    enum measure_id id;
    const char *key; /* NULL: any */
    enum field field;
    bool money;
} odd_units[] = {
    {M_SYSTEM_BRIDGE, "volume", F_BEFORE, false},
    {M_SYSTEM_BRIDGE, "volume", F_AFTER, false},
    {M_SYSTEM_BRIDGE, "win", F_BEFORE, false},
    {M_SYSTEM_BRIDGE, "win", F_AFTER, false},
    {M_SYSTEM_WHOLE_JOB, "forecast", F_HAVE, true},
    {M_SYSTEM_WHOLE_JOB, "forecast", F_NEED, true},
    {M_SYSTEM_CLOSES_ALONE, "size", F_VALUE, true},
    {M_SYSTEM_NEGLECTED, NULL, F_GAIN, true},
    {M_SYSTEM_FEASIBLE, "creation", F_VALUE, false},
    {M_SYSTEM_FEASIBLE, "accounts", F_VALUE, false},
};

static bool
counts_money(enum measure_id id, const struct cells *row, const struct cell *cell)
{
    const struct cell *key = measure_field(row, F_KEY);
    const char *name = key && key->kind == CELL_TEXT ? key->text : NULL;
    for (size_t i = 0; i < sizeof odd_units / sizeof *odd_units; i++)
        if (odd_units[i].id == id && odd_units[i].field == (enum field)cell->field &&
            (!odd_units[i].key || (name && strcmp(name, odd_units[i].key) == 0)))
            return odd_units[i].money;
    return measure_table[id].unit == UNIT_MONEY && is_money((enum field)cell->field);
}

/* Six figures are enough to read; JSON has them all. */
static void
say_real(struct buf *out, double real)
{
    bool large = real >= 1e6 || real <= -1e6;
    buf_printf(out, large ? "%.0f" : "%.6g", real);
}

static void
say_cell(struct buf *out, const struct config *config, const struct cell *cell, bool money)
{
    char iso[11];
    bool number = cell->kind == CELL_REAL || cell->kind == CELL_WHOLE;
    if (number && money) {
        say_money(out, config, cell->kind == CELL_REAL ? cell->real : (double)cell->whole);
    } else if (cell->kind == CELL_REAL) {
        say_real(out, cell->real);
    } else if (cell->kind == CELL_WHOLE) {
        buf_int(out, cell->whole);
    } else if (cell->kind == CELL_TEXT) {
        const char *nothing = cell->field == F_CO_BINDING ? "none" : "(unknown)";
        buf_string(out, cell->text[0] ? cell->text : nothing);
    } else if (cell->kind == CELL_BOOL) {
        buf_string(out, cell->whole ? "yes" : "no");
    } else if (cell->kind == CELL_DAY) {
        day_to_iso((day)cell->whole, iso);
        buf_string(out, iso);
    } else {
        buf_string(out, "unknown");
    }
}

static void
say_cells(struct buf *out, const struct config *config, enum measure_id id,
          const struct cells *cells)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        const struct cell *cell = &cells->cell[i];
        buf_printf(out, "%s%s ", i ? "  " : "", measure_field_names[cell->field]);
        say_cell(out, config, cell, counts_money(id, cells, cell));
    }
}

/* What is the company's alone stands for it in every scope. */
static const struct measure *
measure_of(const struct explained *explained, enum measure_id id)
{
    bool company = measure_table[id].scopes == IN_COMPANY;
    return measures_get(explained->measures, company ? 0 : explained->scope, id);
}

static void
say_measure(struct buf *out, const struct explained *explained, enum measure_id id)
{
    const struct measure *measure = measure_of(explained, id);
    if (measure->why == WHY_NOT_DEFINED) {
        buf_string(out, "not defined for this scope");
        return;
    }
    say_cells(out, explained->measures->config, id, &measure->fields);
    const char *gap = measure->fields.count ? "  " : "";
    if (measure->why != WHY_NONE)
        buf_printf(out, "  because %s", measure_why_names[measure->why]);
    else if (measure->row_count || !measure->fields.count)
        buf_printf(out, "%s%" PRIu32 " %s", gap, measure->row_count,
                   measure->row_count == 1 ? "row" : "rows");
    if (measure_table[id].scopes == IN_COMPANY && explained->scope > 0)
        buf_string(out, ", the company's");
}

static void
say_inputs(struct buf *out, const struct explained *explained)
{
    const char *names = measure_table[explained->id].inputs;
    enum measure_id input;
    if (*names)
        buf_string(out, "\nmade of\n");
    while ((input = measure_input(&names)) != MEASURE_COUNT) {
        buf_printf(out, "  %-36s ", measure_table[input].name);
        say_measure(out, explained, input);
        buf_char(out, '\n');
    }
}

static void
say_result(struct buf *out, const struct explained *explained)
{
    const struct measure *measure = measure_of(explained, explained->id);
    buf_string(out, "\nresult\n  ");
    say_measure(out, explained, explained->id);
    buf_char(out, '\n');
    for (uint32_t i = 0; measure->why == WHY_NONE && i < measure->row_count; i++) {
        buf_string(out, "    ");
        say_cells(out, explained->measures->config, explained->id, &measure->row[i]);
        buf_char(out, '\n');
    }
}

struct listing {
    const struct explained *explained;
    struct buf *out;
    struct json *json; /* NULL: as text */
    uint64_t count;
};

static void
say_row(void *context, const struct row_behind *row)
{
    struct listing *listing = context;
    const struct config *config = listing->explained->measures->config;
    if (listing->count++ >= ROWS_SHOWN)
        return;
    buf_printf(listing->out, "  %.*s", (int)row->id.length, row->id.bytes);
    if (row->owner.length)
        buf_printf(listing->out, "  owner %.*s", (int)row->owner.length, row->owner.bytes);
    if (row->state)
        buf_printf(listing->out, "  %s", row->state);
    if (row->on != DAY_NONE) {
        char iso[11];
        day_to_iso(row->on, iso);
        buf_printf(listing->out, "  %s", iso);
    }
    if (row->amount != MONEY_NONE) {
        buf_string(listing->out, "  ");
        say_money(listing->out, config, (double)row->amount);
    }
    if (row->has_chance) {
        buf_string(listing->out, "  q ");
        buf_fixed(listing->out, row->chance, 4);
    }
    buf_char(listing->out, '\n');
}

static void
say_rows(struct buf *out, const struct explained *explained)
{
    const struct rows_behind *rows = rows_of(explained->id, 4);
    if (!rows)
        return;
    struct listing listing = {explained, out, NULL, 0};
    buf_printf(out, "\nrows behind: %s\n", rows_behind_words(rows));
    rows_behind_each(rows, explained->measures, explained->scope, say_row, &listing);
    if (listing.count > ROWS_SHOWN)
        buf_printf(out, "  ... and %" PRIu64 " more (--json lists all)\n",
                   listing.count - ROWS_SHOWN);
    else if (listing.count == 0)
        buf_string(out, "  none\n");
}

static void
explain_as_text(struct buf *out, const struct explained *explained)
{
    const struct measures *measures = explained->measures;
    const struct measure_row *row = &measure_table[explained->id];
    char iso[11];
    day_to_iso(measures->dataset->as_of, iso);
    buf_printf(out, "%s of %s ", row->name,
               kind_names[measures->dataset->scope[explained->scope].kind]);
    buf_text(out, scope_name(measures, explained->scope));
    buf_string(out, " (");
    buf_text(out, scope_id(measures->dataset, explained->scope));
    buf_printf(out, "), as of %s\n\nformula\n  %s\n", iso, row->formula);
    if (*row->source)
        buf_printf(out, "  source: %s\n", row->source);
    buf_printf(out, "  for a team or the company: %s\n", roll_up_words[row->roll_up]);
    say_inputs(out, explained);
    say_result(out, explained);
    say_rows(out, explained);
}

/* ---- As JSON ---- */

static void
write_row(void *context, const struct row_behind *row)
{
    struct listing *listing = context;
    struct json *json = listing->json;
    char iso[11];
    listing->count++;
    json_open(json, '{');
    json_key(json, "id");
    json_text(json, row->id);
    json_key(json, "owner");
    json_text(json, row->owner);
    if (row->state) {
        json_key(json, "state");
        json_string(json, row->state);
    }
    if (row->on != DAY_NONE) {
        day_to_iso(row->on, iso);
        json_key(json, "day");
        json_string(json, iso);
    }
    json_key(json, "amount");
    if (row->amount == MONEY_NONE)
        json_null(json);
    else
        json_int(json, row->amount);
    if (row->has_chance) {
        json_key(json, "q");
        json_real(json, row->chance);
    }
    json_close(json, '}');
}

static void
write_inputs(struct json *json, const struct explained *explained)
{
    const char *names = measure_table[explained->id].inputs;
    enum measure_id input;
    json_key(json, "made_of");
    json_open(json, '{');
    while ((input = measure_input(&names)) != MEASURE_COUNT) {
        json_key(json, measure_table[input].name);
        cells_write_measure(json, input, measure_of(explained, input));
    }
    json_close(json, '}');
}

static void
write_scope(struct json *json, const struct explained *explained)
{
    const struct dataset *dataset = explained->measures->dataset;
    json_key(json, "scope");
    json_open(json, '{');
    json_key(json, "kind");
    json_string(json, kind_names[dataset->scope[explained->scope].kind]);
    json_key(json, "id");
    json_text(json, scope_id(dataset, explained->scope));
    json_key(json, "name");
    json_text(json, scope_name(explained->measures, explained->scope));
    json_close(json, '}');
}

static void
write_rows(struct json *json, const struct explained *explained)
{
    const struct rows_behind *rows = rows_of(explained->id, 4);
    struct listing listing = {explained, NULL, json, 0};
    json_key(json, "rows_behind");
    json_open(json, '{');
    json_key(json, "what");
    json_string(json, rows ? rows_behind_words(rows) : NULL);
    json_key(json, "rows");
    json_open(json, '[');
    if (rows)
        rows_behind_each(rows, explained->measures, explained->scope, write_row, &listing);
    json_close(json, ']');
    json_close(json, '}');
}

static void
explain_as_json(struct buf *out, const struct explained *explained)
{
    const struct measure_row *row = &measure_table[explained->id];
    struct json json = {.out = out, .indent = 1};
    char iso[11];
    day_to_iso(explained->measures->dataset->as_of, iso);
    json_open(&json, '{');
    json_key(&json, "measure");
    json_string(&json, row->name);
    json_key(&json, "as_of");
    json_string(&json, iso);
    write_scope(&json, explained);
    json_key(&json, "formula");
    json_string(&json, row->formula);
    json_key(&json, "source");
    json_string(&json, row->source);
    json_key(&json, "roll_up");
    json_string(&json, roll_up_words[row->roll_up]);
    write_inputs(&json, explained);
    json_key(&json, "result");
    cells_write_measure(&json, explained->id, measure_of(explained, explained->id));
    write_rows(&json, explained);
    json_close(&json, '}');
    buf_char(out, '\n');
}

void
measures_explain(const struct measures *measures, uint32_t scope, enum measure_id id, bool json,
                 struct buf *out)
{
    struct explained explained = {measures, scope, id};
    if (json)
        explain_as_json(out, &explained);
    else
        explain_as_text(out, &explained);
}
