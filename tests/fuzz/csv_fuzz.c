/* Any bytes as a CSV file: no row is lost without a word, and chunks and kernels change nothing.
 * The first byte picks a chunk size and a delimiter. */
#include "arena.h"
#include "buf.h"
#include "config.h"
#include "csvfile.h"
#include "delivery.h"
#include "fuzz.h"
#include "mapping.h"
#include "scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct reading {
    struct buf rows;
    uint64_t count;
    struct extract_report report;
    bool good;
};

static void *
parse(void *context, const struct rows *rows)
{
    struct reading *reading = context;
    for (uint32_t r = 0; r < rows->count; r++) {
        buf_printf(&reading->rows, "%u", rows->line[r]);
        for (uint32_t f = 0; f < rows->fields; f++) {
            struct text cell = rows->cell[(size_t)r * rows->fields + f];
            CHECK(text_valid_utf8(cell.bytes, cell.length) == cell.length);
            buf_char(&reading->rows, '|');
            buf_text(&reading->rows, cell);
        }
        buf_char(&reading->rows, '\n');
    }
    reading->count += rows->count;
    return NULL;
}

static void
take(void *context, void *parsed)
{
    (void)context;
    (void)parsed;
}

static void
bind_all(struct csvfile *csv)
{
    struct binding *all = arena_alloc(csv->arena, sizeof *all);
    *all = *csv->binding;
    all->field_count = all->plain_count = csv->dialect.columns;
    all->plain = arena_array(csv->arena, all->plain_count, sizeof *all->plain);
    for (uint32_t i = 0; i < all->plain_count; i++)
        all->plain[i] = (struct wanted){i, i};
    csv->binding = all;
}

static struct reading
read_with(const char *path, char delimiter, uint32_t chunk, const struct scan_kernel *kernel)
{
    struct reading reading = {0};
    struct config_extract extract = {.delimiter = delimiter};
    struct diag *diag = diag_new(NULL, false, false);
    struct mapping *mapping = mapping_new(NULL, &extract, TABLE_ACCOUNTS, NULL, 0, diag);
    struct extract_log *log = extract_log_new();
    struct csvfile *csv = csvfile_open(path, &extract, mapping, 1, diag);
    if (csv) {
        struct delivery delivery = {
            .sink = {&reading, parse, take}, .log = log, .report = &reading.report};
        struct extract_file file = {0};
        csv->chunk = chunk;
        csv->kernel = kernel;
        bind_all(csv);
        reading.good = csvfile_read(csv, &delivery, &file, diag);
        csvfile_close(csv);
    }
    for (size_t i = 0; i < log->rejected_count; i++)
        buf_printf(&reading.rows, "%u!%s!%s\n", log->rejected[i].line, log->rejected[i].reason,
                   log->rejected[i].raw);
    CHECK(reading.good == (diag_exit(diag) == EXIT_OK));
    CHECK(log->rejected_count == reading.report.rejected);
    CHECK(reading.report.read == reading.count + reading.report.rejected + reading.report.ignored);
    extract_log_free(log);
    mapping_free(mapping);
    diag_free(diag);
    return reading;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char delimiters[] = {0, ',', ';', '\t'};
    if (size < 1)
        return 0;
    uint8_t first = *bytes;
    int fd = memfd_create("csv", MFD_CLOEXEC);
    CHECK(fd >= 0 && write(fd, bytes + 1, size - 1) == (ssize_t)size - 1);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char delimiter = delimiters[first & 3];
    struct reading whole = read_with(path, delimiter, 1 << 16, &scan_portable);
    struct reading parts = read_with(path, delimiter, 1 + (first >> 2), scan_kernel());
    CHECK(whole.good == parts.good && whole.rows.length == parts.rows.length);
    CHECK(!whole.rows.length || memcmp(whole.rows.bytes, parts.rows.bytes, whole.rows.length) == 0);
    buf_free(&whole.rows);
    buf_free(&parts.rows);
    close(fd);
    return 0;
}
