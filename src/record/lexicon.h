/* lexicon: few words with a small number each: stages, categories, yes and no. Read-only once it
 * is filled, so safe from many threads. */
#ifndef SEFPACK_RECORD_LEXICON_H
#define SEFPACK_RECORD_LEXICON_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct lexicon;

/* With `nocase`, ASCII letters compare without case. */
struct lexicon *
lexicon_new(bool nocase);

void
lexicon_free(struct lexicon *lexicon);

/* A word that is there already keeps its first value. */
void
lexicon_add(struct lexicon *lexicon, struct text word, int value);

/* The value, or -1. */
int
lexicon_find(const struct lexicon *lexicon, struct text word);

/* One word with its value; tables of them end with a NULL word. */
struct lexeme {
    const char *word;
    int value;
};

struct lexicon *
lexicon_of(const struct lexeme *lexemes, bool nocase);

#endif
