/* names: the elements and attributes of an XML extract as a tree that grows as they are met.
 *
 * A node stands for one path. Names inside the tree are compared by the address that the parser's
 * dictionary gives them, so that a known path costs one probe. */
#ifndef SEFPACK_EXTRACT_NAMES_H
#define SEFPACK_EXTRACT_NAMES_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum { NAMES_MOST = 4096, NAMES_ROOT = 0, NAMES_FULL = UINT32_MAX, NAMES_NO_COLUMN = -1 };

struct names;

struct names_place {
    uint32_t nodes, unmapped; /* joined so far, beside the root */
    uint32_t node[NAMES_MOST];
};

/* `record` is the path of the records: "/rows/row", or "//row" at any depth; prefixes of
 * namespaces are ignored. `columns` are paths below the record ("Owner/Name"), names of a child or
 * an attribute of it ("Name", also "@Name" for the attribute alone). */
struct names *
names_new(struct text record, uint32_t column_count, const char *const *columns);

void
names_free(struct names *names);

/* The node of a child element, or of an attribute, by a dictionary string (compared by address
 * first). NAMES_FULL when there are too many distinct paths. */
uint32_t
names_child(struct names *names, uint32_t parent, const char *interned, bool attribute);

/* The same for a name that is no dictionary string (the value of a key attribute). */
uint32_t
names_child_text(struct names *names, uint32_t parent, struct text name);

bool
names_is_record(const struct names *names, uint32_t node);

/* The column that a node feeds, or NAMES_NO_COLUMN. */
int32_t
names_column(const struct names *names, uint32_t node);

/* Names of leaves inside records that feed nothing, in order of first sight: 0 .. count - 1. */
uint32_t
names_unmapped_count(const struct names *names);

const char *
names_unmapped(const struct names *names, uint32_t i);

/* A leaf was met that feeds nothing. */
void
names_note_unmapped(struct names *names, uint32_t node);

/* Adds what `part`, a tree for the same records and columns, has met since it was last joined, in
 * the order in which it met it. False when there are then more than `most` names. `place` says
 * where nodes of `part` are, NAMES_MOST of them: zeros at first. */
bool
names_join(struct names *names, const struct names *part, struct names_place *place, uint32_t most);

#endif
