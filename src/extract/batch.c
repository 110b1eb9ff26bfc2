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
    batch->bytes = batch->ahead = 0;
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

/* The value without ` (Sales Pipeline)` at its end, where that is what the suffix column says. */
static struct text
without_suffix(struct text value, struct text suffix)
{
    value = text_trim(value);
    suffix = text_trim(suffix);
    if (suffix.length == 0 || value.length < suffix.length + 3)
        return value;
    const char *at = value.bytes + value.length - suffix.length - 1;
    bool there =
        at[-1] == '(' && at[suffix.length] == ')' && memcmp(at, suffix.bytes, suffix.length) == 0;
    if (there)
        value.length -= suffix.length + 2;
    return text_trim(value);
}

static struct text
until(struct text value, const struct config_strings *ends)
{
    for (uint32_t i = 0; i < ends->count; i++) {
        size_t length = strlen(ends->string[i]);
        const char *end =
            value.length ? memmem(value.bytes, value.length, ends->string[i], length) : NULL;
        if (end)
            value.length = (uint32_t)(end - value.bytes);
    }
    return value;
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
    if (bound->suffix != UINT32_MAX)
        value = without_suffix(value, extra[bound->suffix]);
    if (rule->config)
        value = until(value, &rule->config->until);
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

/* Cells that say that they hold nothing. */
static void
clear_empty(const struct config_strings *empty, struct text *cell, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < empty->count && cell[i].length; k++)
            if (text_equal(text_trim(cell[i]), text_of(empty->string[k])))
                cell[i].length = 0;
}

bool
batch_make(struct batch *batch)
{
    const struct binding *binding = batch->binding;
    const struct config_strings *empty = &binding->mapping->extract->empty;
    struct text *extra = batch_extra(batch);
    if (binding->empty_count) {
        clear_empty(empty, batch_cells(batch), binding->field_count);
        clear_empty(empty, extra, binding->extra_count);
    }
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
                         .raw = batch->raw,
                         .bytes = batch->bytes,
                         .ahead = batch->ahead};
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
