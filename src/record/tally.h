/* tally: how many times each distinct tuple of small numbers was seen. Memory grows with the
 * distinct tuples, not with how often they come.
 *
 * Tuples lie in drawers by their first number, so that what is sorted together is small enough to
 * stay near the processor. A drawer is a list of blocks: nothing moves while it grows. Tuples go
 * into their drawers many at a time, when the places there are at hand. */
#ifndef SEFPACK_RECORD_TALLY_H
#define SEFPACK_RECORD_TALLY_H

#include "column.h"

#include <stddef.h>
#include <stdint.h>

enum { TALLY_WIDEST = 5, TALLY_DRAWERS = 256 };

struct tally_block;
struct tally_entry;
struct tally_slab;

struct tally_drawer {
    struct tally_block *block;      /* the last one */
    struct tally_entry *next, *end; /* in it: where the next tuple goes */
    size_t full;                    /* tuples in the blocks before */
    size_t limit;                   /* at this count repeats are looked for */
};

struct tally {
    uint32_t width; /* numbers a tuple */
    uint32_t range; /* first numbers are below, or they are the few at the top of 32 bits */
    int shift;      /* of a first number, to its drawer */
    struct tally_drawer *drawer;
    struct tally_entry *waiting; /* for their drawers */
    uint32_t waits;
    size_t patience;         /* tuples of a drawer that are not worth to be looked through */
    struct tally_slab *slab; /* where blocks come from: `used` of the last one are taken */
    uint32_t used;
    struct tally_block *spare;
};

void
tally_open(struct tally *tally, uint32_t width, uint32_t range);

void
tally_close(struct tally *tally);

/* Adds `times`, held at UINT32_MAX. */
void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times);

/* How many tuples are in memory, repeats among them. */
size_t
tally_held(const struct tally *tally);

/* The tuples of all tallies in ascending order, each once, as columns: out[0..width-1] the numbers
 * and out[width] the times. `tallies` are `count` structs, one every `stride` bytes; they are
 * emptied. The caller frees the columns. */
size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, unsigned jobs,
            struct column out[TALLY_WIDEST + 1]);

#endif
