/* words: the texts of the dataset, numbered by their first use in the finished tables, so that the
 * order of the input leaves no trace. */
#ifndef SEFPACK_RECORD_WORDS_H
#define SEFPACK_RECORD_WORDS_H

#include "loader.h"

/* Gives loader.words to the dataset, with new numbers in all columns. */
void
words_renumber(struct loader *loader);

#endif
