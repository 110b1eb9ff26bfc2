/* reader: a tree of YAML nodes into a struct, by the table of keys. */
#ifndef SEFPACK_CONFIG_READER_H
#define SEFPACK_CONFIG_READER_H

#include "arena.h"
#include "diag.h"
#include "keys.h"
#include "tree.h"

struct reader {
    struct arena *arena;
    struct diag *diag;
    const char *folder; /* paths of the file are relative to it; those of --set are not */
};

/* The way from the root to a value; lives on the stack. */
struct trail {
    const struct trail *up; /* NULL: at the root */
    const char *name;       /* NULL: an item of a list */
    uint32_t index;
};

/* Fills `base` with what `node` says, and with the defaults of what it does not say. NULL: with
 * defaults alone, and nothing is missing. Faults are reported at their places. */
void
reader_mapping(struct reader *reader, const struct trail *trail, const struct key *keys,
               const struct tree *node, void *base);

/* One value at `base` plus the key's offset; `node` is neither NULL nor empty. */
void
reader_value(struct reader *reader, const struct trail *trail, const struct key *key,
             const struct tree *node, void *base);

/* "packs.0.template": the same words that --set takes. */
const char *
reader_where(struct reader *reader, const struct trail *trail);

/* Reports `where: expected <expected>, found <node>` as config.wrong_kind. */
void
reader_expected(struct reader *reader, const struct trail *trail, const struct tree *node,
                const char *expected);

#endif
