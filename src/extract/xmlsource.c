#include "arena.h"
#include "config.h"
#include "delivery.h"
#include "hasher.h"
#include "input.h"
#include "mapping.h"
#include "memory.h"
#include "names.h"
#include "sha256.h"
#include "source.h"
#include "tray.h"
#include "xmlread.h"

#include <stdlib.h>

/* An XML file being read: nothing is known of it before. */
struct xmlsource {
    struct source_request request;
    struct xml_shape shape;
    uint32_t column_count;
    const char *const *columns;
    struct delivery *delivery;
    struct tray *tray;
    struct diag *diag;
    /* where it is not read in pieces */
    struct source_feed *feed;
    struct hasher *hasher; /* NULL: not wanted */
    uint64_t bytes, skip;  /* rows that were delivered before */
    size_t unmapped_count, unmapped_capacity;
    const char **unmapped;
};

static bool
feed_row(void *context, const struct text *cells, uint32_t line)
{
    struct xmlsource *xml = context;
    if (xml->skip)
        xml->skip--;
    else
        source_row(xml->feed, cells, line);
    return true;
}

static void
note_unmapped(void *context, const char *name)
{
    struct xmlsource *xml = context;
    memory_grow(&xml->unmapped, &xml->unmapped_capacity, xml->unmapped_count + 1,
                sizeof *xml->unmapped);
    xml->unmapped[xml->unmapped_count++] = arena_string(xml->delivery->log->arena, name);
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
    const struct xml_sink sink = {xml, feed_row, note_unmapped, hash};
    xml->feed = feed;
    return xml_read(xml->request.path, &xml->shape, xml->column_count, xml->columns, sink,
                    xml->diag);
}

/* Names that nothing wants, behind those of the files before. */
static void
report_unmapped(const struct xmlsource *xml, struct extract_report *report)
{
    size_t before = report->unmapped_count;
    const char **all =
        arena_array(xml->delivery->log->arena, before + xml->unmapped_count, sizeof *all);
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

/* In pieces: false when it must be read, or read on, at one go. */
static bool
read_pieces(struct xmlsource *xml, struct extract_file *file)
{
    struct xmlread read = {.request = &xml->request,
                           .shape = &xml->shape,
                           .column_count = xml->column_count,
                           .columns = xml->columns,
                           .delivery = xml->delivery,
                           .tray = xml->tray,
                           .chunk = XMLREAD_CHUNK};
    char unused[65];
    if (xml->shape.spreadsheet)
        return false;
    read.names = names_new(text_of(xml->shape.record), xml->column_count, xml->columns);
    if (xml->delivery->log->hashed)
        read.sha = sha256_new();
    bool whole = xmlread_pieces(&read);
    for (uint32_t i = 0; whole && i < names_unmapped_count(read.names); i++)
        note_unmapped(xml, names_unmapped(read.names, i));
    names_free(read.names);
    if (read.sha)
        sha256_finish(read.sha, whole ? file->sha256 : unused);
    xml->skip = read.rows;
    xml->bytes = whole ? read.bytes : 0;
    return whole;
}

static bool
read_at_one_go(struct xmlsource *xml, struct extract_file *file)
{
    if (xml->delivery->log->hashed)
        xml->hasher = hasher_open(xml->request.jobs);
    bool good = source_rows(&xml->request, xml->delivery, xml->tray, produce, xml);
    if (xml->hasher)
        hasher_finish(xml->hasher, file->sha256);
    return good;
}

static bool
read_xml(void *context, struct delivery *delivery, struct extract_file *file, struct diag *diag)
{
    struct xmlsource *xml = context;
    bool good = true;
    xml->diag = diag;
    xml->delivery = delivery;
    xml->column_count = mapping_names(xml->request.mapping, &xml->columns);
    xml->tray = tray_new(delivery->log->arena, xml->request.mapping, xml->column_count,
                         xml->columns, true, xml->request.path, diag);
    if (!xml->tray)
        return false;
    struct input input;
    input_look(&input, xml->request.path);
    delivery_begin(delivery, xml->request.path);
    if (read_pieces(xml, file))
        source_settle(&xml->request, delivery, xml->tray);
    else
        good = read_at_one_go(xml, file);
    good = good && input_unchanged(&input, diag);
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
    xml->shape =
        (struct xml_shape){extract->xml.record,      extract->xml.key,   extract->xml.value,
                           extract->xml.spreadsheet, extract->xml.where, extract->xml.equals};
    *source = (struct source){NULL, xml, read_xml, close_xml};
    return true;
}
