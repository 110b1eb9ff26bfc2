/* json: a writer of JSON into a buf. Numbers are the shortest that read back the same. */
#ifndef SEFPACK_BASE_JSON_H
#define SEFPACK_BASE_JSON_H

#include "buf.h"

#include <stdbool.h>
#include <stdint.h>

struct json { /* zero-initialise, then set `out`; `indent` 0 writes everything on one line */
    struct buf *out;
    int indent;
    int depth;
    bool comma, keyed; /* internal */
};

void
json_open(struct json *json, char bracket); /* '{' or '[' */

void
json_close(struct json *json, char bracket); /* '}' or ']' */

void
json_key(struct json *json, const char *key);

/* Bytes that are not UTF-8 become U+FFFD; control characters are escaped. */
void
json_text(struct json *json, struct text text);

void
json_string(struct json *json, const char *string); /* NULL writes null */

void
json_int(struct json *json, int64_t value);

void
json_real(struct json *json, double value); /* asserts that it is finite */

void
json_bool(struct json *json, bool value);

void
json_null(struct json *json);

#endif
