/* value: one scalar, from its text to what its key says it is. */
#ifndef SEFPACK_CONFIG_VALUE_H
#define SEFPACK_CONFIG_VALUE_H

#include "reader.h"

/* Reads a value of a kind other than a mapping or a list into `slot`; a fault is reported and
 * leaves the slot as it is. */
void
value_read(struct reader *reader, const struct trail *trail, const struct key *key,
           const struct tree *node, void *slot);

/* What a value of that key is called in messages and documentation: "a whole number". */
const char *
value_noun(struct arena *arena, const struct key *key);

/* yes, no and their other spellings: 1, 0, or -1 for neither. */
int
value_answer(const char *text);

#endif
