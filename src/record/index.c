#include "index.h"

#include "memory.h"

#include <stdlib.h>

enum { SHORT_ID = 15, LONG_ID = 18 };

void
index_open(struct index *index)
{
    *index = (struct index){.ids = symbols_new(0)};
}

void
index_close(struct index *index)
{
    symbols_free(index->ids);
    symbols_free(index->names);
    free(index->row);
    free(index->named);
    *index = (struct index){0};
}

void
index_names(struct index *index, const struct text *names, uint32_t count)
{
    index->names = symbols_new(count);
    index->named = memory_new((size_t)count + 1, sizeof *index->named);
    for (uint32_t row = 0; row < count; row++) {
        uint32_t known = symbols_count(index->names);
        if (names[row].length == 0)
            continue;
        uint32_t symbol = symbols_intern(index->names, names[row]);
        index->named[symbol] = symbol < known ? INDEX_AMBIGUOUS : row;
    }
}

bool
index_is_null(struct text id)
{
    static const char zeros[] = "000000000000000AAA";
    return (id.length == SHORT_ID || id.length == LONG_ID) &&
           memcmp(id.bytes, zeros, id.length) == 0;
}

static bool
is_alphanumeric(struct text id)
{
    for (uint32_t i = 0; i < id.length; i++) {
        char c = id.bytes[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            return false;
    }
    return true;
}

/* The long form of a short id: each five characters give one more, which says which of them are
 * capitals. */
static void
lengthen(const char *id, char out[LONG_ID])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    memcpy(out, id, SHORT_ID);
    for (int part = 0; part < 3; part++) {
        unsigned capitals = 0;
        for (int i = 0; i < 5; i++)
            if (id[part * 5 + i] >= 'A' && id[part * 5 + i] <= 'Z')
                capitals |= 1u << i;
        out[SHORT_ID + part] = digits[capitals];
    }
}

static uint32_t
row_of(const struct index *index, uint32_t symbol)
{
    if (symbol == SYMBOL_NONE)
        return INDEX_NONE;
    if (index->row)
        return index->row[symbol];
    return symbol < index->row_count ? symbol : INDEX_NONE;
}

static uint32_t
find_other_form(const struct index *index, struct text id)
{
    char full[LONG_ID];
    if ((id.length != SHORT_ID && id.length != LONG_ID) || !is_alphanumeric(id))
        return INDEX_NONE;
    lengthen(id.bytes, full);
    if (id.length == SHORT_ID)
        return row_of(index, symbols_find(index->ids, (struct text){full, LONG_ID}));
    if (memcmp(full, id.bytes, LONG_ID) != 0)
        return INDEX_NONE;
    return row_of(index, symbols_find(index->ids, (struct text){id.bytes, SHORT_ID}));
}

uint32_t
index_find_hashed(const struct index *index, struct text id, uint64_t hash)
{
    if (!index->ids)
        return INDEX_NONE;
    uint32_t symbol = symbols_find_hashed(index->ids, id, hash);
    return symbol == SYMBOL_NONE ? find_other_form(index, id) : row_of(index, symbol);
}

uint32_t
index_find(const struct index *index, struct text id)
{
    return index_find_hashed(index, id, symbols_hash(id));
}

uint32_t
index_find_name(const struct index *index, struct text name)
{
    uint32_t symbol = index->names ? symbols_find(index->names, name) : SYMBOL_NONE;
    if (symbol == SYMBOL_NONE || index->named[symbol] == INDEX_AMBIGUOUS)
        return INDEX_NONE;
    return index->named[symbol];
}
