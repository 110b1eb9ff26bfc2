/* dictionary: whole values to other values, for `replace` and `lookup` of a mapping. */
#ifndef SEFPACK_EXTRACT_DICTIONARY_H
#define SEFPACK_EXTRACT_DICTIONARY_H

#include "text.h"

#include <stdbool.h>

struct dictionary;

struct dictionary *
dictionary_new(void);

void
dictionary_free(struct dictionary *dictionary); /* NULL is allowed */

/* Copies both. False when the key is there already with another value, which stays. */
bool
dictionary_add(struct dictionary *dictionary, struct text key, struct text value);

/* *value becomes the value of the key that equals it, blanks at its ends aside; else it stays. */
void
dictionary_apply(const struct dictionary *dictionary, struct text *value);

#endif
