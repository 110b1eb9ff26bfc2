#include "catalogue.h"

#include "schema.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MILLISECONDS = 10000 };

struct catalogue {
    sqlite3 *base;
};

static bool
execute(sqlite3 *base, const char *sql)
{
    return sqlite3_exec(base, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* NULL after a fault. */
static sqlite3_stmt *
prepare(sqlite3 *base, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(base, sql, -1, &statement, NULL) != SQLITE_OK)
        return NULL;
    return statement;
}

static void
bind_text(sqlite3_stmt *statement, int at, struct text text)
{
    sqlite3_bind_text(statement, at, text.bytes ? text.bytes : "", (int)text.length, SQLITE_STATIC);
}

static void
bind_day(sqlite3_stmt *statement, int at, day d)
{
    char iso[11];
    day_to_iso(d, iso);
    sqlite3_bind_text(statement, at, iso, -1, SQLITE_TRANSIENT);
}

static struct text
column_text(sqlite3_stmt *statement, int column)
{
    const char *bytes = (const char *)sqlite3_column_text(statement, column);
    return (struct text){bytes, bytes ? (uint32_t)sqlite3_column_bytes(statement, column) : 0};
}

static day
column_day(sqlite3_stmt *statement, int column)
{
    struct text iso = column_text(statement, column);
    return iso.bytes ? day_from_iso(iso.bytes, iso.length) : DAY_NONE;
}

/* ---- Opening ---- */

static enum catalogue_state
state_of(sqlite3 *base, int *version)
{
    enum catalogue_state state = CATALOGUE_DAMAGED;
    sqlite3_stmt *read = prepare(base, "PRAGMA user_version");
    int code = read ? sqlite3_step(read) : sqlite3_errcode(base);
    if (code == SQLITE_ROW)
        *version = sqlite3_column_int(read, 0);
    sqlite3_finalize(read);
    if (code == SQLITE_BUSY || code == SQLITE_CANTOPEN || code == SQLITE_READONLY ||
        code == SQLITE_IOERR)
        return CATALOGUE_SHUT;
    if (code != SQLITE_ROW)
        return CATALOGUE_DAMAGED;
    if (*version != SCHEMA_INDEX)
        return *version > SCHEMA_INDEX ? CATALOGUE_NEWER : CATALOGUE_OLD;
    sqlite3_stmt *check = prepare(base, "PRAGMA quick_check(1)");
    if (check && sqlite3_step(check) == SQLITE_ROW && text_equal(column_text(check, 0), TEXT("ok")))
        state = CATALOGUE_SOUND;
    sqlite3_finalize(check);
    return state;
}

static struct catalogue *
wrap(sqlite3 *base)
{
    struct catalogue *index = malloc(sizeof *index);
    execute(base, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536"); /* KiB */
    if (index)
        index->base = base;
    else
        sqlite3_close(base);
    return index;
}

struct catalogue *
catalogue_open(const char *path, bool write, enum catalogue_state *state, int *version)
{
    sqlite3 *base = NULL;
    *version = 0;
    *state = CATALOGUE_ABSENT;
    if (access(path, F_OK) != 0)
        return NULL;
    *state = CATALOGUE_SHUT;
    if (sqlite3_open_v2(path, &base, write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, NULL) ==
        SQLITE_OK) {
        sqlite3_busy_timeout(base, BUSY_MILLISECONDS);
        *state = state_of(base, version);
    }
    if (*state == CATALOGUE_SOUND)
        return wrap(base);
    sqlite3_close(base);
    return NULL;
}

struct catalogue *
catalogue_make(const char *path)
{
    sqlite3 *base = NULL;
    char sql[64], journal[4096];
    if (path) {
        /* a journal left beside an index that is gone would be played into the new one */
        snprintf(journal, sizeof journal, "%s-journal", path);
        unlink(path);
        unlink(journal);
    }
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", SCHEMA_INDEX);
    if (sqlite3_open_v2(path ? path : ":memory:", &base, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                        NULL) == SQLITE_OK &&
        execute(base, "BEGIN") && execute(base, schema_statements) && execute(base, sql) &&
        execute(base, "COMMIT"))
        return wrap(base);
    sqlite3_close(base);
    return NULL;
}

void
catalogue_close(struct catalogue *index)
{
    if (!index)
        return;
    sqlite3_close(index->base);
    free(index);
}

const char *
catalogue_fault(const struct catalogue *index)
{
    return sqlite3_errmsg(index->base);
}

bool
catalogue_begin(struct catalogue *index)
{
    return execute(index->base, "BEGIN IMMEDIATE");
}

bool
catalogue_end(struct catalogue *index, bool keep)
{
    if (keep && execute(index->base, "COMMIT"))
        return true;
    execute(index->base, "ROLLBACK");
    return false;
}

/* ---- Which runs it holds ---- */

bool
catalogue_holds(struct catalogue *index, const struct remembered *run)
{
    sqlite3_stmt *find = prepare(index->base, "SELECT 1 FROM run WHERE as_of = ? AND stamp = ?");
    bool holds = false;
    if (find) {
        bind_text(find, 1, text_of(run->as_of));
        bind_text(find, 2, text_of(run->stamp));
        holds = sqlite3_step(find) == SQLITE_ROW;
    }
    sqlite3_finalize(find);
    return holds;
}

bool
catalogue_is_in_line(struct catalogue *index, const struct runs *runs)
{
    sqlite3_stmt *count = prepare(index->base, "SELECT count(*) FROM run");
    bool same = count && sqlite3_step(count) == SQLITE_ROW &&
                sqlite3_column_int64(count, 0) == (int64_t)runs->count;
    sqlite3_finalize(count);
    for (uint32_t r = 0; same && r < runs->count; r++)
        same = catalogue_holds(index, &runs->run[r]);
    return same;
}

static bool
is_among(const struct runs *runs, struct text as_of)
{
    for (uint32_t r = 0; r < runs->count; r++)
        if (text_equal(text_of(runs->run[r].as_of), as_of))
            return true;
    return false;
}

static bool
drop(struct catalogue *index, struct text as_of)
{
    static const char *const from[] = {
        "DELETE FROM value WHERE run = (SELECT run FROM run WHERE as_of = ?)",
        "DELETE FROM deal WHERE run = (SELECT run FROM run WHERE as_of = ?)",
        "DELETE FROM run WHERE as_of = ?"};
    bool gone = true;
    for (size_t i = 0; i < sizeof from / sizeof *from && gone; i++) {
        sqlite3_stmt *statement = prepare(index->base, from[i]);
        if (statement)
            bind_text(statement, 1, as_of);
        gone = statement && sqlite3_step(statement) == SQLITE_DONE;
        sqlite3_finalize(statement);
    }
    return gone;
}

bool
catalogue_drop_others(struct catalogue *index, const struct runs *runs, uint32_t *dropped)
{
    sqlite3_stmt *all = prepare(index->base, "SELECT as_of FROM run");
    bool good = all != NULL;
    int code = SQLITE_DONE;
    while (good && (code = sqlite3_step(all)) == SQLITE_ROW) {
        struct text as_of = column_text(all, 0);
        if (is_among(runs, as_of))
            continue;
        char gone[11];
        snprintf(gone, sizeof gone, "%.*s", (int)as_of.length, as_of.bytes);
        good = drop(index, text_of(gone));
        ++*dropped;
    }
    sqlite3_finalize(all);
    return good && code == SQLITE_DONE;
}

/* ---- Taking a run in ---- */

static bool
import(struct catalogue *index, const char *sql, const struct remembered *run, struct text memory)
{
    sqlite3_stmt *statement = prepare(index->base, sql);
    if (statement) {
        bind_text(statement, 1, memory);
        bind_text(statement, 2, text_of(run->as_of));
        bind_text(statement, 3, text_of(run->stamp));
    }
    bool done = statement && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return done;
}

/* Its schema, 0 when it is no memory of that day. */
static int
version_of(struct catalogue *index, const struct remembered *run, struct text memory)
{
    int version = 0;
    sqlite3_stmt *look =
        prepare(index->base, "SELECT json_extract(?1, '$.schema') WHERE json_valid(?1)"
                             " AND json_extract(?1, '$.run.as_of') = ?2"
                             " AND json_type(?1, '$.scopes') = 'array'"
                             " AND json_type(?1, '$.deals') = 'array'");
    if (look) {
        bind_text(look, 1, memory);
        bind_text(look, 2, text_of(run->as_of));
        if (sqlite3_step(look) == SQLITE_ROW)
            version = sqlite3_column_int(look, 0);
    }
    sqlite3_finalize(look);
    return version;
}

enum catalogue_taken
catalogue_take(struct catalogue *index, const struct remembered *run, const char *memory,
               size_t length, int *version)
{
    struct text text = {memory, (uint32_t)length};
    *version = version_of(index, run, text);
    if (*version > SCHEMA_MEMORY)
        return CATALOGUE_FROM_NEWER;
    if (*version < 1)
        return CATALOGUE_UNREADABLE;
    bool taken = execute(index->base, schema_staging) && drop(index, text_of(run->as_of));
    for (int i = 0; schema_imports[i] && taken; i++)
        taken = import(index, schema_imports[i], run, text);
    return taken ? CATALOGUE_TAKEN : CATALOGUE_FAULT;
}

/* ---- Reading ---- */

bool
catalogue_runs(struct catalogue *index, day before, void (*take)(void *context, day as_of),
               void *context)
{
    sqlite3_stmt *all =
        prepare(index->base, "SELECT as_of FROM run WHERE as_of < ? ORDER BY as_of");
    int code = SQLITE_ERROR;
    if (all) {
        bind_day(all, 1, before);
        while ((code = sqlite3_step(all)) == SQLITE_ROW)
            take(context, column_day(all, 0));
    }
    sqlite3_finalize(all);
    return code == SQLITE_DONE;
}

bool
catalogue_scopes(struct catalogue *index,
                 void (*take)(void *context, struct text kind, struct text id), void *context)
{
    sqlite3_stmt *all = prepare(index->base, "SELECT kind, id FROM scope ORDER BY kind, id");
    int code = SQLITE_ERROR;
    while (all && (code = sqlite3_step(all)) == SQLITE_ROW)
        take(context, column_text(all, 0), column_text(all, 1));
    sqlite3_finalize(all);
    return code == SQLITE_DONE;
}

bool
catalogue_values(struct catalogue *index, day before, const struct history_wanted *wanted,
                 void (*take)(void *context, const struct catalogue_value *), void *context)
{
    sqlite3_stmt *find =
        prepare(index->base, "SELECT as_of, kind, id, value FROM figure"
                             " WHERE measure = ? AND key = ? AND field = ? AND as_of < ?");
    int code = SQLITE_ERROR;
    if (find) {
        bind_text(find, 1, text_of(wanted->measure));
        bind_text(find, 2, text_of(wanted->key));
        bind_text(find, 3, text_of(wanted->field));
        bind_day(find, 4, before);
        while ((code = sqlite3_step(find)) == SQLITE_ROW) {
            bool worded = sqlite3_column_type(find, 3) == SQLITE_TEXT;
            take(context,
                 &(struct catalogue_value){column_day(find, 0), column_text(find, 1),
                                           column_text(find, 2), sqlite3_column_double(find, 3),
                                           worded ? column_text(find, 3) : TEXT("")});
        }
    }
    sqlite3_finalize(find);
    return code == SQLITE_DONE;
}

static struct history_deal
deal_at(sqlite3_stmt *row)
{
    return (struct history_deal){.id = column_text(row, 1),
                                 .owner = column_text(row, 2),
                                 .stage = column_text(row, 3),
                                 .has_amount = sqlite3_column_type(row, 4) != SQLITE_NULL,
                                 .amount = sqlite3_column_int64(row, 4),
                                 .close = column_day(row, 5),
                                 .qualified = column_day(row, 6),
                                 .segment = (uint8_t)sqlite3_column_int(row, 7),
                                 .category = sqlite3_column_int(row, 8),
                                 .q = sqlite3_column_double(row, 9)};
}

bool
catalogue_deals(struct catalogue *index, day from, day before,
                void (*take)(void *context, day as_of, const struct history_deal *), void *context)
{
    sqlite3_stmt *find = prepare(
        index->base, "SELECT as_of, deal.id, owner, stage, amount, close, qualified, segment,"
                     " category, q FROM deal JOIN run USING (run)"
                     " WHERE as_of >= ? AND as_of < ? ORDER BY deal.id, as_of");
    int code = SQLITE_ERROR;
    if (find) {
        bind_day(find, 1, from);
        bind_day(find, 2, before);
        while ((code = sqlite3_step(find)) == SQLITE_ROW) {
            struct history_deal deal = deal_at(find);
            take(context, column_day(find, 0), &deal);
        }
    }
    sqlite3_finalize(find);
    return code == SQLITE_DONE;
}

static struct history_cell
cell_at(sqlite3_stmt *row, int column)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        return (struct history_cell){HISTORY_WHOLE, TEXT(""), sqlite3_column_int64(row, column), 0};
    case SQLITE_FLOAT:
        return (struct history_cell){HISTORY_REAL, TEXT(""), 0, sqlite3_column_double(row, column)};
    case SQLITE_TEXT:
        return (struct history_cell){HISTORY_TEXT, column_text(row, column), 0, 0};
    default:
        return (struct history_cell){HISTORY_NONE, TEXT(""), 0, 0};
    }
}

bool
catalogue_report(struct catalogue *index, const struct history_filter *filter,
                 void (*take)(void *context, const struct history_cell *cells), void *context)
{
    struct history_cell cells[HISTORY_FIGURE_CELLS];
    int columns = filter->runs ? HISTORY_RUN_CELLS : HISTORY_FIGURE_CELLS, code = SQLITE_ERROR;
    sqlite3_stmt *find =
        prepare(index->base, filter->runs
                                 ? "SELECT as_of, id, version, period, scopes, deals FROM run"
                                   " ORDER BY as_of"
                                 : "SELECT as_of, kind, id, measure, key, field, value FROM figure"
                                   " WHERE (?1 IS NULL OR as_of = ?1) AND (?2 IS NULL OR kind = ?2)"
                                   " AND (?3 IS NULL OR id = ?3) AND (?4 IS NULL OR measure = ?4)"
                                   " ORDER BY as_of, kind, id, measure, key, field");
    const char *const given[] = {filter->as_of, filter->kind, filter->id, filter->measure};
    for (int i = 0; find && !filter->runs && i < 4; i++)
        if (given[i])
            bind_text(find, i + 1, text_of(given[i]));
    while (find && (code = sqlite3_step(find)) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++)
            cells[i] = cell_at(find, i);
        take(context, cells);
    }
    sqlite3_finalize(find);
    return code == SQLITE_DONE;
}
