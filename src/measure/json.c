/* measures.json: the measures of a scope. */
#include "cells.h"
#include "config.h"
#include "dataset.h"

static void
write_day(struct json *json, day d)
{
    char iso[11];
    day_to_iso(d, iso);
    json_string(json, iso);
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
            json_key(&json, measure_table[id].name);
            cells_write_measure(&json, (enum measure_id)id, measure);
        }
    }
    json_close(&json, '}');
    json_close(&json, '}');
    buf_char(out, '\n');
}
