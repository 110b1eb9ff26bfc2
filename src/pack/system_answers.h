/* system_answers: the lower half of the system map: how many deals the gap takes, what comes after
 * this period, what small changes are worth. */
#ifndef SEFPACK_PACK_SYSTEM_ANSWERS_H
#define SEFPACK_PACK_SYSTEM_ANSWERS_H

#include "voice.h"

/* Draws below `y`; returns the y of its lower end. */
double
system_answers_draw(const struct voice *voice, struct scene *scene, double y);

#endif
