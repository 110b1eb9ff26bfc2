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

/* Concentration of results beside what identical sellers would show. */
void
people_luck(const struct voice *voice, struct block *section);

#endif
