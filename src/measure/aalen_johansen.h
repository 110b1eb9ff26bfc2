/* aalen_johansen: how much of a cohort ends by which cause by which age, the unfinished ones
 * counted as long as they were seen (Aalen and Johansen 1978), in whole days. */
#ifndef SEFPACK_MEASURE_AALEN_JOHANSEN_H
#define SEFPACK_MEASURE_AALEN_JOHANSEN_H

#include <stdint.h>

/* Ages 0 .. ages - 1. events[cause * ages + age] and censored[age] are counts; share (as events)
 * and surviving[age] come out, right-continuous. Events of one age are one step; those censored
 * at it leave after the events. The shares and surviving add up to 1 at every age. */
void
aalen_johansen(uint32_t causes, uint32_t ages, const uint32_t *events, const uint32_t *censored,
               double *share, double *surviving);

#endif
