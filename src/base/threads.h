/* threads: the same work on many items. Results never depend on the number of threads. */
#ifndef SEFPACK_BASE_THREADS_H
#define SEFPACK_BASE_THREADS_H

#include <stdint.h>

/* Calls work(context, item, worker) for each item 0..count-1, items taken in order, by `jobs`
 * threads at most (1: in this thread). Returns when all are done. */
void
threads_each(unsigned jobs, uint32_t count,
             void (*work)(void *context, uint32_t item, unsigned worker), void *context);

/* A pipeline: make(context, item) runs on several threads and may return NULL for "no more";
 * take(context, item, made) runs in the order of the items, one at a time. At most jobs x 4 made
 * things wait. Items number from 0; stops at the first NULL. Several items are in the making at
 * that time: once make() returned NULL for an item it must do so for all later ones. */
void
threads_pipeline(unsigned jobs, void *(*make)(void *context, uint32_t item, unsigned worker),
                 void (*take)(void *context, uint32_t item, void *made), void *context);

/* Processors this process may use, at least 1. */
unsigned
threads_available(void);

#endif
