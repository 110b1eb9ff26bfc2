#include "stages.h"

#include "config.h"

#include <string.h>

/* Without case: stock names come in several. */
static bool
is_called(const struct config_stage *stage, const char *name)
{
    if (stage->name && text_equal_nocase(text_of(stage->name), text_of(name)))
        return true;
    for (uint32_t i = 0; i < stage->alias_count; i++)
        if (stage->aliases[i] && text_equal_nocase(text_of(stage->aliases[i]), text_of(name)))
            return true;
    return false;
}

static bool
is_taken(const struct config *config, const char *name)
{
    return config_find_stage(config, text_of(name)) >= 0;
}

static void
add_alias(struct reader *reader, struct config_stage *stage, const char *name)
{
    const char **aliases = arena_array(reader->arena, stage->alias_count + 1, sizeof *aliases);
    for (uint32_t i = 0; i < stage->alias_count; i++)
        aliases[i] = stage->aliases[i];
    aliases[stage->alias_count++] = name;
    stage->aliases = aliases;
}

static void
add_spellings(struct reader *reader, const struct config_stage *stock, struct config *config)
{
    for (uint32_t i = 0; i < config->stage_count; i++) {
        /* the array is the loader's own until config_load returns */
        struct config_stage *stage = (struct config_stage *)&config->stage[i];
        if (!stage->name || !is_called(stock, stage->name))
            continue;
        if (!is_taken(config, stock->name))
            add_alias(reader, stage, stock->name);
        for (uint32_t j = 0; j < stock->alias_count; j++)
            if (!is_taken(config, stock->aliases[j]))
                add_alias(reader, stage, stock->aliases[j]);
    }
}

void
stages_add_aliases(struct reader *reader, const struct tree *stock, struct config *config)
{
    if (!stock)
        return;
    struct config known = {0};
    struct trail trail = {NULL, "stages", 0};
    reader_value(reader, &trail, keys_find(keys_config, "stages"), stock, &known);
    for (uint32_t i = 0; i < known.stage_count; i++)
        if (known.stage[i].name)
            add_spellings(reader, &known.stage[i], config);
}

/* How many of the stages are called exactly so. */
static uint32_t
count_called(const struct config *config, const char *name)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < config->stage_count; i++) {
        const struct config_stage *stage = &config->stage[i];
        count += stage->name && strcmp(stage->name, name) == 0;
        for (uint32_t j = 0; j < stage->alias_count; j++)
            count += stage->aliases[j] && strcmp(stage->aliases[j], name) == 0;
    }
    return count;
}

static void
check_name(struct reader *reader, const struct tree *node, const struct config *config,
           const char *name)
{
    if (name && count_called(config, name) > 1)
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.stage_twice", node->place,
                    "stages: '%s' stands twice among names and aliases", name);
}

static bool
has_outcome(const struct config *config, enum outcome outcome)
{
    for (uint32_t i = 0; i < config->stage_count; i++)
        if (config->stage[i].outcome == outcome)
            return true;
    return false;
}

void
stages_check(struct reader *reader, const struct tree *root, const struct config *config)
{
    const struct tree *list = tree_find(root, "stages");
    if (!list || list->kind != TREE_LIST)
        return;
    const struct tree *node = list->first;
    for (uint32_t i = 0; i < config->stage_count && node; i++, node = node->next) {
        check_name(reader, node, config, config->stage[i].name);
        for (uint32_t j = 0; j < config->stage[i].alias_count; j++)
            check_name(reader, node, config, config->stage[i].aliases[j]);
    }
    if (!has_outcome(config, OUTCOME_OPEN) || !has_outcome(config, OUTCOME_WON))
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.stage_outcomes",
                    list->key_place, "stages: at least one must be open and one won");
}
