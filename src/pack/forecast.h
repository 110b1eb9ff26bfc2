/* forecast: what the period will bring, with its doubt, and the periods behind it. Parts. */
#ifndef SEFPACK_PACK_FORECAST_H
#define SEFPACK_PACK_FORECAST_H

#include "voice.h"

void
forecast_distribution(const struct voice *voice, struct block *section);

/* Calls of people against the model's range. */
void
forecast_judgement(const struct voice *voice, struct block *section);

/* What E is made of, and the forecast categories. */
void
forecast_parts(const struct voice *voice, struct block *section);

/* This period, the next one and the steady state, together. */
void
forecast_horizons(const struct voice *voice, struct block *section);

#endif
