/* json_tree: a JSON text as a tree, for the few files of ours that are read again. RFC 8259 to the
 * letter; nested at most 64 deep. */
#ifndef SEFPACK_BASE_JSON_TREE_H
#define SEFPACK_BASE_JSON_TREE_H

#include "arena.h"
#include "json_reader.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct json_tree {
    enum json_kind kind;
    const char *key;  /* of a member, or NULL */
    struct text text; /* STRING: its bytes, NUL behind them; NUMBER: its digits */
    uint32_t count;   /* of items or members */
    const struct json_tree *first, *next;
};

/* Everything lives in the arena. NULL when it is no JSON; *at is then the byte where that shows. */
const struct json_tree *
json_tree_read(struct arena *arena, struct text text, size_t *at);

/* The first member of that key; NULL when there is none, or `object` is NULL or no object. */
const struct json_tree *
json_tree_find(const struct json_tree *object, const char *key);

/* A member that is a string without a NUL; else NULL. */
const char *
json_tree_string(const struct json_tree *object, const char *key);

/* A member that is a whole number within int64_t; else `otherwise`. */
int64_t
json_tree_whole(const struct json_tree *object, const char *key, int64_t otherwise);

bool
json_tree_is_true(const struct json_tree *object, const char *key);

#endif
