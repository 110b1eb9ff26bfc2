/* index: the rows of one table by their ids. Built once the table is in order; then many threads
 * look things up in it. */
#ifndef SEFPACK_RECORD_INDEX_H
#define SEFPACK_RECORD_INDEX_H

#include "symbols.h"
#include "texts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INDEX_NONE UINT32_MAX
#define INDEX_AMBIGUOUS (UINT32_MAX - 1)

enum { INDEX_TOGETHER = 64 };

struct index {
    bool open;
    struct texts id; /* in byte order, each once; owned by somebody else */
    uint32_t count;
    uint64_t *slot; /* half of the hash, and the row + 1; 0 is free */
    int shift;      /* of a hash, to the place to begin at */
    uint64_t mask;
    void *room; /* of the slots, where they are many: by mmap */
    size_t room_bytes;
    struct symbols *names; /* NULL: rows are not found by name */
    uint32_t *named;       /* by symbol of a name: a row, or INDEX_AMBIGUOUS */
};

/* Takes over the ids of a table, which must stay where they are. */
void
index_open(struct index *index, struct texts id);

void
index_close(struct index *index);

/* Lets rows be found by a name that only one of them has; names of several calls add up. */
void
index_names(struct index *index, const struct text *names, uint32_t count);

/* Builds a hash table, once; without it, finding searches in log n steps. */
void
index_prepare(struct index *index, unsigned jobs);

/* Gives the hash table back. */
void
index_relax(struct index *index);

/* Salesforce writes an unset reference as zeros with a checksum: no id at all. */
bool
index_is_null(struct text id);

/* The row of an id, INDEX_NONE when unknown. An id of 15 characters also finds the one of 18 that
 * consists of it and its checksum, a number of Zoho's the one with zcrm_ before it, and the other
 * way round. */
uint32_t
index_find(const struct index *index, struct text id);

/* The rows of at most INDEX_TOGETHER ids, in a prepared index: what all of them need from memory is
 * asked for at once. */
void
index_find_together(const struct index *index, const struct text *id, uint32_t count,
                    uint32_t *row);

/* By a name that one row alone has, INDEX_NONE otherwise. */
uint32_t
index_find_name(const struct index *index, struct text name);

#endif
