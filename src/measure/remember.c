#include "remember.h"

#include "cells.h"
#include "config.h"
#include "dataset.h"
#include "json.h"
#include "measures.h"

enum { MEMORY_SCHEMA = 1 };

static void
write_day(struct json *json, const char *key, day d)
{
    char iso[11];
    json_key(json, key);
    if (d == DAY_NONE) {
        json_null(json);
        return;
    }
    day_to_iso(d, iso);
    json_string(json, iso);
}

static void
write_run(struct json *json, const struct measures *measures, struct text members)
{
    const struct dataset *data = measures->dataset;
    json_key(json, "run"), json_open(json, '{');
    write_day(json, "as_of", data->as_of);
    json_key(json, "config_sha256"), json_string(json, measures->config->hash);
    json_key(json, "currency"), json_string(json, measures->config->currency);
    json_key(json, "period"), json_open(json, '{');
    json_key(json, "name"), json_string(json, data->period.name);
    write_day(json, "start", data->period.start);
    write_day(json, "end", data->period.end);
    json_close(json, '}');
    if (members.length > 0)
        buf_string(json->out, ", "), buf_text(json->out, members);
    json_close(json, '}');
}

static struct text
scope_id(const struct dataset *data, const struct scope *scope)
{
    if (scope->kind == SCOPE_COMPANY)
        return TEXT("company");
    return scope->kind == SCOPE_TEAM ? data->teams.id[scope->index]
                                     : data->sellers.id[scope->index];
}

/* What a run learnt from earlier ones depends on which of them there were: a memory that held it
 * would depend on the order in which months are run. */
static bool
is_from_memory(const struct measure *measure)
{
    const struct cell *basis = measure_field(&measure->fields, F_BASIS);
    return basis && basis->kind == CELL_TEXT && strcmp(basis->text, MEASURE_FROM_RUNS) == 0;
}

static void
write_scope(struct json *json, const struct measures *measures, uint32_t index)
{
    static const char *const kinds[] = {"company", "team", "seller"};
    const struct scope *scope = &measures->dataset->scope[index];
    json_open(json, '{');
    json_key(json, "kind"), json_string(json, kinds[scope->kind]);
    json_key(json, "id"), json_text(json, scope_id(measures->dataset, scope));
    json_key(json, "measures"), json_open(json, '{');
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++) {
        const struct measure *measure = measures_get(measures, index, m);
        if (measure->why == WHY_NOT_DEFINED || is_from_memory(measure))
            continue;
        json_key(json, measure_table[m].name);
        cells_write_measure(json, m, measure);
    }
    json_close(json, '}');
    json_close(json, '}');
    buf_char(json->out, '\n');
}

static void
write_deal(struct json *json, const struct measures *measures, uint32_t d)
{
    const struct dataset *data = measures->dataset;
    const struct deals *deals = &data->deals;
    uint32_t fact = measures->fact_of_deal[d];
    json_open(json, '{');
    json_key(json, "id"), json_text(json, texts_at(&deals->id, d));
    uint32_t owner = deals->owner[d];
    json_key(json, "owner");
    json_text(json, owner < data->sellers.count ? data->sellers.id[owner] : TEXT(""));
    json_key(json, "stage"),
        json_string(json, deals->stage[d] < 0 ? "" : measures->config->stage[deals->stage[d]].name);
    json_key(json, "amount");
    if (deals->amount[d] == MONEY_NONE)
        json_null(json);
    else
        json_int(json, deals->amount[d]);
    write_day(json, "close", deals->close[d]);
    write_day(json, "qualified", deals->qualified[d]);
    json_key(json, "segment"), json_int(json, deals->segment[d]);
    json_key(json, "category"), json_int(json, deals->category[d]);
    json_key(json, "q");
    if (fact == NONE) /* not qualified, or a renewal */
        json_null(json);
    else
        json_real(json, measures->fact[fact].q);
    json_close(json, '}');
    buf_char(json->out, '\n');
}

void
remember_write(const struct measures *measures, struct text members, struct buf *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "schema"), json_int(&json, MEMORY_SCHEMA);
    write_run(&json, measures, members);
    json_key(&json, "scopes"), json_open(&json, '[');
    for (uint32_t s = 0; s < measures->scope_count; s++)
        write_scope(&json, measures, s);
    json_close(&json, ']');
    json_key(&json, "deals"), json_open(&json, '[');
    const struct deals *deals = &measures->dataset->deals;
    for (uint32_t d = 0; d < deals->count; d++)
        if (deals->outcome[d] == OUTCOME_OPEN)
            write_deal(&json, measures, d);
    json_close(&json, ']');
    json_close(&json, '}');
    buf_char(out, '\n');
}
