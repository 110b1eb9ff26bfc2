/* territory: which accounts there are, which are worked, and what is still to be had. Parts. */
#ifndef SEFPACK_PACK_TERRITORY_H
#define SEFPACK_PACK_TERRITORY_H

#include "voice.h"

void
territory_coverage(const struct voice *voice, struct block *section);

void
territory_whitespace(const struct voice *voice, struct block *section);

/* Accounts, coverage, share and what the quota asks of the potential, for each below. */
void
territory_overview(const struct voice *voice, struct block *section);

/* All rows of it, where there are so many that territory_overview has left some out. */
void
territory_all(const struct voice *voice, struct block *section);

void
territory_fairness(const struct voice *voice, struct block *section);

#endif
