#include "csvfile.h"

#include "arena.h"
#include "charset.h"
#include "config.h"
#include "encoding.h"
#include "mapping.h"
#include "memory.h"
#include "scan.h"

#include <stdlib.h>

enum { CHUNK = 256 * 1024, LEAST_CHUNK = 64 * 1024, CHUNKS = 16 };
enum { HEAD = 128 * 1024, HEAD_MOST = 2 * 1024 * 1024 };

/* The first bytes of the file, or all of a small one. False after an error in diag. */
static bool
read_head(struct csvfile *csv, size_t most, bool *whole, struct diag *diag)
{
    bool small = csv->input.regular && csv->input.size < most;
    size_t room = small ? (size_t)csv->input.size : most;
    free(csv->head);
    char *bytes = csv->head = memory_new(room, 1);
    ssize_t got = csv->input.regular ? input_at(&csv->input, 0, bytes, room)
                                     : input_next(&csv->input, bytes, room);
    csv->head_length = got > 0 ? (uint32_t)got : 0;
    *whole = small || (size_t)csv->head_length < room;
    if (got < 0)
        input_failed(&csv->input, diag);
    else if (got == 0)
        diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.empty",
                    (struct place){csv->input.path, 0, 0}, "the file is empty: not even a header");
    return got > 0;
}

static void
set_encoding(struct csvfile *csv, const char *name, bool doubtful)
{
    csv->encoding = name;
    csv->doubtful = doubtful;
    csv->not_characters = arena_printf(csv->arena, "bytes that are not %s", name);
}

bool
csvfile_survey(struct csvfile *csv)
{
    struct encoding_survey lines = {0, 0, 0};
    if (!csv->input.regular)
        encoding_survey_bytes(csv->head, csv->head_length, false, &lines);
    else if (!encoding_survey_file(&csv->input, 0, csv->jobs, &lines))
        return false;
    csv->ascii = false;
    set_encoding(csv, encoding_is_utf8(&lines) ? "utf-8" : "windows-1252",
                 lines.other || lines.damaged || !csv->input.regular);
    return true;
}

/* Whether the first line end is a character of several bytes. A piece of UTF-16 inside another text
 * has zero bytes, too, but the header's own line end is plain. */
static bool
has_wide_lines(const struct csvfile *csv)
{
    for (uint32_t i = 0; i < csv->head_length; i++)
        if (csv->head[i] == '\n' || csv->head[i] == '\r')
            return (i > 0 && csv->head[i - 1] == '\0') ||
                   (i + 1 < csv->head_length && csv->head[i + 1] == '\0');
    return true;
}

/* A byte order mark decides; then the config; then where zero bytes stand; then the lines. */
static bool
find_encoding(struct csvfile *csv, const char *configured, struct diag *diag)
{
    struct charset_guess guess = charset_detect(csv->head, csv->head_length);
    if (!guess.bom && !has_wide_lines(csv))
        guess.name = NULL;
    csv->bom = guess.bom;
    csv->ascii = false;
    set_encoding(csv, guess.name ? guess.name : "utf-8", true);
    if (guess.bom)
        return true;
    if (configured) {
        const char *name = charset_find(configured);
        if (name)
            set_encoding(csv, name, true);
        else
            diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.encoding",
                        (struct place){csv->input.path, 0, 0}, "the encoding %s is not known",
                        configured);
        return name != NULL;
    }
    if (strcmp(csv->encoding, "utf-8") != 0)
        return true;
    csv->ascii = csv->kernel->ascii(csv->head, csv->head_length) == csv->head_length;
    if (csv->ascii || csvfile_survey(csv))
        return true;
    input_failed(&csv->input, diag);
    return false;
}

/* Dialect and header from the head as text; a character cut at its end does not matter here. */
static bool
find_dialect(struct csvfile *csv, bool whole, char delimiter, const struct mapping *mapping,
             struct diag *diag)
{
    struct text text = {csv->head + csv->bom, csv->head_length - csv->bom};
    struct buf converted = {0};
    if (strcmp(csv->encoding, "utf-8") != 0) {
        struct charset *charset = charset_open(csv->encoding);
        charset_convert(charset, text.bytes, text.length, whole, &converted);
        charset_close(charset);
        text = buf_as_text(&converted);
    }
    bool found = dialect_find(csv->input.path, text, whole, delimiter, mapping, csv->arena,
                              &csv->dialect, diag);
    buf_free(&converted);
    return found;
}

/* Encoding, dialect and header. Of what can be read again, the first part mostly tells. */
static bool
look(struct csvfile *csv, const char *encoding, char delimiter, const struct mapping *mapping,
     struct diag *diag)
{
    bool whole = false;
    if (csv->input.regular) {
        if (!read_head(csv, HEAD, &whole, diag) || !find_encoding(csv, encoding, diag))
            return false;
        if (find_dialect(csv, whole, delimiter, mapping, NULL))
            return true;
    }
    return (whole || read_head(csv, HEAD_MOST, &whole, diag)) &&
           find_encoding(csv, encoding, diag) && find_dialect(csv, whole, delimiter, mapping, diag);
}

/* A small file is cut finer, so that all threads get something of it. */
static uint32_t
chunk_of(uint64_t size)
{
    uint64_t part = size / CHUNKS;
    return part > CHUNK ? CHUNK : part < LEAST_CHUNK ? LEAST_CHUNK : (uint32_t)part;
}

static bool
prepare(struct csvfile *csv, const char *encoding, char delimiter, const struct mapping *mapping,
        struct diag *diag)
{
    if (!look(csv, encoding, delimiter, mapping, diag))
        return false;
    if (csv->input.regular)
        csv->chunk = chunk_of(csv->input.size);
    struct place place = {csv->input.path, (uint32_t)csv->dialect.header_line, 0};
    csv->binding = mapping_bind(mapping, csv->arena, csv->dialect.columns, csv->dialect.header,
                                false, place, diag);
    if (csv->input.regular) { /* it can be read again */
        input_close(&csv->input);
        free(csv->head);
        csv->head = NULL;
    }
    return csv->binding != NULL;
}

static struct csvfile *
new_file(unsigned jobs)
{
    struct arena *arena = arena_new();
    struct csvfile *csv = arena_alloc(arena, sizeof *csv);
    csv->arena = arena;
    csv->jobs = jobs;
    csv->chunk = CHUNK;
    csv->kernel = scan_kernel();
    csv->input.fd = -1;
    return csv;
}

struct csvfile *
csvfile_open(const char *path, const struct config_extract *extract, const struct mapping *mapping,
             unsigned jobs, struct diag *diag)
{
    struct csvfile *csv = new_file(jobs);
    if (!input_open(&csv->input, path, diag) ||
        !prepare(csv, extract->encoding, extract->delimiter, mapping, diag)) {
        csvfile_close(csv);
        return NULL;
    }
    return csv;
}

struct csvfile *
csvfile_open_stream(const char *name, struct input_stream stream, const struct mapping *mapping,
                    struct diag *diag)
{
    struct csvfile *csv = new_file(1);
    input_of_stream(&csv->input, name, stream);
    if (prepare(csv, "utf-8", ',', mapping, diag))
        return csv;
    csvfile_close(csv);
    return NULL;
}

void
csvfile_close(struct csvfile *csv)
{
    input_close(&csv->input);
    free(csv->head);
    arena_free(csv->arena);
}
