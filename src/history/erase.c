#include "erase.h"

#include <sqlite3.h>

#include <stddef.h>

static const char count_query[] =
    "SELECT (SELECT count(*) FROM json_each(?1, '$.scopes')"
    "  WHERE json_extract(value, '$.kind') = 'seller' AND json_extract(value, '$.id') = ?2),"
    " (SELECT count(*) FROM json_each(?1, '$.deals') WHERE json_extract(value, '$.owner') = ?2)";

static const char erase_query[] =
    "SELECT json_set(?1,"
    " '$.scopes', (SELECT json_group_array(json(value)) FROM json_each(?1, '$.scopes')"
    "  WHERE json_extract(value, '$.kind') <> 'seller' OR json_extract(value, '$.id') <> ?2),"
    " '$.deals', (SELECT json_group_array(CASE json_extract(value, '$.owner')"
    "  WHEN ?2 THEN json_set(value, '$.owner', '') ELSE json(value) END)"
    "  FROM json_each(?1, '$.deals')))";

/* The one row of a query with both parameters; NULL after a fault. */
static sqlite3_stmt *
ask(sqlite3 *base, const char *query, struct text memory, struct text person)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(base, query, -1, &statement, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_bind_text(statement, 1, memory.bytes, (int)memory.length, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, person.bytes, (int)person.length, SQLITE_STATIC);
    if (sqlite3_step(statement) == SQLITE_ROW)
        return statement;
    sqlite3_finalize(statement);
    return NULL;
}

bool
erase_person(struct text memory, struct text person, struct buf *out, struct erased *erased)
{
    sqlite3 *base = NULL;
    sqlite3_stmt *row = NULL;
    *erased = (struct erased){0};
    bool good = sqlite3_open(":memory:", &base) == SQLITE_OK &&
                (row = ask(base, count_query, memory, person)) != NULL;
    if (good) {
        erased->scopes = (uint32_t)sqlite3_column_int(row, 0);
        erased->deals = (uint32_t)sqlite3_column_int(row, 1);
        sqlite3_finalize(row);
    }
    if (good && erased->scopes + erased->deals > 0) {
        row = ask(base, erase_query, memory, person);
        good = row != NULL;
        if (good) {
            buf_add(out, sqlite3_column_text(row, 0), (size_t)sqlite3_column_bytes(row, 0));
            buf_char(out, '\n');
        }
        sqlite3_finalize(row);
    }
    sqlite3_close(base);
    return good;
}
