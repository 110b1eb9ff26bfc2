#include "arena.h"
#include "config.h"
#include "delivery.h"
#include "hasher.h"
#include "mapping.h"
#include "memory.h"
#include "source.h"
#include "xml.h"

#include <stdlib.h>

/* An XML file being read: nothing is known of it before. */
struct xmlsource {
    struct source_request request;
    struct source_feed *feed;
    struct hasher *hasher; /* NULL: not wanted */
    uint64_t bytes;
    size_t unmapped_count, unmapped_capacity;
    const char **unmapped;
    struct arena *arena;
    struct diag *diag;
};

static bool
feed_row(void *context, const struct text *cells, uint32_t line)
{
    struct xmlsource *xml = context;
    source_row(xml->feed, cells, line);
    return true;
}

static void
note_unmapped(void *context, const char *name)
{
    struct xmlsource *xml = context;
    memory_grow(&xml->unmapped, &xml->unmapped_capacity, xml->unmapped_count + 1,
                sizeof *xml->unmapped);
    xml->unmapped[xml->unmapped_count++] = arena_string(xml->arena, name);
}

static void
hash(void *context, const void *bytes, size_t length)
{
    struct xmlsource *xml = context;
    if (xml->hasher)
        hasher_add(xml->hasher, bytes, length);
    xml->bytes += length;
}

static bool
produce(void *context, struct source_feed *feed)
{
    struct xmlsource *xml = context;
    const struct config_extract *extract = xml->request.extract;
    const struct xml_shape shape = {extract->xml.record, extract->xml.key,
                                    extract->xml.value,  extract->xml.spreadsheet,
                                    extract->xml.where,  extract->xml.equals};
    const struct xml_sink sink = {xml, feed_row, note_unmapped, hash};
    const char *const *names;
    uint32_t count = mapping_names(xml->request.mapping, &names);
    xml->feed = feed;
    return source_columns(feed, count, names, true, xml->diag) &&
           xml_read(xml->request.path, &shape, count, names, sink, xml->diag);
}

/* Names that nothing wants, behind those of the files before. */
static void
report_unmapped(const struct xmlsource *xml, struct extract_report *report)
{
    size_t before = report->unmapped_count;
    const char **all = arena_array(xml->arena, before + xml->unmapped_count, sizeof *all);
    if (before)
        memcpy(all, report->unmapped, before * sizeof *all);
    uint32_t count = (uint32_t)before;
    for (size_t i = 0; i < xml->unmapped_count; i++) {
        bool known = false;
        for (uint32_t k = 0; k < count && !known; k++)
            known = strcmp(all[k], xml->unmapped[i]) == 0;
        if (!known)
            all[count++] = xml->unmapped[i];
    }
    report->unmapped = all;
    report->unmapped_count = count;
}

static bool
read_xml(void *context, struct delivery *delivery, struct extract_file *file, struct diag *diag)
{
    struct xmlsource *xml = context;
    xml->diag = diag;
    xml->arena = delivery->log->arena;
    if (delivery->log->hashed)
        xml->hasher = hasher_open(xml->request.jobs);
    bool good = source_rows(&xml->request, delivery, produce, xml);
    if (xml->hasher)
        hasher_finish(xml->hasher, file->sha256);
    file->encoding = "xml";
    file->bytes = xml->bytes;
    report_unmapped(xml, delivery->report);
    return good;
}

static void
close_xml(void *context)
{
    struct xmlsource *xml = context;
    free(xml->unmapped);
    free(xml);
}

bool
source_open_xml(struct source *source, const struct source_request *request, struct diag *diag)
{
    const struct config_extract *extract = request->extract;
    if (!extract->xml.record && !extract->xml.spreadsheet) {
        diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.record",
                    (struct place){request->path, 0, 0}, "no path of the records is configured");
        diag_hint(diag, "set `xml: {record: /rows/row}` of the extract, or `spreadsheet: yes`");
        return false;
    }
    struct xmlsource *xml = memory_new(1, sizeof *xml);
    xml->request = *request;
    *source = (struct source){NULL, xml, read_xml, close_xml};
    return true;
}
