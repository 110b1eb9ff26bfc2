#include "turn.h"

void
turn_begin(struct turn *turn)
{
    pthread_mutex_init(&turn->lock, NULL);
    pthread_cond_init(&turn->moved, NULL);
    turn->next = 0;
}

void
turn_enter(struct turn *turn, uint32_t item)
{
    pthread_mutex_lock(&turn->lock);
    while (turn->next != item)
        pthread_cond_wait(&turn->moved, &turn->lock);
    pthread_mutex_unlock(&turn->lock);
}

void
turn_leave(struct turn *turn)
{
    pthread_mutex_lock(&turn->lock);
    turn->next++;
    pthread_cond_broadcast(&turn->moved);
    pthread_mutex_unlock(&turn->lock);
}

void
turn_end(struct turn *turn)
{
    pthread_cond_destroy(&turn->moved);
    pthread_mutex_destroy(&turn->lock);
}
