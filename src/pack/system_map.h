/* system_map: the whole job on one line, what binds, and below it the answers. */
#ifndef SEFPACK_PACK_SYSTEM_MAP_H
#define SEFPACK_PACK_SYSTEM_MAP_H

#include "voice.h"

/* Parts, as in part.h. */
void
system_map(const struct voice *voice, struct block *section);

void
system_map_whole_job(const struct voice *voice, struct block *section);

/* Have or need of a row of the whole job, in the unit of its part. */
const char *
system_map_value(const struct voice *voice, const char *key, const struct cells *row,
                 enum field field);

#endif
