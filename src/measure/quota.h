/* quota: what each scope is asked for in the period. */
#ifndef SEFPACK_MEASURE_QUOTA_H
#define SEFPACK_MEASURE_QUOTA_H

#include "day.h"

#include <stdint.h>

struct work;

/* Fills has_quota, quota, own_quota, quota_below, below_quota of every scope: a seller's row,
 * scaled by the ramp of the config; a team's own row, else the sum of those directly below. */
void
quota_assign(struct work *work);

#endif
