#include "presets.h"

#include "config.h"
#include "hint.h"
#include "table.h"
#include "wildcard.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct preset {
    struct config_preset file;
    struct tree *root; /* NULL: faulty, and reported */
    struct preset *next;
};

struct presets {
    struct reader *reader;
    const char *folder;
    uint32_t count;
    struct preset *first, **end; /* as they were named */
};

struct presets *
presets_new(struct reader *reader, const char *folder)
{
    struct presets *presets = arena_alloc(reader->arena, sizeof *presets);
    presets->reader = reader;
    presets->folder = folder;
    presets->end = &presets->first;
    return presets;
}

static int
is_preset(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && entry->d_name[0] != '.' &&
           strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void
report_unknown_preset(struct presets *presets, const struct tree *node)
{
    const char *names[32];
    struct dirent **entry = NULL;
    struct diag *diag = presets->reader->diag;
    int found = scandir(presets->folder, &entry, is_preset, by_name);
    uint32_t count = 0;
    for (int i = 0; i < found; i++) {
        size_t length = strlen(entry[i]->d_name) - 5;
        if (count < 32)
            names[count++] = arena_copy(presets->reader->arena, entry[i]->d_name, length);
        free(entry[i]);
    }
    free(entry);
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.unknown_preset", node->place,
                "unknown preset '%s'", node->text);
    hint_names(diag, "known presets", names, count, node->text);
}

/* A preset of the user's own is a path; the program's own have names that cannot leave the folder.
 */
static const char *
path_of(struct presets *presets, const char *name)
{
    struct arena *arena = presets->reader->arena;
    if (name[0] == '/')
        return name;
    if (strchr(name, '/'))
        return arena_printf(arena, "%s%s%s", presets->reader->folder,
                            *presets->reader->folder ? "/" : "", name);
    return arena_printf(arena, "%s/%s.yaml", presets->folder, name);
}

static void
check_keys(struct presets *presets, const struct tree *root)
{
    static const char *const own[] = {"preset", "about", "stages"};
    struct diag *diag = presets->reader->diag;
    for (const struct tree *child = root->first; child; child = child->next) {
        bool known = child->kind == TREE_FAULTY;
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            known = known || strcmp(child->key, own[i]) == 0;
        for (int i = 0; i < TABLE_COUNT; i++)
            known = known || strcmp(child->key, table_names[i]) == 0;
        if (known)
            continue;
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.unknown_key", child->key_place,
                    "unknown key '%s'", child->key);
        hint_names(diag, "known keys", table_names, TABLE_COUNT, child->key);
    }
}

/* The tree of the preset that `node` names. */
static const struct tree *
load(struct presets *presets, const struct tree *node)
{
    for (struct preset *preset = presets->first; preset; preset = preset->next)
        if (strcmp(preset->file.name, node->text) == 0)
            return preset->root;
    struct reader *reader = presets->reader;
    struct preset *preset = arena_alloc(reader->arena, sizeof *preset);
    preset->file.name = node->text;
    *presets->end = preset;
    presets->end = &preset->next;
    presets->count++;
    const char *path = path_of(presets, node->text);
    if (access(path, R_OK) != 0 && errno == ENOENT) {
        report_unknown_preset(presets, node);
        return NULL;
    }
    preset->root = tree_read(reader->arena, path, preset->file.hash, reader->diag);
    if (preset->root && preset->root->kind != TREE_MAP) {
        reader_expected(reader, NULL, preset->root, "a mapping");
        preset->root = NULL;
    }
    if (preset->root)
        check_keys(presets, preset->root);
    return preset->root;
}

static const char *
text_under(const struct tree *map, const char *key)
{
    const struct tree *node = tree_find(map, key);
    return node && node->kind == TREE_SCALAR_NODE ? node->text : NULL;
}

static bool
matches(const struct tree *patterns, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    const struct tree *pattern = patterns->kind == TREE_LIST ? patterns->first : patterns;
    for (; pattern; pattern = patterns->kind == TREE_LIST ? pattern->next : NULL)
        if (pattern->kind == TREE_SCALAR_NODE && wildcard_fits(pattern->text, name))
            return true;
    return false;
}

/* The variant of that name; NULL when there is none. */
static const struct tree *
find_variant(const struct tree *variants, const char *name)
{
    for (const struct tree *variant = variants->first; variant; variant = variant->next)
        if (text_under(variant, "variant") && strcmp(text_under(variant, "variant"), name) == 0)
            return variant;
    return NULL;
}

static const struct tree *
choose(const struct tree *variants, const char *named, const char *file)
{
    const struct tree *first = NULL;
    if (named)
        return find_variant(variants, named);
    for (const struct tree *variant = variants->first; variant; variant = variant->next) {
        const struct tree *files = tree_find(variant, "files");
        if (files && file && matches(files, file))
            return variant;
        if (!files && !first)
            first = variant;
    }
    return first;
}

static void
report_unknown_variant(struct presets *presets, const struct tree *extract,
                       const struct tree *variants)
{
    const char *names[32];
    uint32_t count = 0;
    for (const struct tree *variant = variants->first; variant; variant = variant->next)
        if (text_under(variant, "variant") && count < 32)
            names[count++] = text_under(variant, "variant");
    const struct tree *named = tree_find(extract, "variant");
    struct diag *diag = presets->reader->diag;
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.unknown_variant",
                named ? named->place : extract->key_place, "the preset '%s' has no variant %s%s%s",
                text_under(extract, "preset"), named ? "'" : "for this file",
                named ? text_under(extract, "variant") : "", named ? "'" : "");
    hint_names(diag, "known variants", names, count, named ? named->text : "");
}

/* The keys of an extract that a variant gives: its own, and under them those of the one it is
 * `like`. */
static struct tree *
extract_keys(struct presets *presets, const struct tree *variants, const struct tree *variant)
{
    static const char *const own[] = {"variant", "about", "files", "like"};
    struct arena *arena = presets->reader->arena;
    struct tree *keys = tree_new_map(arena, variant->place);
    const char *like = text_under(variant, "like");
    const struct tree *model = like ? find_variant(variants, like) : NULL;
    for (const struct tree *child = variant->first; child; child = child->next) {
        bool is_own = false;
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            is_own = is_own || strcmp(child->key, own[i]) == 0;
        if (!is_own)
            tree_put(arena, keys, child->key, tree_copy(arena, child));
    }
    if (model && !tree_find(model, "like"))
        return tree_merge(arena, keys, extract_keys(presets, variants, model), 1);
    return keys;
}

/* The text of `preset`, where the extract has one. */
static const struct tree *
named_preset(const struct tree *extract)
{
    const struct tree *node = tree_find(extract, "preset");
    return node && node->kind == TREE_SCALAR_NODE && !tree_is_empty(node) ? node : NULL;
}

struct tree *
presets_merge(struct presets *presets, const struct tree *extract, const char *table)
{
    struct reader *reader = presets->reader;
    struct tree *copy = tree_copy(reader->arena, extract);
    const struct tree *name = named_preset(extract);
    const struct tree *root = name ? load(presets, name) : NULL;
    if (!root)
        return copy;
    const struct tree *variants = tree_find(root, table);
    if (!variants || variants->kind != TREE_LIST) {
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.preset_table", name->place,
                    "the preset '%s' has no %s", name->text, table);
        diag_hint(reader->diag, "leave 'preset' out and give a 'map'");
        return copy;
    }
    const struct tree *variant =
        choose(variants, text_under(extract, "variant"), text_under(extract, "file"));
    if (!variant) {
        report_unknown_variant(presets, extract, variants);
        return copy;
    }
    struct tree *merged =
        tree_merge(reader->arena, extract, extract_keys(presets, variants, variant), 1);
    merged->next = NULL;
    return merged;
}

const struct tree *
presets_stages(struct presets *presets, const struct tree *extract)
{
    const struct tree *name = named_preset(extract);
    const struct tree *root = name ? load(presets, name) : NULL;
    return tree_find(root, "stages");
}

const struct config_preset *
presets_read(const struct presets *presets, uint32_t *count)
{
    struct config_preset *list = arena_array(presets->reader->arena, presets->count, sizeof *list);
    *count = 0;
    for (const struct preset *preset = presets->first; preset; preset = preset->next)
        list[(*count)++] = preset->file;
    return list;
}
