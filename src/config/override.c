#include "override.h"

#include <stdlib.h>
#include <string.h>

static struct tree *
parse_value(struct reader *reader, const char *set, const char *text)
{
    const char *file = arena_printf(reader->arena, "--set %s", set);
    if (strchr("[{\"'", text[0]) && text[0])
        return tree_parse(reader->arena, text_of(text), file, false, reader->diag);
    struct tree *node = arena_alloc(reader->arena, sizeof *node);
    *node = (struct tree){.kind = TREE_SCALAR_NODE, .plain = true, .place = {file, 0, 0}};
    if (text_valid_utf8(text, strlen(text)) == strlen(text)) {
        node->text = arena_string(reader->arena, text);
        return node;
    }
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.encoding", node->place,
                "not UTF-8");
    return NULL;
}

static struct tree *
find_child(struct tree *node, const char *name)
{
    struct tree *child = node->first;
    if (node->kind == TREE_LIST) {
        size_t digits = strspn(name, "0123456789");
        if (!*name || name[digits] || digits > 6)
            return NULL;
        for (long index = strtol(name, NULL, 10); child && index > 0; index--)
            child = child->next;
        return child;
    }
    while (child && strcmp(child->key, name) != 0)
        child = child->next;
    return child;
}

/* The node that a step of the path leads to, as a mapping or list to go on in. */
static struct tree *
step_into(struct reader *reader, struct tree *node, const char *name, struct place place)
{
    struct tree *child = find_child(node, name);
    if (child && (child->kind == TREE_MAP || child->kind == TREE_LIST))
        return child;
    if (node->kind == TREE_LIST)
        return NULL;
    struct tree *map = tree_new_map(reader->arena, place);
    tree_put(reader->arena, node, name, map);
    return map;
}

/* An item of a list keeps its neighbours. */
static bool
place_value(struct reader *reader, struct tree *node, const char *name, struct tree *value)
{
    if (node->kind == TREE_MAP) {
        tree_put(reader->arena, node, name, value);
        return true;
    }
    struct tree *item = find_child(node, name);
    if (!item)
        return false;
    value->next = item->next;
    *item = *value;
    return true;
}

void
override_apply(struct reader *reader, struct tree *root, const char *set)
{
    const char *equals = strchr(set, '=');
    struct place place = {arena_printf(reader->arena, "--set %s", set), 0, 0};
    if (!equals || equals == set) {
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.set", place,
                    "expected KEY=VALUE");
        return;
    }
    struct tree *value = parse_value(reader, set, equals + 1);
    if (!value)
        return;
    char *path = arena_copy(reader->arena, set, (size_t)(equals - set));
    struct tree *node = root;
    char *dot = strchr(path, '.');
    for (; node && dot; dot = strchr(path, '.')) {
        *dot = 0;
        node = step_into(reader, node, path, place);
        path = dot + 1;
    }
    if (!node || !place_value(reader, node, path, value))
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.set", place,
                    "no item '%s' in that list", path);
}
