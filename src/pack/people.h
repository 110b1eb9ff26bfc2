/* people: results across sellers, beside what luck and ramp explain. No ranking. Parts. */
#ifndef SEFPACK_PACK_PEOPLE_H
#define SEFPACK_PACK_PEOPLE_H

#include "voice.h"

/* Attainment and expected share of quota for each below, in the order of names. */
void
people_attainment(const struct voice *voice, struct block *section);

/* The list of page 1: booked, expected, chance, with the note on who is starting. */
void
people_list(const struct voice *voice, struct block *section);

/* The same spread over all sellers below, nobody named. */
void
people_spread(const struct voice *voice, struct block *section);

/* Concentration of results beside what identical sellers would show. */
void
people_luck(const struct voice *voice, struct block *section);

/* How many rows people_list has; 0 where they are too many for a page that holds other things. */
uint32_t
people_listed(const struct voice *voice);

/* The same list in the appendix, where it is too long for page 1. */
void
people_all(const struct voice *voice, struct block *section);

#endif
