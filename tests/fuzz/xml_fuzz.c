/* Any bytes as an XML file: what is handed over is whole UTF-8 with a line that never goes back,
 * the hash is given every byte, and a second reading gives the same, as does one in pieces, which
 * may stop early. The first byte picks a shape and how long the pieces are. */
#include "../unit/extract/piecewise.h"
#include "fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { COLUMNS = 4 };

static const struct xml_shape shapes[] = {
    {.record = "/r/i"},
    {.record = "//i"},
    {.record = "//records", .where = "type", .equals = "Opportunity"},
    {.record = "//record", .key = "name", .value = "value", .where = "name", .equals = "deal"},
    {.record = "/response/result/*/row", .key = "val"},
    {.spreadsheet = true},
};
static const char *const columns[COLUMNS] = {"id", "name", "Owner/Name", "@Amount"};

struct reading {
    struct buf seen, bytes;
    size_t rows; /* how far `seen` is about rows */
    uint32_t line;
    bool good;
};

static bool
take_row(void *context, const struct text *cells, uint32_t line)
{
    struct reading *reading = context;
    CHECK(line >= reading->line);
    reading->line = line;
    buf_printf(&reading->seen, "%u", line);
    for (size_t c = 0; c < COLUMNS; c++) {
        CHECK(text_valid_utf8(cells[c].bytes, cells[c].length) == cells[c].length);
        CHECK(!cells[c].length || !memchr(cells[c].bytes, '\0', cells[c].length));
        buf_char(&reading->seen, '|');
        buf_text(&reading->seen, cells[c]);
    }
    buf_char(&reading->seen, '\n');
    reading->rows = reading->seen.length;
    return true;
}

static void
take_unmapped(void *context, const char *name)
{
    struct reading *reading = context;
    CHECK(text_valid_utf8(name, strlen(name)) == strlen(name));
    buf_printf(&reading->seen, "?%s\n", name);
}

static void
take_bytes(void *context, const void *bytes, size_t length)
{
    struct reading *reading = context;
    buf_text(&reading->bytes, fuzz_text(bytes, length));
}

static struct reading
read_with(const char *path, const struct xml_shape *shape, struct text whole)
{
    struct reading reading = {0};
    struct diag *diag = diag_new(NULL, false, false);
    const struct xml_sink sink = {&reading, take_row, take_unmapped, take_bytes};
    bool good = xml_read(path, shape, COLUMNS, columns, sink, diag);
    CHECK(good == (diag_exit(diag) == EXIT_OK));
    CHECK(!good || reading.bytes.length == whole.length);
    CHECK(reading.bytes.length <= whole.length);
    CHECK(!reading.bytes.length ||
          memcmp(reading.bytes.bytes, whole.bytes, reading.bytes.length) == 0);
    reading.good = good;
    buf_printf(&reading.seen, "%d", good);
    diag_free(diag);
    return reading;
}

static void
read_in_pieces(const char *path, const struct xml_shape *shape, uint32_t chunk,
               const struct reading *one)
{
    struct piecewise pieces = piecewise_read(path, shape, COLUMNS, columns, chunk, 1);
    CHECK(pieces.rows.length <= one->rows);
    CHECK(!pieces.rows.length ||
          memcmp(pieces.rows.bytes, one->seen.bytes, pieces.rows.length) == 0);
    CHECK(!pieces.whole || (one->good && pieces.rows.length == one->rows));
    piecewise_free(&pieces);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1)
        return 0;
    const struct xml_shape *shape = &shapes[*bytes % (sizeof shapes / sizeof *shapes)];
    struct text whole = fuzz_text(bytes + 1, size - 1);
    int fd = memfd_create("xml", MFD_CLOEXEC);
    CHECK(fd >= 0 && write(fd, whole.bytes, whole.length) == (ssize_t)whole.length);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct reading one = read_with(path, shape, whole), two = read_with(path, shape, whole);
    CHECK(one.seen.length == two.seen.length &&
          memcmp(one.seen.bytes, two.seen.bytes, one.seen.length) == 0);
    if (!shape->spreadsheet)
        read_in_pieces(path, shape, 1 + *bytes, &one);
    buf_free(&one.seen), buf_free(&one.bytes);
    buf_free(&two.seen), buf_free(&two.bytes);
    close(fd);
    return 0;
}
