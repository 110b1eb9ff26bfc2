#include "names.h"

#include "arena.h"
#include "memory.h"

#include <stdlib.h>

enum { FIRST = 64 }; /* nodes at first */

struct node {
    uint32_t parent;
    struct text name; /* local, in the arena */
    bool attribute, record, inside, noted;
    int32_t column;
};

struct slot { /* (parent, address) -> node */
    const char *interned;
    uint32_t parent, node;
};

struct names {
    struct arena *arena;
    struct text record; /* without slashes in front */
    bool anywhere;
    uint32_t column_count;
    const char *const *column;
    uint32_t node_count, unmapped_count;
    size_t node_capacity, unmapped_capacity;
    struct node *node;
    uint32_t *unmapped;
    uint32_t slots, taken; /* a power of two; a quarter of them at most */
    struct slot *slot;
};

struct names *
names_new(struct text record, uint32_t column_count, const char *const *columns)
{
    struct names *names = memory_new(1, sizeof *names);
    names->arena = arena_new();
    names->anywhere = record.length > 1 && record.bytes[0] == '/' && record.bytes[1] == '/';
    while (record.length && record.bytes[0] == '/') {
        record.bytes++;
        record.length--;
    }
    names->record = record;
    names->column_count = column_count;
    names->column = columns;
    memory_grow(&names->node, &names->node_capacity, FIRST, sizeof *names->node);
    names->slots = 4 * FIRST;
    names->slot = memory_new(names->slots, sizeof *names->slot);
    names->node_count = 1;
    names->node[NAMES_ROOT] = (struct node){0};
    names->node[NAMES_ROOT].column = NAMES_NO_COLUMN;
    return names;
}

void
names_free(struct names *names)
{
    if (!names)
        return;
    arena_free(names->arena);
    free(names->node);
    free(names->unmapped);
    free(names->slot);
    free(names);
}

static struct text
local_part(struct text name)
{
    const char *colon = name.length ? memchr(name.bytes, ':', name.length) : NULL;
    if (!colon)
        return name;
    uint32_t prefix = (uint32_t)(colon - name.bytes) + 1;
    return (struct text){name.bytes + prefix, name.length - prefix};
}

/* Takes the last part off a path of names. */
static struct text
cut_last(struct text *path)
{
    uint32_t start = path->length;
    while (start && path->bytes[start - 1] != '/')
        start--;
    struct text last = {path->bytes + start, path->length - start};
    path->length = start ? start - 1 : 0;
    return last;
}

/* Whether the path from the root (or from anywhere, or from the record) down to a node is `path`.
 */
static bool
ends_with(const struct names *names, uint32_t node, struct text path, bool from_record)
{
    while (path.length) {
        struct text part = local_part(cut_last(&path));
        if (node == NAMES_ROOT || (from_record && names->node[node].record))
            return false;
        if (!text_equal(names->node[node].name, part))
            return false;
        node = names->node[node].parent;
    }
    if (from_record)
        return names->node[node].record;
    return names->anywhere || node == NAMES_ROOT;
}

static int32_t
find_column(const struct names *names, uint32_t node)
{
    for (uint32_t c = 0; c < names->column_count; c++) {
        struct text path = text_of(names->column[c]);
        bool attribute_only = path.length && path.bytes[0] == '@';
        if (attribute_only) {
            path.bytes++;
            path.length--;
        }
        if ((!attribute_only || names->node[node].attribute) && ends_with(names, node, path, true))
            return (int32_t)c;
    }
    return NAMES_NO_COLUMN;
}

static uint32_t
add_node(struct names *names, uint32_t parent, struct text name, bool attribute)
{
    if (names->node_count == NAMES_MOST)
        return NAMES_FULL;
    uint32_t added = names->node_count++;
    memory_grow(&names->node, &names->node_capacity, names->node_count, sizeof *names->node);
    struct node *node = &names->node[added];
    const struct node *above = &names->node[parent];
    *node = (struct node){.parent = parent, .attribute = attribute, .column = NAMES_NO_COLUMN};
    node->name = (struct text){arena_copy(names->arena, name.bytes, name.length), name.length};
    node->inside = above->record || above->inside;
    node->record = !attribute && !node->inside && ends_with(names, added, names->record, false);
    if (node->inside)
        node->column = find_column(names, added);
    return added;
}

static uint32_t
find_or_add(struct names *names, uint32_t parent, struct text name, bool attribute)
{
    for (uint32_t n = 1; n < names->node_count; n++)
        if (names->node[n].parent == parent && names->node[n].attribute == attribute &&
            text_equal(names->node[n].name, name))
            return n;
    return add_node(names, parent, name, attribute);
}

uint32_t
names_child_text(struct names *names, uint32_t parent, struct text name)
{
    return find_or_add(names, parent, local_part(name), false);
}

/* The slot of a name, or the free one where it belongs. */
static struct slot *
find_slot(const struct names *names, const char *interned, uint32_t parent)
{
    uint64_t hash = ((uint64_t)(uintptr_t)interned >> 3) * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)((hash ^ (uint64_t)(parent * 2654435761u)) >> 20);
    struct slot *slot;
    for (;; at++) {
        slot = &names->slot[at & (names->slots - 1)];
        if (!slot->interned || (slot->interned == interned && slot->parent == parent))
            return slot;
    }
}

static void
grow_slots(struct names *names)
{
    struct slot *old = names->slot;
    uint32_t count = names->slots;
    names->slots = 2 * count;
    names->slot = memory_new(names->slots, sizeof *names->slot);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].interned)
            *find_slot(names, old[i].interned, old[i].parent) = old[i];
    free(old);
}

uint32_t
names_child(struct names *names, uint32_t parent, const char *interned, bool attribute)
{
    uint32_t key = parent << 1 | attribute;
    struct slot *slot = find_slot(names, interned, key);
    if (slot->interned)
        return slot->node;
    uint32_t node = add_node(names, parent, text_of(interned), attribute);
    if (node == NAMES_FULL)
        return node;
    *slot = (struct slot){interned, key, node};
    if (++names->taken * 4 > names->slots)
        grow_slots(names);
    return node;
}

bool
names_is_record(const struct names *names, uint32_t node)
{
    return names->node[node].record;
}

int32_t
names_column(const struct names *names, uint32_t node)
{
    return names->node[node].column;
}

void
names_note_unmapped(struct names *names, uint32_t node)
{
    if (names->node[node].noted)
        return;
    names->node[node].noted = true;
    memory_grow(&names->unmapped, &names->unmapped_capacity, names->unmapped_count + 1,
                sizeof *names->unmapped);
    names->unmapped[names->unmapped_count++] = node;
}

uint32_t
names_unmapped_count(const struct names *names)
{
    return names->unmapped_count;
}

const char *
names_unmapped(const struct names *names, uint32_t i)
{
    uint32_t node = names->unmapped[i];
    const char *path = names->node[node].name.bytes;
    for (node = names->node[node].parent; node != NAMES_ROOT && !names->node[node].record;
         node = names->node[node].parent)
        path = arena_printf(names->arena, "%s/%s", names->node[node].name.bytes, path);
    return path;
}

bool
names_join(struct names *names, const struct names *part, struct names_place *place, uint32_t most)
{
    while (place->nodes + 1 < part->node_count) {
        const struct node *node = &part->node[++place->nodes];
        uint32_t joined =
            find_or_add(names, place->node[node->parent], node->name, node->attribute);
        if (joined == NAMES_FULL)
            return false;
        place->node[place->nodes] = joined;
    }
    while (place->unmapped < part->unmapped_count)
        names_note_unmapped(names, place->node[part->unmapped[place->unmapped++]]);
    return names->node_count <= most;
}
