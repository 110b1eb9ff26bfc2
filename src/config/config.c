#include "config.h"

#include "check.h"
#include "manual.h"
#include "override.h"
#include "presets.h"
#include "reader.h"
#include "reference.h"
#include "schema.h"
#include "stages.h"

#include <string.h>

const char *const config_flag_names[FLAG_COUNT] = {
    [FLAG_PAST_CLOSE] = "past_close",
    [FLAG_NO_AMOUNT] = "no_amount",
    [FLAG_ZOMBIE] = "zombie",
    [FLAG_NO_CLOSE] = "no_close",
    [FLAG_OWNER_LEFT] = "owner_left",
    [FLAG_SILENT] = "silent",
    [FLAG_NO_NEXT_STEP] = "no_next_step",
    [FLAG_AGED] = "aged",
    [FLAG_PUSHED] = "pushed",
    [FLAG_TOO_SOON] = "too_soon",
    [FLAG_SINGLE_THREADED] = "single_threaded",
    [FLAG_DUPLICATE] = "duplicate",
    [FLAG_WEAK_QUALIFICATION] = "weak_qualification",
};

/* The deals of `previous` read like extracts.deals, from another file, unless they bring a preset
 * or a mapping of their own. */
static void
inherit_previous(struct reader *reader, struct presets *presets, struct tree *root)
{
    const struct tree *previous = tree_find(root, "previous");
    const struct tree *deals = tree_find(tree_find(root, "extracts"), "deals");
    const struct tree *own = tree_find(previous, "deals");
    if (!own || own->kind == TREE_FAULTY || own->kind == TREE_LIST || tree_is_empty(own))
        return;
    struct arena *arena = reader->arena;
    struct tree *extract = tree_copy(arena, own);
    if (own->kind == TREE_SCALAR_NODE) {
        extract = tree_new_map(arena, own->place);
        extract->key_place = own->key_place;
        tree_put(arena, extract, "file", tree_copy(arena, own));
    }
    bool alone = tree_find(extract, "preset") || tree_find(extract, "map");
    if (deals && deals->kind == TREE_MAP && !alone) {
        static const char *const sources[] = {"file",       "postgres", "query",
                                              "query_file", "timeout",  NULL};
        struct tree *like = tree_new_map(arena, deals->place);
        for (const struct tree *child = deals->first; child; child = child->next) {
            size_t i = 0;
            while (sources[i] && strcmp(sources[i], child->key) != 0)
                i++;
            if (!sources[i])
                tree_put(arena, like, child->key, tree_copy(arena, child));
        }
        extract = tree_merge(arena, extract, like, 1);
    }
    extract = presets_merge(presets, extract, "deals");
    tree_put(arena, (struct tree *)previous, "deals", extract);
}

/* Lays presets under the extracts, before anything is typed. */
static void
merge_presets(struct reader *reader, struct presets *presets, struct tree *root)
{
    inherit_previous(reader, presets, root);
    struct tree *extracts = (struct tree *)tree_find(root, "extracts");
    if (!extracts || extracts->kind != TREE_MAP)
        return;
    const struct tree *stock = presets_stages(presets, tree_find(extracts, "deals"));
    if (stock && !tree_find(root, "stages"))
        tree_put(reader->arena, root, "stages", tree_copy(reader->arena, stock));
    for (int i = 0; i < TABLE_COUNT; i++) {
        const struct tree *extract = tree_find(extracts, table_names[i]);
        if (extract && extract->kind == TREE_MAP)
            tree_put(reader->arena, extracts, table_names[i],
                     presets_merge(presets, extract, table_names[i]));
    }
}

static void
read_config(struct reader *reader, const char *folder, struct tree *root, struct config *config)
{
    struct presets *presets = presets_new(reader, folder);
    const struct tree *deals = tree_find(tree_find(root, "extracts"), "deals");
    const struct tree *stock = presets_stages(presets, deals);
    merge_presets(reader, presets, root);
    reader_mapping(reader, NULL, keys_config, root, config);
    stages_add_aliases(reader, stock, config);
    stages_check(reader, root, config);
    check_config(reader, root, config);
    config->preset = presets_read(presets, &config->preset_count);
}

static const char *
folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return "";
    return arena_copy(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

struct config *
config_load(const char *path, const char *presets, uint32_t set_count, const char *const *sets,
            struct diag *diag)
{
    struct arena *arena = arena_new();
    struct config *config = arena_alloc(arena, sizeof *config);
    uint32_t before = diag_count(diag, SEVERITY_ERROR);
    config->arena = arena;
    config->path = arena_string(arena, path);
    config->folder = folder_of(arena, path);
    struct reader reader = {arena, diag, config->folder};
    struct tree *root = tree_read(arena, path, config->hash, diag);
    if (root && root->kind != TREE_MAP)
        reader_expected(&reader, &(struct trail){NULL, "the file", 0}, root, "a mapping");
    else if (root) {
        for (uint32_t i = 0; i < set_count; i++)
            override_apply(&reader, root, sets[i]);
        read_config(&reader, presets, root, config);
    }
    if (root && diag_count(diag, SEVERITY_ERROR) == before)
        return config;
    arena_free(arena);
    return NULL;
}

void
config_free(struct config *config)
{
    if (config)
        arena_free(config->arena);
}

int
config_find_stage(const struct config *config, struct text name)
{
    for (uint32_t i = 0; i < config->stage_count; i++) {
        const struct config_stage *stage = &config->stage[i];
        if (text_equal(text_of(stage->name), name))
            return (int)i;
        for (uint32_t j = 0; j < stage->alias_count; j++)
            if (text_equal(text_of(stage->aliases[j]), name))
                return (int)i;
    }
    return -1;
}

void
config_write_schema(struct buf *out)
{
    schema_write(out);
}

void
config_write_reference(struct buf *out)
{
    reference_write(out);
}

void
config_write_manual(struct buf *out)
{
    manual_write(out);
}
