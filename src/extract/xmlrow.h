/* xmlrow: the rows of an XML file of records from its elements as they pass. */
#ifndef SEFPACK_EXTRACT_XMLROW_H
#define SEFPACK_EXTRACT_XMLROW_H

#include "buf.h"
#include "text.h"
#include "xml.h"

enum { XMLROW_DEPTH_MOST = 64 };

struct names;

/* An attribute as the parser gives it: interned names, the ends of the value. */
struct xmlrow_attribute {
    const unsigned char *local, *prefix, *uri, *value, *end;
};

/* The start of one element. */
struct xmlrow_start {
    const char *local; /* interned */
    uint32_t count;
    const struct xmlrow_attribute *attribute;
    uint32_t depth; /* elements open around it, below XMLROW_DEPTH_MOST */
    uint32_t line;
};

struct xmlrow {
    const struct xml_shape *shape;
    struct names *names;
    uint32_t column_count, line; /* where the record begins */
    struct text *cell;           /* of the record that ended last; as long as nothing starts */
    uint32_t record_depth;       /* elements around the record */
    bool in_record;
    struct xmlrow_level *level;
    struct xmlrow_span *span;
    struct buf row;   /* texts of the record, then that of the open element */
    size_t text;      /* where that one begins */
    struct buf plain; /* an attribute's value without references */
};

void
xmlrow_open(struct xmlrow *row, const struct xml_shape *shape, uint32_t column_count,
            const char *const *columns);

void
xmlrow_close(struct xmlrow *row);

/* Before another document with the same names. */
void
xmlrow_begin(struct xmlrow *row);

/* False when there are too many different names. */
bool
xmlrow_start(struct xmlrow *row, const struct xmlrow_start *start);

/* The element at that depth ends; true when that completes a record, in `cell`. */
bool
xmlrow_end(struct xmlrow *row, uint32_t depth);

/* Characters in the open element; false when its value gets too long. */
bool
xmlrow_text(struct xmlrow *row, struct text text);

/* The value of an attribute, or "". It dies with the next call. */
struct text
xmlrow_value(struct xmlrow *row, const struct xmlrow_start *start, const char *name);

#endif
