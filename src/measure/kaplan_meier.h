/* kaplan_meier: how long it takes, when some have not finished yet (Kaplan and Meier 1958). */
#ifndef SEFPACK_MEASURE_KAPLAN_MEIER_H
#define SEFPACK_MEASURE_KAPLAN_MEIER_H

#include <stdint.h>

/* The smallest age at which no more than half are left, of ages 0 .. ages - 1 with counts of
 * events and of censored (these leave after the events of their age). -1 when it is never
 * reached. */
int32_t
kaplan_meier_median(uint32_t ages, const uint32_t *events, const uint32_t *censored);

#endif
