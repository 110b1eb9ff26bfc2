/* track: what earlier runs said and what came of it. Parts; each is silent without earlier runs. */
#ifndef SEFPACK_PACK_TRACK_H
#define SEFPACK_PACK_TRACK_H

#include "voice.h"

/* Forecasts of ended periods at 60, 30 and 1 days before their end against what was booked; error,
 * bias, hits and skill over the naive forecast from four periods on. */
void
track_accuracy(const struct voice *voice, struct block *section);

/* The forecast, its range and the calls of people from run to run of this period. */
void
track_path(const struct voice *voice, struct block *section);

/* Sparklines of the last runs with the normal range of each measure: signal or noise. */
void
track_trend(const struct voice *voice, struct block *section);

/* What the last run asked for, and whether its number moved. */
void
track_asked(const struct voice *voice, struct block *section);

/* Open deals whose expected close was moved later again and again. */
void
track_pushes(const struct voice *voice, struct block *section);

#endif
