/* column: numbers of 32 bits in as few bytes a cell as the largest of them needs: one, two or four.
 * NONE is kept in any width. Days count from 2000-01-01, forward in even numbers and back in odd
 * ones, so that two bytes hold those of 1910 to 2089. */
#ifndef SEFPACK_RECORD_COLUMN_H
#define SEFPACK_RECORD_COLUMN_H

#include "day.h"

#include <stddef.h>

#define COLUMN_NONE UINT32_MAX

enum { COLUMN_DAY = 10957 }; /* 2000-01-01 */

struct column { /* zero-initialise; copies share the cells */
    void *cells;
    uint32_t width;  /* bytes of a cell; 0 before the first one */
    size_t capacity; /* cells there is room for */
};

/* Behind the `count` cells that are there; `ahead` is a guess of how many will follow. */
void
column_append(struct column *column, size_t count, const uint32_t *numbers, size_t added,
              size_t ahead);

void
column_append_days(struct column *column, size_t count, const day *days, size_t added,
                   size_t ahead);

/* Bytes of a cell that holds a number and all smaller ones. */
uint32_t
column_width(uint32_t number);

/* Makes the `count` cells at least so wide. */
void
column_widen(struct column *column, size_t count, uint32_t width);

/* Cell i becomes what cell rows[i] was. */
void
column_gather(struct column *column, const uint32_t *rows, size_t count);

static inline uint32_t
column_at(const struct column *column, size_t row)
{
    if (column->width == sizeof(uint16_t)) {
        uint16_t number = ((const uint16_t *)column->cells)[row];
        return number == UINT16_MAX ? COLUMN_NONE : number;
    }
    if (column->width == sizeof(uint8_t)) {
        uint8_t number = ((const uint8_t *)column->cells)[row];
        return number == UINT8_MAX ? COLUMN_NONE : number;
    }
    return ((const uint32_t *)column->cells)[row];
}

static inline day
column_day(const struct column *column, size_t row)
{
    uint32_t number = column_at(column, row);
    day d = (day)(number >> 1 ^ -(number & 1)) + COLUMN_DAY;
    return number == COLUMN_NONE ? DAY_NONE : d;
}

/* What the column holds elsewhere, or what it was widened for. */
static inline void
column_set(struct column *column, size_t row, uint32_t number)
{
    if (column->width == sizeof(uint16_t))
        ((uint16_t *)column->cells)[row] = (uint16_t)number;
    else if (column->width == sizeof(uint8_t))
        ((uint8_t *)column->cells)[row] = (uint8_t)number;
    else
        ((uint32_t *)column->cells)[row] = number;
}

#endif
