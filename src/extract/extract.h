/* extract: files and queries as batches of rows of text, each row with its place.
 *
 * A source (CSV, XML, PostgreSQL) is read whole; the mapping is already applied: a batch holds one
 * cell per canonical field of the table. Batches are parsed on several threads and taken in the
 * order of the input, so that no result depends on the number of threads. */
#ifndef SEFPACK_EXTRACT_EXTRACT_H
#define SEFPACK_EXTRACT_EXTRACT_H

#include "diag.h"
#include "table.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct config_extract;

/* Consecutive rows of one file. Cells are UTF-8 without quotes, not trimmed; they die with the
 * batch. A field that nothing feeds has length 0 in every row and mapped[field] false. */
struct rows {
    const char *file; /* as configured or matched; lives as long as the run */
    uint32_t count, fields;
    const struct text *cell; /* cell[row * fields + field] */
    const uint32_t *line;    /* line[row]: where the row begins, 1-based */
    const struct text *raw;  /* raw[row]: the bytes of the row as they stood, for rejected.csv */
    uint64_t bytes, ahead;   /* of the file, read for these rows and still to be read; or both 0 */
};

/* What takes the rows of one extract. */
struct row_sink {
    void *context;
    /* On any thread, for one batch; what it returns goes to take(). */
    void *(*parse)(void *context, const struct rows *rows);
    /* In the order of the input, one at a time; owns `parsed`. The batch is gone by now. */
    void (*take)(void *context, void *parsed);
};

/* One rejected row; strings live in the report's arena. */
struct rejected {
    enum table table;
    const char *file;
    uint32_t line;
    const char *column; /* header name or canonical field, or NULL */
    const char *reason; /* a short stable phrase: `too few cells`, `closed without a day` */
    const char *value;  /* what stands in a cell that belongs to a closed list (stage), or NULL */
    const char *raw;    /* the row's text, at most 4 KiB, cut bytes replaced */
};

struct extract_file {
    const char *path;
    const char *encoding; /* utf-8, utf-16le, windows-1252 ... as found or configured */
    char delimiter;       /* 0 for XML and queries */
    char sha256[65];      /* of its bytes, if the log is `hashed`; else "" */
    bool once;            /* a pipe: its bytes are gone once they are read */
    uint64_t bytes, rows;
};

struct extract_lookup { /* a file whose values stand in for cells */
    const char *path;
    char sha256[65];
};

struct extract_column {         /* which column fed which field, for `check --verbose` */
    const char *field, *column; /* column NULL: a constant, or nothing */
    const char *near;           /* an unmapped header that looks like it, or NULL */
    const char *other;          /* another column that could feed it and feeds nothing, or NULL */
    const char *wanted;         /* a column of the config's own that is not there, or NULL */
    bool filled;                /* a cell that holds something was seen; set by record */
};

struct extract_noted { /* cells of one field that are unknown: unreadable, or of no row */
    const char *field;
    uint64_t count;
    const char *file; /* of the first */
    uint32_t line;
};

/* What was read of one extract. Counts obey: read = used + rejected + ignored + future (I7). */
struct extract_report {
    enum table table;
    bool configured;
    uint32_t file_count;
    struct extract_file *file;
    uint32_t lookup_count;
    const struct extract_lookup *lookup;
    uint32_t column_count;
    struct extract_column *column;
    uint32_t unmapped_count;
    const char **unmapped; /* headers that feed nothing */
    uint64_t read, used, rejected, ignored, future;
    uint64_t ignored_footer, ignored_repeated_header, ignored_dropped, ignored_duplicate,
        blank_lines;
    uint64_t orphans;
    uint32_t unreadable_count, orphaned_count;
    struct extract_noted *unreadable;       /* optional cells taken as unknown; set by record */
    struct extract_noted *orphaned;         /* references to rows that no extract has */
    bool belated;                           /* see extract_read */
    uint64_t by_name;                       /* references that give a name instead of an id */
    const char *decimal_found, *date_found; /* as stated in the data report, or NULL */
};

struct extract_log { /* of the whole run */
    struct arena *arena;
    bool hashed; /* wanted: the hash of each file, for the manifest of a run; set before reading */
    struct extract_report table[TABLE_COUNT];
    struct extract_report previous;
    size_t rejected_count, rejected_capacity;
    struct rejected *rejected; /* in order of table, file, line after extract_log_sort */
    size_t raw_bytes;          /* of their texts; beyond 64 MiB rows are kept without text */
};

struct extract_log *
extract_log_new(void);

void
extract_log_free(struct extract_log *log);

/* Puts the rejected rows in order of table, file, line, column, reason. */
void
extract_log_sort(struct extract_log *log);

/* Adds a rejected row (copies all strings; `value` may be empty). Not thread-safe: call from
 * take(). */
void
extract_reject(struct extract_log *log, enum table table, const char *file, uint32_t line,
               const char *column, const char *reason, struct text value, struct text raw);

/* Whether some of the extract's files cannot be read a second time. */
bool
extract_once(const struct extract_report *report);

/* Reads one extract into the sink; `fields` are the canonical fields wanted, `field_count` of
 * them, in the order of the batch's cells. `mapped[f]` is set for each before the first parse().
 * Where a source only shows by its rows what feeds what (XML), that is what they have shown by
 * then; for what only comes later it is set at the end, and the report is `belated`: a second
 * reading, with `mapped` and `belated` as the first has left them, knows it from the start.
 * A faulty file, header or connection is an error in `diag` (exit code 5) and gives false; then
 * nothing may be published. Rows that cannot be split go to `log` with reasons of their own. */
bool
extract_read(const struct config *config, const struct config_extract *extract, enum table table,
             const char *const *fields, uint32_t field_count, bool *mapped, struct row_sink sink,
             unsigned jobs, struct extract_log *log, struct extract_report *report,
             struct diag *diag);

#endif
