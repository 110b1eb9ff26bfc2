/* system_map: the whole job on one line, what binds, the three answers, the horizons. Parts. */
#ifndef SEFPACK_PACK_SYSTEM_MAP_H
#define SEFPACK_PACK_SYSTEM_MAP_H

#include "voice.h"

void
system_map(const struct voice *voice, struct block *section);

void
system_whole_job(const struct voice *voice, struct block *section);

#endif
