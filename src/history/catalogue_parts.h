/* catalogue_parts: what the files of the catalogue share. */
#ifndef SEFPACK_HISTORY_CATALOGUE_PARTS_H
#define SEFPACK_HISTORY_CATALOGUE_PARTS_H

#include "text.h"

#include <sqlite3.h>
#include <stdbool.h>

struct catalogue {
    sqlite3 *base;
    const char *const *measures; /* that are held, ended by NULL */
};

/* Runs statements that give no rows. False after a fault. */
bool
catalogue_execute(sqlite3 *base, const char *sql);

/* NULL after a fault. */
sqlite3_stmt *
catalogue_prepare(sqlite3 *base, const char *sql);

/* The text must last as long as the statement's next step. */
void
catalogue_bind(sqlite3_stmt *statement, int at, struct text text);

/* Without bytes for NULL; lasts until the next step. */
struct text
catalogue_column(sqlite3_stmt *row, int column);

/* Takes a run and what belongs to it out. False after a fault. */
bool
catalogue_drop(struct catalogue *index, struct text as_of);

#endif
