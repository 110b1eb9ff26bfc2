/* summary: page 1 and the places where people write. Parts, as in part.h. */
#ifndef SEFPACK_PACK_SUMMARY_H
#define SEFPACK_PACK_SUMMARY_H

#include "voice.h"

void
summary_lead(const struct voice *voice, struct block *section);

void
summary_figures(const struct voice *voice, struct block *section);

void
summary_ask(const struct voice *voice, struct block *section);

void
summary_status(const struct voice *voice, struct block *section);

/* In short, as many as there is room for. */
void
summary_findings(const struct voice *voice, struct block *section);

/* All, each with the deals behind it. */
void
summary_findings_all(const struct voice *voice, struct block *section);

void
summary_judgement(const struct voice *voice, struct block *section);

#endif
