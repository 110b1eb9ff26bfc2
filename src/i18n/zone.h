/* zone: IANA time zones as plain tables (struct zone of base/day.h). */
#ifndef SEFPACK_I18N_ZONE_H
#define SEFPACK_I18N_ZONE_H

#include "day.h"

/* All changes from 1970 to 2100; before and after, the first and the last offset hold. NULL when
 * there is no zone of that name ("Europe/Berlin", "UTC"). */
struct zone *
zone_open(const char *name);

void
zone_close(struct zone *zone); /* NULL is allowed */

#endif
