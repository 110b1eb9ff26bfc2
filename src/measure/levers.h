/* levers: what one change alone is worth, and what each factor at its reference would be. */
#ifndef SEFPACK_MEASURE_LEVERS_H
#define SEFPACK_MEASURE_LEVERS_H

#include "equation.h"

/* work->reference: half-way from the company's value to the better quarter of its sellers. */
void
levers_find_reference(struct work *work);

/* The seller's own value of a factor. */
struct maybe
levers_have(const struct scope_facts *facts, enum factor factor);

/* facts->system.lever and .gain, .binding of one seller or the unknown owner. */
void
levers_find(struct arena *arena, const struct equation *equation, struct scope_facts *facts);

/* system.levers, gains, binding. */
void
levers_measure(const struct sheet *sheet);

extern const char *const levers_factor_names[FACTOR_COUNT];

#endif
