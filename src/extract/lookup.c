#include "lookup.h"
#include "config.h"
#include "csvfile.h"
#include "delivery.h"
#include "dictionary.h"
#include "mapping.h"

#include <string.h>

/* Key and value of each row of a look-up file, in order. */
struct pairs {
    struct dictionary *dictionary;
    const char *path;
    struct diag *diag;
};

static void *
parse_pairs(void *context, const struct rows *rows)
{
    struct pairs *pairs = context;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct text *cell = &rows->cell[(size_t)i * rows->fields];
        if (cell[0].length && !dictionary_add(pairs->dictionary, cell[0], cell[1]))
            diag_report(pairs->diag, SEVERITY_WARNING, EXIT_OK, "extract.lookup_twice",
                        (struct place){pairs->path, rows->line[i], 0},
                        "\"%.*s\" is there twice with different values; the first one counts",
                        (int)cell[0].length, cell[0].bytes);
    }
    return NULL;
}

static void
take_nothing(void *context, void *parsed)
{
    (void)context;
    (void)parsed;
}

static bool
has_columns(const struct csvfile *csv, const char *const *names, struct diag *diag)
{
    bool all = true;
    for (int i = 0; i < 2; i++)
        if (!csv->binding->fed[i]) {
            diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.lookup_column",
                        (struct place){csv->input.path, (uint32_t)csv->dialect.header_line, 0},
                        "there is no column \"%s\" to look up", names[i]);
            all = false;
        }
    return all;
}

/* Rows that cannot be split would be values silently not found: an error. */
static bool
read_pairs(struct csvfile *csv, struct pairs *pairs, char hash[65])
{
    struct extract_log *log = extract_log_new();
    struct extract_report report = {0};
    struct extract_file file = {0};
    log->hashed = true;
    struct delivery delivery = {
        .sink = {pairs, parse_pairs, take_nothing}, .log = log, .report = &report};
    bool good = csvfile_read(csv, &delivery, &file, pairs->diag);
    for (size_t i = 0; i < log->rejected_count; i++)
        diag_report(pairs->diag, SEVERITY_ERROR, EXIT_INPUT, "extract.lookup_row",
                    (struct place){pairs->path, log->rejected[i].line, 0}, "%s",
                    log->rejected[i].reason);
    good = good && log->rejected_count == 0;
    memcpy(hash, file.sha256, sizeof file.sha256);
    extract_log_free(log);
    return good;
}

struct dictionary *
lookup_load(const char *path, const char *key, const char *take, char hash[65], struct diag *diag)
{
    const char *const names[] = {key, take};
    const struct config_extract extract = {.present = true, .file = path};
    struct mapping *mapping = mapping_new(NULL, &extract, TABLE_ACCOUNTS, names, 2, diag);
    struct csvfile *csv = mapping ? csvfile_open(path, &extract, mapping, 1, diag) : NULL;
    struct pairs pairs = {dictionary_new(), path, diag};
    bool good = csv && has_columns(csv, names, diag) && read_pairs(csv, &pairs, hash);
    if (csv)
        csvfile_close(csv);
    mapping_free(mapping);
    if (good)
        return pairs.dictionary;
    dictionary_free(pairs.dictionary);
    return NULL;
}
