/* csv_scan FILE [JOBS]: seconds to read a CSV file whole, its first columns as the wanted fields:
 * split, unescaped and hashed, nothing parsed. Prints the best of five. */
#include "arena.h"
#include "config.h"
#include "extract.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIELDS_MOST = 64, ROUNDS = 5 };

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double
cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Touches every cell. */
static void *
parse(void *context, const struct rows *rows)
{
    uint64_t bytes = 0, cells = (uint64_t)rows->count * rows->fields;
    for (uint64_t i = 0; i < cells; i++)
        bytes += rows->cell[i].length;
    atomic_fetch_add((_Atomic uint64_t *)context, bytes);
    return NULL;
}

static void
take(void *context, void *parsed)
{
    (void)context;
    (void)parsed;
}

/* The names in the first line of the file, plain and separated by commas. */
static uint32_t
read_header(const char *path, char *line, size_t size, const char **names)
{
    FILE *file = fopen(path, "r");
    uint32_t count = 0;
    if (!file || !fgets(line, (int)size, file))
        return 0;
    fclose(file);
    line[strcspn(line, "\r\n")] = '\0';
    for (char *rest = line; rest && count < FIELDS_MOST; count++) {
        names[count] = rest;
        rest = strchr(rest, ',');
        if (rest)
            *rest++ = '\0';
    }
    return count;
}

int
main(int argc, char **argv)
{
    char line[65536];
    const char *names[FIELDS_MOST];
    bool mapped[FIELDS_MOST];
    uint32_t count = argc > 1 ? read_header(argv[1], line, sizeof line, names) : 0;
    if (!count)
        return EXIT_USAGE;
    unsigned jobs = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2;
    const struct config_extract extract = {.present = true, .file = argv[1]};
    double best = 1e9, best_cpu = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        _Atomic uint64_t bytes = 0;
        struct diag *diag = diag_new(stderr, false, false);
        struct extract_log *log = extract_log_new();
        struct extract_report report = {0};
        double start = now(), used = cpu();
        bool good = extract_read(NULL, &extract, TABLE_ACTIVITIES, names, count, mapped,
                                 (struct row_sink){&bytes, parse, take}, jobs, log, &report, diag);
        double wall = now() - start;
        used = cpu() - used;
        best = wall < best ? wall : best;
        best_cpu = used < best_cpu ? used : best_cpu;
        if (round == 0)
            printf("%s: %llu rows, %llu bytes of cells\n", argv[1], (unsigned long long)report.read,
                   (unsigned long long)bytes);
        extract_log_free(log);
        diag_flush(diag);
        diag_free(diag);
        if (!good)
            return EXIT_INPUT;
    }
    printf("jobs %u: wall %.3f s, cpu %.3f s\n", jobs, best, best_cpu);
    return 0;
}
