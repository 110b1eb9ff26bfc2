/* settle: a table that was taken whole, without duplicates and future rows, in order. */
#ifndef SEFPACK_RECORD_SETTLE_H
#define SEFPACK_RECORD_SETTLE_H

#include "intake.h"
#include "late.h"

/* Orders the rows by id (the table has one) or else by `compare`. Of rows that are equal in that
 * order, identical ones are dropped but for the first, and all are rejected for `reason` when any
 * two differ. Future rows go. The index of the table then gives rows. */
void
settle_rows(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
            struct late *late, const char *reason);

/* Keeps the given rows only, in that order. */
void
settle_keep(struct intake *intake, const uint32_t *rows, uint32_t count);

/* Lets the index give the rows as they stand now. */
void
settle_index(struct intake *intake);

/* The whole of it for tables that need nothing else: reads, settles, rejects, counts. False after
 * an error in the loader's diag. */
bool
settle_read(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
            const char *reason);

/* What comes after the reading: settles, rejects, counts. */
void
settle_table(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
             const char *reason);

/* The column of a field, in the loader's keep. */
void *
settle_column(struct intake *intake, uint32_t field);

struct texts
settle_texts(struct intake *intake, uint32_t field);

struct column
settle_numbers(struct intake *intake, uint32_t field);

/* The texts of a short table, and an empty one behind them, in the loader's keep. */
struct text *
settle_list(struct loader *loader, struct texts texts);

#endif
