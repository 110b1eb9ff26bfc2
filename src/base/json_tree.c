#include "json_tree.h"

#include "json_reader.h"

struct reading {
    struct json_reader reader;
    struct arena *arena;
    struct buf room; /* of strings with escapes */
};

static struct text
keep(const struct reading *reading, struct text text)
{
    return (struct text){arena_copy(reading->arena, text.length ? text.bytes : "", text.length),
                         text.length};
}

static struct json_tree *
read_value(struct reading *reading);

/* Items or members up to the closing bracket. */
static void
read_inside(struct reading *reading, struct json_tree *tree)
{
    const struct json_tree **end = &tree->first;
    struct json_reader *reader = &reading->reader;
    struct text key = {0};
    json_reader_enter(reader, tree->kind);
    while (tree->kind == JSON_LIST ? json_reader_item(reader)
                                   : json_reader_member(reader, &reading->room, &key)) {
        const char *own = tree->kind == JSON_OBJECT ? keep(reading, key).bytes : NULL;
        struct json_tree *item = read_value(reading);
        item->key = own;
        *end = item;
        end = &item->next;
        tree->count++;
    }
}

static struct json_tree *
read_value(struct reading *reading)
{
    struct json_tree *tree = arena_alloc(reading->arena, sizeof *tree);
    tree->kind = json_reader_kind(&reading->reader);
    if (tree->kind == JSON_OBJECT || tree->kind == JSON_LIST)
        read_inside(reading, tree);
    else if (tree->kind == JSON_STRING)
        tree->text = keep(reading, json_reader_string(&reading->reader, &reading->room));
    else if (tree->kind == JSON_NUMBER)
        tree->text = json_reader_number(&reading->reader);
    else
        json_reader_skip(&reading->reader);
    return tree;
}

const struct json_tree *
json_tree_read(struct arena *arena, struct text text, size_t *at)
{
    struct reading reading = {json_reader_on(text), arena, {0}};
    const struct json_tree *tree = read_value(&reading);
    bool whole = json_reader_ended(&reading.reader);
    *at = (size_t)(reading.reader.at - text.bytes);
    buf_free(&reading.room);
    return whole ? tree : NULL;
}

const struct json_tree *
json_tree_find(const struct json_tree *object, const char *key)
{
    const struct json_tree *member = object && object->kind == JSON_OBJECT ? object->first : NULL;
    while (member && strcmp(member->key, key) != 0)
        member = member->next;
    return member;
}

const char *
json_tree_string(const struct json_tree *object, const char *key)
{
    const struct json_tree *member = json_tree_find(object, key);
    bool is =
        member && member->kind == JSON_STRING && strlen(member->text.bytes) == member->text.length;
    return is ? member->text.bytes : NULL;
}

int64_t
json_tree_whole(const struct json_tree *object, const char *key, int64_t otherwise)
{
    const struct json_tree *member = json_tree_find(object, key);
    int64_t value;
    bool is = member && member->kind == JSON_NUMBER && json_reader_whole(member->text, &value);
    return is ? value : otherwise;
}

bool
json_tree_is_true(const struct json_tree *object, const char *key)
{
    const struct json_tree *member = json_tree_find(object, key);
    return member && member->kind == JSON_TRUE;
}
