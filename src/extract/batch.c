#include "batch.h"

#include "config.h"
#include "dictionary.h"
#include "memory.h"

#include <stdlib.h>

enum { RAW_MOST = 4096 };

void
batch_begin(struct batch *batch, const struct binding *binding, const char *file)
{
    if (batch->binding != binding) { /* another layout: cells that nothing feeds must be empty */
        free(batch->cell);
        free(batch->extra);
        free(batch->raw);
        free(batch->line);
        batch->cell = batch->extra = batch->raw = NULL;
        batch->line = NULL;
        batch->capacity = 0;
    }
    batch->binding = binding;
    batch->file = file;
    batch->count = 0;
    batch->refused_count = 0;
    batch->dropped = batch->repeated = batch->blank = 0;
    pool_clear(&batch->pool);
}

/* All arrays grow together and their new part is zeroed: fields that nothing feeds are never
 * written again. */
static void
grow(struct text **array, size_t old, size_t capacity, size_t each)
{
    size_t before = old, none = 0;
    struct text *more = NULL;
    if (each == 0)
        return;
    memory_grow(&more, &none, capacity * each, sizeof *more);
    if (before)
        memcpy(more, *array, before * each * sizeof *more);
    memset(more + before * each, 0, (capacity - before) * each * sizeof *more);
    free(*array);
    *array = more;
}

void
batch_reserve(struct batch *batch, uint32_t rows)
{
    size_t need = (size_t)batch->count + rows, old = batch->capacity;
    if (need <= old)
        return;
    size_t capacity = need > old + old / 2 ? need : old + old / 2;
    grow(&batch->cell, old, capacity, batch->binding->field_count);
    grow(&batch->extra, old, capacity, batch->binding->extra_count);
    grow(&batch->raw, old, capacity, 1);
    size_t lines = old;
    memory_grow(&batch->line, &lines, capacity, sizeof *batch->line);
    batch->capacity = capacity;
}

static bool
is_empty(struct text text)
{
    return text.length == 0 || text_trim(text).length == 0;
}

static struct text
joined(struct batch *batch, const struct bound_rule *bound, const struct text *extra)
{
    struct text between = text_of(bound->rule->config->join);
    size_t length = 0;
    for (uint32_t i = 0; i < bound->slot_count; i++)
        length += (size_t)extra[bound->slot[i]].length + between.length;
    char *room = pool_room(&batch->pool, length);
    uint32_t used = 0;
    for (uint32_t i = 0; i < bound->slot_count; i++) {
        struct text part = text_trim(extra[bound->slot[i]]);
        if (part.length == 0)
            continue;
        if (used) {
            memcpy(room + used, between.bytes, between.length);
            used += between.length;
        }
        memcpy(room + used, part.bytes, part.length);
        used += part.length;
    }
    return (struct text){room, used};
}

/* The columns, then replacements and look-up, then another mapping, then the constant. */
static struct text
made(struct batch *batch, const struct bound_rule *bound, const struct text *extra)
{
    const struct rule *rule = bound->rule;
    struct text value = {NULL, 0};
    if (rule->config && rule->config->join)
        value = joined(batch, bound, extra);
    else
        for (uint32_t i = 0; i < bound->slot_count && is_empty(value); i++)
            value = extra[bound->slot[i]];
    if (rule->replace)
        dictionary_apply(rule->replace, &value);
    if (rule->lookup)
        dictionary_apply(rule->lookup, &value);
    if (bound->otherwise && is_empty(value))
        value = made(batch, bound->otherwise, extra);
    if (rule->config && rule->config->constant && is_empty(value))
        value = text_of(rule->config->constant);
    return value;
}

static bool
is_dropped(const struct binding *binding, const struct text *extra)
{
    for (uint32_t i = 0; i < binding->drop_count; i++)
        if (text_equal_nocase(text_trim(extra[binding->drop[i].slot]), binding->drop[i].value))
            return true;
    return false;
}

bool
batch_make(struct batch *batch)
{
    const struct binding *binding = batch->binding;
    const struct text *extra = batch_extra(batch);
    if (is_dropped(binding, extra)) {
        batch->dropped++;
        return false;
    }
    struct text *cell = batch_cells(batch);
    for (uint32_t i = 0; i < binding->made_count; i++)
        cell[binding->made[i].field] = made(batch, &binding->made[i], extra);
    return true;
}

void
batch_refuse(struct batch *batch, enum refusal kind, uint64_t line, const char *reason,
             struct text raw)
{
    memory_grow(&batch->refused, &batch->refused_capacity, batch->refused_count + 1,
                sizeof *batch->refused);
    if (raw.length > RAW_MOST)
        raw.length = RAW_MOST;
    batch->refused[batch->refused_count++] =
        (struct refused){kind, line, batch->count, reason, pool_copy(&batch->pool, raw)};
}

struct rows
batch_rows(const struct batch *batch)
{
    return (struct rows){.file = batch->file,
                         .count = batch->count,
                         .fields = batch->binding->field_count,
                         .cell = batch->cell,
                         .line = batch->line,
                         .raw = batch->raw};
}

void
batch_free(struct batch *batch)
{
    free(batch->cell);
    free(batch->extra);
    free(batch->raw);
    free(batch->line);
    free(batch->refused);
    pool_free(&batch->pool);
    *batch = (struct batch){0};
}
