/* extraction: extract_read into one string to compare, in a folder of its own; behind cmocka.h. */
#ifndef SEFPACK_TEST_EXTRACTION_H
#define SEFPACK_TEST_EXTRACTION_H

#include "buf.h"
#include "config.h"
#include "extract.h"
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIELDS_MOST = 8 };

struct reading {
    char folder[64];
    struct config_extract extract;
    const struct config *config;
    enum table table;
    unsigned jobs;
    struct buf rows, rejects, messages;
    struct extract_report report;
    struct extract_log *log;
    bool mapped[FIELDS_MOST];
    bool hashed, good, mapped_at_parse[FIELDS_MOST];
};

static void *
parse(void *context, const struct rows *rows)
{
    struct reading *reading = context;
    for (uint32_t f = 0; f < rows->fields; f++)
        reading->mapped_at_parse[f] = reading->mapped[f];
    return lines_of(rows);
}

static void
take(void *context, void *parsed)
{
    struct reading *reading = context;
    lines_add(&reading->rows, parsed);
}

static inline void
begin(struct reading *reading)
{
    *reading = (struct reading){.jobs = 2, .table = TABLE_DEALS};
    strcpy(reading->folder, "/tmp/sefpack-extract-XXXXXX");
    assert_non_null(mkdtemp(reading->folder));
    reading->extract.present = true;
}

static const char *
path_of(const struct reading *reading, const char *name)
{
    static char path[4][256];
    static unsigned next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", reading->folder, name);
    return path[next];
}

static inline void
put(const struct reading *reading, const char *name, const char *text)
{
    FILE *file = fopen(path_of(reading, name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline void
read_fields(struct reading *reading, const char *pattern, const char *const *fields, uint32_t count)
{
    char path[256];
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    snprintf(path, sizeof path, "%s/%s", reading->folder, pattern);
    reading->extract.file = path;
    extract_log_free(reading->log); /* of a reading before */
    reading->log = extract_log_new();
    reading->log->hashed = reading->hashed;
    reading->good = extract_read(reading->config, &reading->extract, reading->table, fields, count,
                                 reading->mapped, (struct row_sink){reading, parse, take},
                                 reading->jobs, reading->log, &reading->report, diag);
    extract_log_sort(reading->log);
    for (size_t i = 0; i < reading->log->rejected_count; i++)
        buf_printf(&reading->rejects, "%u!%s!%s\n", reading->log->rejected[i].line,
                   reading->log->rejected[i].reason, reading->log->rejected[i].raw);
    buf_string(&reading->rows, "");
    buf_string(&reading->rejects, "");
    assert_int_equal(diag_exit(diag), reading->good ? EXIT_OK : EXIT_INPUT);
    diag_flush(diag);
    diag_free(diag);
    rewind(stream);
    buf_string(&reading->messages, "");
    for (int c; (c = getc(stream)) != EOF;)
        buf_char(&reading->messages, (char)c);
    fclose(stream);
}

static inline void
end(struct reading *reading)
{
    char command[128];
    extract_log_free(reading->log);
    buf_free(&reading->rows);
    buf_free(&reading->rejects);
    buf_free(&reading->messages);
    snprintf(command, sizeof command, "rm -rf '%s'", reading->folder);
    assert_int_equal(system(command), 0);
}

#define READ(reading, pattern, ...)                                                                \
    read_fields(reading, pattern, (const char *const[]){__VA_ARGS__},                              \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

#define COLUMNS(...)                                                                               \
    {                                                                                              \
        .count = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),                      \
        .string = (const char *const[])                                                            \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

#endif
