#include "mapping.h"

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "dictionary.h"
#include "extract.h"
#include "lookup.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* A pattern with {stage} replaced by a name. */
static const char *
stage_column(struct arena *arena, const char *pattern, const char *name)
{
    const char *hole = strstr(pattern, "{stage}");
    return arena_printf(arena, "%.*s%s%s", (int)(hole - pattern), pattern, name,
                        hole + strlen("{stage}"));
}

/* The patterns with the stage's name and its aliases: what a field named as a stage is fed by where
 * the history stands in columns. */
static void
stage_candidates(struct mapping *mapping, const struct config *config, struct rule *rule)
{
    const struct config_strings *patterns = &mapping->extract->history_columns;
    int index = config_find_stage(config, text_of(rule->name));
    if (mapping->table != TABLE_HISTORY || !patterns->count || index < 0)
        return;
    const struct config_stage *stage = &config->stage[index];
    uint32_t names = stage->alias_count + 1, count = 0;
    const char **columns =
        arena_array(mapping->arena, (size_t)names * patterns->count, sizeof *columns);
    for (uint32_t p = 0; p < patterns->count; p++)
        for (uint32_t n = 0; n < names; n++)
            columns[count++] = stage_column(mapping->arena, patterns->string[p],
                                            n ? stage->aliases[n - 1] : stage->name);
    rule->candidate_count = count;
    rule->candidate = columns;
    rule->patterns = true;
}

/* The config's columns and, last, the field's own name; a field of which only a constant, a preset
 * or another mapping is said has the columns that are said. */
static void
field_candidates(struct mapping *mapping, struct rule *rule, bool own_name)
{
    static const struct config_strings none;
    const struct config_strings *said = rule->config ? &rule->config->columns : &none;
    bool bare = rule->config && !said->count;
    const char **names = arena_array(mapping->arena, (size_t)said->count + 1, sizeof *names);
    uint32_t count = said->count;
    if (count)
        memcpy(names, said->string, count * sizeof *names);
    if (own_name && !bare && !(rule->config && rule->config->join))
        names[count++] = rule->name;
    rule->candidate_count = count;
    rule->candidate = names;
}

static struct dictionary *
replacements(const struct config_pairs *pairs)
{
    if (!pairs->count)
        return NULL;
    struct dictionary *dictionary = dictionary_new();
    for (uint32_t i = 0; i < pairs->count; i++)
        dictionary_add(dictionary, text_of(pairs->pair[i].from), text_of(pairs->pair[i].to));
    return dictionary;
}

static bool
fill_rule(struct mapping *mapping, struct rule *rule, bool own_name, struct diag *diag)
{
    field_candidates(mapping, rule, own_name);
    const struct config_field *config = rule->config;
    if (!config)
        return true;
    rule->replace = replacements(&config->replace);
    if (config->lookup.file) {
        rule->lookup = lookup_load(config->lookup.file, config->lookup.key, config->lookup.take,
                                   rule->lookup_hash, diag);
        if (!rule->lookup)
            return false;
    }
    if (!config->otherwise)
        return true;
    rule->otherwise = arena_alloc(mapping->arena, sizeof *rule->otherwise);
    *rule->otherwise = (struct rule){.name = rule->name, .config = config->otherwise};
    return fill_rule(mapping, rule->otherwise, false, diag);
}

static const struct config_field *
find_config(const struct config_extract *extract, const char *name)
{
    for (uint32_t i = 0; i < extract->field_count; i++)
        if (strcmp(extract->field[i].name, name) == 0)
            return &extract->field[i];
    return NULL;
}

struct mapping *
mapping_new(const struct config *config, const struct config_extract *extract, enum table table,
            const char *const *fields, uint32_t field_count, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct mapping *mapping = arena_alloc(arena, sizeof *mapping);
    *mapping = (struct mapping){arena, extract, table, field_count, NULL};
    mapping->rule = arena_array(arena, field_count, sizeof *mapping->rule);
    bool good = true;
    for (uint32_t i = 0; i < field_count; i++) {
        struct rule *rule = &mapping->rule[i];
        rule->name = arena_string(arena, fields[i]);
        rule->config = find_config(extract, fields[i]);
        good = fill_rule(mapping, rule, true, diag) && good;
        if (!rule->config && config)
            stage_candidates(mapping, config, rule);
    }
    if (good)
        return mapping;
    mapping_free(mapping);
    return NULL;
}

void
mapping_free(struct mapping *mapping)
{
    if (!mapping)
        return;
    for (uint32_t i = 0; i < mapping->field_count; i++)
        for (struct rule *rule = &mapping->rule[i]; rule; rule = rule->otherwise) {
            dictionary_free(rule->replace);
            dictionary_free(rule->lookup);
        }
    arena_free(mapping->arena);
}

static uint32_t
lookups(const struct mapping *mapping, struct extract_lookup *list)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < mapping->field_count; i++)
        for (const struct rule *rule = &mapping->rule[i]; rule; rule = rule->otherwise)
            if (rule->lookup) {
                if (list) {
                    list[count].path = rule->config->lookup.file;
                    memcpy(list[count].sha256, rule->lookup_hash, sizeof rule->lookup_hash);
                }
                count++;
            }
    return count;
}

void
mapping_name_lookups(const struct mapping *mapping, struct arena *arena,
                     struct extract_report *report)
{
    report->lookup_count = lookups(mapping, NULL);
    struct extract_lookup *list = arena_array(arena, report->lookup_count, sizeof *list);
    lookups(mapping, list);
    report->lookup = list;
}

/* Adds a name unless it is there. */
static void
add_name(const char **names, uint32_t *count, const char *name)
{
    for (uint32_t i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0)
            return;
    names[(*count)++] = name;
}

uint32_t
mapping_names(const struct mapping *mapping, const char *const **names)
{
    const struct config_extract *extract = mapping->extract;
    size_t most = extract->drop_count;
    for (uint32_t i = 0; i < mapping->field_count; i++)
        for (const struct rule *rule = &mapping->rule[i]; rule; rule = rule->otherwise)
            most += rule->candidate_count + (rule->config ? rule->config->suffix.count : 0);
    const char **list = arena_array(mapping->arena, most, sizeof *list);
    uint32_t count = 0;
    for (uint32_t i = 0; i < mapping->field_count; i++)
        for (const struct rule *rule = &mapping->rule[i]; rule; rule = rule->otherwise)
            for (uint32_t k = 0; k < rule->candidate_count; k++)
                add_name(list, &count, rule->candidate[k]);
    for (uint32_t i = 0; i < mapping->field_count; i++)
        for (const struct rule *rule = &mapping->rule[i]; rule; rule = rule->otherwise)
            for (uint32_t k = 0; rule->config && k < rule->config->suffix.count; k++)
                add_name(list, &count, rule->config->suffix.string[k]);
    for (uint32_t i = 0; i < extract->drop_count; i++)
        add_name(list, &count, extract->drop[i].column);
    *names = list;
    return count;
}
