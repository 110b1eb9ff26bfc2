/* amount: money of one exhibit or table in one unit, with one number of decimals. */
#ifndef SEFPACK_PACK_AMOUNT_H
#define SEFPACK_PACK_AMOUNT_H

#include "voice.h"

struct amount_unit {
    int power;    /* of ten, of the currency's major unit: 0, 3, 6, 9, 12 */
    int decimals; /* 0..2 */
};

/* The unit in which the largest of the amounts (minor units, any sign) has about three digits. */
struct amount_unit
amount_unit(const struct voice *voice, double largest);

/* The largest amount among the rows of a measure. */
double
amount_largest(const struct measure *measure, enum field field);

/* The unit for one measure's rows. */
struct amount_unit
amount_unit_of(const struct voice *voice, enum measure_id id);

/* The largest value of measures over scopes; NULL: of the voice's own. */
struct amount_unit
amount_unit_over(const struct voice *voice, const struct voice_scopes *scopes,
                 const enum measure_id *ids, uint32_t count);

/* "89.8k": beside a bar. */
const char *
amount_text(const struct voice *voice, struct amount_unit unit, double minor);

/* "+89.8k" */
const char *
amount_change(const struct voice *voice, struct amount_unit unit, double minor);

/* "89.8": in a column under amount_head. */
const char *
amount_cell(const struct voice *voice, struct amount_unit unit, double minor);

/* "EUR k"; with words before it: "Value, EUR k". */
const char *
amount_head(const struct voice *voice, struct amount_unit unit);

const char *
amount_titled(const struct voice *voice, struct amount_unit unit, const char *words);

#endif
