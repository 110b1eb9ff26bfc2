/* winning: what becomes of deals, how sure that is, and how long it takes. Parts. */
#ifndef SEFPACK_PACK_WINNING_H
#define SEFPACK_PACK_WINNING_H

#include "voice.h"

/* Win rates of those below with interval and n. */
void
winning_rates(const struct voice *voice, struct block *section);

/* The several win rates, each with what it is for. */
void
winning_kinds(const struct voice *voice, struct block *section);

void
winning_curve(const struct voice *voice, struct block *section);

void
winning_reasons(const struct voice *voice, struct block *section);

void
winning_sources(const struct voice *voice, struct block *section);

/* Win rate by weakest qualification letter. */
void
winning_letters(const struct voice *voice, struct block *section);

/* Stage conversion and days in stage. */
void
winning_stages(const struct voice *voice, struct block *section);

/* Why bookings moved against the period before, and whether that is more than chance. */
void
winning_bridge(const struct voice *voice, struct block *section);

#endif
