/* mending: the index brought into line with the runs. */
#ifndef SEFPACK_HISTORY_MENDING_H
#define SEFPACK_HISTORY_MENDING_H

#include "catalogue.h"

/* An index that holds exactly the runs of the source's folder: its own, brought into line where the
 * source says so, else one in memory. NULL when they cannot be read; an error says so, and notes
 * tell what was mended. `diag` NULL: nothing is said. */
struct catalogue *
mending_open(const struct history_source *source, struct diag *diag);

/* The index made anew. False with a message. */
bool
mending_rebuild(const struct history_source *source, struct diag *diag);

/* The error that a memory cannot be read. */
void
mending_unread(struct diag *diag, const char *file, const char *why);

#endif
