/* report: the figures of the runs, for people: read from the runs' own memory.json files. */
#ifndef SEFPACK_HISTORY_REPORT_H
#define SEFPACK_HISTORY_REPORT_H

#include "history.h"

/* The figures of one run that fit, by kind, id, measure, key and field in byte order; of two that
 * are named alike the first stands. False with errno when its memory cannot be read. */
bool
report_figures(const char *out_dir, day as_of, const struct history_filter *filter,
               void (*take)(void *context, const struct history_cell *cells), void *context);

#endif
