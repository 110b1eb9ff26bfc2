/* tree: libyaml's events to nodes, behind the caps that libyaml lacks. */
#include "tree.h"

#include "memory.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

struct level {
    struct tree *node, *last;
    const char *key; /* read, its value is next; or NULL */
    struct place key_place;
};

struct reading {
    struct arena *arena;
    struct diag *diag;
    const char *file;
    bool lines;
    yaml_parser_t parser;
    uint32_t events, documents;
    int depth;
    struct level level[TREE_DEPTH + 1]; /* level[0] holds the root as its only child */
    struct tree holder;
};

static struct place
place_of(const struct reading *reading, yaml_mark_t mark)
{
    if (!reading->lines)
        return (struct place){reading->file, 0, 0};
    return (struct place){reading->file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

static void
fault(struct reading *reading, const char *id, yaml_mark_t mark, const char *what)
{
    diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, id, place_of(reading, mark), "%s",
                what);
}

static bool
fault_syntax(struct reading *reading)
{
    yaml_parser_t *parser = &reading->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        memory_exhausted(0);
    const char *what = parser->problem;
    if (parser->error == YAML_READER_ERROR) {
        struct place place = {reading->file, 0, 0};
        diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.encoding", place,
                    "%s at byte %zu", what, parser->problem_offset + 1);
        return false;
    }
    struct place place = place_of(reading, parser->problem_mark);
    if (parser->context)
        diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.syntax", place,
                    "not readable as YAML: %s, %s", parser->context, what);
    else
        diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.syntax", place,
                    "not readable as YAML: %s", what);
    return false;
}

/* Hangs a node into the innermost open mapping or list. */
static void
attach(struct reading *reading, struct tree *node)
{
    struct level *level = &reading->level[reading->depth];
    node->key = level->key;
    node->key_place = level->key_place;
    if (level->key && strcmp(level->key, "<<") == 0)
        node->kind = TREE_FAULTY;
    level->key = NULL;
    if (level->last)
        level->last->next = node;
    else
        level->node->first = node;
    level->last = node;
    level->node->count++;
}

static struct tree *
new_node(struct reading *reading, enum tree_kind kind, yaml_mark_t mark)
{
    struct tree *node = arena_alloc(reading->arena, sizeof *node);
    node->kind = kind;
    node->place = place_of(reading, mark);
    return node;
}

static bool
wants_key(const struct reading *reading)
{
    const struct level *level = &reading->level[reading->depth];
    return level->node->kind == TREE_MAP && !level->key;
}

/* Anchors are refused even where nothing refers to them: there is nothing to refer with. */
static bool
check_properties(struct reading *reading, const yaml_char_t *anchor, const yaml_char_t *tag,
                 yaml_mark_t mark)
{
    if (anchor)
        fault(reading, "config.anchor", mark, "anchors (&name) are not accepted");
    if (tag)
        fault(reading, "config.tag", mark, "tags (!name) are not accepted");
    return !anchor && !tag;
}

static bool
on_start(struct reading *reading, enum tree_kind kind, const yaml_char_t *anchor,
         const yaml_char_t *tag, yaml_mark_t mark)
{
    if (reading->depth == TREE_DEPTH) {
        fault(reading, "config.too_deep", mark, "nested more than 32 deep");
        return false;
    }
    if (wants_key(reading)) {
        fault(reading, "config.key", mark, "a key must be a word, not a list or a mapping");
        return false;
    }
    check_properties(reading, anchor, tag, mark);
    struct tree *node = new_node(reading, kind, mark);
    attach(reading, node);
    reading->level[++reading->depth] = (struct level){.node = node};
    return true;
}

static int
by_key(const void *a, const void *b)
{
    const struct tree *x = *(const struct tree *const *)a, *y = *(const struct tree *const *)b;
    int order = strcmp(x->key, y->key);
    if (order)
        return order;
    if (x->key_place.line != y->key_place.line)
        return x->key_place.line < y->key_place.line ? -1 : 1;
    return x->key_place.column < y->key_place.column ? -1 : 1;
}

/* By sorting, so that a mapping of many keys costs no square. */
static void
check_duplicates(struct reading *reading, struct tree *map)
{
    if (map->count < 2)
        return;
    struct tree **sorted = memory_new(map->count, sizeof(struct tree *));
    uint32_t count = 0;
    for (struct tree *child = map->first; child; child = child->next)
        sorted[count++] = child;
    qsort(sorted, count, sizeof(struct tree *), by_key);
    uint32_t first = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (strcmp(sorted[first]->key, sorted[i]->key) != 0) {
            first = i;
            continue;
        }
        diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.duplicate_key",
                    sorted[i]->key_place, "key '%s' stands twice, first in line %u", sorted[i]->key,
                    (unsigned)sorted[first]->key_place.line);
        sorted[i]->kind = TREE_FAULTY;
    }
    free(sorted);
}

static void
on_end(struct reading *reading)
{
    struct tree *node = reading->level[reading->depth--].node;
    if (node->first && node->first->key)
        check_duplicates(reading, node);
}

static bool
on_scalar(struct reading *reading, const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (length > TREE_SCALAR) {
        fault(reading, "config.too_long", event->start_mark, "a value of more than 64 KiB");
        return false;
    }
    bool whole = check_properties(reading, event->data.scalar.anchor, event->data.scalar.tag,
                                  event->start_mark);
    if (memchr(value, 0, length)) {
        fault(reading, "config.nul", event->start_mark, "a NUL character in a value");
        whole = false;
    }
    if (wants_key(reading)) {
        struct level *level = &reading->level[reading->depth];
        if (level->node->count == TREE_KEYS) {
            fault(reading, "config.too_many", event->start_mark, "more than 4,096 keys");
            return false;
        }
        level->key = arena_copy(reading->arena, value, length);
        level->key_place = place_of(reading, event->start_mark);
        if (plain && strcmp(level->key, "<<") == 0)
            fault(reading, "config.merge_key", event->start_mark,
                  "merge keys (<<) are not accepted");
        return true;
    }
    struct tree *node =
        new_node(reading, whole ? TREE_SCALAR_NODE : TREE_FAULTY, event->start_mark);
    node->text = arena_copy(reading->arena, value, length);
    node->plain = plain;
    attach(reading, node);
    return true;
}

static bool
on_alias(struct reading *reading, const yaml_event_t *event)
{
    fault(reading, "config.alias", event->start_mark, "aliases (*name) are not accepted");
    if (wants_key(reading))
        return false;
    attach(reading, new_node(reading, TREE_FAULTY, event->start_mark));
    return true;
}

/* False: stop, what follows cannot be trusted. */
static bool
on_event(struct reading *reading, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reading->documents++ == 0)
            return true;
        fault(reading, "config.second_document", event->start_mark, "a second document (---)");
        return false;
    case YAML_MAPPING_START_EVENT:
        return on_start(reading, TREE_MAP, event->data.mapping_start.anchor,
                        event->data.mapping_start.tag, event->start_mark);
    case YAML_SEQUENCE_START_EVENT:
        return on_start(reading, TREE_LIST, event->data.sequence_start.anchor,
                        event->data.sequence_start.tag, event->start_mark);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        on_end(reading);
        return true;
    case YAML_SCALAR_EVENT:
        return on_scalar(reading, event);
    case YAML_ALIAS_EVENT:
        return on_alias(reading, event);
    default:
        return true;
    }
}

static bool
read_events(struct reading *reading)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reading->parser, &event))
            return fault_syntax(reading);
        more = event.type != YAML_STREAM_END_EVENT && event.type != YAML_NO_EVENT;
        bool good = on_event(reading, &event);
        if (good && ++reading->events > TREE_EVENTS) {
            fault(reading, "config.too_many", event.start_mark, "more than 50,000 values");
            good = false;
        }
        yaml_event_delete(&event);
        if (!good)
            return false;
    }
    return true;
}

static bool
check_encoding(struct text bytes, const char *file, struct diag *diag)
{
    size_t valid = text_valid_utf8(bytes.bytes, bytes.length);
    if (valid == bytes.length)
        return true;
    diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.encoding", (struct place){file, 0, 0},
                "not UTF-8 at byte %zu", valid + 1);
    diag_hint(diag, "save the file as UTF-8");
    return false;
}

struct tree *
tree_parse(struct arena *arena, struct text bytes, const char *file, bool lines, struct diag *diag)
{
    if (!check_encoding(bytes, file, diag))
        return NULL;
    struct reading *reading = memory_new(1, sizeof *reading);
    *reading = (struct reading){.arena = arena, .diag = diag, .file = file, .lines = lines};
    if (!yaml_parser_initialize(&reading->parser))
        memory_exhausted(sizeof reading->parser);
    yaml_parser_set_encoding(&reading->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reading->parser, (const unsigned char *)bytes.bytes,
                                 bytes.length);
    reading->holder.kind = TREE_LIST;
    reading->level[0].node = &reading->holder;
    struct tree *root = read_events(reading) ? reading->holder.first : NULL;
    if (!root && reading->events > 0 && reading->documents == 0)
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.empty", (struct place){file, 0, 0},
                    "nothing in it");
    yaml_parser_delete(&reading->parser);
    free(reading);
    return root;
}

/* Reads at most one byte more than allowed; -1 with errno when it cannot. */
static ssize_t
slurp(const char *path, char *bytes, size_t room)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    size_t length = 0;
    ssize_t got = 0;
    while (length < room && (got = read(fd, bytes + length, room - length)) != 0) {
        if (got > 0)
            length += (size_t)got;
        else if (errno != EINTR)
            break;
    }
    int cause = errno;
    close(fd);
    errno = cause;
    return got < 0 ? -1 : (ssize_t)length;
}

struct tree *
tree_read(struct arena *arena, const char *path, char hash[65], struct diag *diag)
{
    const char *file = arena_string(arena, path);
    char *bytes = memory_new(TREE_BYTES + 1, 1);
    ssize_t length = slurp(path, bytes, TREE_BYTES + 1);
    struct tree *root = NULL;
    if (length < 0) {
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.unreadable",
                    (struct place){file, 0, 0}, "cannot be read: %s", strerror(errno));
    } else if (length > TREE_BYTES) {
        diag_report(diag, SEVERITY_ERROR, EXIT_CONFIG, "config.too_large",
                    (struct place){file, 0, 0}, "larger than 256 KiB");
    } else {
        if (hash)
            sha256_hex(bytes, (size_t)length, hash);
        root = tree_parse(arena, (struct text){bytes, (uint32_t)length}, file, true, diag);
    }
    free(bytes);
    return root;
}

const struct tree *
tree_find(const struct tree *map, const char *key)
{
    if (!map || map->kind != TREE_MAP)
        return NULL;
    for (const struct tree *child = map->first; child; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

bool
tree_is_empty(const struct tree *node)
{
    return node->kind == TREE_SCALAR_NODE && node->plain &&
           (node->text[0] == 0 || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

const char *
tree_describe(struct arena *arena, const struct tree *node)
{
    if (node->kind == TREE_LIST)
        return "a list";
    if (node->kind == TREE_MAP)
        return "a mapping";
    if (!node->text || tree_is_empty(node))
        return "nothing";
    bool is_short = strlen(node->text) <= 60;
    return is_short ? arena_printf(arena, "'%s'", node->text) : "a long text";
}

struct tree *
tree_copy(struct arena *arena, const struct tree *node)
{
    struct tree *copy = arena_alloc(arena, sizeof *copy);
    *copy = *node;
    copy->next = NULL;
    return copy;
}

struct tree *
tree_new_map(struct arena *arena, struct place place)
{
    struct tree *map = arena_alloc(arena, sizeof *map);
    map->kind = TREE_MAP;
    map->place = place;
    return map;
}

void
tree_put(struct arena *arena, struct tree *map, const char *key, struct tree *value)
{
    value->key = arena_string(arena, key);
    if (value->key_place.file == NULL)
        value->key_place = value->place;
    struct tree **link = &map->first;
    while (*link && strcmp((*link)->key, key) != 0)
        link = &(*link)->next;
    if (*link)
        value->next = (*link)->next;
    else
        map->count++;
    *link = value;
}

struct tree *
tree_merge(struct arena *arena, const struct tree *over, const struct tree *under, int depth)
{
    struct tree *merged = tree_copy(arena, over);
    merged->first = NULL;
    merged->count = 0;
    for (const struct tree *child = over->first; child; child = child->next) {
        const struct tree *other = tree_find(under, child->key);
        bool both = depth > 0 && other && other->kind == TREE_MAP && child->kind == TREE_MAP;
        tree_put(arena, merged, child->key,
                 both ? tree_merge(arena, child, other, depth - 1) : tree_copy(arena, child));
    }
    for (const struct tree *child = under->first; child; child = child->next)
        if (!tree_find(over, child->key))
            tree_put(arena, merged, child->key, tree_copy(arena, child));
    return merged;
}
