/* libharu writes every object in full, in the order of numbers, and a table of their places behind
 * them (ISO 32000-1, 7.5.4). Here they are read by that table and written as 7.5.7 and 7.5.8 say:
 * the thousands of elements of a tagged table then take next to no room. */
#include "pdf_file.h"

#include "deflate.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { IN_STREAM_MOST = 1000, ENTRY = 20, METADATA_AS_IS = 1 };

enum place_kind { PLACE_FREE, PLACE_FILE, PLACE_STREAM };

struct place {
    enum place_kind kind;
    uint32_t at;    /* in the file; or the number of the stream that holds it */
    uint32_t index; /* in that stream */
};

void
pdf_objects_end(struct pdf_objects *objects)
{
    memory_grow(&objects->end, &objects->capacity, objects->count + 1, sizeof *objects->end);
    objects->end[objects->count++] = objects->bytes.length;
}

void
pdf_objects_free(struct pdf_objects *objects)
{
    buf_free(&objects->bytes);
    free(objects->end);
    *objects = (struct pdf_objects){0};
}

struct packer {
    struct text in;
    const struct pdf_contents *contents;
    struct buf *out;
    struct deflate *deflate;
    uint32_t count;  /* of objects, with number 0 */
    uint32_t *start; /* in the input; 0: there is none */
    size_t capacity;
    struct place *place; /* by number; grows for the streams added */
    uint32_t next;       /* number of the next stream added */
};

/* Decimal digits at *at, moving behind them. */
static uint32_t
read_number(const char **at, const char *end)
{
    uint32_t value = 0;
    while (*at < end && **at == ' ')
        ++*at;
    for (; *at < end && **at >= '0' && **at <= '9'; ++*at)
        value = value * 10 + (uint32_t)(**at - '0');
    return value;
}

static const char *
find(const char *from, const char *end, const char *what)
{
    return from < end ? memmem(from, (size_t)(end - from), what, strlen(what)) : NULL;
}

/* The last "startxref" says where the table is. */
static const char *
find_table(struct text in)
{
    const char *end = in.bytes + in.length;
    const char *at = find(in.length > 64 ? end - 64 : in.bytes, end, "startxref");
    if (!at)
        return NULL;
    at += strlen("startxref");
    while (at < end && (*at == '\n' || *at == '\r'))
        at++;
    uint32_t offset = read_number(&at, end);
    if (offset >= in.length || in.length - offset < 8 ||
        memcmp(in.bytes + offset, "xref\n0 ", 7) != 0)
        return NULL;
    return in.bytes + offset + 7;
}

static bool
read_table(struct packer *packer, const char **trailer)
{
    const char *end = packer->in.bytes + packer->in.length, *at = find_table(packer->in);
    if (!at)
        return false;
    packer->count = read_number(&at, end);
    at++;
    if (packer->count == 0 || (size_t)(end - at) / ENTRY < packer->count)
        return false;
    packer->start = memory_new(packer->count, sizeof *packer->start);
    for (uint32_t i = 0; i < packer->count; i++, at += ENTRY) {
        const char *digits = at;
        uint32_t start = read_number(&digits, at + 10);
        packer->start[i] = at[17] == 'n' ? start : 0;
        if (start >= packer->in.length)
            return false;
    }
    *trailer = find(at, end, "<<");
    return *trailer != NULL;
}

/* The body of an object: between "n 0 obj" and "endobj". */
static struct text
body_of(const struct packer *packer, uint32_t number, const char *limit)
{
    const char *start = find(packer->in.bytes + packer->start[number], limit, "obj");
    if (!start)
        return (struct text){0};
    start += 4;
    const char *end = limit;
    while (end > start && memcmp(end - 6, "endobj", 6) != 0)
        end--;
    end -= 6;
    while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    return (struct text){start, end > start ? (uint32_t)(end - start) : 0};
}

static void
set_place(struct packer *packer, uint32_t number, struct place place)
{
    memory_grow(&packer->place, &packer->capacity, number + 1u, sizeof *packer->place);
    packer->place[number] = place;
}

static void
begin_object(struct packer *packer, uint32_t number)
{
    set_place(packer, number, (struct place){PLACE_FILE, (uint32_t)packer->out->length, 0});
    buf_int(packer->out, number);
    buf_string(packer->out, " 0 obj\n");
}

/* A stream's end and its bytes; compressed unless that is not wished for. */
static void
write_stream(struct packer *packer, struct text bytes, bool as_is)
{
    struct buf packed = {0};
    if (as_is)
        buf_text(&packed, bytes);
    else
        deflate_add(packer->deflate, bytes.bytes, bytes.length, &packed);
    if (!as_is)
        buf_string(packer->out, "/Filter/FlateDecode");
    buf_string(packer->out, "/Length ");
    buf_int(packer->out, (int64_t)packed.length);
    buf_string(packer->out, ">>\nstream\n");
    buf_add(packer->out, packed.bytes, packed.length);
    buf_string(packer->out, "\nendstream\nendobj\n");
    buf_free(&packed);
}

/* Entries of a dictionary without the one of that key, whose value ends with `end`. */
static void
add_without(struct buf *out, struct text entries, const char *key, const char *end)
{
    const char *stop = entries.bytes + entries.length, *at = find(entries.bytes, stop, key);
    const char *behind = at ? find(at, stop, end) : NULL;
    if (!behind) {
        buf_text(out, entries);
        return;
    }
    behind += strlen(end);
    buf_add(out, entries.bytes, (size_t)(at - entries.bytes));
    buf_add(out, behind, (size_t)(stop - behind));
}

/* Copies a stream; its length stood in an object of its own, which is dropped. */
static void
copy_stream(struct packer *packer, uint32_t number, struct text body, const char *stream)
{
    static const char begin[] = "stream\r\n", end[] = "\nendstream";
    const char *dict_end = stream;
    while (dict_end > body.bytes && dict_end[-1] != '>')
        dict_end--;
    struct text entries = {body.bytes, (uint32_t)(dict_end - 2 - body.bytes)};
    const char *length = find(entries.bytes, entries.bytes + entries.length, "/Length ");
    if (length) {
        length += strlen("/Length ");
        uint32_t dropped = read_number(&length, dict_end);
        if (dropped < packer->count)
            packer->start[dropped] = 0;
    }
    const char *bytes = stream + sizeof begin - 1;
    size_t whole = (size_t)(body.bytes + body.length - bytes);
    struct text content = {bytes, (uint32_t)(whole - (sizeof end - 1))};
    if (number < packer->contents->count && packer->contents->of[number].bytes)
        content = packer->contents->of[number];
    const char *entries_end = entries.bytes + entries.length;
    bool as_is = find(entries.bytes, entries_end, "/Metadata") ||
                 find(entries.bytes, entries_end, "/Filter");
    begin_object(packer, number);
    add_without(packer->out, entries, "/Length ", "R");
    write_stream(packer, content, as_is);
}

struct shelf { /* objects on their way into one stream */
    uint32_t count;
    struct buf index, bodies;
};

static void
close_shelf(struct packer *packer, struct shelf *shelf)
{
    if (shelf->count == 0)
        return;
    size_t first = shelf->index.length;
    buf_add(&shelf->index, shelf->bodies.bytes, shelf->bodies.length);
    begin_object(packer, packer->next++);
    buf_printf(packer->out, "<</Type/ObjStm/N %u/First %zu", shelf->count, first);
    write_stream(packer, buf_as_text(&shelf->index), false);
    buf_clear(&shelf->index);
    buf_clear(&shelf->bodies);
    shelf->count = 0;
}

static void
put_on_shelf(struct packer *packer, struct shelf *shelf, uint32_t number, struct text body)
{
    set_place(packer, number, (struct place){PLACE_STREAM, packer->next, shelf->count});
    buf_int(&shelf->index, number);
    buf_char(&shelf->index, ' ');
    buf_int(&shelf->index, (int64_t)shelf->bodies.length);
    buf_char(&shelf->index, ' ');
    buf_text(&shelf->bodies, body);
    buf_char(&shelf->bodies, '\n');
    if (++shelf->count == IN_STREAM_MOST)
        close_shelf(packer, shelf);
}

/* Streams first, since they say which lengths are dropped; then all the rest. */
static void
copy_objects(struct packer *packer, const char *table, const struct pdf_objects *more)
{
    struct shelf shelf = {0};
    struct text *body = memory_new(packer->count, sizeof *body);
    const char *limit = table;
    for (uint32_t i = packer->count; i-- > 1;)
        if (packer->start[i]) {
            body[i] = body_of(packer, i, limit);
            limit = packer->in.bytes + packer->start[i];
        }
    for (uint32_t i = 1; i < packer->count; i++) {
        if (!packer->start[i])
            continue;
        const char *stream = find(body[i].bytes, body[i].bytes + body[i].length, "stream\r\n");
        if (stream) {
            copy_stream(packer, i, body[i], stream);
            packer->start[i] = 0;
        }
    }
    for (uint32_t i = 1; i < packer->count; i++)
        if (packer->start[i])
            put_on_shelf(packer, &shelf, i, body[i]);
    size_t from = 0;
    for (size_t i = 0; i < more->count; from = more->end[i++])
        put_on_shelf(packer, &shelf, more->first + (uint32_t)i,
                     (struct text){more->bytes.bytes + from, (uint32_t)(more->end[i] - from)});
    close_shelf(packer, &shelf);
    buf_free(&shelf.index);
    buf_free(&shelf.bodies);
    free(body);
}

/* Each row as the difference to the one before: most are the same. */
static void
add_rows(const struct packer *packer, struct buf *rows)
{
    enum { ROW = 7 };
    uint8_t before[ROW] = {0};
    for (uint32_t i = 0; i <= packer->next; i++) {
        struct place place = packer->place[i];
        const uint8_t row[ROW] = {(uint8_t)place.kind,       (uint8_t)(place.at >> 24),
                                  (uint8_t)(place.at >> 16), (uint8_t)(place.at >> 8),
                                  (uint8_t)place.at,         (uint8_t)(place.index >> 8),
                                  (uint8_t)place.index};
        buf_char(rows, 2); /* PNG's filter "up" */
        for (int b = 0; b < ROW; b++)
            buf_char(rows, (char)(row[b] - before[b]));
        memcpy(before, row, sizeof before);
    }
}

/* The table of places as a stream, with the entries of the old trailer. */
static void
write_table(struct packer *packer, const char *trailer)
{
    struct buf rows = {0};
    const char *end = packer->in.bytes + packer->in.length,
               *close = find(trailer, end, "startxref");
    while (close && close > trailer && close[-1] != '>')
        close--;
    struct text entries = {trailer, (uint32_t)(close - 2 - trailer)};
    size_t start = packer->out->length;
    begin_object(packer, packer->next);
    add_rows(packer, &rows);
    add_without(packer->out, entries, "/Size ", "\n");
    buf_printf(packer->out, "/Type/XRef/Size %u/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>",
               packer->next + 1);
    write_stream(packer, buf_as_text(&rows), false);
    buf_printf(packer->out, "startxref\n%zu\n%%%%EOF\n", start);
    buf_free(&rows);
}

bool
pdf_file_pack(struct text written, const struct pdf_contents *contents,
              const struct pdf_objects *more, struct buf *out)
{
    struct packer packer = {.in = written, .contents = contents, .out = out};
    const char *trailer = NULL;
    bool readable = read_table(&packer, &trailer) && more->first == packer.count;
    if (readable) {
        packer.deflate = deflate_open();
        packer.next = packer.count + (uint32_t)more->count;
        set_place(&packer, packer.next, (struct place){0});
        memset(packer.place, 0, packer.capacity * sizeof *packer.place);
        packer.place[0].index = UINT16_MAX;
        buf_add(out, written.bytes, packer.start[1]); /* the header */
        copy_objects(&packer, find_table(written) - 7, more);
        write_table(&packer, trailer);
        deflate_close(packer.deflate);
    }
    free(packer.start);
    free(packer.place);
    return readable;
}
