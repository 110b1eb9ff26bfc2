/* The index may always be thrown away: the runs' own memory.json files are the record. */
#include "history.h"

#include "arena.h"
#include "memory.h"
#include "schema.h"

#include <sqlite3.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct history {
    struct arena *arena;
    sqlite3 *index;
    const char *out_dir;
    uint32_t run_count;
    day *run;
    sqlite3_stmt *value;
};

enum { MEMORY_LIMIT = 1 << 30 };

static const char value_query[] = "SELECT value FROM value WHERE as_of = ? AND kind = ? AND id = ?"
                                  " AND measure = ? AND key = ? AND field = ?";

static bool
execute(sqlite3 *index, const char *sql)
{
    return sqlite3_exec(index, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static int
read_version(sqlite3 *index)
{
    sqlite3_stmt *statement = NULL;
    int version = -1;
    if (sqlite3_prepare_v2(index, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return version;
}

/* An index that is sound and of this version; NULL when it must be made anew. */
static sqlite3 *
open_sound(const char *path, int *version)
{
    sqlite3 *index = NULL;
    sqlite3_stmt *check = NULL;
    *version = -1;
    if (sqlite3_open_v2(path, &index, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        *version = read_version(index);
        bool sound =
            sqlite3_prepare_v2(index, "PRAGMA quick_check", -1, &check, NULL) == SQLITE_OK &&
            sqlite3_step(check) == SQLITE_ROW && sqlite3_column_text(check, 0) &&
            strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
        sqlite3_finalize(check);
        if (sound && *version == SCHEMA_VERSION)
            return index;
    }
    sqlite3_close(index);
    return NULL;
}

static sqlite3 *
make_anew(const char *path)
{
    sqlite3 *index = NULL;
    char sql[64];
    unlink(path);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", SCHEMA_VERSION);
    if (sqlite3_open_v2(path, &index, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
            SQLITE_OK &&
        execute(index, schema_statements) && execute(index, sql))
        return index;
    sqlite3_close(index);
    return NULL;
}

static sqlite3 *
open_index(const char *path, struct diag *diag)
{
    int version;
    bool was_there = access(path, F_OK) == 0;
    struct place place = {path, 0, 0};
    sqlite3 *index = open_sound(path, &version);
    if (index)
        return index;
    if (was_there && version > SCHEMA_VERSION) {
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "history.newer", place,
                    "this memory is of version %d, newer than this program's %d", version,
                    SCHEMA_VERSION);
        return NULL;
    }
    if (was_there)
        diag_report(diag, SEVERITY_NOTE, EXIT_OK, "history.rebuilt", place,
                    "the index was damaged or of an older version: rebuilt from the runs");
    index = make_anew(path);
    if (!index)
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "history.open", place,
                    "the index cannot be made");
    return index;
}

static char *
read_memory(int runs, const char *as_of, size_t *length)
{
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "%s/memory.json", as_of);
    int fd = openat(runs, path, O_RDONLY | O_CLOEXEC);
    char *bytes = NULL;
    if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size < MEMORY_LIMIT) {
        bytes = memory_new((size_t)status.st_size + 1, 1);
        *length = 0;
        ssize_t part;
        while ((part = read(fd, bytes + *length, (size_t)status.st_size - *length)) > 0)
            *length += (size_t)part;
    }
    if (fd >= 0)
        close(fd);
    return bytes;
}

static bool
step(sqlite3 *index, const char *sql, const char *memory, size_t length, const char *as_of,
     const char *folder)
{
    sqlite3_stmt *statement = NULL;
    bool done = sqlite3_prepare_v2(index, sql, -1, &statement, NULL) == SQLITE_OK;
    if (done && memory)
        sqlite3_bind_text(statement, 1, memory, (int)length, SQLITE_STATIC);
    if (done) {
        sqlite3_bind_text(statement, 2, as_of, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 3, folder, -1, SQLITE_STATIC);
        done = sqlite3_step(statement) == SQLITE_DONE;
    }
    sqlite3_finalize(statement);
    return done;
}

static void
forget_run(sqlite3 *index, const char *as_of)
{
    step(index, "DELETE FROM run WHERE as_of = ?2 AND ?3 IS ?3", NULL, 0, as_of, NULL);
    step(index, "DELETE FROM value WHERE as_of = ?2 AND ?3 IS ?3", NULL, 0, as_of, NULL);
    step(index, "DELETE FROM deal WHERE as_of = ?2 AND ?3 IS ?3", NULL, 0, as_of, NULL);
}

static bool
is_known(sqlite3 *index, const char *as_of, const char *folder)
{
    sqlite3_stmt *statement = NULL;
    bool known = false;
    if (sqlite3_prepare_v2(index, "SELECT 1 FROM run WHERE as_of = ? AND folder = ?", -1,
                           &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, as_of, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, folder, -1, SQLITE_STATIC);
        known = sqlite3_step(statement) == SQLITE_ROW;
    }
    sqlite3_finalize(statement);
    return known;
}

/* Brings one published run into the index; false after an error. */
static bool
take_run(struct history *history, int runs, const char *as_of, const char *folder,
         struct diag *diag)
{
    size_t length = 0;
    struct place place = {as_of, 0, 0};
    sqlite3_stmt *statement = NULL;
    int version = 0;
    char *memory = read_memory(runs, as_of, &length);
    if (!memory)
        return true; /* a run without memory */
    if (sqlite3_prepare_v2(history->index, "SELECT json_extract(?1, '$.schema')", -1, &statement,
                           NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, memory, (int)length, SQLITE_STATIC);
        version = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
    }
    sqlite3_finalize(statement);
    bool taken = true;
    if (version > SCHEMA_VERSION) {
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "history.newer", place,
                    "memory.json is of version %d, newer than this program's %d", version,
                    SCHEMA_VERSION);
        taken = false;
    } else if (version < 1) {
        diag_report(diag, SEVERITY_WARNING, EXIT_OK, "history.unreadable", place,
                    "memory.json cannot be read: this run is not remembered");
    } else {
        forget_run(history->index, as_of);
        for (int i = 0; schema_imports[i] && taken; i++)
            taken = step(history->index, schema_imports[i], memory, length, as_of, folder);
        if (!taken)
            diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "history.import", place, "%s",
                        sqlite3_errmsg(history->index));
    }
    free(memory);
    return taken;
}

static bool
is_day(const char *name)
{
    return strlen(name) == 10 && day_from_iso(name, 10) != DAY_NONE;
}

/* Every published run is in the index, and nothing else. */
static bool
bring_into_line(struct history *history, struct diag *diag)
{
    DIR *dir = opendir(history->out_dir);
    bool good = execute(history->index, "BEGIN; CREATE TEMP TABLE seen (as_of TEXT PRIMARY KEY)");
    while (dir && good) {
        struct dirent *entry = readdir(dir);
        char folder[300];
        if (!entry)
            break;
        ssize_t length = is_day(entry->d_name)
                             ? readlinkat(dirfd(dir), entry->d_name, folder, sizeof folder - 1)
                             : -1;
        if (length < 0)
            continue;
        folder[length] = '\0';
        if (!is_known(history->index, entry->d_name, folder))
            good = take_run(history, dirfd(dir), entry->d_name, folder, diag);
        step(history->index, "INSERT INTO seen SELECT ?2 WHERE ?3 IS NOT NULL", NULL, 0,
             entry->d_name, folder);
    }
    if (dir)
        closedir(dir);
    static const char *const leave[] = {"run", "value", "deal"};
    for (size_t i = 0; i < 3 && good; i++) {
        char sql[96];
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE as_of NOT IN (SELECT as_of FROM seen)",
                 leave[i]);
        good = execute(history->index, sql);
    }
    return good ? execute(history->index, "DROP TABLE seen; COMMIT")
                : (execute(history->index, "ROLLBACK"), false);
}

static void
list_runs(struct history *history, day as_of)
{
    sqlite3_stmt *statement = NULL;
    char iso[11];
    size_t capacity = 0;
    day *run = NULL;
    day_to_iso(as_of, iso);
    if (sqlite3_prepare_v2(history->index, "SELECT as_of FROM run WHERE as_of < ? ORDER BY as_of",
                           -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, iso, -1, SQLITE_STATIC);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            memory_grow(&run, &capacity, history->run_count + 1u, sizeof *run);
            run[history->run_count++] =
                day_from_iso((const char *)sqlite3_column_text(statement, 0), 10);
        }
    }
    sqlite3_finalize(statement);
    history->run = arena_array(history->arena, history->run_count, sizeof *run);
    if (history->run_count)
        memcpy(history->run, run, history->run_count * sizeof *run);
    free(run);
}

struct history *
history_open(const char *out_dir, const char *index_path, day as_of, struct diag *diag)
{
    if (access(out_dir, F_OK) != 0)
        return NULL; /* nothing was ever published here */
    sqlite3 *index = open_index(index_path, diag);
    if (!index)
        return NULL;
    struct arena *arena = arena_new();
    struct history *history = arena_alloc(arena, sizeof *history);
    history->arena = arena;
    history->index = index;
    history->out_dir = arena_string(arena, out_dir);
    if (bring_into_line(history, diag) &&
        sqlite3_prepare_v2(index, value_query, -1, &history->value, NULL) == SQLITE_OK) {
        list_runs(history, as_of);
        return history;
    }
    history_close(history);
    return NULL;
}

void
history_close(struct history *history)
{
    if (!history)
        return;
    sqlite3_finalize(history->value);
    sqlite3_close(history->index);
    arena_free(history->arena);
}

uint32_t
history_runs(const struct history *history, const day **as_of)
{
    *as_of = history->run;
    return history->run_count;
}

static void
bind(sqlite3_stmt *statement, int at, struct text text)
{
    sqlite3_bind_text(statement, at, text.bytes ? text.bytes : "", (int)text.length, SQLITE_STATIC);
}

bool
history_value(const struct history *history, day as_of, const char *kind, struct text id,
              const char *measure, const char *key, const char *field, double *out)
{
    char iso[11];
    day_to_iso(as_of, iso);
    sqlite3_reset(history->value);
    const struct text parts[] = {text_of(iso),     text_of(kind), id,
                                 text_of(measure), text_of(key),  text_of(field)};
    for (int i = 0; i < 6; i++)
        bind(history->value, i + 1, parts[i]);
    bool known = sqlite3_step(history->value) == SQLITE_ROW &&
                 sqlite3_column_type(history->value, 0) != SQLITE_NULL;
    if (known)
        *out = sqlite3_column_double(history->value, 0);
    sqlite3_reset(history->value);
    return known;
}

static struct text
column_text(const struct history *history, sqlite3_stmt *statement, int column)
{
    const char *bytes = (const char *)sqlite3_column_text(statement, column);
    int length = sqlite3_column_bytes(statement, column);
    if (!bytes)
        return TEXT("");
    return (struct text){arena_copy(history->arena, bytes, (size_t)length), (uint32_t)length};
}

static day
column_day(sqlite3_stmt *statement, int column)
{
    const char *bytes = (const char *)sqlite3_column_text(statement, column);
    return bytes ? day_from_iso(bytes, (uint32_t)sqlite3_column_bytes(statement, column))
                 : DAY_NONE;
}

uint32_t
history_deals(const struct history *history, day as_of, const struct history_deal **deals)
{
    sqlite3_stmt *statement = NULL;
    size_t capacity = 0, count = 0;
    struct history_deal *found = NULL;
    char iso[11];
    day_to_iso(as_of, iso);
    if (sqlite3_prepare_v2(history->index,
                           "SELECT id, owner, stage, category, amount, close, qualified, segment, q"
                           " FROM deal WHERE as_of = ? ORDER BY id",
                           -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, iso, -1, SQLITE_STATIC);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            memory_grow(&found, &capacity, count + 1, sizeof *found);
            found[count++] = (struct history_deal){
                .id = column_text(history, statement, 0),
                .owner = column_text(history, statement, 1),
                .stage = column_text(history, statement, 2),
                .category = column_text(history, statement, 3),
                .has_amount = sqlite3_column_type(statement, 4) != SQLITE_NULL,
                .amount = sqlite3_column_int64(statement, 4),
                .close = column_day(statement, 5),
                .qualified = column_day(statement, 6),
                .segment = (uint8_t)sqlite3_column_int(statement, 7),
                .q = sqlite3_column_double(statement, 8)};
        }
    }
    sqlite3_finalize(statement);
    struct history_deal *kept = arena_array(history->arena, count, sizeof *kept);
    if (count)
        memcpy(kept, found, count * sizeof *kept);
    free(found);
    *deals = kept;
    return (uint32_t)count;
}
