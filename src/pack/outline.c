#include "outline.h"

#include "tree.h"

#include <string.h>

static const struct part_row *
need_part(const struct tree *node, struct diag *diag)
{
    const struct part_row *part = node->kind == TREE_SCALAR_NODE ? part_find(node->text) : NULL;
    if (part)
        return part;
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "outline.part", node->place,
                "no part of a pack is called '%s'",
                node->kind == TREE_SCALAR_NODE ? node->text : "(not a word)");
    for (const struct part_row *row = part_table; row->name && node->kind == TREE_SCALAR_NODE;
         row++)
        if (text_distance(text_of(row->name), text_of(node->text), 2) <= 2) {
            diag_hint(diag, "did you mean %s?", row->name);
            break;
        }
    return NULL;
}

static void
read_section(struct arena *arena, const struct tree *node, struct outline_section *section,
             struct diag *diag)
{
    for (const struct tree *key = node->first; key; key = key->next) {
        bool yes = key->kind == TREE_SCALAR_NODE && strcmp(key->text, "yes") == 0;
        if (strcmp(key->key, "name") == 0 && key->kind == TREE_SCALAR_NODE)
            section->name = key->text;
        else if (strcmp(key->key, "new_page") == 0)
            section->new_page = yes;
        else if (strcmp(key->key, "appendix") == 0)
            section->appendix = yes;
        else if (strcmp(key->key, "parts") == 0 && key->kind == TREE_LIST) {
            section->part = arena_array(arena, key->count, sizeof(struct part_row *));
            for (const struct tree *part = key->first; part; part = part->next) {
                const struct part_row *row = need_part(part, diag);
                if (row)
                    section->part[section->part_count++] = row;
            }
        } else
            diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "outline.key", key->key_place,
                        "'%s' is not known here: name, new_page, appendix and parts are", key->key);
    }
    if (!section->name)
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "outline.name", node->place,
                    "a section needs a name");
}

struct outline *
outline_read(struct arena *arena, const char *folder, const char *name, struct diag *diag)
{
    uint32_t before = diag_count(diag, SEVERITY_ERROR);
    const char *path = arena_printf(arena, "%s/packs/%s.yaml", folder, name);
    const struct tree *tree = tree_read(arena, path, NULL, diag),
                      *sections = tree_find(tree, "sections");
    if (!tree)
        return NULL;
    if (!sections || sections->kind != TREE_LIST) {
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "outline.sections", tree->place,
                    "a list `sections` is missing");
        return NULL;
    }
    struct outline *outline = arena_alloc(arena, sizeof *outline);
    outline->name = name;
    outline->section = arena_array(arena, sections->count, sizeof *outline->section);
    for (const struct tree *node = sections->first; node; node = node->next) {
        if (node->kind == TREE_MAP)
            read_section(arena, node, &outline->section[outline->section_count++], diag);
        else
            diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "outline.section", node->place,
                        "a section is a mapping");
    }
    return diag_count(diag, SEVERITY_ERROR) == before ? outline : NULL;
}
