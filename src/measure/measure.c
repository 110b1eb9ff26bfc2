/* Writing and reading the cells of one measure. */
#include "work.h"

#include <math.h>
#include <string.h>

#define FIRST_ROWS 6

enum measure_id
measure_find(struct text name)
{
    uint32_t id = 0;
    while (id < MEASURE_COUNT && !text_equal(name, text_of(measure_table[id].name))) {
        id++;
    }
    return (enum measure_id)id;
}

enum measure_id
measure_input(const char **inputs)
{
    while (**inputs == ' ') {
        (*inputs)++;
    }
    uint32_t length = (uint32_t)strcspn(*inputs, " ");
    if (length == 0) {
        return MEASURE_COUNT;
    }
    enum measure_id id = measure_find((struct text){*inputs, length});
    *inputs += length;
    return id;
}

/* Room for cells behind those there are: mostly in their place, as what was put last is longer. */
static struct cell *
longer(const struct sheet *sheet, struct cell *old, uint32_t count, uint32_t more)
{
    if (count > 0 && arena_extend(sheet->arena, old, count * sizeof *old, more * sizeof *old)) {
        return old;
    }
    struct cell *fresh = arena_array(sheet->arena, (size_t)count + more, sizeof *fresh);
    if (count > 0) {
        memcpy(fresh, old, count * sizeof *old);
    }
    return fresh;
}

static void
append(const struct sheet *sheet, struct cells *cells, uint32_t count, const struct cell *cell)
{
    cells->cell = longer(sheet, cells->cell, cells->count, count);
    for (uint32_t i = 0; i < count; i++) {
        struct cell *to = &cells->cell[cells->count++];
        *to = cell[i];
        if (to->kind == CELL_REAL && !isfinite(to->real)) {
            *to = EMPTY(cell[i].field);
        } else if (to->kind == CELL_REAL && to->real == 0) {
            to->real = 0; /* no -0 */
        }
    }
}

void
measure_put(const struct sheet *sheet, enum measure_id id, uint32_t count, const struct cell *cell)
{
    struct measure *measure = &sheet->measure[id];
    measure->why = WHY_NONE;
    measure->fields.count = 0;
    append(sheet, &measure->fields, count, cell);
    for (uint32_t i = 0; i < measure->fields.count; i++) {
        const struct cell *put = &measure->fields.cell[i];
        if (put->field == F_VALUE && put->kind == CELL_NULL) {
            measure->why = WHY_ZERO_DENOMINATOR;
        }
    }
}

void
measure_null(const struct sheet *sheet, enum measure_id id, enum why why)
{
    struct measure *measure = &sheet->measure[id];
    measure->fields.count = 0;
    append(sheet, &measure->fields, 1, &EMPTY(F_VALUE));
    measure->why = why;
}

void
measure_add(const struct sheet *sheet, enum measure_id id, uint32_t count, const struct cell *cell)
{
    append(sheet, &sheet->measure[id].fields, count, cell);
}

void
measure_rows(const struct sheet *sheet, enum measure_id id, uint32_t room)
{
    struct measure *measure = &sheet->measure[id];
    struct cells *row = arena_array(sheet->arena, room, sizeof *row);
    if (measure->row_count > 0) {
        memcpy(row, measure->row, measure->row_count * sizeof *row);
    }
    measure->row = row;
    measure->row_room = room;
}

void
measure_row(const struct sheet *sheet, enum measure_id id, uint32_t count, const struct cell *cell)
{
    struct measure *measure = &sheet->measure[id];
    if (measure->why == WHY_NOT_DEFINED) {
        measure->why = WHY_NONE;
    }
    if (measure->row_count == measure->row_room) {
        measure_rows(sheet, id, measure->row_room > 0 ? 2 * measure->row_room : FIRST_ROWS);
    }
    struct cells *row = &measure->row[measure->row_count++];
    *row = (struct cells){0};
    append(sheet, row, count, cell);
}

void
measure_row_add(const struct sheet *sheet, enum measure_id id, uint32_t count,
                const struct cell *cell)
{
    struct measure *measure = &sheet->measure[id];
    append(sheet, &measure->row[measure->row_count - 1], count, cell);
}

void
measure_maybe(const struct sheet *sheet, enum measure_id id, struct maybe maybe)
{
    if (maybe.why != WHY_NONE) {
        measure_null(sheet, id, maybe.why);
    } else {
        measure_put(sheet, id, CELLS(REAL(F_VALUE, maybe.value)));
    }
}

/* k of a rate: whole where it counts, real where it was estimated. */
static struct cell
count_cell(enum field field, double count)
{
    return count == floor(count) && fabs(count) < 9e15 ? WHOLE(field, (int64_t)count)
                                                       : REAL(field, count);
}

void
measure_share(const struct sheet *sheet, enum measure_id id, struct share share)
{
    if (share.why != WHY_NONE) {
        measure_null(sheet, id, share.why);
        return;
    }
    measure_put(sheet, id,
                CELLS(REAL(F_VALUE, share.value), count_cell(F_K, share.k),
                      count_cell(F_N, share.n), REAL(F_LOW, share.low), REAL(F_HIGH, share.high)));
    if (share.basis) {
        measure_add(sheet, id, CELLS(STRING(F_BASIS, share.basis)));
    }
}

void
measure_tally(const struct sheet *sheet, enum measure_id id, struct tally tally)
{
    measure_put(sheet, id, CELLS(WHOLE(F_NUMBER, tally.number), WHOLE(F_VALUE, tally.value)));
}

struct cell
measure_cell(enum field field, struct maybe maybe)
{
    return maybe.why == WHY_NONE ? REAL(field, maybe.value) : EMPTY(field);
}

const struct cell *
measure_field(const struct cells *cells, enum field field)
{
    for (uint32_t i = 0; cells && i < cells->count; i++) {
        if (cells->cell[i].field == field) {
            return &cells->cell[i];
        }
    }
    return NULL;
}

double
measure_number(const struct cells *cells, enum field field, double otherwise)
{
    const struct cell *cell = measure_field(cells, field);
    if (!cell || cell->kind == CELL_NULL || cell->kind == CELL_TEXT) {
        return otherwise;
    }
    return cell->kind == CELL_REAL ? cell->real : (double)cell->whole;
}

const struct cells *
measure_key(const struct measure *measure, const char *key)
{
    for (uint32_t i = 0; i < measure->row_count; i++) {
        const struct cell *cell = measure_field(&measure->row[i], F_KEY);
        if (cell && cell->kind == CELL_TEXT && strcmp(cell->text, key) == 0) {
            return &measure->row[i];
        }
    }
    return NULL;
}
