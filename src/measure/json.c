#include "json.h"

#include "config.h"
#include "dataset.h"
#include "measures.h"

static const char *const unit_names[] = {
    [UNIT_SHARE] = "share", [UNIT_MONEY] = "money", [UNIT_COUNT] = "count", [UNIT_DAYS] = "days",
    [UNIT_DAY] = "day",     [UNIT_RATIO] = "ratio", [UNIT_RATE] = "rate",   [UNIT_TEXT] = "text",
};

static void
write_day(struct json *json, day d)
{
    char iso[11];
    day_to_iso(d, iso);
    json_string(json, iso);
}

/* The parts that bind with the largest gain are one text of names; a list in JSON. */
static void
write_names(struct json *json, const char *names)
{
    json_open(json, '[');
    while (*names) {
        size_t length = strcspn(names, " ");
        json_text(json, (struct text){names, (uint32_t)length});
        names += length + (names[length] == ' ' ? 1 : 0);
    }
    json_close(json, ']');
}

static void
write_cell(struct json *json, const struct cell *cell)
{
    json_key(json, measure_field_names[cell->field]);
    switch ((enum cell_kind)cell->kind) {
    case CELL_NULL:
        json_null(json);
        break;
    case CELL_REAL:
        json_real(json, cell->real);
        break;
    case CELL_WHOLE:
        json_int(json, cell->whole);
        break;
    case CELL_TEXT:
        if (cell->field == F_CO_BINDING) {
            write_names(json, cell->text);
        } else {
            json_string(json, cell->text);
        }
        break;
    case CELL_BOOL:
        json_bool(json, cell->whole != 0);
        break;
    case CELL_DAY:
        write_day(json, (day)cell->whole);
        break;
    }
}

static void
write_cells(struct json *json, const struct cells *cells)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        write_cell(json, &cells->cell[i]);
    }
}

static void
write_measure(struct json *json, enum measure_id id, const struct measure *measure)
{
    json_key(json, measure_table[id].name);
    json_open(json, '{');
    write_cells(json, &measure->fields);
    json_key(json, "unit");
    json_string(json, unit_names[measure_table[id].unit]);
    if (measure->why != WHY_NONE) {
        json_key(json, "why");
        json_string(json, measure_why_names[measure->why]);
    }
    if (measure_table[id].has_rows && (measure->why == WHY_NONE || measure->row_count > 0)) {
        json_key(json, "rows");
        json_open(json, '[');
        for (uint32_t i = 0; i < measure->row_count; i++) {
            json_open(json, '{');
            write_cells(json, &measure->row[i]);
            json_close(json, '}');
        }
        json_close(json, ']');
    }
    json_close(json, '}');
}

static void
write_period(struct json *json, const struct dataset *dataset)
{
    json_key(json, "period");
    json_open(json, '{');
    json_key(json, "name");
    json_string(json, dataset->period.name);
    json_key(json, "start");
    write_day(json, dataset->period.start);
    json_key(json, "end");
    write_day(json, dataset->period.end);
    json_key(json, "days_left");
    json_int(json, dataset->period.end - dataset->as_of);
    json_close(json, '}');
}

static struct text
team_id(const struct dataset *dataset, uint32_t team)
{
    return team == NONE ? TEXT("company") : dataset->teams.id[team];
}

static void
write_scope(struct json *json, const struct measures *measures, uint32_t index)
{
    static const char *const kind[] = {
        [SCOPE_COMPANY] = "company", [SCOPE_TEAM] = "team", [SCOPE_SELLER] = "seller"};
    const struct dataset *dataset = measures->dataset;
    const struct scope *scope = &dataset->scope[index];
    struct text id = TEXT("company"), name = text_of(measures->config->company);
    uint32_t above = NONE;
    if (scope->kind == SCOPE_TEAM) {
        id = dataset->teams.id[scope->index];
        name = dataset_word(dataset, dataset->teams.name[scope->index]);
        above = dataset->teams.parent[scope->index];
    } else if (scope->kind == SCOPE_SELLER) {
        id = dataset->sellers.id[scope->index];
        name = dataset_word(dataset, dataset->sellers.name[scope->index]);
        above = dataset->sellers.team[scope->index];
    }
    json_key(json, "scope");
    json_open(json, '{');
    json_key(json, "kind");
    json_string(json, kind[scope->kind]);
    json_key(json, "id");
    json_text(json, id);
    json_key(json, "name");
    json_text(json, name);
    if (scope->kind != SCOPE_COMPANY) {
        json_key(json, scope->kind == SCOPE_SELLER ? "team" : "parent");
        json_text(json, team_id(dataset, above));
    }
    json_close(json, '}');
}

void
measures_write_json(const struct measures *measures, uint32_t scope, struct buf *out)
{
    struct json json = {.out = out, .indent = 1};
    json_open(&json, '{');
    json_key(&json, "schema");
    json_int(&json, 1);
    json_key(&json, "as_of");
    write_day(&json, measures->dataset->as_of);
    json_key(&json, "currency");
    json_string(&json, measures->config->currency);
    write_period(&json, measures->dataset);
    write_scope(&json, measures, scope);
    json_key(&json, "measures");
    json_open(&json, '{');
    for (uint32_t id = 0; id < MEASURE_COUNT; id++) {
        const struct measure *measure = &measures->scope[scope].measure[id];
        if (measure->why != WHY_NOT_DEFINED) {
            write_measure(&json, (enum measure_id)id, measure);
        }
    }
    json_close(&json, '}');
    json_close(&json, '}');
    buf_char(out, '\n');
}
