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

void
words_renumber(struct loader *loader)
{
    struct dataset *dataset = loader->dataset;
    uint32_t sellers = dataset->sellers.count + 1, teams = dataset->teams.count;
    uint32_t deals = dataset->deals.count;
    const struct {
        uint32_t *column, count;
    } columns[] = {
        {dataset->sellers.name, sellers},
        {dataset->sellers.email, sellers},
        {dataset->sellers.role, sellers},
        {dataset->teams.name, teams},
        {dataset->teams.email, teams},
        {dataset->deals.source, deals},
        {dataset->deals.loss_reason, deals},
        {dataset->deals.plan, deals},
        {dataset->deals.story, deals},
        {dataset->deals.next_step, deals},
        {dataset->leads.source, dataset->leads.count},
    };
    size_t words = symbols_count(loader->words);
    uint32_t *known = memory_new(words, sizeof *known);
    memset(known, 0xFF, words * sizeof *known);
    uint32_t next = 0;
    known[WORD_EMPTY] = next++;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        renumber(known, &next, columns[i].column, columns[i].count);
    symbols_renumber(loader->words, known, next);
    free(known);
    dataset->words = loader->words;
    loader->words = NULL;
}
