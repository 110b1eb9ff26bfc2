/* index: the ids of one table, and their rows. Built while the table is read; then many threads
 * look things up in it. */
#ifndef SEFPACK_RECORD_INDEX_H
#define SEFPACK_RECORD_INDEX_H

#include "symbols.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

#define INDEX_NONE UINT32_MAX
#define INDEX_AMBIGUOUS (UINT32_MAX - 1)

struct index {
    struct symbols *ids;
    uint32_t *row;         /* by symbol; NULL: a symbol is its row */
    uint32_t row_count;    /* symbols from here on have no row where `row` is NULL */
    struct symbols *names; /* NULL: rows are not found by name */
    uint32_t *named;       /* by symbol of a name: a row, or INDEX_AMBIGUOUS */
};

void
index_open(struct index *index);

void
index_close(struct index *index);

/* Lets rows be found by a name that only one of them has. */
void
index_names(struct index *index, const struct text *names, uint32_t count);

/* Salesforce writes an unset reference as zeros with a checksum: no id at all. */
bool
index_is_null(struct text id);

/* The row of an id, INDEX_NONE when unknown. An id of 15 characters also finds the one of 18 that
 * consists of it and its checksum, and the other way round. */
uint32_t
index_find(const struct index *index, struct text id);

/* The same for an id whose symbols_hash is known (prefetched). */
uint32_t
index_find_hashed(const struct index *index, struct text id, uint64_t hash);

/* By a name that one row alone has, INDEX_NONE otherwise. */
uint32_t
index_find_name(const struct index *index, struct text name);

#endif
