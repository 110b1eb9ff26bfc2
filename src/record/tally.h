/* tally: how many times each distinct tuple of small numbers was seen. Memory grows with the
 * distinct tuples, not with how often they come. */
#ifndef SEFPACK_RECORD_TALLY_H
#define SEFPACK_RECORD_TALLY_H

#include <stddef.h>
#include <stdint.h>

enum { TALLY_WIDEST = 5, TALLY_MEMO = 1024 };

struct tally {
    uint32_t width; /* numbers a tuple */
    uint32_t range; /* first numbers are below, or they are the few at the top of 32 bits */
    size_t count, capacity;
    size_t limit;   /* at this count repeats are looked for */
    uint32_t *cell; /* width numbers and the times, one tuple behind the other */
    uint32_t *memo; /* by hash: where a tuple was put last, + 1 */
};

void
tally_open(struct tally *tally, uint32_t width, uint32_t range);

void
tally_close(struct tally *tally);

/* Adds `times`, held at UINT32_MAX. */
void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times);

/* The tuples of all tallies in ascending order, each once, as columns: out[0..width-1] the numbers
 * and out[width] the times. `tallies` are `count` structs, one every `stride` bytes; they are
 * emptied. The caller frees the columns. */
size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, unsigned jobs,
            uint32_t *out[TALLY_WIDEST + 1]);

#endif
