/* gather: a text read as a CSV file, all of it put down as one string to compare. */
#ifndef SEFPACK_TEST_GATHER_H
#define SEFPACK_TEST_GATHER_H

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "csvfile.h"
#include "delivery.h"
#include "extract.h"
#include "lines.h"
#include "mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct gather {
    /* how */
    struct config_extract extract;
    uint32_t chunk; /* 0: as it is */
    const struct scan_kernel *kernel;
    unsigned jobs;
    /* what came: rows as LINE|CELL|CELL, then rejects as LINE!REASON */
    struct buf rows, rejects, raw, messages;
    struct extract_report report;
    struct extract_file file;
    char delimiter;
    uint32_t columns;
    bool good;
};

static void *
gather_parse(void *context, const struct rows *rows)
{
    (void)context;
    return lines_of(rows);
}

static void
gather_take(void *context, void *parsed)
{
    struct gather *gather = context;
    lines_add(&gather->rows, parsed);
}

static char *
gather_file(const void *bytes, size_t length)
{
    char *path = strdup("/tmp/sefpack-csv-XXXXXX");
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
        abort();
    close(fd);
    return path;
}

/* All columns of the file as they stand. */
static void
gather_bind_all(struct csvfile *csv)
{
    struct binding *all = arena_alloc(csv->arena, sizeof *all);
    uint32_t columns = csv->dialect.columns;
    *all = *csv->binding;
    all->field_count = all->plain_count = columns;
    all->plain = arena_array(csv->arena, columns, sizeof *all->plain);
    for (uint32_t i = 0; i < columns; i++)
        all->plain[i] = (struct wanted){i, i};
    csv->binding = all;
}

static void
gather_path(struct gather *gather, const char *path)
{
    FILE *stream = tmpfile();
    struct diag *diag = diag_new(stream, false, false);
    struct mapping *mapping = mapping_new(NULL, &gather->extract, TABLE_ACCOUNTS, NULL, 0, diag);
    struct extract_log *log = extract_log_new();
    log->hashed = true;
    struct csvfile *csv =
        csvfile_open(path, &gather->extract, mapping, gather->jobs ? gather->jobs : 1, diag);
    if (csv) {
        struct delivery delivery = {
            .sink = {gather, gather_parse, gather_take}, .log = log, .report = &gather->report};
        if (gather->chunk)
            csv->chunk = gather->chunk;
        if (gather->kernel)
            csv->kernel = gather->kernel;
        gather_bind_all(csv);
        gather->delimiter = csv->dialect.delimiter;
        gather->columns = csv->dialect.columns;
        gather->good = csvfile_read(csv, &delivery, &gather->file, diag);
        gather->file.encoding = gather->file.encoding ? strdup(gather->file.encoding) : NULL;
        csvfile_close(csv);
    }
    extract_log_sort(log);
    for (size_t i = 0; i < log->rejected_count; i++) {
        buf_printf(&gather->rejects, "%u!%s\n", log->rejected[i].line, log->rejected[i].reason);
        buf_printf(&gather->raw, "%s\n", log->rejected[i].raw);
    }
    extract_log_free(log);
    mapping_free(mapping);
    diag_flush(diag);
    diag_free(diag);
    rewind(stream);
    for (int c; (c = getc(stream)) != EOF;)
        buf_char(&gather->messages, (char)c);
    fclose(stream);
    buf_add(&gather->rows, "", 0);
    buf_add(&gather->rejects, "", 0);
    buf_add(&gather->messages, "", 0);
}

static inline void
gather_bytes(struct gather *gather, const void *bytes, size_t length)
{
    char *path = gather_file(bytes, length);
    gather_path(gather, path);
    unlink(path);
    free(path);
}

static inline void
gather_free(struct gather *gather)
{
    free((char *)(uintptr_t)gather->file.encoding);
    buf_free(&gather->rows);
    buf_free(&gather->rejects);
    buf_free(&gather->raw);
    buf_free(&gather->messages);
    *gather = (struct gather){0};
}

static inline const char *
gather_string(const struct buf *buf)
{
    return buf->bytes ? buf->bytes : "";
}

#endif
