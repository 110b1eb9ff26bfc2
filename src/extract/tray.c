#include "tray.h"

#include "arena.h"
#include "batch.h"
#include "mapping.h"

static struct tray *
lay(struct arena *arena, struct binding *binding, bool loose)
{
    struct tray *tray = arena_alloc(arena, sizeof *tray);
    *tray = (struct tray){
        .binding = binding,
        .loose = loose,
        .seen = arena_array(arena, binding->columns, sizeof *tray->seen),
        .copy = arena_array(arena, binding->columns, sizeof *tray->copy),
    };
    return tray;
}

struct tray *
tray_new(struct arena *arena, const struct mapping *mapping, uint32_t columns,
         const char *const *names, bool loose, const char *path, struct diag *diag)
{
    struct text *header = arena_array(arena, columns, sizeof *header);
    for (uint32_t i = 0; i < columns; i++)
        header[i] = text_of(arena_string(arena, names[i]));
    struct binding *binding =
        mapping_bind(mapping, arena, columns, header, loose, (struct place){path, 0, 0}, diag);
    if (!binding)
        return NULL;
    if (loose) /* which of them exist will be seen: constants stay */
        for (uint32_t i = 0; i < binding->field_count; i++)
            binding->fed[i] = binding->fed[i] && !binding->by[i];
    return lay(arena, binding, loose);
}

struct tray *
tray_beside(const struct tray *tray, struct arena *arena)
{
    return lay(arena, tray->binding, tray->loose);
}

/* Copies the cells in one piece, which is also the row's text for rejected.csv. */
static struct text
copy_row(struct tray *tray, struct batch *batch, const struct text *cells)
{
    uint32_t columns = tray->binding->columns;
    bool *seen = tray->seen;
    struct text *copy = tray->copy;
    size_t length = columns, used = 0;
    for (uint32_t i = 0; i < columns; i++)
        length += cells[i].length;
    char *room = pool_room(&batch->pool, length);
    for (uint32_t i = 0; i < columns; i++) {
        uint32_t cell = cells[i].length;
        copy[i] = (struct text){room + used, cell};
        if (cell) {
            memcpy(room + used, cells[i].bytes, cell);
            seen[i] = true;
            used += cell;
        }
        room[used++] = ',';
    }
    return (struct text){room, length ? (uint32_t)(length - 1) : 0};
}

size_t
tray_row(struct tray *tray, struct batch *batch, const struct text *cells, uint64_t line)
{
    const struct binding *binding = tray->binding;
    const struct text *copy = tray->copy;
    batch_reserve(batch, 1);
    struct text raw = copy_row(tray, batch, cells), *cell = batch_cells(batch),
                *extra = batch_extra(batch);
    for (uint32_t i = 0; i < binding->plain_count; i++)
        cell[binding->plain[i].field] = copy[binding->plain[i].column];
    for (uint32_t i = 0; i < binding->extra_count; i++)
        extra[i] = copy[binding->extra[i]];
    batch_keep(batch, line, raw);
    return (size_t)raw.length + 1;
}

void
tray_join(struct tray *tray, const struct tray *other)
{
    for (uint32_t i = 0; i < tray->binding->columns; i++)
        tray->seen[i] |= other->seen[i];
}

/* Notes that a column feeds a field, once it was seen to hold something. */
static void
note(const struct tray *tray, uint32_t field, uint32_t column)
{
    struct binding *binding = tray->binding;
    if (!tray->seen[column])
        return;
    binding->fed[field] = true;
    const char *name = binding->header[column].bytes, *by = binding->by[field];
    binding->by[field] = by ? arena_printf(binding->arena, "%s, %s", by, name) : name;
}

void
tray_settle(struct tray *tray, bool *mapped, struct extract_report *report)
{
    struct binding *binding = tray->binding;
    if (tray->loose) {
        memset(binding->by, 0, binding->field_count * sizeof *binding->by);
        for (uint32_t i = 0; i < binding->plain_count; i++)
            note(tray, binding->plain[i].field, binding->plain[i].column);
        for (uint32_t i = 0; i < binding->made_count; i++)
            for (const struct bound_rule *rule = &binding->made[i]; rule; rule = rule->otherwise)
                for (uint32_t k = 0; k < rule->slot_count; k++)
                    note(tray, rule->field, binding->extra[rule->slot[k]]);
    }
    for (uint32_t i = 0; i < binding->field_count; i++) {
        report->belated |= tray->settled && binding->fed[i] && !mapped[i];
        mapped[i] |= binding->fed[i];
    }
    tray->settled = true;
}
