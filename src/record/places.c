#include "places.h"

#include "memory.h"

#include <stdbool.h>
#include <stdlib.h>

static void
add_run(struct places *places, struct places_run run)
{
    memory_grow(&places->run, &places->capacity, places->count + 1, sizeof *places->run);
    places->run[places->count++] = run;
}

/* The run that holds a row. */
static const struct places_run *
find(const struct places *places, uint32_t row)
{
    size_t low = 0, high = places->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (places->run[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    return &places->run[low];
}

void
places_add(struct places *places, uint32_t row, const char *file, const uint32_t *line,
           uint32_t count)
{
    const struct places_run *last = places->count ? &places->run[places->count - 1] : NULL;
    bool follows = last && last->file == file;
    uint32_t next = follows ? last->line + (row - last->row) : 0;
    for (uint32_t i = 0; i < count; i++, next++)
        if (!follows || line[i] != next) {
            add_run(places, (struct places_run){row + i, line[i], file});
            follows = true;
            next = line[i];
        }
}

void
places_move(struct places *places, const uint32_t *rows, uint32_t count)
{
    struct places moved = {.line = memory_new((size_t)count + 1, sizeof *moved.line)};
    for (uint32_t i = 0; i < count; i++) {
        const char *file = places_file(places, rows[i]);
        moved.line[i] = places_line(places, rows[i]);
        if (moved.count == 0 || moved.run[moved.count - 1].file != file)
            add_run(&moved, (struct places_run){i, 0, file});
    }
    places_free(places);
    *places = moved;
}

const char *
places_file(const struct places *places, uint32_t row)
{
    return places->count ? find(places, row)->file : NULL;
}

uint32_t
places_line(const struct places *places, uint32_t row)
{
    if (places->line || places->count == 0)
        return places->line ? places->line[row] : 0;
    const struct places_run *run = find(places, row);
    return run->line + (row - run->row);
}

void
places_free(struct places *places)
{
    free(places->run);
    free(places->line);
    *places = (struct places){0};
}
