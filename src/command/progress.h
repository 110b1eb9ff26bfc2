/* progress: on a terminal, one line on standard error that says how far a run is; it is wiped
 * before anything else is said. */
#ifndef SEFPACK_PROGRESS_H
#define SEFPACK_PROGRESS_H

#include "options.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether this run shows its progress: asked for, or a person is looking on. */
bool
progress_wanted(const struct options *options);

/* A stage begins. */
void
progress_stage(bool shown, const char *what);

/* So many packs are done; `shown` is the address of a bool. */
void
progress_packs(void *shown, uint32_t done, uint32_t count);

void
progress_wipe(bool shown);

#endif
