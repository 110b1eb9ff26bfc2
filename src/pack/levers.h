/* levers: what each change alone is worth, what would close the gap, what if. Parts. */
#ifndef SEFPACK_PACK_LEVERS_H
#define SEFPACK_PACK_LEVERS_H

#include "voice.h"

/* Why nothing can be told of any lever; WHY_NONE when something can. */
enum why
levers_lack(const struct voice *voice);

void
levers_bars(const struct voice *voice, struct block *section);

/* What closes the gap alone (sellers), or how many sellers each part binds (teams). */
void
levers_alone(const struct voice *voice, struct block *section);

void
levers_what_if(const struct voice *voice, struct block *section);

/* Whether the new deals needed fit into the caps, with the numbers. */
void
levers_feasible(const struct voice *voice, struct block *section);

/* What moving each part to its reference is worth. */
void
levers_gains(const struct voice *voice, struct block *section);

/* From when on a change made today can be seen, and the deals that would prove it. */
void
levers_time(const struct voice *voice, struct block *section);

#endif
