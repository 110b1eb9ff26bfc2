#include "names.h"

#include "memory.h"
#include "order.h"

#include <stdlib.h>

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

struct texts
names_or_ids(struct texts name, const struct texts *id)
{
    struct texts out = {0};
    bool complete = true;
    for (uint32_t row = 0; row < name.count && complete; row++)
        complete = texts_at(&name, row).length > 0;
    if (complete)
        return name;
    for (uint32_t row = 0; row < name.count; row++) {
        struct text text = texts_at(&name, row);
        if (text.length == 0)
            text = texts_at(id, row);
        texts_append(&out, &text, 1);
    }
    texts_free(&name);
    return out;
}

void
names_keep(struct loader *loader, enum table table, struct texts name)
{
    loader->called[table] = name;
}

/* Whether any row is called one of the texts: a look at each name, without an index of them. */
static bool
any_is_called(const struct texts *name, const struct text *text, uint32_t count)
{
    struct symbols *asked = symbols_new(count);
    bool found = false;
    for (uint32_t i = 0; i < count; i++)
        symbols_intern(asked, text[i]);
    for (uint32_t row = 0; row < name->count && !found; row++)
        found = symbols_find(asked, texts_at(name, row)) != SYMBOL_NONE;
    symbols_free(asked);
    return found;
}

bool
names_offer(struct loader *loader, enum table table, const struct text *text, uint32_t count)
{
    const struct texts *name = &loader->called[table];
    if (loader->index[table].names || count == 0 || !any_is_called(name, text, count))
        return false;
    struct text *names = memory_new(name->count, sizeof *names);
    for (uint32_t row = 0; row < name->count; row++)
        names[row] = texts_at(name, row);
    index_names(&loader->index[table], names, name->count);
    free(names);
    return true;
}

static uint32_t
find(const struct loader *loader, enum table table, struct text text)
{
    uint32_t row = index_find(&loader->index[table], text);
    return row == INDEX_NONE ? index_find_name(&loader->index[table], text) : row;
}

/* The words of a column, each once. */
struct asked {
    uint32_t count;
    uint32_t *word;
    struct text *text;
};

static struct asked
ask(const struct loader *loader, const uint32_t *later, uint32_t count)
{
    struct asked asked = {0, memory_new((size_t)count + 1, sizeof *asked.word), NULL};
    bool *seen = memory_new(symbols_count(loader->later), sizeof *seen);
    seen[WORD_EMPTY] = true;
    for (uint32_t row = 0; row < count; row++) {
        if (!seen[later[row]])
            asked.word[asked.count++] = later[row];
        seen[later[row]] = true;
    }
    free(seen);
    asked.text = memory_new((size_t)asked.count + 1, sizeof *asked.text);
    for (uint32_t i = 0; i < asked.count; i++)
        asked.text[i] = symbols_text(loader->later, asked.word[i]);
    return asked;
}

/* Puts the rows of the words into row[], by word. Words and ids are gone through together in their
 * order, which asks for no index of the ids; words that are no id are looked for one by one. */
static void
answer(const struct loader *loader, enum table table, const struct asked *asked, uint32_t *row)
{
    const struct index *index = &loader->index[table];
    struct texts texts = {0};
    texts_append(&texts, asked->text, asked->count);
    struct ordering ordering = {.id = &texts};
    uint32_t *order = order_rows(&ordering, asked->count, loader->jobs), at = 0;
    for (uint32_t i = 0; i < asked->count; i++) {
        struct text text = asked->text[order[i]];
        int found = -1;
        while (at < index->count && (found = text_compare(texts_at(&index->id, at), text)) < 0)
            at++;
        bool same = at < index->count && found == 0;
        row[asked->word[order[i]]] = same ? at : find(loader, table, text);
    }
    free(order);
    texts_free(&texts);
}

uint64_t
names_resolve(const struct loader *loader, enum table table, uint32_t *later, uint32_t count)
{
    struct asked asked = ask(loader, later, count);
    uint32_t *answers = memory_new(symbols_count(loader->later), sizeof *answers);
    uint64_t unknown = 0;
    answers[WORD_EMPTY] = NONE;
    answer(loader, table, &asked, answers);
    for (uint32_t row = 0; row < count; row++) {
        uint32_t found = answers[later[row]];
        unknown += later[row] != WORD_EMPTY && found == NONE;
        later[row] = found;
    }
    free(asked.word);
    free(asked.text);
    free(answers);
    return unknown;
}
