#include "cells.h"

const char *const cells_unit_names[] = {
    [UNIT_SHARE] = "share", [UNIT_MONEY] = "money", [UNIT_COUNT] = "count", [UNIT_DAYS] = "days",
    [UNIT_DAY] = "day",     [UNIT_RATIO] = "ratio", [UNIT_RATE] = "rate",   [UNIT_TEXT] = "text",
};

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
    char iso[11];
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
        if (cell->field == F_CO_BINDING)
            write_names(json, cell->text);
        else
            json_string(json, cell->text);
        break;
    case CELL_BOOL:
        json_bool(json, cell->whole != 0);
        break;
    case CELL_DAY:
        day_to_iso((day)cell->whole, iso);
        json_string(json, iso);
        break;
    }
}

void
cells_write(struct json *json, const struct cells *cells)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        json_key(json, measure_field_names[cells->cell[i].field]);
        write_cell(json, &cells->cell[i]);
    }
}

void
cells_write_measure(struct json *json, enum measure_id id, const struct measure *measure)
{
    json_open(json, '{');
    if (measure->why != WHY_NONE && !measure_field(&measure->fields, F_VALUE)) {
        json_key(json, measure_field_names[F_VALUE]);
        json_null(json);
    }
    cells_write(json, &measure->fields);
    json_key(json, "unit");
    json_string(json, cells_unit_names[measure_table[id].unit]);
    if (measure->why != WHY_NONE) {
        json_key(json, "why");
        json_string(json, measure_why_names[measure->why]);
    }
    if (measure_table[id].has_rows && (measure->why == WHY_NONE || measure->row_count > 0)) {
        json_key(json, "rows");
        json_open(json, '[');
        for (uint32_t i = 0; i < measure->row_count; i++) {
            json_open(json, '{');
            cells_write(json, &measure->row[i]);
            json_close(json, '}');
        }
        json_close(json, ']');
    }
    json_close(json, '}');
}
