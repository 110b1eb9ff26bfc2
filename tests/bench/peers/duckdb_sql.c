/* duckdb_sql FILE.sql NAME=VALUE ...: runs the statements of a file in an empty database in memory,
 * each ${NAME} replaced by its value: DuckDB without a host language's start-up. Linked to the
 * library inside its npm package; the prototypes are those of DuckDB's C API. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct result { /* duckdb_result, which only the library looks into */
    uint64_t column_count, row_count, rows_changed;
    void *columns;
    char *error_message;
    void *internal;
};

int
duckdb_open(const char *path, void **database);
int
duckdb_connect(void *database, void **connection);
int
duckdb_query(void *connection, const char *query, struct result *result);
const char *
duckdb_result_error(struct result *result);
void
duckdb_destroy_result(struct result *result);
void
duckdb_disconnect(void **connection);
void
duckdb_close(void **database);

static const char *
value_of(const char *name, size_t length, char **pairs)
{
    for (; *pairs; pairs++)
        if (strncmp(*pairs, name, length) == 0 && (*pairs)[length] == '=')
            return *pairs + length + 1;
    return "";
}

static char *
read_statements(const char *path, char **pairs)
{
    char *text = NULL, line[4096];
    size_t size = 0;
    FILE *file = fopen(path, "r"), *out = open_memstream(&text, &size);
    while (file && out && fgets(line, sizeof line, file)) {
        for (const char *at = line; *at; at++) {
            const char *end = at[0] == '$' && at[1] == '{' ? strchr(at, '}') : NULL;
            if (end) {
                fputs(value_of(at + 2, (size_t)(end - at - 2), pairs), out);
                at = end;
            } else {
                putc(*at, out);
            }
        }
    }
    bool all = file && out && fclose(out) == 0;
    if (file)
        fclose(file);
    return all ? text : NULL;
}

int
main(int count, char **words)
{
    void *database = NULL, *connection = NULL;
    struct result result;
    char *statements = count > 1 ? read_statements(words[1], words + 2) : NULL;
    if (!statements || duckdb_open(NULL, &database) || duckdb_connect(database, &connection)) {
        fprintf(stderr, "duckdb_sql: cannot start\n");
        return 1;
    }
    int failed = duckdb_query(connection, statements, &result);
    if (failed)
        fprintf(stderr, "duckdb_sql: %s\n", duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    free(statements);
    return failed;
}
