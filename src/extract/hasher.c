#include "hasher.h"

#include "memory.h"
#include "sha256.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 8, SLOT = 1 << 16 };

/* A ring: slots taken .. given are to be hashed. */
struct hasher {
    struct sha256 *sha;
    bool threaded, ended;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    size_t given, taken;
    size_t length[SLOTS];
    char slot[SLOTS][SLOT];
};

static void *
work(void *context)
{
    struct hasher *hasher = context;
    pthread_mutex_lock(&hasher->lock);
    for (;;) {
        while (hasher->taken == hasher->given && !hasher->ended)
            pthread_cond_wait(&hasher->moved, &hasher->lock);
        if (hasher->taken == hasher->given)
            break;
        size_t at = hasher->taken % SLOTS, length = hasher->length[at];
        pthread_mutex_unlock(&hasher->lock);
        sha256_add(hasher->sha, hasher->slot[at], length);
        pthread_mutex_lock(&hasher->lock);
        hasher->taken++;
        pthread_cond_signal(&hasher->moved);
    }
    pthread_mutex_unlock(&hasher->lock);
    return NULL;
}

struct hasher *
hasher_open(unsigned jobs)
{
    struct hasher *hasher = memory_new(1, sizeof *hasher);
    hasher->sha = sha256_new();
    pthread_mutex_init(&hasher->lock, NULL);
    pthread_cond_init(&hasher->moved, NULL);
    hasher->threaded = jobs > 1 && pthread_create(&hasher->thread, NULL, work, hasher) == 0;
    return hasher;
}

static void
give(struct hasher *hasher, const char *bytes, size_t length)
{
    pthread_mutex_lock(&hasher->lock);
    while (hasher->given - hasher->taken == SLOTS)
        pthread_cond_wait(&hasher->moved, &hasher->lock);
    pthread_mutex_unlock(&hasher->lock);
    size_t at = hasher->given % SLOTS; /* only this thread gives */
    memcpy(hasher->slot[at], bytes, length);
    hasher->length[at] = length;
    pthread_mutex_lock(&hasher->lock);
    hasher->given++;
    pthread_cond_signal(&hasher->moved);
    pthread_mutex_unlock(&hasher->lock);
}

void
hasher_add(struct hasher *hasher, const void *bytes, size_t length)
{
    const char *at = bytes;
    if (!hasher->threaded)
        sha256_add(hasher->sha, bytes, length);
    for (size_t part; hasher->threaded && length > 0; length -= part, at += part) {
        part = length < SLOT ? length : SLOT;
        give(hasher, at, part);
    }
}

void
hasher_finish(struct hasher *hasher, char hex[65])
{
    if (hasher->threaded) {
        pthread_mutex_lock(&hasher->lock);
        hasher->ended = true;
        pthread_cond_signal(&hasher->moved);
        pthread_mutex_unlock(&hasher->lock);
        pthread_join(hasher->thread, NULL);
    }
    sha256_finish(hasher->sha, hex);
    pthread_cond_destroy(&hasher->moved);
    pthread_mutex_destroy(&hasher->lock);
    free(hasher);
}
