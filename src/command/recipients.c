#include "recipients.h"

#include "address.h"
#include "arena.h"
#include "config.h"
#include "dataset.h"
#include "extract.h"
#include "locale.h"
#include "memory.h"

#include <stdlib.h>

enum { SCOPE, ADDRESS, FORMATS, LANGUAGE, FIELDS };

struct reading {
    const struct config *config;
    const struct dataset *dataset;
    struct recipients *recipients;
    size_t capacity;
    bool mapped[FIELDS];
    struct diag *diag;
};

static void
refuse(const struct reading *reading, uint32_t line, const char *id, const char *what,
       struct text cell)
{
    diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, id,
                (struct place){reading->config->mail.recipients, line, 0}, "%s '%.*s'", what,
                (int)cell.length, cell.bytes);
}

static uint32_t
find_scope(const struct dataset *dataset, struct text id)
{
    if (text_equal_nocase(id, TEXT("company")))
        return 0;
    for (uint32_t t = 0; t < dataset->teams.count; t++)
        if (text_equal(dataset->teams.id[t], id))
            return dataset->team_scope[t];
    for (uint32_t s = 0; s < dataset->sellers.count; s++)
        if (text_equal(dataset->sellers.id[s], id))
            return dataset->seller_scope[s];
    return NONE;
}

/* "pdf html", "pdf;html", "none"; blanks, commas, semicolons, bars and pluses between. */
static bool
read_formats(struct text cell, struct recipient *into)
{
    static const struct {
        struct text name;
        unsigned format;
    } formats[] = {{{"pdf", 3}, FORMAT_PDF}, {{"html", 4}, FORMAT_HTML}, {{"none", 4}, 0}};
    uint32_t at = 0;
    while (at < cell.length) {
        uint32_t end = at;
        bool known = false;
        while (end < cell.length && !strchr(" ,;|+", cell.bytes[end]))
            end++;
        struct text word = {cell.bytes + at, end - at};
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
            if (text_equal_nocase(word, formats[i].name)) {
                into->formats |= formats[i].format;
                into->has_formats = known = true;
            }
        if (word.length && !known)
            return false;
        at = end + 1;
    }
    return true;
}

static bool
is_language(struct text tag)
{
    char name[64];
    if (tag.length == 0 || tag.length >= sizeof name)
        return tag.length == 0;
    memcpy(name, tag.bytes, tag.length);
    name[tag.length] = '\0';
    struct locale *locale = locale_open(name);
    locale_close(locale);
    return locale != NULL;
}

static void
read_row(struct reading *reading, const struct text *cell, uint32_t line)
{
    struct arena *arena = reading->config->arena;
    struct recipient row = {.scope = find_scope(reading->dataset, cell[SCOPE])};
    if (row.scope == NONE)
        refuse(reading, line, "mail.scope", "no team or seller has the id", cell[SCOPE]);
    if (!address_is_mailbox(cell[ADDRESS]))
        refuse(reading, line, "mail.address", "not a mail address:", cell[ADDRESS]);
    if (!read_formats(cell[FORMATS], &row))
        refuse(reading, line, "mail.formats", "pdf, html or none was expected, not", cell[FORMATS]);
    if (!is_language(cell[LANGUAGE]))
        refuse(reading, line, "mail.language", "unknown locale", cell[LANGUAGE]);
    row.address = arena_copy(arena, cell[ADDRESS].bytes, cell[ADDRESS].length);
    if (cell[LANGUAGE].length)
        row.language = arena_copy(arena, cell[LANGUAGE].bytes, cell[LANGUAGE].length);
    struct recipients *recipients = reading->recipients;
    memory_grow(&recipients->row, &reading->capacity, recipients->count + 1u,
                sizeof *recipients->row);
    recipients->row[recipients->count++] = row;
}

/* With one job there is one thread, and batches come in order. */
static void *
parse(void *context, const struct rows *rows)
{
    const struct reading *reading = context;
    bool whole = reading->mapped[SCOPE] && reading->mapped[ADDRESS];
    for (uint32_t i = 0; i < rows->count && whole; i++) {
        const struct text *raw = &rows->cell[(size_t)i * rows->fields];
        struct text cell[FIELDS];
        uint32_t filled = 0;
        for (int f = 0; f < FIELDS; f++) {
            cell[f] = text_trim(raw[f]);
            filled += cell[f].length;
        }
        if (filled)
            read_row(context, cell, rows->line[i]);
    }
    return NULL;
}

static void
take_nothing(void *context, void *parsed)
{
    (void)context;
    (void)parsed;
}

static void
report_rejected(const struct reading *reading, const struct extract_log *log)
{
    for (size_t i = 0; i < log->rejected_count; i++)
        diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, "mail.row",
                    (struct place){reading->config->mail.recipients, log->rejected[i].line, 0},
                    "%s", log->rejected[i].reason);
}

static void
read_file(struct reading *reading)
{
    static const char *const fields[FIELDS] = {"scope", "address", "formats", "language"};
    const char *path = reading->config->mail.recipients;
    const struct config_extract extract = {.present = true, .file = path};
    struct extract_log *log = extract_log_new();
    struct extract_report report = {0};
    struct row_sink sink = {reading, parse, take_nothing};
    if (extract_read(reading->config, &extract, TABLE_TEAMS, fields, FIELDS, reading->mapped, sink,
                     1, log, &report, reading->diag))
        for (int f = SCOPE; f <= ADDRESS; f++)
            if (!reading->mapped[f])
                diag_report(reading->diag, SEVERITY_ERROR, EXIT_CONFIG, "mail.column",
                            (struct place){path, 1, 0}, "there is no column '%s'", fields[f]);
    report_rejected(reading, log);
    extract_log_free(log);
}

struct recipients *
recipients_read(const struct config *config, const struct dataset *dataset, struct diag *diag)
{
    uint32_t before = diag_count(diag, SEVERITY_ERROR);
    struct recipients *recipients = memory_new(1, sizeof *recipients);
    struct reading reading = {
        .config = config, .dataset = dataset, .recipients = recipients, .diag = diag};
    if (config->mail.recipients)
        read_file(&reading);
    if (diag_count(diag, SEVERITY_ERROR) == before)
        return recipients;
    recipients_free(recipients);
    return NULL;
}

void
recipients_free(struct recipients *recipients)
{
    if (recipients)
        free(recipients->row);
    free(recipients);
}
