#include "names.h"

#include "hash.h"
#include "memory.h"

#include <stdlib.h>

enum { BLOCK = 64 };

void
names_complete(struct loader *loader, uint32_t *name, const struct text *id, uint32_t count)
{
    for (uint32_t row = 0; row < count; row++)
        if (name[row] == WORD_EMPTY)
            name[row] = symbols_intern(loader->words, id[row]);
}

void
names_index(struct loader *loader, enum table table, const uint32_t *name, uint32_t count)
{
    struct text *names = memory_new((size_t)count + 1, sizeof *names);
    for (uint32_t row = 0; row < count; row++)
        names[row] = symbols_text(loader->words, name[row]);
    index_names(&loader->index[table], names, count);
    free(names);
}

void
names_keep(struct loader *loader, enum table table, const uint32_t *name, uint32_t count)
{
    loader->called[table].name = name;
    loader->called[table].count = count;
}

/* Whether any row is called one of the texts: a look at each name, without an index of them. */
static bool
any_is_called(const struct loader *loader, enum table table, const struct text *text,
              uint32_t count)
{
    struct symbols *asked = symbols_new(count);
    bool found = false;
    for (uint32_t i = 0; i < count; i++)
        symbols_intern(asked, text[i]);
    for (uint32_t row = 0; row < loader->called[table].count && !found; row++) {
        struct text name = symbols_text(loader->words, loader->called[table].name[row]);
        found = symbols_find(asked, name) != SYMBOL_NONE;
    }
    symbols_free(asked);
    return found;
}

bool
names_offer(struct loader *loader, enum table table, const struct text *text, uint32_t count)
{
    const uint32_t *name = loader->called[table].name;
    if (!name || loader->index[table].names || count == 0 ||
        !any_is_called(loader, table, text, count))
        return false;
    names_index(loader, table, name, loader->called[table].count);
    return true;
}

uint32_t
names_find(const struct loader *loader, enum table table, uint32_t later)
{
    if (later == WORD_EMPTY)
        return NONE;
    struct text text = symbols_text(loader->later, later);
    uint32_t row = index_find(&loader->index[table], text);
    return row == INDEX_NONE ? index_find_name(&loader->index[table], text) : row;
}

/* Texts wait for their places in the table, and for the texts there, to come from memory. */
static void
warm(const struct loader *loader, const struct index *index, const uint32_t *later, uint32_t count)
{
    uint64_t hash[BLOCK];
    for (uint32_t i = 0; i < count; i++) {
        hash[i] = hash_text(symbols_text(loader->later, later[i]));
        index_prefetch(index, hash[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        index_prefetch_row(index, hash[i]);
    for (uint32_t i = 0; i < count; i++)
        index_prefetch_text(index, hash[i]);
}

uint64_t
names_resolve(const struct loader *loader, enum table table, uint32_t *later, uint32_t count)
{
    uint64_t unknown = 0;
    for (uint32_t row = 0; row < count; row++) {
        if (row % BLOCK == 0 && loader->index[table].slot)
            warm(loader, &loader->index[table], later + row,
                 count - row < BLOCK ? count - row : BLOCK);
        uint32_t found = names_find(loader, table, later[row]);
        unknown += later[row] != WORD_EMPTY && found == NONE;
        later[row] = found;
    }
    return unknown;
}
