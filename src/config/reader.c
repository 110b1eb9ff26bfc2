#include "reader.h"

#include "hint.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

const char *
reader_where(struct reader *reader, const struct trail *trail)
{
    if (!trail)
        return "";
    const char *up = reader_where(reader, trail->up), *dot = *up ? "." : "";
    if (!trail->name)
        return arena_printf(reader->arena, "%s%s%u", up, dot, (unsigned)trail->index);
    return arena_printf(reader->arena, "%s%s%s", up, dot, trail->name);
}

void
reader_expected(struct reader *reader, const struct trail *trail, const struct tree *node,
                const char *expected)
{
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.wrong_kind", node->place,
                "%s: expected %s, found %s", reader_where(reader, trail), expected,
                tree_describe(reader->arena, node));
}

static void
report_unknown(struct reader *reader, const struct trail *trail, const struct key *keys,
               const struct tree *child)
{
    const char *where = reader_where(reader, trail);
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.unknown_key", child->key_place,
                "unknown key '%s'%s%s", child->key, *where ? " in " : "", where);
    hint_keys(reader->diag, keys, child->key);
}

static void
report_missing(struct reader *reader, const struct trail *trail, const struct key *key,
               struct place place)
{
    const char *where = reader_where(reader, trail);
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.missing_key", place,
                "missing key '%s'%s%s", key->name, *where ? " in " : "", where);
    if (key->what)
        diag_hint(reader->diag, "%s", key->what);
}

static struct tree *
parse_default(struct reader *reader, const struct key *key)
{
    return tree_parse(reader->arena, text_of(key->fallback), NULL, false, reader->diag);
}

/* Values before anything is read: keys may share a slot. */
static void
set_defaults(struct reader *reader, const struct trail *trail, const struct key *keys, void *base)
{
    for (const struct key *key = keys; key->name; key++) {
        struct trail here = {trail, key->name, 0};
        if (key->fallback) {
            struct tree node = {.kind = TREE_SCALAR_NODE, .text = key->fallback};
            bool is_plain = !strchr("[{'", key->fallback[0]);
            reader_value(reader, &here, key, is_plain ? &node : parse_default(reader, key), base);
        } else if (key->kind == KIND_MAP && !key->pointer) {
            set_defaults(reader, &here, key->keys, (char *)base + key->offset);
        }
    }
}

/* In the order of the file, so that its faults are told in that order. */
static void
read_keys(struct reader *reader, const struct trail *trail, const struct key *keys,
          const struct tree *node, void *base)
{
    for (const struct tree *child = node->first; child; child = child->next) {
        const struct key *key = keys_find(keys, child->key);
        struct trail here = {trail, child->key, 0};
        if (child->kind == TREE_FAULTY)
            continue;
        if (!key) {
            report_unknown(reader, trail, keys, child);
        } else if (!tree_is_empty(child)) {
            if (key->given)
                *((char *)base + key->given) = 1;
            reader_value(reader, &here, key, child, base);
        }
    }
    for (const struct key *key = keys; key->name; key++) {
        const struct tree *child = key->required ? tree_find(node, key->name) : NULL;
        if (key->required && (!child || tree_is_empty(child)))
            report_missing(reader, trail, key, child ? child->place : node->place);
    }
}

void
reader_mapping(struct reader *reader, const struct trail *trail, const struct key *keys,
               const struct tree *node, void *base)
{
    set_defaults(reader, trail, keys, base);
    if (node)
        read_keys(reader, trail, keys, node, base);
}

/* A scalar or list that stands for one key of a mapping. */
static void
read_brief(struct reader *reader, const struct trail *trail, const struct key *key,
           const struct tree *node, void *base)
{
    set_defaults(reader, trail, key->keys, base);
    reader_value(reader, trail, key->brief, node, base);
    for (const struct key *other = key->keys; other->name; other++)
        if (other->required && other != key->brief)
            report_missing(reader, trail, other, node->place);
}

static void
read_map(struct reader *reader, const struct trail *trail, const struct key *key,
         const struct tree *node, void *slot)
{
    void *base = slot;
    if (key->pointer) {
        base = arena_alloc(reader->arena, key->bytes);
        memcpy(slot, &base, sizeof base);
    }
    if (key->place) /* messages about the whole point at its key */
        memcpy((char *)base + key->place, node->key ? &node->key_place : &node->place,
               sizeof node->place);
    bool takes_list = key->brief && key->brief->kind == KIND_LIST;
    if (node->kind == TREE_MAP)
        reader_mapping(reader, trail, key->keys, node, base);
    else if (key->brief && (node->kind == TREE_SCALAR_NODE || takes_list))
        read_brief(reader, trail, key, node, base);
    else
        reader_expected(reader, trail, node, "a mapping");
    if (key->check)
        key->check(reader, trail, node, base);
}

/* The array of a list or of entries; its address and length go to where the key says. */
static char *
new_array(struct reader *reader, const struct key *key, uint32_t count, void *base)
{
    char *items = arena_array(reader->arena, count, key->size);
    memcpy((char *)base + key->offset, &items, sizeof items);
    memcpy((char *)base + key->count, &count, sizeof count);
    return items;
}

static void
read_list(struct reader *reader, const struct trail *trail, const struct key *key,
          const struct tree *node, void *base)
{
    if (node->kind == TREE_SCALAR_NODE) {
        reader_value(reader, trail, key->item, node, new_array(reader, key, 1, base));
        return;
    }
    if (node->kind != TREE_LIST) {
        reader_expected(reader, trail, node, "a list");
        return;
    }
    char *item = new_array(reader, key, node->count, base);
    struct trail here = {trail, NULL, 0};
    for (const struct tree *child = node->first; child; child = child->next) {
        if (child->kind != TREE_FAULTY)
            reader_value(reader, &here, key->item, child, item);
        item += key->size;
        here.index++;
    }
}

static void
read_entries(struct reader *reader, const struct trail *trail, const struct key *key,
             const struct tree *node, void *base)
{
    if (node->kind != TREE_MAP) {
        reader_expected(reader, trail, node, "a mapping");
        return;
    }
    char *item = new_array(reader, key, node->count, base);
    for (const struct tree *child = node->first; child; child = child->next, item += key->size) {
        if (child->kind == TREE_FAULTY)
            continue;
        struct trail here = {trail, child->key, 0};
        struct tree name = {.text = child->key, .place = child->key_place};
        struct tree value = *child;
        if (tree_is_empty(child)) /* `Open:` replaces by nothing */
            value.plain = false, value.text = "";
        reader_value(reader, &here, key->item, &value, item);
        reader_value(reader, &here, key->item->keys, &name, item);
    }
}

void
reader_value(struct reader *reader, const struct trail *trail, const struct key *key,
             const struct tree *node, void *base)
{
    if (key->kind == KIND_MAP)
        read_map(reader, trail, key, node, (char *)base + key->offset);
    else if (key->kind == KIND_LIST)
        read_list(reader, trail, key, node, base);
    else if (key->kind == KIND_ENTRIES)
        read_entries(reader, trail, key, node, base);
    else
        value_read(reader, trail, key, node, (char *)base + key->offset);
}
