/* calls: the quality of conversations. Activity counts stand only as denominators. Parts. */
#ifndef SEFPACK_PACK_CALLS_H
#define SEFPACK_PACK_CALLS_H

#include "voice.h"

/* Shares with their intervals. */
void
calls_quality(const struct voice *voice, struct block *section);

/* People reached. */
void
calls_people(const struct voice *voice, struct block *section);

#endif
