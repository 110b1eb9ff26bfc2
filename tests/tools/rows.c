/* rows FILE [--delimiter c] [--encoding name]: the rows of a CSV file as the program
 * reads them, header first, as canonical CSV on stdout; rejected rows on stderr. Exit 5 when the
 * file cannot be read at all. */
#include "arena.h"
#include "config.h"
#include "csvfile.h"
#include "delivery.h"
#include "mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
print_cell(struct text cell)
{
    bool quoted = cell.length &&
                  (memchr(cell.bytes, ',', cell.length) || memchr(cell.bytes, '"', cell.length) ||
                   memchr(cell.bytes, '\n', cell.length) || memchr(cell.bytes, '\r', cell.length));
    if (quoted)
        putchar('"');
    for (uint32_t i = 0; i < cell.length; i++) {
        if (cell.bytes[i] == '"')
            putchar('"');
        putchar(cell.bytes[i]);
    }
    if (quoted)
        putchar('"');
}

static void
print_row(const struct text *cell, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            putchar(',');
        print_cell(cell[i]);
    }
    putchar('\n');
}

/* Printed while parsing: the tool reads with one job. */
static void *
print_rows(void *context, const struct rows *rows)
{
    (void)context;
    for (uint32_t i = 0; i < rows->count; i++)
        print_row(rows->cell + (size_t)i * rows->fields, rows->fields);
    return NULL;
}

static void
take_nothing(void *context, void *parsed)
{
    (void)context;
    (void)parsed;
}

/* Every column as it stands, whatever its name. */
static void
bind_all(struct csvfile *csv)
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
print_report(const struct extract_log *log, const struct extract_report *report,
             const struct extract_file *file)
{
    for (size_t i = 0; i < log->rejected_count; i++)
        fprintf(stderr, "%s:%u: rejected: %s\n", file->path, log->rejected[i].line,
                log->rejected[i].reason);
    fprintf(stderr, "%s: %s, delimiter %s, read %llu, rejected %llu, ignored %llu, blank %llu\n",
            file->path, file->encoding,
            file->delimiter == '\t' ? "tab" : (char[2]){file->delimiter},
            (unsigned long long)report->read, (unsigned long long)report->rejected,
            (unsigned long long)report->ignored, (unsigned long long)report->blank_lines);
}

static bool
run(const struct config_extract *extract, struct diag *diag)
{
    struct mapping *mapping = mapping_new(NULL, extract, TABLE_ACCOUNTS, NULL, 0, diag);
    struct csvfile *csv = csvfile_open(extract->file, extract, mapping, 1, diag);
    bool good = csv != NULL;
    if (csv) {
        struct extract_log *log = extract_log_new();
        struct extract_report report = {0};
        struct extract_file file = {.path = extract->file};
        struct delivery delivery = {
            .sink = {NULL, print_rows, take_nothing}, .log = log, .report = &report};
        bind_all(csv);
        print_row(csv->dialect.header, csv->dialect.columns);
        good = csvfile_read(csv, &delivery, &file, diag);
        if (good)
            print_report(log, &report, &file);
        extract_log_free(log);
        csvfile_close(csv);
    }
    mapping_free(mapping);
    return good;
}

int
main(int argc, char **argv)
{
    struct config_extract extract = {.present = true};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--delimiter") == 0 && i + 1 < argc) {
            i++;
            extract.delimiter =
                strcmp(argv[i], "tab") == 0 || strcmp(argv[i], "\\t") == 0 ? '\t' : argv[i][0];
        } else if (strcmp(argv[i], "--encoding") == 0 && i + 1 < argc) {
            extract.encoding = argv[++i];
        } else if (!extract.file && argv[i][0] != '-') {
            extract.file = argv[i];
        } else {
            extract.file = NULL;
            break;
        }
    }
    if (!extract.file) {
        fputs("usage: rows FILE [--delimiter c|tab] [--encoding name]\n", stderr);
        return EXIT_USAGE;
    }
    struct diag *diag = diag_new(stderr, false, false);
    bool good = run(&extract, diag);
    diag_flush(diag);
    diag_free(diag);
    return fflush(stdout) == 0 && good ? EXIT_OK : EXIT_INPUT;
}
