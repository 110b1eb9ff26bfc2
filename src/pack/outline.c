#include "outline.h"

#include "chart.h"
#include "tree.h"

#include <string.h>
#include <unistd.h>

struct reading {
    struct arena *arena;
    struct diag *diag;
};

static void
fault(const struct reading *reading, const char *id, struct place place, const char *what,
      const char *word)
{
    diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, id, place, what, word);
}

static const struct part_row *
need_part(const struct reading *reading, const struct tree *node)
{
    const struct part_row *part = node->kind == TREE_SCALAR_NODE ? part_find(node->text) : NULL;
    if (part)
        return part;
    fault(reading, "outline.part", node->place, "no part of a pack is called %s",
          tree_describe(reading->arena, node));
    if (node->kind != TREE_SCALAR_NODE)
        return NULL;
    for (const struct part_row *row = part_table; row->name; row++)
        if (text_distance(text_of(row->name), text_of(node->text), 3) <= 3) {
            diag_hint(reading->diag, "did you mean %s?", row->name);
            break;
        }
    return NULL;
}

static bool
read_pair(const struct reading *reading, const struct tree *list, struct outline_item *item)
{
    item->kind = OUTLINE_PAIR;
    if (list->count != 2) {
        fault(reading, "outline.pair", list->place, "%s beside each other are two parts",
              "a list:");
        return false;
    }
    item->part[0] = need_part(reading, list->first);
    item->part[1] = need_part(reading, list->first->next);
    return item->part[0] && item->part[1];
}

static bool
read_lines(const struct reading *reading, const struct tree *node, struct outline_item *item)
{
    item->lines = 0;
    for (const char *digit = node->text; node->kind == TREE_SCALAR_NODE && *digit; digit++)
        item->lines = *digit >= '0' && *digit <= '9' && item->lines < 100
                          ? item->lines * 10 + (*digit - '0')
                          : 1000;
    if (item->lines >= 1 && item->lines <= 40)
        return true;
    fault(reading, "outline.lines", node->place, "%s is no number of lines from 1 to 40",
          tree_describe(reading->arena, node));
    return false;
}

static bool
read_words(const struct reading *reading, const struct tree *map, struct outline_item *item)
{
    static const struct {
        const char *name;
        enum outline_kind kind;
    } kinds[] = {
        {"text", OUTLINE_TEXT}, {"heading", OUTLINE_HEADING}, {"judgement", OUTLINE_JUDGEMENT}};
    bool good = true;
    item->lines = 4;
    for (const struct tree *key = map->first; key; key = key->next) {
        bool known = false;
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (strcmp(kinds[i].name, key->key) == 0 && key->kind == TREE_SCALAR_NODE) {
                item->kind = kinds[i].kind;
                item->key = key->text;
                known = true;
            }
        if (strcmp(key->key, "lines") == 0) {
            good = read_lines(reading, key, item) && good;
        } else if (!known) {
            fault(reading, "outline.key", key->key_place,
                  "'%s' is not known here: text, heading, judgement and lines are", key->key);
            good = false;
        }
    }
    if (good && !item->key)
        fault(reading, "outline.key", map->place, "%s", "text, heading or judgement is missing");
    return good && item->key;
}

static bool
read_item(const struct reading *reading, const struct tree *node, struct outline_item *item)
{
    *item = (struct outline_item){.kind = OUTLINE_PART, .place = node->place};
    if (node->kind == TREE_LIST)
        return read_pair(reading, node, item);
    if (node->kind == TREE_MAP)
        return read_words(reading, node, item);
    item->part[0] = need_part(reading, node);
    return item->part[0] != NULL;
}

static void
read_items(const struct reading *reading, const struct tree *list, struct outline_section *section)
{
    section->item = arena_array(reading->arena, list->count, sizeof *section->item);
    for (const struct tree *node = list->first; node; node = node->next)
        if (read_item(reading, node, &section->item[section->item_count]))
            section->item_count++;
}

static void
read_section(const struct reading *reading, const struct tree *node,
             struct outline_section *section)
{
    section->place = node->place;
    for (const struct tree *key = node->first; key; key = key->next) {
        bool scalar = key->kind == TREE_SCALAR_NODE;
        bool yes = scalar && (strcmp(key->text, "yes") == 0 || strcmp(key->text, "true") == 0);
        if (strcmp(key->key, "name") == 0 && scalar)
            section->name = key->text;
        else if (strcmp(key->key, "new_page") == 0 && scalar)
            section->new_page = yes;
        else if (strcmp(key->key, "appendix") == 0 && scalar)
            section->appendix = yes;
        else if (strcmp(key->key, "folded") == 0 && scalar)
            section->folded = yes;
        else if (strcmp(key->key, "parts") == 0 && key->kind == TREE_LIST)
            read_items(reading, key, section);
        else
            fault(reading, "outline.key", key->key_place,
                  "'%s' is not known here: name, new_page, appendix, folded and parts are",
                  key->key);
    }
    if (!section->name)
        fault(reading, "outline.name", node->place, "%s", "a section needs a name");
}

static const char *
find_file(struct arena *arena, const char *const *folders, const char *name)
{
    const char *path = NULL;
    for (; *folders; folders++) {
        path = arena_printf(arena, "%s/packs/%s.yaml", *folders, name);
        if (access(path, R_OK) == 0)
            break;
    }
    return path;
}

struct outline *
outline_read(struct arena *arena, const char *const *folders, const char *name, struct diag *diag)
{
    const struct reading reading = {arena, diag};
    uint32_t before = diag_count(diag, SEVERITY_ERROR);
    const struct tree *tree = tree_read(arena, find_file(arena, folders, name), NULL, diag),
                      *sections = tree_find(tree, "sections");
    if (!tree)
        return NULL;
    if (!sections || sections->kind != TREE_LIST) {
        fault(&reading, "outline.sections", tree->place, "%s", "a list `sections` is missing");
        return NULL;
    }
    struct outline *outline = arena_alloc(arena, sizeof *outline);
    outline->name = name;
    outline->section = arena_array(arena, sections->count, sizeof *outline->section);
    for (const struct tree *node = sections->first; node; node = node->next) {
        if (node->kind == TREE_MAP)
            read_section(&reading, node, &outline->section[outline->section_count++]);
        else
            fault(&reading, "outline.section", node->place, "%s", "a section is a mapping");
    }
    return diag_count(diag, SEVERITY_ERROR) == before ? outline : NULL;
}

static bool
check_words(struct place place, const char *key, const struct words *words, struct diag *diag)
{
    if (words_find(words, key))
        return true;
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "outline.words", place,
                "no words are called '%s' in templates/words", key);
    return false;
}

bool
outline_check(const struct outline *outline, const struct words *words, struct diag *diag)
{
    bool good = true;
    for (uint32_t s = 0; s < outline->section_count; s++) {
        const struct outline_section *section = &outline->section[s];
        char title[128];
        snprintf(title, sizeof title, "sections.%s", section->name);
        good = check_words(section->place, title, words, diag) && good;
        for (uint32_t i = 0; i < section->item_count; i++) {
            const struct outline_item *item = &section->item[i];
            if (item->key)
                good = check_words(item->place, item->key, words, diag) && good;
        }
    }
    return good;
}
