/* extremes: which of many scopes an exhibit shows. All of them, or beyond a page's worth those at
 * both ends of what the exhibit is about: chosen by rule and told in the order of names, so that it
 * is no ranking. The others become one row that adds up. */
#ifndef SEFPACK_PACK_EXTREMES_H
#define SEFPACK_PACK_EXTREMES_H

#include "voice.h"

enum { EXTREMES_ALL = 24, EXTREMES_EACH = 6 /* at each end, where there are more */ };

struct extremes {
    struct voice_scopes shown, others; /* by name; others.count 0: all are shown */
};

/* Of the scopes below the voice's; without any, the scope itself. `value` is what the exhibit tells
 * of one, NAN where that is not known: such ones are among the others. */
struct extremes
extremes_of(const struct voice *voice, double (*value)(const struct voice *voice, uint32_t scope));

/* The name of the row of the others: "Other (488)". */
const char *
extremes_label(const struct voice *voice, const struct extremes *extremes);

/* A field summed over the others that know it; false where none does. */
bool
extremes_sum(const struct voice *voice, const struct extremes *extremes, enum measure_id id,
             enum field field, double *sum);

enum extremes_place { EXTREMES_IN_NUMBERS, EXTREMES_IN_APPENDIX };

/* How many are shown, by which rule, and where all of them stand; NULL when all are shown. `row`:
 * whether the others have a row. */
const char *
extremes_note(const struct voice *voice, const struct extremes *extremes, bool row,
              enum extremes_place place);

/* A note of its own and another one: either may be NULL. */
const char *
extremes_notes(const struct voice *voice, const char *one, const char *other);

#endif
