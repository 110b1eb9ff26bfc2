#include "extract.h"

#include "arena.h"
#include "config.h"
#include "delivery.h"
#include "files.h"
#include "input.h"
#include "mapping.h"
#include "memory.h"
#include "source.h"

#include <stdlib.h>
#include <string.h>

/* An extract with all its inputs. */
struct extraction {
    const struct config_extract *extract;
    struct mapping *mapping;
    bool *mapped;
    unsigned jobs;
    struct extract_log *log;
    struct extract_report *report;
    struct diag *diag;
    uint32_t count;
    struct source *source;
};

/* The inputs' names into the report: files in byte order, or the query. */
static bool
name_inputs(struct extraction *all)
{
    const struct config_extract *extract = all->extract;
    const char **paths = NULL;
    uint32_t count = 1;
    if (!extract->postgres)
        count = extract->file ? files_find(extract->file, all->log->arena, &paths) : 0;
    if (count == 0) {
        diag_report(all->diag, SEVERITY_ERROR, EXIT_INPUT, "extract.not_found",
                    (struct place){extract->file, 0, 0}, "there is no such file");
        return false;
    }
    all->report->file_count = count;
    all->report->file = arena_array(all->log->arena, count, sizeof *all->report->file);
    for (uint32_t i = 0; i < count; i++) {
        struct input input;
        all->report->file[i].once = paths && !input_look(&input, paths[i]);
        all->report->file[i].path =
            paths ? paths[i]
                  : arena_printf(all->log->arena, "postgres:%s", table_names[all->report->table]);
    }
    return true;
}

static bool
is_xml(const struct config_extract *extract, const char *path)
{
    size_t length = strlen(path);
    return extract->xml.record || extract->xml.spreadsheet ||
           (length > 4 && strcmp(path + length - 4, ".xml") == 0);
}

static bool (*opener(const struct extraction *all, const char *path))(struct source *,
                                                                      const struct source_request *,
                                                                      struct diag *)
{
    if (all->extract->postgres)
        return source_open_postgres;
    return is_xml(all->extract, path) ? source_open_xml : source_open_csv;
}

/* Opens all inputs, so that what feeds what is known before the first row. */
static bool
open_all(struct extraction *all)
{
    bool good = true;
    all->source = memory_new(all->report->file_count, sizeof *all->source);
    for (uint32_t i = 0; i < all->report->file_count; i++) {
        const struct source_request request = {all->report->file[i].path, all->extract,
                                               all->mapping, all->mapped, all->jobs};
        if (opener(all, request.path)(&all->source[all->count], &request, all->diag))
            all->count++;
        else
            good = false;
    }
    for (uint32_t i = 0; i < all->count; i++) {
        const struct binding *binding = all->source[i].binding;
        for (uint32_t f = 0; binding && f < binding->field_count; f++)
            all->mapped[f] |= binding->fed[f];
        if (binding)
            mapping_report(binding, all->log->arena, all->report);
    }
    return good;
}

static bool
read_all(struct extraction *all, struct row_sink sink)
{
    struct delivery delivery = {
        .sink = sink, .table = all->report->table, .log = all->log, .report = all->report};
    for (uint32_t i = 0; i < all->count; i++) {
        struct extract_file *file = &all->report->file[i];
        uint64_t before = all->report->read;
        if (!all->source[i].read(all->source[i].context, &delivery, file, all->diag))
            return false;
        file->rows = all->report->read - before;
    }
    return true;
}

bool
extract_once(const struct extract_report *report)
{
    for (uint32_t f = 0; f < report->file_count; f++)
        if (report->file[f].once)
            return true;
    return false;
}

bool
extract_read(const struct config *config, const struct config_extract *extract, enum table table,
             const char *const *fields, uint32_t field_count, bool *mapped, struct row_sink sink,
             unsigned jobs, struct extract_log *log, struct extract_report *report,
             struct diag *diag)
{
    struct extraction all = {.extract = extract,
                             .mapped = mapped,
                             .jobs = jobs ? jobs : 1,
                             .log = log,
                             .report = report,
                             .diag = diag};
    report->table = table;
    report->configured = true;
    report->column_count = report->unmapped_count = 0;
    report->column = NULL;
    if (!report->belated)
        memset(mapped, 0, field_count * sizeof *mapped);
    report->belated = false;
    if (!name_inputs(&all))
        return false;
    all.mapping = mapping_new(config, extract, table, fields, field_count, diag);
    if (all.mapping)
        mapping_name_lookups(all.mapping, log->arena, report);
    bool good = all.mapping && open_all(&all) && read_all(&all, sink);
    for (uint32_t i = 0; i < all.count; i++)
        all.source[i].close(all.source[i].context);
    free(all.source);
    mapping_free(all.mapping);
    return good;
}
