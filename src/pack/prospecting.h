/* prospecting: where deals come from, and whether enough do. Parts. */
#ifndef SEFPACK_PACK_PROSPECTING_H
#define SEFPACK_PACK_PROSPECTING_H

#include "voice.h"

void
prospecting_steps(const struct voice *voice, struct block *section);

/* New deals a period against the steady need, for each below. */
void
prospecting_creation(const struct voice *voice, struct block *section);

void
prospecting_sources(const struct voice *voice, struct block *section);

#endif
