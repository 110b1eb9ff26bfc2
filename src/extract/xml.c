#include "xml.h"

#include "memory.h"
#include "names.h"
#include "spreadsheet.h"
#include "xmlrow.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 1 << 16, SILENT_MOST = 1 << 18 };

struct xml_reader {
    const char *path;
    struct xml_sink sink;
    struct diag *diag; /* NULL: nothing is said */
    xmlParserCtxtPtr parser;
    struct xmlrow row;
    struct spreadsheet *sheet; /* or NULL; then the rows are those of `row` */
    uint32_t depth, line;
    size_t silent; /* bytes since the last event */
    bool failed;

    struct text document; /* with `floor` or `tag` */
    bool plain;           /* it is UTF-8, and parsed byte for byte */
    uint32_t before;      /* lines of the file before it, less those of the frame */
    uint32_t floor;       /* elements that stay open from behind the frame's beginning... */
    size_t outer, inner;  /* ...which ends here, to its end tags, which begin there */
    struct text *tag;     /* of open elements as written, while the frame is looked for */
    struct names_place *place;
};

static uint32_t
line_of(const struct xml_reader *reader)
{
    return reader->parser->input ? (uint32_t)reader->parser->input->line + reader->before : 0;
}

static void
fail(struct xml_reader *reader, const char *id, const char *what)
{
    if (!reader->failed && reader->diag)
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_INPUT, id,
                    (struct place){reader->path, line_of(reader), 0}, "%s", what);
    reader->failed = true;
    xmlStopParser(reader->parser);
}

/* A number in an attribute of a spreadsheet's element. */
static uint32_t
attribute_number(struct xml_reader *reader, const struct xmlrow_start *start, const char *name)
{
    struct text value = xmlrow_value(&reader->row, start, name);
    uint32_t number = 0;
    for (uint32_t i = 0; i < value.length && number < 100000; i++)
        if (value.bytes[i] >= '0' && value.bytes[i] <= '9')
            number = number * 10 + (uint32_t)(value.bytes[i] - '0');
    return number;
}

static void
start_cell(struct xml_reader *reader, const struct xmlrow_start *start)
{
    spreadsheet_start(reader->sheet, start->local, attribute_number(reader, start, "Index"),
                      attribute_number(reader, start, "MergeAcross"));
    if (strcmp(start->local, "Row") == 0)
        reader->line = start->line;
}

/* Bytes of the document up to behind the tag that was just read. */
static size_t
behind(const struct xml_reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    return (size_t)input->consumed + (size_t)(input->cur - input->base);
}

/* Notes how the element that was just opened is written; stops at the first record. */
static void
note_tag(struct xml_reader *reader)
{
    if (!reader->plain) { /* its bytes are not where the parser sees them */
        xmlStopParser(reader->parser);
        return;
    }
    const char *begin = reader->document.bytes, *end = begin + behind(reader);
    const char *tag = memrchr(begin, '<', (size_t)(end - begin));
    size_t length = tag ? strcspn(tag, " \t\r\n/>") : 0;
    reader->tag[reader->depth - 1] = (struct text){tag, (uint32_t)length};
    if (reader->row.in_record || !tag)
        xmlStopParser(reader->parser);
}

static void
on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
         int namespaces, const xmlChar **namespace, int count, int defaulted,
         const xmlChar **attributes)
{
    struct xml_reader *reader = context;
    (void)prefix, (void)uri, (void)namespaces, (void)namespace, (void)defaulted;
    reader->silent = 0;
    if (reader->failed)
        return;
    if (reader->depth == XMLROW_DEPTH_MOST) {
        fail(reader, "xml.depth", "elements are nested deeper than 64");
        return;
    }
    const struct xmlrow_start start = {
        (const char *)local, (uint32_t)count,
        (const struct xmlrow_attribute *)(const void *)attributes, /* five pointers each */
        reader->depth++, line_of(reader)};
    if (reader->sheet)
        start_cell(reader, &start);
    else if (!xmlrow_start(&reader->row, &start))
        fail(reader, "xml.names", "too many distinct names (more than 4096)");
    else if (reader->tag)
        note_tag(reader);
}

static void
stop(struct xml_reader *reader)
{
    reader->failed = true;
    xmlStopParser(reader->parser);
}

static void
on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_reader *reader = context;
    (void)prefix, (void)uri;
    reader->silent = 0;
    if (reader->failed || reader->depth == 0)
        return;
    reader->depth--;
    if (reader->depth < reader->floor && behind(reader) > reader->outer &&
        behind(reader) <= reader->inner) {
        stop(reader);
        return;
    }
    const struct text *cells = reader->row.cell;
    uint32_t line = reader->sheet ? reader->line : reader->row.line;
    bool ended = reader->sheet ? spreadsheet_end(reader->sheet, (const char *)local, &cells)
                               : xmlrow_end(&reader->row, reader->depth);
    if (ended && !reader->sink.row(reader->sink.context, cells, line))
        stop(reader);
}

static void
on_text(void *context, const xmlChar *bytes, int length)
{
    struct xml_reader *reader = context;
    struct text text = {(const char *)bytes, (uint32_t)length};
    reader->silent = 0;
    if (reader->failed)
        return;
    if (!reader->sheet) {
        if (!xmlrow_text(&reader->row, text))
            fail(reader, "xml.value", "a value is longer than 1 MiB");
    } else if (spreadsheet_wants_text(reader->sheet)) {
        spreadsheet_text(reader->sheet, text);
    }
}

static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    fail(context, "xml.doctype", "a DOCTYPE is not accepted");
}

/* As the declaration names it; NULL where it does not. A document out of memory has it with the
 * input alone. */
static const char *
declared_encoding(const struct xml_reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    if (reader->parser->encoding)
        return (const char *)reader->parser->encoding;
    return input ? (const char *)input->encoding : NULL;
}

/* Called once the declaration is read: the encodings that we vouch for. */
static void
on_document(void *context)
{
    static const char *const known[] = {"UTF-8",       "UTF8",        "US-ASCII", "ASCII",
                                        "UTF-16",      "UTF-16LE",    "UTF-16BE", "ISO-8859-1",
                                        "ISO-8859-15", "windows-1252"};
    struct xml_reader *reader = context;
    const char *encoding = declared_encoding(reader);
    const xmlParserInput *input = reader->parser->input;
    bool converted = input && input->buf && input->buf->encoder;
    bool accepted = !encoding;
    for (size_t i = 0; i < sizeof known / sizeof *known && !accepted; i++)
        accepted = text_equal_nocase(text_of(encoding), text_of(known[i]));
    reader->plain =
        !converted && (!encoding || text_equal_nocase(text_of(encoding), TEXT("UTF-8")));
    if (!accepted)
        fail(reader, "xml.encoding",
             "this encoding is not accepted; UTF-8, UTF-16, ISO-8859-1, "
             "ISO-8859-15 and windows-1252 are");
}

static void
on_error(void *context, xmlErrorPtr error)
{
    struct xml_reader *reader = context;
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
parse(struct xml_reader *reader, int fd)
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
report_unmapped(const struct xml_reader *reader)
{
    const char *const *headers = NULL;
    uint32_t count = reader->sheet ? spreadsheet_unmapped(reader->sheet, &headers)
                                   : names_unmapped_count(reader->row.names);
    for (uint32_t i = 0; i < count; i++)
        reader->sink.unmapped(reader->sink.context,
                              headers ? headers[i] : names_unmapped(reader->row.names, i));
}

static const xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                                      .startElementNs = on_start,
                                      .endElementNs = on_end,
                                      .characters = on_text,
                                      .cdataBlock = on_text,
                                      .ignorableWhitespace = on_text,
                                      .internalSubset = on_doctype,
                                      .startDocument = on_document,
                                      .serror = on_error};

static void
open_reader(struct xml_reader *reader, const struct xml_shape *shape, uint32_t column_count,
            const char *const *columns, struct xml_sink sink)
{
    xmlInitParser();
    xmlSetExternalEntityLoader(refuse_entity);
    *reader = (struct xml_reader){.sink = sink};
    xmlrow_open(&reader->row, shape, column_count, columns);
    if (shape->spreadsheet)
        reader->sheet = spreadsheet_new(column_count, columns);
}

static void
close_reader(struct xml_reader *reader)
{
    spreadsheet_free(reader->sheet);
    xmlrow_close(&reader->row);
    free(reader->place);
    xmlFreeParserCtxt(reader->parser);
}

bool
xml_read(const char *path, const struct xml_shape *shape, uint32_t column_count,
         const char *const *columns, struct xml_sink sink, struct diag *diag)
{
    struct xml_reader reader;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.open", (struct place){path, 0, 0},
                    "%s", strerror(errno));
        return false;
    }
    open_reader(&reader, shape, column_count, columns, sink);
    reader.path = path;
    reader.diag = diag;
    xmlSAXHandler own = handler;
    reader.parser = xmlCreatePushParserCtxt(&own, &reader, NULL, 0, NULL);
    if (!reader.parser)
        memory_exhausted(0);
    xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET);
    parse(&reader, fd);
    if (!reader.failed && sink.unmapped)
        report_unmapped(&reader);
    close_reader(&reader);
    close(fd);
    return !reader.failed;
}

struct xml_reader *
xml_reader_new(const struct xml_shape *shape, uint32_t column_count, const char *const *columns,
               struct xml_sink sink)
{
    struct xml_reader *reader = memory_new(1, sizeof *reader);
    open_reader(reader, shape, column_count, columns, sink);
    reader->place = memory_new(1, sizeof *reader->place);
    reader->parser = xmlNewParserCtxt();
    if (!reader->parser)
        memory_exhausted(0);
    *reader->parser->sax = handler;
    reader->parser->userData = reader;
    return reader;
}

void
xml_reader_free(struct xml_reader *reader)
{
    if (reader)
        close_reader(reader);
    free(reader);
}

/* One document out of memory. */
static bool
read_document(struct xml_reader *reader, struct text document)
{
    reader->document = document;
    reader->depth = 0;
    reader->failed = false;
    xmlrow_begin(&reader->row);
    xmlCtxtReadMemory(reader->parser, document.bytes, (int)document.length, NULL, NULL,
                      XML_PARSE_NONET);
    return reader->parser->wellFormed && !reader->failed;
}

/* The end tags of what is open around a record. */
static struct buf
end_tags(const struct text *tag, uint32_t depth)
{
    struct buf tags = {0};
    while (depth-- > 0) {
        buf_string(&tags, "</");
        buf_add(&tags, tag[depth].bytes + 1, tag[depth].length - 1);
        buf_char(&tags, '>');
    }
    return tags;
}

bool
xml_find_frame(struct xml_reader *reader, struct text head, struct xml_frame *frame)
{
    struct text tag[XMLROW_DEPTH_MOST] = {{NULL, 0}};
    reader->tag = tag;
    read_document(reader, head);
    reader->tag = NULL;
    if (!reader->row.in_record || reader->failed || reader->depth < 2 || !reader->plain)
        return false;
    frame->depth = reader->depth - 1;
    frame->record = tag[frame->depth];
    frame->before = (struct text){head.bytes, (uint32_t)(frame->record.bytes - head.bytes)};
    frame->behind = end_tags(tag, frame->depth);
    return true;
}

bool
xml_read_piece(struct xml_reader *reader, const struct xml_frame *frame, struct text document,
               bool last, uint32_t before)
{
    reader->before = before;
    reader->floor = last ? 0 : frame->depth;
    reader->outer = frame->before.length;
    reader->inner = last ? 0 : document.length - frame->behind.length;
    return read_document(reader, document);
}

bool
xml_join_names(const struct xml_reader *reader, struct names *names)
{
    return names_join(names, reader->row.names, reader->place, NAMES_MOST / 2);
}
