/* slug: names of any script as parts of file names. */
#ifndef SEFPACK_I18N_SLUG_H
#define SEFPACK_I18N_SLUG_H

#include "text.h"

enum { SLUG_SIZE = 41 };

/* Writes 1 to 40 of [a-z0-9-] and a NUL: the name in Latin letters without accents, all else as
 * single hyphens, none at either end. A name of which nothing remains is "unnamed". Different names
 * may give one slug. */
void
slug_make(struct text name, char out[SLUG_SIZE]);

#endif
