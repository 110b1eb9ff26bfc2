/* xml: records of an XML file, streamed in constant memory by libxml2's SAX2 push parser.
 *
 * Any DOCTYPE is refused, and with it every entity beyond the five. Caps: depth 64, 1 MiB of text a
 * value, 256 KiB of markup without an event, 4,096 distinct paths. No file but the one given is
 * ever opened. */
#ifndef SEFPACK_EXTRACT_XML_H
#define SEFPACK_EXTRACT_XML_H

#include "buf.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct xml_shape {
    const char *record;         /* path; NULL with spreadsheet */
    const char *key, *value;    /* key/value children: names of attributes, or NULL */
    bool spreadsheet;           /* Excel XML Spreadsheet 2003: the first row holds the names */
    const char *where, *equals; /* only at or below an element whose attribute has that value */
};

struct xml_sink {
    void *context;
    /* One record: cells[column_count]; an absent one has length 0; they die with the call. False
     * stops the reading. */
    bool (*row)(void *context, const struct text *cells, uint32_t line);
    /* Once at the end for each name that no column wants. */
    void (*unmapped)(void *context, const char *name);
    /* Every byte of the file in order, before it is parsed: for its hash. May be NULL. */
    void (*bytes)(void *context, const void *bytes, size_t length);
};

/* Reads `path` whole; columns as names.h says (in a spreadsheet: headers, compared without case
 * and outer blanks). False after an error with file and line in diag (exit code 5). */
bool
xml_read(const char *path, const struct xml_shape *shape, uint32_t column_count,
         const char *const *columns, struct xml_sink sink, struct diag *diag);

/* Below: a file of records in pieces. What stands in front of the first record, a piece that begins
 * with a record and ends in front of another, and the end tags of what is then open make a document
 * of their own. If that is well-formed and none of what was open in front of the piece is closed in
 * it, then the next piece begins with the same elements open: the pieces read one by one give what
 * the file would give. Whatever does not hold is no error: the file is then for xml_read. */
struct xml_reader; /* of one thread; its sink is given rows alone */
struct names;

struct xml_frame {
    struct text before; /* all in front of the first record */
    struct text record; /* how its start tag begins: "<row" */
    struct buf behind;  /* the end tags; the caller frees it */
    uint32_t depth;     /* how many */
};

/* Not for spreadsheets. `shape` and `columns` outlive it. */
struct xml_reader *
xml_reader_new(const struct xml_shape *shape, uint32_t column_count, const char *const *columns,
               struct xml_sink sink);

void
xml_reader_free(struct xml_reader *reader);

/* The frame of the file that begins with `head`; false where there is none to be found, or where
 * it is not UTF-8. It points into `head`. */
bool
xml_find_frame(struct xml_reader *reader, struct text head, struct xml_frame *frame);

/* Reads a document made of a piece, to the sink; the `last` one stands without the end tags. Its
 * lines are counted from `before`. False when it is not what it must be: rows that were given are
 * then of no meaning. */
bool
xml_read_piece(struct xml_reader *reader, const struct xml_frame *frame, struct text document,
               bool last, uint32_t before);

/* Adds the names met since the last call, in their order. False when there are too many to go on in
 * pieces. */
bool
xml_join_names(const struct xml_reader *reader, struct names *names);

#endif
