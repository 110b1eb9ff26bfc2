#include "arena.h"
#include "buf.h"
#include "config.h"
#include "extract.h"
#include "header.h"
#include "mapping.h"

#include <string.h>

/* A binding being made. */
struct binder {
    struct binding *binding;
    bool loose;
    struct place place;
    struct diag *diag;
    bool failed;
};

/* The column that a name means here; the diagnostic when two could be meant. */
static uint32_t
column_of(struct binder *binder, const char *field, const char *name)
{
    struct binding *binding = binder->binding;
    uint32_t column = header_find(binding->columns, binding->header, text_of(name));
    if (column != HEADER_TWICE)
        return column;
    if (binder->diag) {
        diag_report(binder->diag, SEVERITY_ERROR, EXIT_INPUT, "extract.duplicate_column",
                    binder->place, "two columns are named \"%s\", which feeds %s", name, field);
        diag_hint(binder->diag, "write \"%s#1\" or \"%s#2\" for the one that is meant", name, name);
    }
    binder->failed = true;
    return HEADER_NONE;
}

static uint32_t
slot_of(struct binding *binding, uint32_t column)
{
    for (uint32_t i = 0; i < binding->extra_count; i++)
        if (binding->extra[i] == column)
            return i;
    binding->extra[binding->extra_count] = column;
    return binding->extra_count++;
}

/* Adds a column unless it is among them. */
static uint32_t
add_column(uint32_t *column, uint32_t count, uint32_t found)
{
    for (uint32_t k = 0; k < count; k++)
        if (column[k] == found)
            return count;
    column[count] = found;
    return count + 1;
}

/* The columns that feed a rule, into `column` (room for all candidates, and all columns). */
static uint32_t
columns_of(struct binder *binder, const struct rule *rule, uint32_t *column)
{
    struct binding *binding = binder->binding;
    bool all = binder->loose || rule->patterns ||
               (rule->config && (rule->config->first_filled || rule->config->join));
    uint32_t count = 0;
    for (uint32_t i = 0; i < rule->candidate_count && (all || !count); i++) {
        struct text name = text_of(rule->candidate[i]);
        if (rule->patterns && memchr(name.bytes, '*', name.length)) {
            for (uint32_t c = 0; c < binding->columns; c++)
                if (header_fits(binding->header[c], name))
                    count = add_column(column, count, c);
            continue;
        }
        uint32_t found = column_of(binder, rule->name, rule->candidate[i]);
        if (found != HEADER_NONE)
            count = add_column(column, count, found);
    }
    for (uint32_t i = 0; i < count; i++)
        binding->used[column[i]] = true;
    return count;
}

/* The slot of the first of a rule's suffix columns that is there. */
static uint32_t
suffix_of(struct binder *binder, const struct rule *rule)
{
    for (uint32_t i = 0; rule->config && i < rule->config->suffix.count; i++) {
        uint32_t column = column_of(binder, rule->name, rule->config->suffix.string[i]);
        if (column == HEADER_NONE)
            continue;
        binder->binding->used[column] = true;
        return slot_of(binder->binding, column);
    }
    return UINT32_MAX;
}

static const char *
names_of(struct binding *binding, uint32_t count, const uint32_t *column)
{
    struct buf names = {0};
    for (uint32_t i = 0; i < count; i++) {
        buf_string(&names, i ? ", " : "");
        buf_text(&names, text_trim(binding->header[column[i]]));
    }
    char *copy = arena_copy(binding->arena, names.bytes ? names.bytes : "", names.length);
    buf_free(&names);
    return copy;
}

/* A rule that is more than one cell as it stands. */
static void
bind_made(struct binder *binder, struct bound_rule *bound, const struct rule *rule, uint32_t field,
          uint32_t count, const uint32_t *column)
{
    struct binding *binding = binder->binding;
    uint32_t *slot = arena_array(binding->arena, count, sizeof *slot);
    for (uint32_t i = 0; i < count; i++)
        slot[i] = slot_of(binding, column[i]);
    *bound = (struct bound_rule){rule, field, count, slot, suffix_of(binder, rule), NULL};
    if (!rule->otherwise)
        return;
    uint32_t *more = arena_array(
        binding->arena, (size_t)rule->otherwise->candidate_count + binding->columns, sizeof *more);
    uint32_t found = columns_of(binder, rule->otherwise, more);
    struct bound_rule *otherwise = arena_alloc(binding->arena, sizeof *otherwise);
    bind_made(binder, otherwise, rule->otherwise, field, found, more);
    if (found) {
        const char *by = binding->by[field], *names = names_of(binding, found, more);
        binding->by[field] = by ? arena_printf(binding->arena, "%s, %s", by, names) : names;
    }
    bound->otherwise = otherwise;
}

static bool
has_constant(const struct rule *rule)
{
    for (; rule; rule = rule->otherwise)
        if (rule->config && rule->config->constant)
            return true;
    return false;
}

static bool
is_cut(const struct rule *rule)
{
    return rule->config && (rule->config->suffix.count || rule->config->until.count);
}

static void
bind_field(struct binder *binder, uint32_t field)
{
    struct binding *binding = binder->binding;
    const struct rule *rule = &binding->mapping->rule[field];
    uint32_t *column = arena_array(binding->arena, (size_t)rule->candidate_count + binding->columns,
                                   sizeof *column);
    uint32_t count = columns_of(binder, rule, column);
    bool plain = count == 1 && !rule->replace && !rule->lookup && !rule->otherwise &&
                 !has_constant(rule) && !is_cut(rule);
    if (count)
        binding->by[field] = names_of(binding, count, column);
    if (plain)
        binding->plain[binding->plain_count++] = (struct wanted){column[0], field};
    else if (count || rule->otherwise || has_constant(rule))
        bind_made(binder, &binding->made[binding->made_count++], rule, field, count, column);
    binding->bound += binding->by[field] != NULL;
    binding->fed[field] = binding->by[field] || has_constant(rule);
}

static void
bind_drops(struct binder *binder)
{
    struct binding *binding = binder->binding;
    const struct config_extract *extract = binding->mapping->extract;
    for (uint32_t i = 0; i < extract->drop_count; i++) {
        uint32_t column = column_of(binder, "drop", extract->drop[i].column);
        if (column == HEADER_NONE)
            continue;
        binding->used[column] = true;
        binding->drop[binding->drop_count++] =
            (struct bound_drop){slot_of(binding, column), text_of(extract->drop[i].value)};
    }
}

struct binding *
mapping_bind(const struct mapping *mapping, struct arena *arena, uint32_t columns,
             const struct text *header, bool loose, struct place place, struct diag *diag)
{
    struct binding *binding = arena_alloc(arena, sizeof *binding);
    uint32_t fields = mapping->field_count, drops = mapping->extract->drop_count;
    *binding = (struct binding){.arena = arena,
                                .mapping = mapping,
                                .columns = columns,
                                .field_count = fields,
                                .header = header,
                                .empty_count = mapping->extract->empty.count};
    binding->plain = arena_array(arena, fields, sizeof *binding->plain);
    binding->extra = arena_array(arena, columns, sizeof *binding->extra);
    binding->made = arena_array(arena, fields, sizeof *binding->made);
    binding->drop = arena_array(arena, drops, sizeof *binding->drop);
    binding->fed = arena_array(arena, fields, sizeof *binding->fed);
    binding->by = arena_array(arena, fields, sizeof *binding->by);
    binding->used = arena_array(arena, columns, sizeof *binding->used);
    struct binder binder = {binding, loose, place, diag, false};
    for (uint32_t i = 0; i < fields; i++)
        bind_field(&binder, i);
    bind_drops(&binder);
    return binder.failed ? NULL : binding;
}

/* A candidate of the rule that is there, too, and feeds nothing. */
static const char *
other_column(const struct binding *binding, const struct rule *rule)
{
    for (uint32_t k = 0; k < rule->candidate_count; k++) {
        uint32_t found =
            header_find(binding->columns, binding->header, text_of(rule->candidate[k]));
        if (found < binding->columns && !binding->used[found])
            return rule->candidate[k];
    }
    return NULL;
}

static void
report_columns(const struct binding *binding, struct arena *arena, struct extract_report *report)
{
    report->column_count = binding->field_count;
    report->column = arena_array(arena, binding->field_count, sizeof *report->column);
    for (uint32_t i = 0; i < binding->field_count; i++) {
        const struct rule *rule = &binding->mapping->rule[i];
        struct extract_column *column = &report->column[i];
        column->field = arena_string(arena, rule->name);
        column->column = binding->by[i] ? arena_string(arena, binding->by[i]) : NULL;
        const char *other = column->column ? other_column(binding, rule) : NULL;
        column->other = other ? arena_string(arena, other) : NULL;
        if (!column->column && rule->config && rule->config->columns.count == 1)
            column->wanted = arena_string(arena, rule->config->columns.string[0]);
        for (uint32_t k = 0; k < rule->candidate_count && !column->column && !column->near; k++) {
            uint32_t near = header_near(binding->columns, binding->header, binding->used,
                                        text_of(rule->candidate[k]));
            if (near != HEADER_NONE)
                column->near =
                    arena_copy(arena, binding->header[near].bytes, binding->header[near].length);
        }
    }
}

void
mapping_report(const struct binding *binding, struct arena *arena, struct extract_report *report)
{
    if (!report->column)
        report_columns(binding, arena, report);
    for (uint32_t i = 0; i < binding->field_count; i++)
        if (!report->column[i].column && binding->by[i]) {
            report->column[i].column = arena_string(arena, binding->by[i]);
            report->column[i].near = report->column[i].wanted = NULL;
        }
    const char **all =
        arena_array(arena, (size_t)report->unmapped_count + binding->columns, sizeof *all);
    uint32_t count = report->unmapped_count;
    if (count)
        memcpy(all, report->unmapped, count * sizeof *all);
    for (uint32_t i = 0; i < binding->columns; i++) {
        bool known = binding->used[i] || binding->header[i].length == 0;
        for (uint32_t k = 0; k < count && !known; k++)
            known = text_equal(text_of(all[k]), binding->header[i]);
        if (!known)
            all[count++] = arena_copy(arena, binding->header[i].bytes, binding->header[i].length);
    }
    report->unmapped = all;
    report->unmapped_count = count;
}
