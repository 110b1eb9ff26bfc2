#include "postgres.h"

#include "arena.h"
#include "config.h"
#include "csvfile.h"
#include "extract.h"
#include "memory.h"

#include <libpq-fe.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

struct postgres {
    struct source_request request;
    struct diag *diag;
    PGconn *connection;
    struct csvfile *csv; /* NULL: row by row */
    char *piece;         /* of the COPY stream, as libpq gave it */
    size_t length, at;
    bool ended, failed;
};

static bool
fail(struct postgres *postgres, const char *id, const char *what)
{
    const char *said = postgres->connection ? PQerrorMessage(postgres->connection) : "";
    if (!postgres->failed)
        diag_report(postgres->diag, SEVERITY_ERROR, EXIT_INPUT, id,
                    (struct place){postgres->request.path, 0, 0}, "%s%s%.*s", what,
                    said[0] ? ": " : "", (int)strcspn(said, "\n"), said);
    postgres->failed = true;
    return false;
}

static int
timeout_ms(const struct postgres *postgres)
{
    unsigned seconds = postgres->request.extract->timeout;
    return (int)(seconds ? seconds : 60) * 1000;
}

/* Waits for the server; false when it said nothing in time. */
static bool
wait_for(struct postgres *postgres, short events)
{
    struct pollfd poll_for = {PQsocket(postgres->connection), events, 0};
    int ready;
    while ((ready = poll(&poll_for, 1, timeout_ms(postgres))) < 0 && errno == EINTR)
        continue;
    if (ready > 0)
        return true;
    return fail(postgres, "postgres.timeout", "the server did not answer in time");
}

static bool
fail_to_connect(struct postgres *postgres)
{
    fail(postgres, "postgres.connect", "no connection");
    if (postgres->connection && PQconnectionNeedsPassword(postgres->connection))
        diag_hint(postgres->diag, "set PGPASSWORD, or write it into .pgpass or the service file");
    return false;
}

static bool
open_connection(struct postgres *postgres)
{
    postgres->connection = PQconnectStart(postgres->request.extract->postgres);
    if (!postgres->connection || PQstatus(postgres->connection) == CONNECTION_BAD)
        return fail_to_connect(postgres);
    for (PostgresPollingStatusType state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;
         state = PQconnectPoll(postgres->connection)) {
        if (state == PGRES_POLLING_FAILED)
            return fail_to_connect(postgres);
        if (!wait_for(postgres, state == PGRES_POLLING_READING ? POLLIN : POLLOUT))
            return false;
    }
    if (PQsetClientEncoding(postgres->connection, "UTF8") != 0)
        return fail(postgres, "postgres.encoding", "the server does not give UTF-8");
    return true;
}

/* The next result of what was sent; NULL at the end or after a failure. */
static PGresult *
next_result(struct postgres *postgres)
{
    while (PQisBusy(postgres->connection))
        if (!wait_for(postgres, POLLIN) || PQconsumeInput(postgres->connection) == 0)
            return fail(postgres, "postgres.lost", "the connection was lost"), NULL;
    return PQgetResult(postgres->connection);
}

static void
drain(struct postgres *postgres)
{
    for (PGresult *result; (result = next_result(postgres));)
        PQclear(result);
}

/* COPY is a statement of its own: engines that know the protocol may not know it. */
static bool
refuses_copy(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state && (strcmp(state, "0A000") == 0 || strcmp(state, "42601") == 0 ||
                     strcmp(state, "42501") == 0);
}

/* Sends COPY, the query on lines of its own: it may end in a comment. *refused: this server wants
 * the plain query. */
static bool
start_copy(struct postgres *postgres, bool *refused)
{
    struct buf sql = {0};
    buf_printf(&sql, "COPY (%s\n) TO STDOUT (FORMAT csv, HEADER)",
               postgres->request.extract->query);
    bool sent = PQsendQuery(postgres->connection, sql.bytes) == 1;
    buf_free(&sql);
    PGresult *result = sent ? next_result(postgres) : NULL;
    bool copying = PQresultStatus(result) == PGRES_COPY_OUT;
    *refused = !copying && result && refuses_copy(result);
    if (!copying && !*refused)
        fail(postgres, "postgres.query", "the query failed");
    PQclear(result);
    if (!copying && !postgres->failed)
        drain(postgres);
    return copying;
}

/* The next piece of the stream: 1, 0 at its end, -1 after a failure. */
static int
next_piece(struct postgres *postgres)
{
    PQfreemem(postgres->piece);
    postgres->piece = NULL;
    postgres->at = postgres->length = 0;
    int length;
    while ((length = PQgetCopyData(postgres->connection, &postgres->piece, 1)) == 0)
        if (!wait_for(postgres, POLLIN) || PQconsumeInput(postgres->connection) == 0)
            return fail(postgres, "postgres.lost", "the connection was lost"), -1;
    if (length > 0) {
        postgres->length = (size_t)length;
        return 1;
    }
    PGresult *result = length == -1 ? next_result(postgres) : NULL;
    bool whole = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return whole ? 0 : (fail(postgres, "postgres.lost", "the result is not whole"), -1);
}

static ssize_t
read_stream(void *context, char *room, size_t size)
{
    struct postgres *postgres = context;
    if (postgres->failed)
        return -1;
    if (postgres->ended)
        return 0;
    if (postgres->at == postgres->length) {
        int more = next_piece(postgres);
        if (more <= 0) {
            postgres->ended = true;
            return more;
        }
    }
    size_t left = postgres->length - postgres->at, length = left < size ? left : size;
    memcpy(room, postgres->piece + postgres->at, length);
    postgres->at += length;
    return (ssize_t)length;
}

static void
feed_row(struct source_feed *feed, const PGresult *result, struct text *cells, uint64_t line)
{
    for (int c = 0; c < PQnfields(result); c++)
        cells[c] = (struct text){PQgetvalue(result, 0, c), (uint32_t)PQgetlength(result, 0, c)};
    source_row(feed, cells, line);
}

static bool
name_columns(struct postgres *postgres, struct source_feed *feed, const PGresult *result)
{
    int count = PQnfields(result);
    const char **names = memory_new((size_t)count + 1, sizeof *names);
    for (int c = 0; c < count; c++)
        names[c] = PQfname(result, c);
    bool bound = source_columns(feed, (uint32_t)count, names, postgres->diag);
    free(names);
    return bound;
}

/* The plain query in single-row mode. */
static bool
produce(void *context, struct source_feed *feed)
{
    struct postgres *postgres = context;
    struct text *cells = NULL;
    bool good = PQsendQuery(postgres->connection, postgres->request.extract->query) == 1 &&
                PQsetSingleRowMode(postgres->connection) == 1;
    if (!good)
        return fail(postgres, "postgres.query", "the query cannot be sent");
    uint64_t line = 1;
    for (PGresult *result; good && (result = next_result(postgres)); PQclear(result)) {
        ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK) {
            good = fail(postgres, "postgres.query", "the query failed");
        } else if (!cells) {
            good = name_columns(postgres, feed, result);
            cells = memory_new((size_t)PQnfields(result) + 1, sizeof *cells);
        }
        if (good && status == PGRES_SINGLE_TUPLE)
            feed_row(feed, result, cells, ++line);
    }
    free(cells);
    return good && !postgres->failed;
}

static bool
read_rows(void *context, struct delivery *delivery, struct extract_file *file, struct diag *diag)
{
    struct postgres *postgres = context;
    (void)diag;
    if (postgres->csv)
        return csvfile_read(postgres->csv, delivery, file, diag) && !postgres->failed;
    file->encoding = "utf-8";
    return source_rows(&postgres->request, delivery, NULL, produce, postgres);
}

static void
close_postgres(void *context)
{
    struct postgres *postgres = context;
    if (postgres->csv)
        csvfile_close(postgres->csv);
    PQfreemem(postgres->piece);
    PQfinish(postgres->connection);
    free(postgres);
}

bool
source_open_postgres(struct source *source, const struct source_request *request, struct diag *diag)
{
    struct postgres *postgres = memory_new(1, sizeof *postgres);
    bool refused = false;
    postgres->request = *request;
    postgres->diag = diag;
    if (open_connection(postgres) && start_copy(postgres, &refused)) {
        const struct input_stream stream = {postgres, read_stream};
        postgres->csv = csvfile_open_stream(request->path, stream, request->mapping, diag);
        postgres->failed |= !postgres->csv;
    }
    if (postgres->failed || (!postgres->csv && !refused)) {
        close_postgres(postgres);
        return false;
    }
    *source = (struct source){postgres->csv ? postgres->csv->binding : NULL, postgres, read_rows,
                              close_postgres};
    return true;
}
