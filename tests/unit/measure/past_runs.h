/* past_runs: a folder of earlier runs as publications leave them, for tests of what is remembered.
 */
#ifndef SEFPACK_TEST_MEASURE_PAST_RUNS_H
#define SEFPACK_TEST_MEASURE_PAST_RUNS_H

#include "builder.h"
#include "history.h"

/* A group's or a test's set-up and tear-down: *state is the folder's path. 0 when done. */
int
past_runs_set_up(void **state);

int
past_runs_tear_down(void **state);

/* The run of that day (ISO), with memory.json as given. */
void
past_runs_add(const char *folder, const char *as_of, struct text memory);

/* What the runs in the folder knew of the builder's company, which it finishes. To be closed. */
struct history *
past_runs_open(const char *folder, struct builder *b);

#endif
