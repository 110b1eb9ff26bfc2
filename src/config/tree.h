/* tree: a YAML file as a small checked tree of nodes, each with its place.
 *
 * A subset of YAML 1.1 is read: one document in UTF-8 of mappings, lists and scalars. Aliases,
 * anchors, merge keys, tags, a second document and duplicate keys are refused, and so is whatever
 * goes over the caps below. Nothing is typed here: a scalar is its text. */
#ifndef SEFPACK_CONFIG_TREE_H
#define SEFPACK_CONFIG_TREE_H

#include "arena.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TREE_BYTES = 256 * 1024,
    TREE_DEPTH = 32,
    TREE_EVENTS = 50000,
    TREE_SCALAR = 64 * 1024,
    TREE_KEYS = 4096, /* of one mapping: merging looks keys up one by one */
};

/* FAULTY stands for a value that was refused and reported: it counts as given and is not read. */
enum tree_kind { TREE_SCALAR_NODE, TREE_LIST, TREE_MAP, TREE_FAULTY };

struct tree {
    enum tree_kind kind;
    struct place place;
    const char *key; /* of a value in a mapping, else NULL */
    struct place key_place;
    const char *text; /* of a scalar; never holds a NUL inside */
    bool plain;       /* a scalar without quotes */
    uint32_t count;   /* of children */
    struct tree *first, *next;
};

/* Reads a file. Faults are reported (ids config.*, exit code 4); NULL when the file cannot be read
 * or its structure not be trusted. Where only single values are faulty the tree comes back with
 * them marked, so that the rest can be checked too. `hash` may be NULL, else gets the SHA-256 of
 * the bytes. All memory is the arena's; `path` is copied. */
struct tree *
tree_read(struct arena *arena, const char *path, char hash[65], struct diag *diag);

/* The same for bytes at hand. Without `lines` every place is `file` as a whole: bytes of a command
 * line have no lines. `file` must outlive the tree. */
struct tree *
tree_parse(struct arena *arena, struct text bytes, const char *file, bool lines, struct diag *diag);

/* The value of a key of a mapping; NULL when absent, or when `map` is NULL or no mapping. */
const struct tree *
tree_find(const struct tree *map, const char *key);

/* A scalar without anything in it (`key:`, `key: ~`, `key: null`): the same as no key. */
bool
tree_is_empty(const struct tree *node);

/* "a list", "a mapping" or the quoted text of a scalar, for messages. */
const char *
tree_describe(struct arena *arena, const struct tree *node);

/* A copy of `node` that hangs in no list. */
struct tree *
tree_copy(struct arena *arena, const struct tree *node);

struct tree *
tree_new_map(struct arena *arena, struct place place);

/* Puts `value` (taken over) under `key`, in place of what stood there. */
void
tree_put(struct arena *arena, struct tree *map, const char *key, struct tree *value);

/* A mapping with all keys of `over`, and those of `under` that `over` lacks; where both have a
 * mapping under one key, these are merged likewise, `depth` levels down. */
struct tree *
tree_merge(struct arena *arena, const struct tree *over, const struct tree *under, int depth);

#endif
