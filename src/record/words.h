/* words: the texts of the dataset, numbered by their first use in the finished tables, so that the
 * order of the input leaves no trace. */
#ifndef SEFPACK_RECORD_WORDS_H
#define SEFPACK_RECORD_WORDS_H

#include "loader.h"

/* Replaces loader.words in all columns by dataset.words, and frees it. */
void
words_renumber(struct loader *loader);

#endif
