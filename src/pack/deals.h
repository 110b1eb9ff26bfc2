/* deals: the ones to speak of, one by one. Parts. */
#ifndef SEFPACK_PACK_DEALS_H
#define SEFPACK_PACK_DEALS_H

#include "voice.h"

/* Strategic deals, each with story, plan, next step and people. */
void
deals_strategic(const struct voice *voice, struct block *section);

/* People reached in each strategic deal, by level. */
void
deals_influence(const struct voice *voice, struct block *section);

/* The open deals that carry most of what is expected. */
void
deals_top(const struct voice *voice, struct block *section);

/* Flagged deals that ask for a decision: requalify, or let go. */
void
deals_decisions(const struct voice *voice, struct block *section);

/* Deals that moved out of the period since it began. */
void
deals_slips(const struct voice *voice, struct block *section);

/* Three deals to talk about, and deals to let go: for the seller sheet. */
void
deals_talk(const struct voice *voice, struct block *section);

void
deals_let_go(const struct voice *voice, struct block *section);

/* Each open deal as a dot: its age, by stage. */
void
deals_ageing(const struct voice *voice, struct block *section);

void
deals_concentration(const struct voice *voice, struct block *section);

#endif
