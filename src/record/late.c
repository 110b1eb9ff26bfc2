#include "late.h"

#include "loader.h"
#include "memory.h"

#include <stdlib.h>

struct wrong {
    const char *file;
    uint32_t line;
    const char *column, *reason;
    struct entry raw;
    bool found;
};

struct late {
    struct wrong *wrong;
    size_t count, capacity;
    struct buf raw;
};

struct late *
late_new(void)
{
    return memory_new(1, sizeof(struct late));
}

void
late_free(struct late *late)
{
    if (!late)
        return;
    free(late->wrong);
    buf_free(&late->raw);
    free(late);
}

void
late_add(struct late *late, const char *file, uint32_t line, const char *column, const char *reason)
{
    memory_grow(&late->wrong, &late->capacity, late->count + 1, sizeof *late->wrong);
    late->wrong[late->count++] = (struct wrong){file, line, column, reason, {0, 0}, false};
}

static int
compare_places(const void *left, const void *right)
{
    const struct wrong *a = left, *b = right;
    int order = strcmp(a->file, b->file);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* The rows of one batch that are wanted: their lines and texts. */
struct harvest {
    size_t count, capacity;
    struct {
        size_t wrong;
        struct entry raw;
    } * row;
    struct buf text;
};

static void
pick(struct harvest *harvest, size_t wrong, struct text raw)
{
    memory_grow(&harvest->row, &harvest->capacity, harvest->count + 1, sizeof *harvest->row);
    harvest->row[harvest->count].wrong = wrong;
    harvest->row[harvest->count++].raw = (struct entry){harvest->text.length, raw.length};
    buf_text(&harvest->text, raw);
}

static void *
parse(void *context, const struct rows *rows)
{
    const struct late *late = context;
    struct harvest *harvest = memory_new(1, sizeof *harvest);
    for (uint32_t row = 0; row < rows->count; row++) {
        struct wrong place = {.file = rows->file, .line = rows->line[row]};
        const struct wrong *wrong =
            bsearch(&place, late->wrong, late->count, sizeof place, compare_places);
        if (wrong)
            pick(harvest, (size_t)(wrong - late->wrong), rows->raw[row]);
    }
    return harvest;
}

static void
take(void *context, void *parsed)
{
    struct late *late = context;
    struct harvest *harvest = parsed;
    for (size_t i = 0; i < harvest->count; i++) {
        struct wrong *wrong = &late->wrong[harvest->row[i].wrong];
        struct entry raw = harvest->row[i].raw;
        if (wrong->found)
            continue;
        wrong->found = true;
        wrong->raw = (struct entry){late->raw.length, raw.length};
        buf_add(&late->raw, harvest->text.bytes + raw.offset, raw.length);
    }
    buf_free(&harvest->text);
    free(harvest->row);
    free(harvest);
}

/* The texts of the rows; a query is not asked twice, nor is a pipe, their rows stay without text.
 */
static void
fetch(struct late *late, struct loader *loader, enum table table,
      const struct config_extract *extract)
{
    const char *field = config_canonical_fields[table][0].name;
    struct extract_log *log = extract_log_new();
    struct diag *unheard = diag_new(NULL, false, false);
    struct extract_report report = {.table = table};
    struct row_sink sink = {late, parse, take};
    bool mapped;
    extract_read(loader->config, extract, table, &field, 1, &mapped, sink, loader->jobs, log,
                 &report, unheard);
    diag_free(unheard);
    extract_log_free(log);
}

void
late_reject(struct late *late, struct loader *loader, enum table table,
            const struct config_extract *extract, struct extract_report *report)
{
    if (late->count == 0)
        return;
    qsort(late->wrong, late->count, sizeof *late->wrong, compare_places);
    if (extract->file && !extract_once(report))
        fetch(late, loader, table, extract);
    for (size_t i = 0; i < late->count; i++) {
        const struct wrong *wrong = &late->wrong[i];
        struct text raw = {wrong->found ? late->raw.bytes + wrong->raw.offset : "",
                           wrong->raw.length};
        extract_reject(loader->log, table, wrong->file, wrong->line, wrong->column, wrong->reason,
                       (struct text){NULL, 0}, raw);
    }
    report->rejected += late->count;
    late->count = 0;
    buf_clear(&late->raw);
}
