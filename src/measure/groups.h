/* groups: tallies of deals by a word (a source, a reason), for rows. */
#ifndef SEFPACK_MEASURE_GROUPS_H
#define SEFPACK_MEASURE_GROUPS_H

#include "work.h"

struct group {
    uint32_t word;
    struct tally all;
    uint32_t k, n; /* won of decided, or what the user counts */
    uint32_t more; /* likewise */
};

struct groups {
    const struct sheet *sheet;
    uint32_t count, room;
    struct group *group;
    uint32_t slots, *slot; /* hash table of indices + 1 */
};

/* With the unknown word (WORD_EMPTY) as its first group. */
struct groups
groups_new(const struct sheet *sheet);

/* The group of a word, made when new; valid until the next call. */
struct group *
groups_of(struct groups *groups, uint32_t word);

/* By value, largest first, ties in byte order of the words; the unknown last. */
void
groups_sort(struct groups *groups);

#endif
