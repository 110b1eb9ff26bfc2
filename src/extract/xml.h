/* xml: records of an XML file, streamed in constant memory by libxml2's SAX2 push parser.
 *
 * Any DOCTYPE is refused, and with it every entity beyond the five. Caps: depth 64, 1 MiB of text a
 * value, 256 KiB of markup without an event, 4,096 distinct paths. No file but the one given is
 * ever opened. */
#ifndef SEFPACK_EXTRACT_XML_H
#define SEFPACK_EXTRACT_XML_H

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

#endif
