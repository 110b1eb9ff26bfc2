#include "catalogue.h"

#include "catalogue_parts.h"
#include "memory.h"

#include <stdlib.h>

/* A day that is stored as its number. */
static day
column_number(sqlite3_stmt *row, int column)
{
    bool known = sqlite3_column_type(row, column) != SQLITE_NULL;
    return known ? sqlite3_column_int(row, column) : DAY_NONE;
}

static day
column_day(sqlite3_stmt *row, int column)
{
    struct text iso = catalogue_column(row, column);
    return iso.bytes ? day_from_iso(iso.bytes, iso.length) : DAY_NONE;
}

bool
catalogue_runs(struct catalogue *index,
               void (*take)(void *context, const struct catalogue_run *run), void *context)
{
    sqlite3_stmt *all = catalogue_prepare(index->base, "SELECT run, as_of FROM run ORDER BY as_of");
    int code = SQLITE_ERROR;
    while (all && (code = sqlite3_step(all)) == SQLITE_ROW)
        take(context,
             &(struct catalogue_run){(uint32_t)sqlite3_column_int64(all, 0), column_day(all, 1)});
    sqlite3_finalize(all);
    return code == SQLITE_DONE;
}

bool
catalogue_scopes(struct catalogue *index,
                 void (*take)(void *context, uint32_t number, struct text kind, struct text id),
                 void *context)
{
    sqlite3_stmt *all =
        catalogue_prepare(index->base, "SELECT scope, kind, id FROM scope ORDER BY kind, id");
    int code = SQLITE_ERROR;
    while (all && (code = sqlite3_step(all)) == SQLITE_ROW)
        take(context, (uint32_t)sqlite3_column_int64(all, 0), catalogue_column(all, 1),
             catalogue_column(all, 2));
    sqlite3_finalize(all);
    return code == SQLITE_DONE;
}

uint32_t
catalogue_name(struct catalogue *index, const struct history_wanted *wanted)
{
    sqlite3_stmt *find = catalogue_prepare(
        index->base, "SELECT name FROM name WHERE measure = ? AND key = ? AND field = ?");
    uint32_t number = 0;
    if (find) {
        catalogue_bind(find, 1, text_of(wanted->measure));
        catalogue_bind(find, 2, text_of(wanted->key));
        catalogue_bind(find, 3, text_of(wanted->field));
        if (sqlite3_step(find) == SQLITE_ROW)
            number = (uint32_t)sqlite3_column_int64(find, 0);
    }
    sqlite3_finalize(find);
    return number;
}

bool
catalogue_values(struct catalogue *index,
                 void (*take)(void *context, const struct catalogue_value *), void *context)
{
    sqlite3_stmt *all = catalogue_prepare(index->base, "SELECT run, scope, name, value FROM value");
    int code = SQLITE_ERROR;
    while (all && (code = sqlite3_step(all)) == SQLITE_ROW) {
        bool worded = sqlite3_column_type(all, 3) == SQLITE_TEXT;
        take(context, &(struct catalogue_value){(uint32_t)sqlite3_column_int64(all, 0),
                                                (uint32_t)sqlite3_column_int64(all, 1),
                                                (uint32_t)sqlite3_column_int64(all, 2),
                                                sqlite3_column_double(all, 3),
                                                worded ? catalogue_column(all, 3) : TEXT("")});
    }
    sqlite3_finalize(all);
    return code == SQLITE_DONE;
}

static struct history_deal
deal_at(sqlite3_stmt *row)
{
    return (struct history_deal){.id = catalogue_column(row, 0),
                                 .owner = catalogue_column(row, 1),
                                 .stage = catalogue_column(row, 2),
                                 .has_amount = sqlite3_column_type(row, 3) != SQLITE_NULL,
                                 .amount = sqlite3_column_int64(row, 3),
                                 .close = column_number(row, 4),
                                 .qualified = column_number(row, 5),
                                 .segment = (uint8_t)sqlite3_column_int(row, 6),
                                 .category = sqlite3_column_int(row, 7),
                                 .q = sqlite3_column_double(row, 8)};
}

/* One run's deals, by id. */
struct cursor {
    day as_of;
    sqlite3_stmt *row; /* NULL behind the last */
};

static bool
advance(struct cursor *cursor)
{
    int code = sqlite3_step(cursor->row);
    if (code == SQLITE_ROW)
        return true;
    sqlite3_finalize(cursor->row);
    cursor->row = NULL;
    return code == SQLITE_DONE;
}

/* The one whose deal comes next: of equal ids the earliest run's; NULL when all are through. */
static struct cursor *
next_of(struct cursor *cursors, uint32_t count)
{
    struct cursor *next = NULL;
    for (uint32_t c = 0; c < count; c++)
        if (cursors[c].row && (!next || text_compare(catalogue_column(cursors[c].row, 0),
                                                     catalogue_column(next->row, 0)) < 0))
            next = &cursors[c];
    return next;
}

bool
catalogue_deals(struct catalogue *index, uint32_t count, const struct catalogue_run *runs,
                void (*take)(void *context, day as_of, const struct history_deal *), void *context)
{
    struct cursor *cursors = memory_new(count, sizeof *cursors), *next;
    bool good = true;
    for (uint32_t r = 0; r < count && good; r++) {
        sqlite3_stmt *row = catalogue_prepare(
            index->base, "SELECT id, owner, stage, amount, close, qualified, segment,"
                         " category, q FROM deal WHERE run = ? ORDER BY id");
        cursors[r] = (struct cursor){runs[r].as_of, row};
        good =
            row && sqlite3_bind_int64(row, 1, runs[r].number) == SQLITE_OK && advance(&cursors[r]);
    }
    while (good && (next = next_of(cursors, count))) {
        struct history_deal deal = deal_at(next->row);
        take(context, next->as_of, &deal);
        good = advance(next);
    }
    for (uint32_t r = 0; r < count; r++)
        sqlite3_finalize(cursors[r].row);
    free(cursors);
    return good;
}

static struct history_cell
cell_at(sqlite3_stmt *row, int column)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        return (struct history_cell){HISTORY_WHOLE, TEXT(""), sqlite3_column_int64(row, column), 0};
    case SQLITE_TEXT:
        return (struct history_cell){HISTORY_TEXT, catalogue_column(row, column), 0, 0};
    default:
        return (struct history_cell){HISTORY_NONE, TEXT(""), 0, 0};
    }
}

bool
catalogue_list(struct catalogue *index,
               void (*take)(void *context, const struct history_cell *cells), void *context)
{
    struct history_cell cells[HISTORY_RUN_CELLS];
    sqlite3_stmt *all = catalogue_prepare(
        index->base, "SELECT as_of, id, version, period, scopes, deals FROM run ORDER BY as_of");
    int code = SQLITE_ERROR;
    while (all && (code = sqlite3_step(all)) == SQLITE_ROW) {
        for (int i = 0; i < HISTORY_RUN_CELLS; i++)
            cells[i] = cell_at(all, i);
        take(context, cells);
    }
    sqlite3_finalize(all);
    return code == SQLITE_DONE;
}
