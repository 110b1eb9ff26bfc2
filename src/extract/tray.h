/* tray: rows of cells on their way into batches: copied there, while it is noted which of their
 * columns hold anything. */
#ifndef SEFPACK_EXTRACT_TRAY_H
#define SEFPACK_EXTRACT_TRAY_H

#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct batch;
struct binding;
struct extract_report;
struct mapping;

struct tray {
    struct binding *binding;
    bool loose, settled;
    bool *seen;        /* by column: a cell that is not empty */
    struct text *copy; /* of the cells of a row */
};

/* For rows of these columns. `loose`: they are those of mapping_names and may be empty throughout
 * (XML): each field is fed by the first of its columns with a cell in the row. NULL after an error
 * in diag. It lives in the arena; strings are copied. */
struct tray *
tray_new(struct arena *arena, const struct mapping *mapping, uint32_t columns,
         const char *const *names, bool loose, const char *path, struct diag *diag);

/* One more for the same columns, for another thread. */
struct tray *
tray_beside(const struct tray *tray, struct arena *arena);

/* Copies a row, cells[columns], into the batch; the bytes that it took. */
size_t
tray_row(struct tray *tray, struct batch *batch, const struct text *cells, uint64_t line);

/* Adds what another one of the same columns has seen. */
void
tray_join(struct tray *tray, const struct tray *other);

/* Sets mapped[] for each field that the rows so far have shown to be fed. Batches may be parsed
 * after the first time; what only comes later makes the report `belated`. */
void
tray_settle(struct tray *tray, bool *mapped, struct extract_report *report);

#endif
