/* pipeline: what is open, whether it is real, whether it is enough, and how it moved. Parts. */
#ifndef SEFPACK_PACK_PIPELINE_H
#define SEFPACK_PACK_PIPELINE_H

#include "voice.h"

void
pipeline_movement(const struct voice *voice, struct block *section);

/* Whether so little is missing of a scope's quota, less than half a usual win, that coverage as a
 * ratio to it says nothing. */
bool
pipeline_is_nearly_met(const struct voice *voice, uint32_t scope);

/* Raw, clean and in-time coverage of each seller against the own need. */
void
pipeline_coverage(const struct voice *voice, struct block *section);

void
pipeline_health(const struct voice *voice, struct block *section);

/* All rows of it, where there are so many that pipeline_health has left some out. */
void
pipeline_all(const struct voice *voice, struct block *section);

void
pipeline_flags(const struct voice *voice, struct block *section);

void
pipeline_stages(const struct voice *voice, struct block *section);

void
pipeline_months(const struct voice *voice, struct block *section);

/* The multiple that a flat rule asks for beside the own need. */
void
pipeline_own_need(const struct voice *voice, struct block *section);

#endif
