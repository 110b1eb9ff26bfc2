#include "words.h"

#include "memory.h"

#include <stdlib.h>

static void
renumber(struct loader *loader, uint32_t *known, uint32_t *column, uint32_t count)
{
    struct symbols *words = loader->dataset->words;
    for (uint32_t row = 0; row < count; row++) {
        uint32_t *number = &known[column[row]];
        if (*number == SYMBOL_NONE)
            *number = symbols_intern(words, symbols_text(loader->words, column[row]));
        column[row] = *number;
    }
}

void
words_renumber(struct loader *loader)
{
    struct dataset *dataset = loader->dataset;
    uint32_t sellers = dataset->sellers.count + 1, teams = dataset->teams.count;
    uint32_t accounts = dataset->accounts.count, contacts = dataset->contacts.count;
    uint32_t deals = dataset->deals.count;
    const struct {
        uint32_t *column, count;
    } columns[] = {
        {dataset->sellers.name, sellers},      {dataset->sellers.email, sellers},
        {dataset->sellers.role, sellers},      {dataset->teams.name, teams},
        {dataset->teams.email, teams},         {dataset->accounts.name, accounts},
        {dataset->accounts.segment, accounts}, {dataset->accounts.industry, accounts},
        {dataset->contacts.name, contacts},    {dataset->contacts.title, contacts},
        {dataset->deals.type, deals},          {dataset->deals.source, deals},
        {dataset->deals.loss_reason, deals},   {dataset->deals.name, deals},
        {dataset->deals.plan, deals},          {dataset->deals.story, deals},
        {dataset->deals.next_step, deals},     {dataset->leads.source, dataset->leads.count},
    };
    size_t words = symbols_count(loader->words);
    uint32_t *known = memory_new(words, sizeof *known);
    memset(known, 0xFF, words * sizeof *known);
    dataset->words = symbols_new((uint32_t)words);
    known[WORD_EMPTY] = symbols_intern(dataset->words, TEXT(""));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        renumber(loader, known, columns[i].column, columns[i].count);
    free(known);
    symbols_free(loader->words);
    loader->words = NULL;
}
