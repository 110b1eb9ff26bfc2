/* hint: did you mean? */
#ifndef SEFPACK_CONFIG_HINT_H
#define SEFPACK_CONFIG_HINT_H

#include "diag.h"
#include "keys.h"

/* The candidate nearest to a misspelt word; NULL when none is near. Ties: the first. */
const char *
hint_nearest(const char *const *candidate, uint32_t count, const char *word);

/* A hint for an unknown key: the nearest one, or all there are. */
void
hint_keys(struct diag *diag, const struct key *keys, const char *name);

/* A hint for an unknown word, only where one is near. */
void
hint_words(struct diag *diag, const struct word *words, const char *name);

/* A hint for an unknown name out of a list: the nearest, or all there are. */
void
hint_names(struct diag *diag, const char *what, const char *const *candidate, uint32_t count,
           const char *name);

#endif
