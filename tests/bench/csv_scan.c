/* csv_scan JOBS FILE ...: reads CSV files whole, every column a wanted field: split, unescaped, and
 * what looks like a day or a number read as one. Nothing is kept: the cost of reading alone. */
#include "config.h"
#include "extract.h"
#include "iso_day.h"
#include "number.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MOST = 64 };

struct sums { /* so that no work can be left out */
    _Atomic uint64_t bytes, days, numbers;
};

static bool
is_digits(struct text cell)
{
    for (uint32_t i = 0; i < cell.length; i++)
        if ((cell.bytes[i] < '0' || cell.bytes[i] > '9') && cell.bytes[i] != '.')
            return false;
    return cell.length > 0;
}

static void *
parse(void *context, const struct rows *rows)
{
    struct sums *sums = context;
    uint64_t bytes = 0, days = 0, numbers = 0, cells = (uint64_t)rows->count * rows->fields;
    day found[64];
    for (uint64_t i = 0; i < cells; i++) {
        struct text cell = rows->cell[i];
        struct decimal number;
        bytes += cell.length;
        if (i % 64 == 0)
            iso_days(rows->cell + i, 1, cells - i < 64 ? (uint32_t)(cells - i) : 64, found);
        if (found[i % 64] != DAY_NONE)
            days += (uint64_t)found[i % 64];
        else if (is_digits(cell) && number_parse_plain(cell, &number))
            numbers += (uint64_t)number.coefficient;
    }
    atomic_fetch_add(&sums->bytes, bytes);
    atomic_fetch_add(&sums->days, days);
    atomic_fetch_add(&sums->numbers, numbers);
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
    if (!file)
        return 0;
    if (!fgets(line, (int)size, file))
        line[0] = '\0';
    fclose(file);
    line[strcspn(line, "\r\n")] = '\0';
    for (char *rest = line; rest && *rest && count < FIELDS_MOST; count++) {
        names[count] = rest;
        rest = strchr(rest, ',');
        if (rest)
            *rest++ = '\0';
    }
    return count;
}

static bool
scan(const char *path, unsigned jobs)
{
    static char line[65536];
    const char *names[FIELDS_MOST];
    bool mapped[FIELDS_MOST];
    struct sums sums = {0, 0, 0};
    uint32_t count = read_header(path, line, sizeof line, names);
    const struct config_extract extract = {.present = true, .file = path};
    struct diag *diag = diag_new(stderr, false, false);
    struct extract_log *log = extract_log_new();
    struct extract_report report = {0};
    bool good =
        count && extract_read(NULL, &extract, TABLE_ACTIVITIES, names, count, mapped,
                              (struct row_sink){&sums, parse, take}, jobs, log, &report, diag);
    printf("%s: %llu rows, %llu bytes of cells, days %llu, numbers %llu\n", path,
           (unsigned long long)report.read, (unsigned long long)sums.bytes,
           (unsigned long long)sums.days, (unsigned long long)sums.numbers);
    extract_log_free(log);
    diag_flush(diag);
    diag_free(diag);
    return good;
}

int
main(int count, char **words)
{
    bool good = count > 2;
    for (int i = 2; i < count && good; i++)
        good = scan(words[i], (unsigned)strtoul(words[1], NULL, 10));
    return good ? 0 : 1;
}
