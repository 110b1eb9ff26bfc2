#include "lexicon.h"

#include "memory.h"
#include "symbols.h"

#include <stdlib.h>

enum { LONGEST = 255 }; /* words beyond are in no lexicon */

struct lexicon {
    bool nocase;
    struct symbols *words;
    int *value;
    size_t capacity;
};

struct lexicon *
lexicon_new(bool nocase)
{
    struct lexicon *lexicon = memory_new(1, sizeof *lexicon);
    lexicon->nocase = nocase;
    lexicon->words = symbols_new(16);
    return lexicon;
}

void
lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    symbols_free(lexicon->words);
    free(lexicon->value);
    free(lexicon);
}

static struct text
fold(const struct lexicon *lexicon, struct text word, char room[LONGEST])
{
    if (!lexicon->nocase)
        return word;
    for (uint32_t i = 0; i < word.length; i++) {
        char c = word.bytes[i];
        room[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (struct text){room, word.length};
}

void
lexicon_add(struct lexicon *lexicon, struct text word, int value)
{
    char room[LONGEST];
    if (word.length > LONGEST)
        return;
    uint32_t known = symbols_count(lexicon->words);
    uint32_t symbol = symbols_intern(lexicon->words, fold(lexicon, word, room));
    if (symbol < known)
        return;
    memory_grow(&lexicon->value, &lexicon->capacity, (size_t)symbol + 1, sizeof *lexicon->value);
    lexicon->value[symbol] = value;
}

int
lexicon_find(const struct lexicon *lexicon, struct text word)
{
    char room[LONGEST];
    if (word.length > LONGEST)
        return -1;
    uint32_t symbol = symbols_find(lexicon->words, fold(lexicon, word, room));
    return symbol == SYMBOL_NONE ? -1 : lexicon->value[symbol];
}

struct lexicon *
lexicon_of(const struct lexeme *lexemes, bool nocase)
{
    struct lexicon *lexicon = lexicon_new(nocase);
    for (; lexemes->word; lexemes++)
        lexicon_add(lexicon, text_of(lexemes->word), lexemes->value);
    return lexicon;
}
