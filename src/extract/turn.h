/* turn: lets threads that work on numbered items pass one place in the order of the numbers. */
#ifndef SEFPACK_EXTRACT_TURN_H
#define SEFPACK_EXTRACT_TURN_H

#include <pthread.h>
#include <stdint.h>

struct turn {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint32_t next;
};

void
turn_begin(struct turn *turn); /* item 0 comes first */

/* Waits until all items before it have passed; then none but this one is inside. */
void
turn_enter(struct turn *turn, uint32_t item);

void
turn_leave(struct turn *turn);

void
turn_end(struct turn *turn);

#endif
