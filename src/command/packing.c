#include "packing.h"

#include "config.h"
#include "csv.h"
#include "dataset.h"
#include "extract.h"
#include "head.h"
#include "mailing.h"
#include "measures.h"
#include "memory.h"
#include "pack.h"
#include "progress.h"
#include "publish.h"
#include "remember.h"
#include "rows.h"
#include "run.h"
#include "scope_name.h"
#include "selection.h"
#include "slug.h"
#include "write.h"

#include <errno.h>
#include <stdlib.h>

struct packing {
    struct batch *batch;
    struct packing_result *result;
    struct rows *rows;
    uint32_t *order; /* of result->scopes: the largest first, so that no worker ends late */
    uint32_t apart;  /* items before those of the scopes: memory.json, unless memory is off */
};

/* Further packs of one scope carry their template's name. */
static const char *
file_name(const struct config_pack *pack, bool first)
{
    return first ? "pack" : pack->template;
}

static void
plan_packs(struct batch *batch, struct packing_result *result, struct packed_scope *packed)
{
    bool first = true;
    for (uint32_t p = 0; p < batch->config->pack_count; p++) {
        const struct config_pack *pack = &batch->config->pack[p];
        if (!selection_has(batch, pack, packed->scope))
            continue;
        unsigned formats = selection_formats(batch, pack);
        packed->formats |= formats;
        if (formats & FORMAT_EML)
            mailing_plan(result->mailing, batch, packed->scope, p, packed->folder,
                         file_name(pack, first));
        first = false;
    }
}

/* False after an error when --only leaves none. */
static bool
collect_scopes(struct batch *batch, struct packing_result *result)
{
    const struct dataset *dataset = batch->dataset;
    result->scopes = memory_new(dataset->scope_count, sizeof *result->scopes);
    result->mailing = mailing_new();
    for (uint32_t s = 0; s < dataset->scope_count; s++) {
        struct scope_name name = scope_name_of(dataset, batch->config, s);
        struct packed_scope *packed = &result->scopes[result->scope_count];
        packed->scope = s;
        if (dataset->scope[s].kind == SCOPE_COMPANY) {
            snprintf(packed->folder, sizeof packed->folder, "company");
        } else {
            char slug[SLUG_SIZE], folder[64];
            slug_make(name.name, slug);
            publication_folder(slug, name.id, folder);
            snprintf(packed->folder, sizeof packed->folder, "%s/%s", name.folder, folder);
        }
        if (!selection_wants(batch, &name, packed->folder))
            continue;
        plan_packs(batch, result, packed);
        result->scope_count++;
    }
    if (result->scope_count > 0)
        return true;
    diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "usage.only", (struct place){NULL, 0, 0},
                "--only: no id, name or folder is like '%s'", batch->options->only);
    diag_hint(batch->diag, "--dry-run lists the folders");
    return false;
}

static bool
put(struct packing *packing, const struct packed_scope *scope, const char *name, struct buf *bytes,
    struct job_report *report)
{
    char path[sizeof scope->folder + 130];
    snprintf(path, sizeof path, "%s/%s", scope->folder, name);
    bool written = publication_write(packing->batch->publication, path, buf_as_text(bytes));
    if (!written) {
        report->state = JOB_FAILED;
        snprintf(report->fault, sizeof report->fault, "%.150s: %.40s", path, strerror(errno));
    }
    return written;
}

/* One file of a pack, added to `bytes`. */
static bool
write_file(struct packing *packing, const struct packed_scope *scope, const struct doc *doc,
           const struct writer *writer, const char *base, struct buf *bytes,
           struct job_report *report)
{
    char name[128];
    struct write_result result = writer->write(doc, packing->batch->fonts, bytes);
    snprintf(name, sizeof name, "%s.%s", base, writer->extension);
    report->pages += result.pages;
    report->boxed = result.boxed > report->boxed ? result.boxed : report->boxed;
    if (!result.fault)
        return put(packing, scope, name, bytes, report);
    report->state = JOB_FAILED;
    snprintf(report->fault, sizeof report->fault, "%.60s: %.130s", name, result.fault);
    return false;
}

struct doc *
packing_doc(const struct batch *batch, uint32_t scope, uint32_t pack, const char *locale)
{
    struct buf readers = {0};
    mailing_readers(batch, scope, pack, &readers);
    buf_char(&readers, '\0');
    const struct pack_order order = {pack, scope, locale, batch->id, readers.bytes};
    struct doc *doc =
        packs_build(batch->packs, batch->measures, batch->history, batch->log, &order);
    buf_free(&readers);
    return doc;
}

/* One pack in its formats, mails last: they carry what the others made. */
static bool
write_pack(struct packing *packing, const struct packed_scope *scope, uint32_t p, bool first,
           struct job_report *report)
{
    struct batch *batch = packing->batch;
    const struct config_pack *pack = &batch->config->pack[p];
    unsigned formats = selection_formats(batch, pack);
    struct doc *doc = packing_doc(batch, scope->scope, p, NULL);
    struct made made = {0};
    struct buf other = {0};
    bool written = true;
    for (const struct writer *writer = writers; writer->name && written; writer++) {
        struct buf *bytes = writer->format == FORMAT_PDF    ? &made.pdf
                            : writer->format == FORMAT_HTML ? &made.html
                                                            : &other;
        if (formats & writer->format && writer->format != FORMAT_EML)
            written =
                write_file(packing, scope, doc, writer, file_name(pack, first), bytes, report);
    }
    if (written && formats & FORMAT_EML)
        mailing_write(packing->result->mailing, batch, scope->scope, p, doc, &made, report);
    buf_free(&made.pdf);
    buf_free(&made.html);
    buf_free(&other);
    arena_free(doc->arena);
    return report->state == JOB_DONE;
}

/* What other programs read. */
static bool
write_numbers(struct packing *packing, const struct packed_scope *scope, struct job_report *report)
{
    struct buf bytes = {0};
    measures_write_json(packing->batch->measures, scope->scope, &bytes);
    bool written = put(packing, scope, "measures.json", &bytes, report);
    buf_clear(&bytes);
    rows_write_json(packing->rows, scope->scope, &bytes);
    written = written && put(packing, scope, "deals.json", &bytes, report);
    buf_clear(&bytes);
    rows_write_csv(packing->rows, scope->scope, &bytes);
    written = written && put(packing, scope, "rows.csv", &bytes, report);
    buf_free(&bytes);
    return written;
}

static void
write_scope(struct packing *packing, const struct packed_scope *scope, struct job_report *report)
{
    struct batch *batch = packing->batch;
    bool written = write_numbers(packing, scope, report), first = true;
    for (uint32_t p = 0; p < batch->config->pack_count && written; p++)
        if (selection_has(batch, &batch->config->pack[p], scope->scope)) {
            written = write_pack(packing, scope, p, first, report);
            first = false;
        }
}

static void
write_memory(struct batch *batch, struct job_report *report)
{
    struct buf run = {0}, bytes = {0};
    head_write_run(batch, &run);
    remember_write(batch->measures, buf_as_text(&run), &bytes);
    if (!publication_write(batch->publication, "memory.json", buf_as_text(&bytes))) {
        report->state = JOB_FAILED;
        snprintf(report->fault, sizeof report->fault, "%s", strerror(errno));
    }
    buf_free(&bytes);
    buf_free(&run);
}

static void
write_item(void *context, uint32_t item, struct job_report *report)
{
    struct packing *packing = context;
    if (item < packing->apart)
        write_memory(packing->batch, report);
    else
        write_scope(packing, &packing->result->scopes[packing->order[item - packing->apart]],
                    report);
}

static void
show(void *context, uint32_t done, uint32_t count)
{
    const struct packing *packing = context;
    uint32_t apart = packing->apart;
    progress_packs(&packing->batch->progress, done > apart ? done - apart : 0, count - apart);
}

static int
by_size(const void *a, const void *b, void *context)
{
    const struct packing *packing = context;
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    const struct scope *scopes = packing->batch->dataset->scope;
    const struct scope *first = &scopes[packing->result->scopes[one].scope];
    const struct scope *second = &scopes[packing->result->scopes[other].scope];
    uint32_t size = first->end - first->first, size2 = second->end - second->first;
    return size != size2 ? (size > size2 ? -1 : 1) : (one > other) - (one < other);
}

static void
order_by_size(struct packing *packing)
{
    uint32_t count = packing->result->scope_count;
    packing->order = memory_new(count, sizeof *packing->order);
    for (uint32_t i = 0; i < count; i++)
        packing->order[i] = i;
    if (count > 0)
        qsort_r(packing->order, count, sizeof *packing->order, by_size, packing);
}

static void
say_unwritten(struct batch *batch, const char *path, const char *why)
{
    diag_report(batch->diag, SEVERITY_ERROR, EXIT_FAILED, "publish.write",
                (struct place){path, 0, 0}, "cannot be written: %s", why);
}

static void
report_failures(struct batch *batch, struct packing_result *result, const uint32_t *order,
                const struct job_report *reports)
{
    for (uint32_t i = 0; i < result->scope_count; i++) {
        struct packed_scope *scope = &result->scopes[order[i]];
        const struct job_report *report = &reports[i];
        scope->pages = report->pages;
        scope->boxed = report->boxed;
        scope->failed = report->state != JOB_DONE;
        if (!scope->failed)
            continue;
        struct scope_name name = scope_name_of(batch->dataset, batch->config, scope->scope);
        result->failed++;
        if (report->state == JOB_DIED && report->signal == 0)
            diag_report(batch->diag, SEVERITY_ERROR, EXIT_PACK, "pack.died",
                        (struct place){scope->folder, 0, 0},
                        "the pack of %s %.*s was lost: its worker gave up", name.kind,
                        (int)name.id.length, name.id.bytes);
        else if (report->state == JOB_DIED)
            diag_report(batch->diag, SEVERITY_ERROR, EXIT_PACK, "pack.died",
                        (struct place){scope->folder, 0, 0},
                        "the pack of %s %.*s was lost: its worker died of signal %d", name.kind,
                        (int)name.id.length, name.id.bytes, report->signal);
        else
            diag_report(batch->diag, SEVERITY_ERROR, EXIT_PACK, "pack.failed",
                        (struct place){scope->folder, 0, 0}, "the pack of %s %.*s failed: %s",
                        name.kind, (int)name.id.length, name.id.bytes, report->fault);
    }
}

static void
write_rejected(const struct extract_log *log, struct buf *out)
{
    struct csv csv = {.out = out};
    static const char *const heads[] = {"table", "file", "line", "column", "reason", "row"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_plain(&csv, heads[i]);
    csv_end(&csv);
    for (size_t i = 0; i < log->rejected_count; i++) {
        const struct rejected *rejected = &log->rejected[i];
        csv_plain(&csv, table_names[rejected->table]);
        csv_text(&csv, text_of(rejected->file));
        csv_int(&csv, rejected->line);
        csv_text(&csv, text_of(rejected->column));
        csv_text(&csv, text_of(rejected->reason));
        csv_text(&csv, text_of(rejected->raw));
        csv_end(&csv);
    }
}

static const struct writer *
html_writer(void)
{
    const struct writer *writer = writers;
    while (writer->format != FORMAT_HTML)
        writer++;
    return writer;
}

static bool
write_index(struct batch *batch, const struct packing_result *result)
{
    struct arena *arena = arena_new();
    struct buf bytes = {0};
    struct pack_link *links = arena_array(arena, result->scope_count, sizeof *links);
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->scope_count; i++) {
        const struct packed_scope *scope = &result->scopes[i];
        struct scope_name name = scope_name_of(batch->dataset, batch->config, scope->scope);
        if (scope->failed || scope->formats == 0)
            continue;
        links[count++] = (struct pack_link){name.kind,
                                            arena_copy(arena, name.name.bytes, name.name.length),
                                            scope->folder,
                                            scope->formats,
                                            batch->dataset->scope[scope->scope].depth,
                                            scope->boxed};
    }
    struct doc *doc =
        packs_index(batch->packs, batch->measures, batch->log, links, count, batch->id);
    struct write_result written = html_writer()->write(doc, batch->fonts, &bytes);
    bool done =
        !written.fault && publication_write(batch->publication, "index.html", buf_as_text(&bytes));
    buf_clear(&bytes);
    write_rejected(batch->log, &bytes);
    done = done && publication_write(batch->publication, "rejected.csv", buf_as_text(&bytes));
    if (!done)
        say_unwritten(batch, "index.html", written.fault ? written.fault : strerror(errno));
    arena_free(doc->arena);
    buf_free(&bytes);
    arena_free(arena);
    return done;
}

/* Scopes of which nothing can be mailed. */
static bool
is_failed(const void *context, uint32_t scope)
{
    const struct packing_result *result = context;
    for (uint32_t i = 0; i < result->scope_count; i++)
        if (result->scopes[i].scope == scope)
            return result->scopes[i].failed;
    return true;
}

/* The rows of the deals that stand in the scopes' files. */
static struct rows *
write_rows(const struct batch *batch, const struct packing_result *result)
{
    const struct dataset *dataset = batch->dataset;
    bool *sellers = memory_new(dataset->sellers.count + 1u, sizeof *sellers); /* and the unknown */
    for (uint32_t i = 0; i < result->scope_count; i++) {
        const struct scope *scope = &dataset->scope[result->scopes[i].scope];
        for (uint32_t s = scope->first; s < scope->end; s++)
            sellers[dataset->order[s]] = true;
    }
    struct rows *rows = rows_open(batch->measures, sellers, batch->jobs);
    free(sellers);
    return rows;
}

/* Has the workers write the scopes' files and memory.json. */
static bool
write_all(struct batch *batch, struct packing_result *result)
{
    struct packing packing = {batch, result, write_rows(batch, result), NULL,
                              batch->config->out.history ? 1 : 0};
    order_by_size(&packing);
    uint32_t count = packing.apart + result->scope_count;
    struct job_report *reports = memory_new(count, sizeof *reports);
    struct watching watching = {batch->progress ? show : NULL, &packing};
    workers_run(batch->jobs, count, write_item, &packing, reports, watching);
    rows_close(packing.rows);
    progress_wipe(batch->progress);
    report_failures(batch, result, packing.order, reports + packing.apart);
    bool written = result->failed == 0 || batch->options->keep_going;
    if (packing.apart && reports->state != JOB_DONE) {
        say_unwritten(batch, "memory.json",
                      reports->state == JOB_DIED ? "its worker died" : reports->fault);
        written = false;
    }
    free(reports);
    free(packing.order);
    return written;
}

bool
packing_write(struct batch *batch, struct packing_result *result)
{
    if (!collect_scopes(batch, result) || !write_all(batch, result))
        return false;
    if (!mailing_settle(result->mailing, batch, is_failed, result)) {
        say_unwritten(batch, "undelivered/reasons.csv", strerror(errno));
        return false;
    }
    return write_index(batch, result);
}

bool
packing_list(struct batch *batch)
{
    struct packing_result result = {0};
    if (!collect_scopes(batch, &result)) {
        packing_free(&result);
        return false;
    }
    for (uint32_t i = 0; i < result.scope_count; i++) {
        const struct packed_scope *scope = &result.scopes[i];
        printf("%s", scope->folder);
        for (const struct writer *writer = writers; writer->name; writer++)
            if (scope->formats & writer->format)
                printf(" %s", writer->name);
        struct buf mails = {0};
        mailing_list(result.mailing, scope->scope, &mails);
        printf("%s\n", mails.bytes ? mails.bytes : "");
        buf_free(&mails);
    }
    packing_free(&result);
    return true;
}

void
packing_free(struct packing_result *result)
{
    mailing_free(result->mailing);
    free(result->scopes);
}
