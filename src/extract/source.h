/* source: what every kind of input (CSV, XML, PostgreSQL) looks like to extract.c.
 *
 * A source that is CSV text hands its bytes to csvfile.h. One that has rows of cells (XML, a query
 * row by row) runs source_rows with a function that calls source_row for each: rows are copied into
 * batches, mapped like those of a CSV file, parsed on other threads and taken in order. */
#ifndef SEFPACK_EXTRACT_SOURCE_H
#define SEFPACK_EXTRACT_SOURCE_H

#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct binding;
struct config_extract;
struct delivery;
struct extract_file;
struct mapping;
struct tray;

struct source_request {
    const char *path; /* a file, or the name of a query for messages; outlives the source */
    const struct config_extract *extract;
    const struct mapping *mapping;
    bool *mapped; /* by field: set once it is known that something feeds it; never unset */
    unsigned jobs;
};

/* One input, opened; its header is bound where it has one. */
struct source {
    const struct binding *binding; /* NULL while not known: then read() sees to `mapped` */
    void *context;
    /* All rows into the delivery; completes `file` but for its path and rows. False after an error
     * in diag. */
    bool (*read)(void *context, struct delivery *delivery, struct extract_file *file,
                 struct diag *diag);
    void (*close)(void *context);
};

/* Each kind opens like this: false after an error in diag (exit code 5). */
bool
source_open_csv(struct source *source, const struct source_request *request, struct diag *diag);

bool
source_open_xml(struct source *source, const struct source_request *request, struct diag *diag);

/* Declared here and written in postgres.c. */
bool
source_open_postgres(struct source *source, const struct source_request *request,
                     struct diag *diag);

/* Rows on their way into batches. */
struct source_feed;

/* Runs produce(context, feed) and delivers what it feeds; `produce` runs on a thread of its own
 * when there are jobs. `tray` is NULL where it calls source_columns. False when it gave false. */
bool
source_rows(const struct source_request *request, struct delivery *delivery, struct tray *tray,
            bool (*produce)(void *context, struct source_feed *feed), void *context);

/* Before the first row: the columns of all rows to come. False after an error in diag. Strings are
 * copied. */
bool
source_columns(struct source_feed *feed, uint32_t columns, const char *const *names,
               struct diag *diag);

/* One row: cells[columns], copied. */
void
source_row(struct source_feed *feed, const struct text *cells, uint64_t line);

/* Behind the last row, where source_rows does not run: which columns fed which fields. */
void
source_settle(const struct source_request *request, struct delivery *delivery, struct tray *tray);

#endif
