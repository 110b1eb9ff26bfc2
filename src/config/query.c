#include "query.h"

#include "config.h"
#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUERY_BYTES = TREE_SCALAR }; /* as much as fits into the config itself */

static void
fault(struct reader *reader, const char *where, const struct config_extract *extract,
      const char *what)
{
    diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.query_file", extract->place,
                "%s.query_file: %s %s", where, extract->query_file, what);
}

/* At most one byte more than allowed; NULL with errno when it cannot be read. */
static char *
slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return NULL;
    char *bytes = memory_new(QUERY_BYTES + 2, 1);
    *length = fread(bytes, 1, QUERY_BYTES + 1, file);
    bool failed = ferror(file) != 0;
    int cause = errno;
    fclose(file);
    if (!failed)
        return bytes;
    free(bytes);
    errno = cause;
    return NULL;
}

static void
read_file(struct reader *reader, const char *where, struct config_extract *extract)
{
    size_t length = 0;
    char *bytes = slurp(extract->query_file, &length);
    extract->query = "";
    if (!bytes)
        fault(reader, where, extract,
              arena_printf(reader->arena, "cannot be read: %s", strerror(errno)));
    else if (length > QUERY_BYTES)
        fault(reader, where, extract, "is larger than 64 KiB");
    else if (memchr(bytes, 0, length) || text_valid_utf8(bytes, length) != length)
        fault(reader, where, extract, "is not UTF-8");
    else
        extract->query = arena_copy(reader->arena, bytes, length);
    free(bytes);
}

void
query_complete(struct reader *reader, const char *where, struct config_extract *extract)
{
    if (extract->query_file && extract->query)
        diag_report(reader->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.both_keys", extract->place,
                    "%s: give 'query' or 'query_file', not both", where);
    else if (extract->query_file)
        read_file(reader, where, extract);
    if (!extract->query)
        return;
    size_t length = strlen(extract->query);
    while (length && strchr(" \t\r\n;", extract->query[length - 1]))
        length--;
    extract->query = arena_copy(reader->arena, extract->query, length);
}
