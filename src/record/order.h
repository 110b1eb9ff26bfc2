/* order: the rows of a table in the order that every later stage relies on. */
#ifndef SEFPACK_RECORD_ORDER_H
#define SEFPACK_RECORD_ORDER_H

#include "texts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* <0, 0, >0 for two rows. */
struct ordering {
    int (*compare)(const void *context, uint32_t a, uint32_t b);
    const void *context;
    const struct texts *id; /* or NULL: the rows' ids, which then decide before `compare` */
};

/* Whether each row comes strictly after the one before. */
bool
order_is_strict(const struct ordering *ordering, uint32_t count);

/* Rows 0..count-1 in order, equal ones as they stand. The caller frees it. */
uint32_t *
order_rows(const struct ordering *ordering, uint32_t count, unsigned jobs);

/* Compares two rows by an ordering. */
int
order_compare(const struct ordering *ordering, uint32_t a, uint32_t b);

/* A new column: out[i] = column[rows[i]]. The caller frees it. */
void *
order_gather(const void *column, size_t width, const uint32_t *rows, uint32_t count);

#endif
