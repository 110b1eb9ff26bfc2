#include "caches.h"

#include "memory.h"
#include "trouble.h"

#include <stdlib.h>
#include <unicode/uclean.h>

static void *
take(const void *context, size_t bytes)
{
    void *room = malloc(bytes);
    (void)context;
    if (!room && bytes)
        memory_exhausted(bytes);
    return room;
}

static void *
retake(const void *context, void *old, size_t bytes)
{
    void *room = realloc(old, bytes);
    (void)context;
    if (!room && bytes)
        memory_exhausted(bytes);
    return room;
}

static void
give_back(const void *context, void *room)
{
    (void)context;
    free(room);
}

void
caches_open(void)
{
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, take, retake, give_back, &status);
    (void)trouble(status); /* ICU is at work already: then it looks after itself */
}

void
caches_free(void)
{
    u_cleanup();
}
