#include "xml.h"

#include "buf.h"
#include "memory.h"
#include "names.h"
#include "spreadsheet.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 1 << 16, DEPTH_MOST = 64, VALUE_MOST = 1 << 20, SILENT_MOST = 1 << 18 };

struct level { /* one open element */
    uint32_t node;
    bool had_child, below_where, stored;
};

struct reader {
    const char *path;
    const struct xml_shape *shape;
    struct xml_sink sink;
    struct diag *diag;
    xmlParserCtxtPtr parser;
    struct names *names;
    struct spreadsheet *sheet;
    uint32_t column_count, depth, line;
    struct level level[DEPTH_MOST];
    struct buf row;   /* texts of the record, then that of the open element */
    size_t text;      /* where that one begins */
    struct buf plain; /* an attribute's value without references */
    struct {
        size_t start;
        uint32_t length;
    } * span;
    struct text *cell;
    size_t silent; /* bytes since the last event */
    bool in_record, failed;
};

static uint32_t
line_of(const struct reader *reader)
{
    return reader->parser->input ? (uint32_t)reader->parser->input->line : 0;
}

static void
fail(struct reader *reader, const char *id, const char *what)
{
    if (!reader->failed)
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_INPUT, id,
                    (struct place){reader->path, line_of(reader), 0}, "%s", what);
    reader->failed = true;
    xmlStopParser(reader->parser);
}

/* The parser replaces all references in attributes but those to `&`, for a second look that nobody
 * takes here. The text dies with the next call. */
static struct text
attribute_value(struct reader *reader, const xmlChar **attribute)
{
    static const char reference[] = "&#38;";
    enum { LENGTH = sizeof reference - 1 };
    struct text value = {(const char *)attribute[3], (uint32_t)(attribute[4] - attribute[3])};
    const char *at = memmem(value.bytes, value.length, reference, LENGTH);
    if (!at)
        return value;
    buf_clear(&reader->plain);
    for (; at; at = memmem(value.bytes, value.length, reference, LENGTH)) {
        uint32_t before = (uint32_t)(at - value.bytes);
        buf_add(&reader->plain, value.bytes, before);
        buf_char(&reader->plain, '&');
        value = (struct text){at + LENGTH, value.length - before - LENGTH};
    }
    buf_text(&reader->plain, value);
    return buf_as_text(&reader->plain);
}

/* Attributes of SAX2: five pointers each: local name, prefix, namespace, start, end of value. */
static const xmlChar **
find_attribute(const xmlChar **attributes, int count, const char *name)
{
    for (int i = 0; name && i < count; i++)
        if (strcmp((const char *)attributes[(size_t)i * 5], name) == 0)
            return attributes + (size_t)i * 5;
    return NULL;
}

static uint32_t
attribute_number(struct reader *reader, const xmlChar **attributes, int count, const char *name)
{
    const xmlChar **attribute = find_attribute(attributes, count, name);
    uint32_t number = 0;
    struct text value = attribute ? attribute_value(reader, attribute) : TEXT("");
    for (uint32_t i = 0; i < value.length && number < 100000; i++)
        if (value.bytes[i] >= '0' && value.bytes[i] <= '9')
            number = number * 10 + (uint32_t)(value.bytes[i] - '0');
    return number;
}

/* Forgets what the open element has said so far. */
static void
drop_text(struct reader *reader)
{
    reader->row.length = reader->text;
}

/* The text of the open element becomes the value of a node. The first value of a column stands;
 * later ones of a repeated element do not replace it. */
static void
store_text(struct reader *reader, uint32_t node)
{
    int32_t column = names_column(reader->names, node);
    uint32_t length = (uint32_t)(reader->row.length - reader->text);
    if (column == NAMES_NO_COLUMN)
        names_note_unmapped(reader->names, node);
    else if (reader->span[column].length == 0 && length > 0) {
        reader->span[column].start = reader->text;
        reader->span[column].length = length;
        reader->text = reader->row.length;
    }
}

static void
store(struct reader *reader, uint32_t node, struct text value)
{
    drop_text(reader);
    buf_text(&reader->row, value);
    store_text(reader, node);
    drop_text(reader);
}

static void
start_record(struct reader *reader)
{
    reader->in_record = true;
    reader->line = line_of(reader);
    buf_clear(&reader->row);
    reader->text = 0;
    for (uint32_t c = 0; c < reader->column_count; c++)
        reader->span[c].length = 0;
}

static void
end_record(struct reader *reader)
{
    reader->in_record = false;
    for (uint32_t c = 0; c < reader->column_count; c++)
        reader->cell[c] = buf_slice(&reader->row, reader->span[c].start, reader->span[c].length);
    if (!reader->sink.row(reader->sink.context, reader->cell, reader->line)) {
        reader->failed = true;
        xmlStopParser(reader->parser);
    }
}

static void
store_attributes(struct reader *reader, uint32_t node, const xmlChar **attributes, int count)
{
    for (int i = 0; i < count; i++) {
        const xmlChar **attribute = attributes + (size_t)i * 5;
        uint32_t child = names_child(reader->names, node, (const char *)attribute[0], true);
        if (child == NAMES_FULL)
            fail(reader, "xml.names", "too many distinct names (more than 4096)");
        else
            store(reader, child, attribute_value(reader, attribute));
    }
}

/* The node of an element: by its name, or by its key attribute inside a record. */
static uint32_t
find_node(struct reader *reader, uint32_t parent, const char *local, const xmlChar **attributes,
          int count)
{
    const xmlChar **key = NULL;
    if (reader->in_record && reader->shape->key)
        key = find_attribute(attributes, count, reader->shape->key);
    if (key)
        return names_child_text(reader->names, parent, attribute_value(reader, key));
    return names_child(reader->names, parent, local, false);
}

static void
enter(struct reader *reader, const char *local, const xmlChar **attributes, int count)
{
    const struct level *above = reader->depth ? &reader->level[reader->depth - 1] : NULL;
    struct level *level = &reader->level[reader->depth++];
    const struct xml_shape *shape = reader->shape;
    uint32_t node = find_node(reader, above ? above->node : NAMES_ROOT, local, attributes, count);
    *level =
        (struct level){.node = node, .below_where = !shape->where || (above && above->below_where)};
    if (node == NAMES_FULL) {
        level->node = NAMES_ROOT;
        fail(reader, "xml.names", "too many distinct names (more than 4096)");
        return;
    }
    const xmlChar **where = find_attribute(attributes, count, shape->where);
    if (where && shape->equals &&
        text_equal(attribute_value(reader, where), text_of(shape->equals)))
        level->below_where = true;
    if (!reader->in_record && level->below_where && names_is_record(reader->names, node)) {
        start_record(reader);
        store_attributes(reader, node, attributes, count);
    } else if (reader->in_record) {
        const xmlChar **value = shape->key ? find_attribute(attributes, count, shape->value) : NULL;
        if (value) {
            store(reader, node, attribute_value(reader, value));
            level->stored = true;
        } else if (!shape->key) {
            store_attributes(reader, node, attributes, count);
        }
    }
}

static void
on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
         int namespaces, const xmlChar **namespace, int count, int defaulted,
         const xmlChar **attributes)
{
    struct reader *reader = context;
    (void)prefix, (void)uri, (void)namespaces, (void)namespace, (void)defaulted;
    reader->silent = 0;
    if (reader->failed)
        return;
    if (reader->depth == DEPTH_MOST) {
        fail(reader, "xml.depth", "elements are nested deeper than 64");
        return;
    }
    drop_text(reader);
    if (reader->depth)
        reader->level[reader->depth - 1].had_child = true;
    if (!reader->sheet) {
        enter(reader, (const char *)local, attributes, count);
        return;
    }
    reader->depth++;
    spreadsheet_start(reader->sheet, (const char *)local,
                      attribute_number(reader, attributes, count, "Index"),
                      attribute_number(reader, attributes, count, "MergeAcross"));
    if (strcmp((const char *)local, "Row") == 0)
        reader->line = line_of(reader);
}

static void
on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *reader = context;
    (void)prefix, (void)uri;
    reader->silent = 0;
    if (reader->failed || reader->depth == 0)
        return;
    const struct level *level = &reader->level[--reader->depth];
    if (reader->sheet) {
        const struct text *cells = NULL;
        if (spreadsheet_end(reader->sheet, (const char *)local, &cells) &&
            !reader->sink.row(reader->sink.context, cells, reader->line)) {
            reader->failed = true;
            xmlStopParser(reader->parser);
        }
    } else if (reader->in_record && names_is_record(reader->names, level->node)) {
        end_record(reader);
    } else if (reader->in_record && !level->had_child && !level->stored) {
        store_text(reader, level->node);
    }
    drop_text(reader);
}

static void
on_text(void *context, const xmlChar *bytes, int length)
{
    struct reader *reader = context;
    struct text text = {(const char *)bytes, (uint32_t)length};
    reader->silent = 0;
    if (reader->failed)
        return;
    if (reader->sheet) {
        if (spreadsheet_wants_text(reader->sheet))
            spreadsheet_text(reader->sheet, text);
        return;
    }
    if (!reader->in_record)
        return;
    if (reader->row.length - reader->text + text.length > VALUE_MOST)
        fail(reader, "xml.value", "a value is longer than 1 MiB");
    else
        buf_text(&reader->row, text);
}

static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    fail(context, "xml.doctype", "a DOCTYPE is not accepted");
}

/* Called once the declaration is read: the encodings that we vouch for. */
static void
on_document(void *context)
{
    static const char *const known[] = {"UTF-8",       "UTF8",        "US-ASCII", "ASCII",
                                        "UTF-16",      "UTF-16LE",    "UTF-16BE", "ISO-8859-1",
                                        "ISO-8859-15", "windows-1252"};
    struct reader *reader = context;
    const char *encoding = (const char *)reader->parser->encoding;
    bool accepted = !encoding;
    for (size_t i = 0; i < sizeof known / sizeof *known && !accepted; i++)
        accepted = text_equal_nocase(text_of(encoding), text_of(known[i]));
    if (!accepted)
        fail(reader, "xml.encoding",
             "this encoding is not accepted; UTF-8, UTF-16, ISO-8859-1, "
             "ISO-8859-15 and windows-1252 are");
}

static void
on_error(void *context, xmlErrorPtr error)
{
    struct reader *reader = context;
    char what[300];
    if (error->level < XML_ERR_ERROR || reader->failed)
        return;
    size_t length = strcspn(error->message ? error->message : "", "\r\n");
    snprintf(what, sizeof what, "no well-formed XML: %.*s", (int)(length > 200 ? 200 : length),
             error->message ? error->message : "");
    fail(reader, "xml.malformed", what);
}

static xmlParserInputPtr
refuse_entity(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url, (void)id, (void)context;
    return NULL;
}

static void
parse(struct reader *reader, int fd)
{
    char *block = memory_new(BLOCK, 1);
    ssize_t length = 0;
    while (!reader->failed && (length = read(fd, block, BLOCK)) > 0) {
        if (reader->sink.bytes)
            reader->sink.bytes(reader->sink.context, block, (size_t)length);
        reader->silent += (size_t)length;
        xmlParseChunk(reader->parser, block, (int)length, 0);
        if (reader->silent > SILENT_MOST && !reader->failed)
            fail(reader, "xml.markup", "more than 256 KiB without an element or text");
    }
    if (length < 0)
        fail(reader, "extract.read", strerror(errno));
    if (!reader->failed)
        xmlParseChunk(reader->parser, block, 0, 1);
    free(block);
}

static void
report_unmapped(const struct reader *reader)
{
    const char *const *headers = NULL;
    uint32_t count = reader->sheet ? spreadsheet_unmapped(reader->sheet, &headers)
                                   : names_unmapped_count(reader->names);
    for (uint32_t i = 0; i < count; i++)
        reader->sink.unmapped(reader->sink.context,
                              headers ? headers[i] : names_unmapped(reader->names, i));
}

bool
xml_read(const char *path, const struct xml_shape *shape, uint32_t column_count,
         const char *const *columns, struct xml_sink sink, struct diag *diag)
{
    struct reader reader = {
        .path = path, .shape = shape, .sink = sink, .diag = diag, .column_count = column_count};
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .cdataBlock = on_text,
                             .ignorableWhitespace = on_text,
                             .internalSubset = on_doctype,
                             .startDocument = on_document,
                             .serror = on_error};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.open", (struct place){path, 0, 0},
                    "%s", strerror(errno));
        return false;
    }
    xmlInitParser();
    xmlSetExternalEntityLoader(refuse_entity);
    reader.parser = xmlCreatePushParserCtxt(&handler, &reader, NULL, 0, NULL);
    if (!reader.parser)
        memory_exhausted(0);
    xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET);
    reader.span = memory_new(column_count + 1u, sizeof *reader.span);
    reader.cell = memory_new(column_count + 1u, sizeof *reader.cell);
    if (shape->spreadsheet)
        reader.sheet = spreadsheet_new(column_count, columns);
    else
        reader.names = names_new(text_of(shape->record), column_count, columns);
    parse(&reader, fd);
    if (!reader.failed && sink.unmapped)
        report_unmapped(&reader);
    spreadsheet_free(reader.sheet);
    names_free(reader.names);
    free(reader.cell);
    free(reader.span);
    buf_free(&reader.row);
    buf_free(&reader.plain);
    xmlFreeParserCtxt(reader.parser);
    close(fd);
    return !reader.failed;
}
