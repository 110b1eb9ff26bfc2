/* json_reader: a JSON text read from front to back, without a tree. RFC 8259 to the letter, but for
 * the UTF-8 of strings that are skipped; nested at most 64 deep. After a fault nothing more is
 * found. */
#ifndef SEFPACK_BASE_JSON_READER_H
#define SEFPACK_BASE_JSON_READER_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_LIST,
    JSON_OBJECT,
    JSON_FAULT
};

struct json_reader {
    const char *at, *end; /* at: where a fault shows */
    int depth;
    bool fault;
    bool first; /* internal: nothing of this bracket was read yet */
};

struct json_reader
json_reader_on(struct text text);

/* What comes next, by its first byte. */
enum json_kind
json_reader_kind(struct json_reader *reader);

/* Steps into the list or object that comes next; false and a fault when it is none. */
bool
json_reader_enter(struct json_reader *reader, enum json_kind kind);

/* Whether another item follows in the list that was entered; behind the last it steps out. */
bool
json_reader_item(struct json_reader *reader);

/* The same in an object, with the member's key, as json_reader_string gives it. */
bool
json_reader_member(struct json_reader *reader, struct buf *room, struct text *key);

/* The string that comes next: in the text itself, or in `room` where it holds escapes. Empty after
 * a fault. */
struct text
json_reader_string(struct json_reader *reader, struct buf *room);

/* The digits of the number that comes next. */
struct text
json_reader_number(struct json_reader *reader);

/* Of such digits: false unless they are a whole number within int64_t. */
bool
json_reader_whole(struct text digits, int64_t *whole);

/* Passes the value that comes next, and gives its bytes. */
struct text
json_reader_skip(struct json_reader *reader);

/* Whether the text ends here, and nothing was at fault. */
bool
json_reader_ended(struct json_reader *reader);

#endif
