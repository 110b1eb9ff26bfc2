#include "catalogue.h"

#include "buf.h"
#include "catalogue_parts.h"
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUSY_MILLISECONDS = 10000 };

bool
catalogue_execute(sqlite3 *base, const char *sql)
{
    return sqlite3_exec(base, sql, NULL, NULL, NULL) == SQLITE_OK;
}

sqlite3_stmt *
catalogue_prepare(sqlite3 *base, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(base, sql, -1, &statement, NULL) != SQLITE_OK)
        return NULL;
    return statement;
}

void
catalogue_bind(sqlite3_stmt *statement, int at, struct text text)
{
    sqlite3_bind_text(statement, at, text.bytes ? text.bytes : "", (int)text.length, SQLITE_STATIC);
}

struct text
catalogue_column(sqlite3_stmt *row, int column)
{
    const char *bytes = (const char *)sqlite3_column_text(row, column);
    return (struct text){bytes, bytes ? (uint32_t)sqlite3_column_bytes(row, column) : 0};
}

/* ---- Opening ----
 * Without locks of SQLite's own: one thread at a time has a catalogue. */

static struct text
joined(const char *const *measures, struct buf *out)
{
    for (; *measures; measures++) {
        buf_string(out, *measures);
        buf_char(out, '\n');
    }
    return buf_as_text(out);
}

/* Whether the index holds these measures. */
static bool
holds_measures(sqlite3 *base, const char *const *measures)
{
    struct buf names = {0};
    sqlite3_stmt *read = catalogue_prepare(base, "SELECT names FROM measures");
    bool same = read && sqlite3_step(read) == SQLITE_ROW &&
                text_equal(catalogue_column(read, 0), joined(measures, &names));
    sqlite3_finalize(read);
    buf_free(&names);
    return same;
}

static bool
is_whole(sqlite3 *base)
{
    sqlite3_stmt *check = catalogue_prepare(base, "PRAGMA quick_check(1)");
    bool whole = check && sqlite3_step(check) == SQLITE_ROW &&
                 text_equal(catalogue_column(check, 0), TEXT("ok"));
    sqlite3_finalize(check);
    return whole;
}

static enum catalogue_state
state_of(sqlite3 *base, const char *const *measures, int *version)
{
    sqlite3_stmt *read = catalogue_prepare(base, "PRAGMA user_version");
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
    if (!is_whole(base))
        return CATALOGUE_DAMAGED;
    return holds_measures(base, measures) ? CATALOGUE_SOUND : CATALOGUE_OLD;
}

static struct catalogue *
wrap(sqlite3 *base, const char *const *measures)
{
    struct catalogue *index = malloc(sizeof *index);
    catalogue_execute(base, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536"); /* KiB */
    if (index)
        *index = (struct catalogue){base, measures};
    else
        sqlite3_close(base);
    return index;
}

struct catalogue *
catalogue_open(const char *path, const char *const *measures, bool write,
               enum catalogue_state *state, int *version)
{
    sqlite3 *base = NULL;
    *version = 0;
    *state = CATALOGUE_ABSENT;
    if (access(path, F_OK) != 0)
        return NULL;
    *state = CATALOGUE_SHUT;
    int how = write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path, &base, how | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(base, BUSY_MILLISECONDS);
        *state = state_of(base, measures, version);
    }
    if (*state == CATALOGUE_SOUND)
        return wrap(base, measures);
    sqlite3_close(base);
    return NULL;
}

static bool
create(sqlite3 *base, const char *const *measures)
{
    char version[64];
    struct buf names = {0};
    snprintf(version, sizeof version, "PRAGMA user_version = %d", SCHEMA_INDEX);
    bool made = catalogue_execute(base, "BEGIN") && catalogue_execute(base, schema_statements) &&
                catalogue_execute(base, version);
    sqlite3_stmt *hold = made ? catalogue_prepare(base, "INSERT INTO measures VALUES (?)") : NULL;
    if (hold)
        catalogue_bind(hold, 1, joined(measures, &names));
    made = hold && sqlite3_step(hold) == SQLITE_DONE;
    sqlite3_finalize(hold);
    buf_free(&names);
    return made && catalogue_execute(base, "COMMIT");
}

struct catalogue *
catalogue_make(const char *path, const char *const *measures)
{
    sqlite3 *base = NULL;
    char journal[4096];
    if (path) {
        /* a journal left beside an index that is gone would be played into the new one */
        snprintf(journal, sizeof journal, "%s-journal", path);
        unlink(path);
        unlink(journal);
    }
    int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path ? path : ":memory:", &base, how, NULL) == SQLITE_OK &&
        create(base, measures))
        return wrap(base, measures);
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
    return catalogue_execute(index->base, "BEGIN IMMEDIATE");
}

bool
catalogue_end(struct catalogue *index, bool keep)
{
    if (keep && catalogue_execute(index->base, "COMMIT"))
        return true;
    catalogue_execute(index->base, "ROLLBACK");
    return false;
}

/* ---- Which runs it holds ---- */

bool
catalogue_holds(struct catalogue *index, const struct remembered *run)
{
    sqlite3_stmt *find =
        catalogue_prepare(index->base, "SELECT 1 FROM run WHERE as_of = ? AND stamp = ?");
    bool holds = false;
    if (find) {
        catalogue_bind(find, 1, text_of(run->as_of));
        catalogue_bind(find, 2, text_of(run->stamp));
        holds = sqlite3_step(find) == SQLITE_ROW;
    }
    sqlite3_finalize(find);
    return holds;
}

bool
catalogue_is_in_line(struct catalogue *index, const struct runs *runs)
{
    sqlite3_stmt *count = catalogue_prepare(index->base, "SELECT count(*) FROM run");
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

bool
catalogue_drop(struct catalogue *index, struct text as_of)
{
    static const char *const from[] = {
        "DELETE FROM value WHERE run = (SELECT run FROM run WHERE as_of = ?)",
        "DELETE FROM deal WHERE run = (SELECT run FROM run WHERE as_of = ?)",
        "DELETE FROM run WHERE as_of = ?"};
    bool gone = true;
    for (size_t i = 0; i < sizeof from / sizeof *from && gone; i++) {
        sqlite3_stmt *statement = catalogue_prepare(index->base, from[i]);
        if (statement)
            catalogue_bind(statement, 1, as_of);
        gone = statement && sqlite3_step(statement) == SQLITE_DONE;
        sqlite3_finalize(statement);
    }
    return gone;
}

bool
catalogue_drop_others(struct catalogue *index, const struct runs *runs, uint32_t *dropped)
{
    sqlite3_stmt *all = catalogue_prepare(index->base, "SELECT as_of FROM run");
    bool good = all != NULL;
    int code = SQLITE_DONE;
    while (good && (code = sqlite3_step(all)) == SQLITE_ROW) {
        struct text as_of = catalogue_column(all, 0);
        if (is_among(runs, as_of))
            continue;
        char gone[11];
        snprintf(gone, sizeof gone, "%.*s", (int)as_of.length, as_of.bytes);
        good = catalogue_drop(index, text_of(gone));
        ++*dropped;
    }
    sqlite3_finalize(all);
    return good && code == SQLITE_DONE;
}
