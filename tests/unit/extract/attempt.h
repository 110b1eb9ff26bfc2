/* attempt: an XML text read in a shape, all of it put down as strings to compare. */
#ifndef SEFPACK_TESTS_EXTRACT_ATTEMPT_H
#define SEFPACK_TESTS_EXTRACT_ATTEMPT_H

#include "buf.h"
#include "xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct seen { /* what the sink was given, one line a record: cells joined by '|' */
    struct buf rows, unmapped;
    uint32_t columns, count, last_line;
};

static inline bool
take_row(void *context, const struct text *cells, uint32_t line)
{
    struct seen *seen = context;
    for (uint32_t c = 0; c < seen->columns; c++) {
        if (c)
            buf_char(&seen->rows, '|');
        buf_text(&seen->rows, cells[c]);
    }
    buf_char(&seen->rows, '\n');
    seen->count++;
    seen->last_line = line;
    return true;
}

static inline void
take_unmapped(void *context, const char *name)
{
    struct seen *seen = context;
    buf_printf(&seen->unmapped, "%s ", name);
}

struct attempt {
    bool read;
    struct seen seen;
    char message[512];
};

static inline void
attempt_forget(struct attempt *attempt)
{
    buf_free(&attempt->seen.rows);
    buf_free(&attempt->seen.unmapped);
}

static inline struct attempt
attempt_file(const char *path, const struct xml_shape *shape, uint32_t count,
             const char *const *columns)
{
    struct attempt attempt = {.seen = {.columns = count}};
    FILE *messages = tmpfile();
    struct diag *diag = diag_new(messages, false, false);
    struct xml_sink sink = {&attempt.seen, take_row, take_unmapped, NULL};
    attempt.read = xml_read(path, shape, count, columns, sink, diag);
    diag_flush(diag);
    rewind(messages);
    size_t length = fread(attempt.message, 1, sizeof attempt.message - 1, messages);
    attempt.message[length] = '\0';
    fclose(messages);
    diag_free(diag);
    return attempt;
}

static inline struct attempt
attempt_bytes(const void *bytes, size_t length, const struct xml_shape *shape, uint32_t count,
              const char *const *columns)
{
    char path[] = "/tmp/sefpack-xml-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, bytes, length), (ssize_t)length);
    close(fd);
    struct attempt attempt = attempt_file(path, shape, count, columns);
    unlink(path);
    return attempt;
}

static inline struct attempt
attempt_text(const char *xml, const struct xml_shape *shape, uint32_t count,
             const char *const *columns)
{
    return attempt_bytes(xml, strlen(xml), shape, count, columns);
}

#endif
