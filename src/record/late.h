/* late: rows that turn out to be wrong only when the whole extract is known. They are rejected by
 * their place; a second look at the file, only then needed, fetches their text. */
#ifndef SEFPACK_RECORD_LATE_H
#define SEFPACK_RECORD_LATE_H

#include "intake.h"

struct late; /* the wrong rows of one extract */

struct late *
late_new(void);

void
late_free(struct late *late);

/* Notes a taken row; `column` may be NULL, strings must outlive the run. */
void
late_add(struct late *late, const char *file, uint32_t line, const char *column,
         const char *reason);

/* Rejects all noted rows in the order of their places and forgets them. */
void
late_reject(struct late *late, struct loader *loader, enum table table,
            const struct config_extract *extract, struct extract_report *report);

#endif
