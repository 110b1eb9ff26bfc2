#include "words.h"

#include "memory.h"

#include <stdlib.h>

static void
renumber(uint32_t *known, uint32_t *next, uint32_t *column, uint32_t count)
{
    for (uint32_t row = 0; row < count; row++) {
        uint32_t *number = &known[column[row]];
        if (*number == SYMBOL_NONE)
            *number = (*next)++;
        column[row] = *number;
    }
}

static void
renumber_sources(struct loader *loader, uint32_t *known, uint32_t *next)
{
    struct leads *leads = &loader->dataset->leads;
    for (uint32_t row = 0; row < leads->count; row++) {
        uint32_t *number = &known[column_at(&leads->source, row)];
        if (*number == SYMBOL_NONE)
            *number = (*next)++;
    }
    loader_widen(loader, &leads->source, leads->count, column_width(*next));
    for (uint32_t row = 0; row < leads->count; row++)
        column_set(&leads->source, row, known[column_at(&leads->source, row)]);
}

void
words_renumber(struct loader *loader)
{
    struct dataset *dataset = loader->dataset;
    uint32_t sellers = dataset->sellers.count + 1, teams = dataset->teams.count;
    uint32_t deals = dataset->deals.count;
    const struct {
        uint32_t *column, count;
    } columns[] = {
        {dataset->sellers.name, sellers},    {dataset->sellers.email, sellers},
        {dataset->sellers.role, sellers},    {dataset->teams.name, teams},
        {dataset->teams.email, teams},       {dataset->deals.source, deals},
        {dataset->deals.loss_reason, deals}, {dataset->deals.plan, deals},
        {dataset->deals.story, deals},       {dataset->deals.next_step, deals},
    };
    size_t words = symbols_count(loader->words);
    uint32_t *known = memory_new(words, sizeof *known);
    memset(known, 0xFF, words * sizeof *known);
    uint32_t next = 0;
    known[WORD_EMPTY] = next++;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        renumber(known, &next, columns[i].column, columns[i].count);
    renumber_sources(loader, known, &next);
    symbols_renumber(loader->words, known, next);
    free(known);
    dataset->words = loader->words;
    loader->words = NULL;
}
