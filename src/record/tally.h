/* tally: how many times each distinct tuple of small numbers was seen. Memory grows with the
 * distinct tuples, not with how often they come. */
#ifndef SEFPACK_RECORD_TALLY_H
#define SEFPACK_RECORD_TALLY_H

#include <stddef.h>
#include <stdint.h>

enum { TALLY_WIDEST = 5 };

struct tally {
    uint32_t width; /* numbers a tuple */
    size_t count, capacity;
    uint32_t *cell; /* width numbers and the times, one tuple behind the other */
    uint64_t *slot; /* half of the hash and the tuple + 1; 0 is free */
    uint64_t mask;
};

void
tally_open(struct tally *tally, uint32_t width);

void
tally_close(struct tally *tally);

/* Adds `times`, held at UINT32_MAX. */
void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times);

/* The tuples of all tallies in ascending order, each once, as columns: out[0..width-1] the numbers
 * and out[width] the times. The first numbers are below `range` or at least UINT32_MAX - 1. The
 * tallies are emptied; the caller frees the columns. */
size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, uint32_t range, unsigned jobs,
            uint32_t *out[TALLY_WIDEST + 1]);

#endif
