/* locale_words: the short words of money and shares, by language. */
#ifndef SEFPACK_I18N_LOCALE_WORDS_H
#define SEFPACK_I18N_LOCALE_WORDS_H

#include "locale_parts.h"

/* Never NULL: a language without words of its own gets English ones. */
const struct locale_words *
locale_words_of(const char *language);

#endif
