/* interruption: a run that is told to stop leaves nothing half-written. */
#ifndef SEFPACK_PUBLISH_INTERRUPTION_H
#define SEFPACK_PUBLISH_INTERRUPTION_H

#include <stdbool.h>

struct publication;

/* From here on SIGINT, SIGTERM and SIGHUP are taken by a thread of their own, which removes the
 * unfinished run (if publication_open was reached) and ends the process with 128 + the signal. A
 * commit under way is finished first: the outcome is the old run or the new one, whole. Call once,
 * before any other thread is started. */
void
interruption_watch(void);

/* Signals act as usual again; call when nothing is left that could stay half-written. */
void
interruption_end(void);

/* publish.c tells what would have to be removed; NULL when there is nothing. */
void
interruption_remove(struct publication *publication);

/* Around the making of the run's folder, the swap of links, or one mail: no interruption in
 * between; the release does not come back when a signal waits for it. */
void
interruption_hold(void);

void
interruption_release(void);

/* As interruption_remove, by who holds. */
void
interruption_own(struct publication *publication);

/* Whether a signal waits for the release: what is held may be broken off. */
bool
interruption_asked(void);

/* In a forked worker: signals act as usual. */
void
interruption_forget(void);

#endif
