#include "dictionary.h"

#include "memory.h"
#include "symbols.h"

#include <stdlib.h>

struct dictionary {
    struct symbols *keys, *values;
    uint32_t *value; /* of a key, in `values` */
    size_t capacity;
};

struct dictionary *
dictionary_new(void)
{
    struct dictionary *dictionary = memory_new(1, sizeof *dictionary);
    dictionary->keys = symbols_new(16);
    dictionary->values = symbols_new(16);
    return dictionary;
}

void
dictionary_free(struct dictionary *dictionary)
{
    if (!dictionary)
        return;
    symbols_free(dictionary->keys);
    symbols_free(dictionary->values);
    free(dictionary->value);
    free(dictionary);
}

bool
dictionary_add(struct dictionary *dictionary, struct text key, struct text value)
{
    uint32_t known = symbols_count(dictionary->keys);
    uint32_t symbol = symbols_intern(dictionary->keys, text_trim(key));
    uint32_t meant = symbols_intern(dictionary->values, value);
    if (symbol < known)
        return dictionary->value[symbol] == meant;
    memory_grow(&dictionary->value, &dictionary->capacity, (size_t)symbol + 1,
                sizeof *dictionary->value);
    dictionary->value[symbol] = meant;
    return true;
}

void
dictionary_apply(const struct dictionary *dictionary, struct text *value)
{
    uint32_t symbol = symbols_find(dictionary->keys, text_trim(*value));
    if (symbol != SYMBOL_NONE)
        *value = symbols_text(dictionary->values, dictionary->value[symbol]);
}
