#include "link.h"

#include "memory.h"

void
link_rows(struct loader *loader, const uint32_t *key, uint32_t count, uint32_t keys,
          uint32_t **first, uint32_t **by)
{
    uint32_t *start = loader_keep(loader, memory_new((size_t)keys + 2, sizeof *start));
    uint32_t *rows = loader_keep(loader, memory_new((size_t)count + 1, sizeof *rows));
    for (uint32_t row = 0; row < count; row++) /* counts, two places on: */
        if (key[row] < keys)
            start[key[row] + 2]++;
    for (uint32_t k = 2; k <= keys + 1; k++)
        start[k] += start[k - 1];
    for (uint32_t row = 0; row < count; row++) /* filling moves them to where they belong */
        if (key[row] < keys)
            rows[start[key[row] + 1]++] = row;
    *first = start;
    *by = rows;
}
