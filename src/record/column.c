#include "column.h"

#include "memory.h"

#include <stdlib.h>

static uint32_t
number_of(day d)
{
    uint32_t from = (uint32_t)d - COLUMN_DAY;
    return d == DAY_NONE ? COLUMN_NONE : from << 1 ^ -(from >> 31);
}

uint32_t
column_width(uint32_t number)
{
    return number < UINT8_MAX ? 1 : number < UINT16_MAX ? 2 : 4;
}

static void
reserve(struct column *column, size_t count, size_t ahead)
{
    size_t bytes;
    if (count <= column->capacity)
        return;
    size_t capacity = column->capacity + column->capacity / 2;
    capacity = capacity < count + ahead ? count + ahead : capacity;
    if (__builtin_mul_overflow(capacity, column->width, &bytes))
        memory_exhausted(SIZE_MAX);
    column->cells = realloc(column->cells, bytes);
    if (!column->cells)
        memory_exhausted(bytes);
    memory_large(column->cells, bytes);
    column->capacity = capacity;
}

/* The cells grow in their place, the last one first. */
void
column_widen(struct column *column, size_t count, uint32_t width)
{
    struct column narrow = *column;
    if (width <= column->width)
        return;
    column->width = width;
    column->capacity = 0;
    reserve(column, narrow.capacity ? narrow.capacity : 1, 0);
    narrow.cells = column->cells;
    for (size_t row = count; row-- > 0;)
        column_set(column, row, column_at(&narrow, row));
}

static void
store(struct column *column, size_t at, const uint32_t *numbers, size_t count)
{
    uint16_t *words = column->cells;
    uint8_t *bytes = column->cells;
    if (column->width == sizeof *numbers)
        memcpy((uint32_t *)column->cells + at, numbers, count * sizeof *numbers);
    else if (column->width == sizeof *words)
        for (size_t i = 0; i < count; i++)
            words[at + i] = (uint16_t)numbers[i];
    else
        for (size_t i = 0; i < count; i++)
            bytes[at + i] = (uint8_t)numbers[i];
}

void
column_append(struct column *column, size_t count, const uint32_t *numbers, size_t added,
              size_t ahead)
{
    uint32_t beyond = 1; /* what follows the largest; NONE wraps to 0, being at home in any width */
    if (added == 0)
        return;
    for (size_t i = 0; i < added; i++)
        beyond = numbers[i] + 1 > beyond ? numbers[i] + 1 : beyond;
    column_widen(column, count, column_width(beyond - 1));
    reserve(column, count + added, ahead);
    store(column, count, numbers, added);
}

void
column_append_days(struct column *column, size_t count, const day *days, size_t added, size_t ahead)
{
    enum { BLOCK = 1024 };
    uint32_t numbers[BLOCK];
    for (size_t from = 0, block; from < added; from += block) {
        block = added - from < BLOCK ? added - from : BLOCK;
        for (size_t i = 0; i < block; i++)
            numbers[i] = number_of(days[from + i]);
        column_append(column, count + from, numbers, block, added - from - block + ahead);
    }
}

void
column_gather(struct column *column, const uint32_t *rows, size_t count)
{
    uint32_t width = column->width ? column->width : 1;
    struct column out = {memory_new(count + 1, width), width, count + 1};
    for (size_t i = 0; i < count; i++)
        column_set(&out, i, column_at(column, rows[i]));
    free(column->cells);
    *column = out;
}
