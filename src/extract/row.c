#include "row.h"

#include "memory.h"

#include <stdlib.h>

static const char not_closed[] = "quote not closed";
static const char stray[] = "stray quote";
static const char behind_quote[] = "text after closing quote";
static const char too_long[] = "row longer than 1 MiB";

/* A reading in progress; `at` is where it stands. */
struct reading {
    struct row *row;
    const char *bytes;
    uint32_t end, at, limit; /* limit: no byte of a row beyond it is looked at */
    bool final;
    char delimiter;
    uint32_t columns;
    bool bare;       /* a quote inside a bare cell, or blanks around a quoted one */
    bool literal;    /* text behind a closing quote */
    bool broken;     /* a line end inside quotes */
    uint32_t opened; /* of the first cell with one: its quote */
    bool alone;      /* no looking at the lines inside */
};

static bool
is_blank(const struct reading *reading, char c)
{
    return (c == ' ' || c == '\t') && c != reading->delimiter;
}

/* Whether a row or line may end at `at`, and how many bytes its end has; -1: cannot be known. */
static int
line_end_at(const struct reading *reading, uint32_t at)
{
    char c = reading->bytes[at];
    if (c == '\n')
        return 1;
    if (c != '\r')
        return 0;
    if (at + 1 < reading->end)
        return reading->bytes[at + 1] == '\n' ? 2 : 1;
    return reading->final ? 1 : -1;
}

static void
add_cell(struct row *row, uint32_t start, uint32_t end, bool escaped)
{
    if (row->count < ROW_COLUMNS_MOST) {
        memory_grow(&row->cell, &row->capacity, (size_t)row->count + 1, sizeof *row->cell);
        row->cell[row->count] = (struct row_cell){start, end - start, escaped};
    }
    row->count++;
}

/* Ends the row as bad; reading goes on behind the line that holds `from`. */
static void
give_up(struct reading *reading, uint32_t from, const char *reason)
{
    struct row *row = reading->row;
    row->verdict = ROW_BAD;
    row->reason = reason;
    row->quote_fault = reason != too_long;
    row->count = 0;
    uint32_t at = from;
    int ending = 0;
    while (at < reading->end && (ending = line_end_at(reading, at)) == 0)
        at++;
    if (ending < 0) { /* a CR at the very end: what it is stands in the next bytes */
        row->verdict = ROW_MORE;
        return;
    }
    row->length = at - row->start;
    row->end = at + (uint32_t)ending;
    row->open = ending == 0 && !reading->final;
}

/* The end of the bytes or of what a row may hold was met: the verdict for it. */
static void
run_out(struct reading *reading, bool quoted)
{
    if (reading->at >= reading->row->start + ROW_BYTES_MOST)
        give_up(reading, reading->row->start + ROW_BYTES_MOST, too_long);
    else if (!reading->final)
        reading->row->verdict = ROW_MORE;
    else if (quoted)
        give_up(reading, reading->opened, not_closed);
}

/* From `start`, quotes standing for themselves. False when there is no end in reach: then the
 * verdict is set. */
static bool
read_bare(struct reading *reading, uint32_t start)
{
    uint32_t at = start;
    for (; at < reading->limit; at++) {
        char c = reading->bytes[at];
        if (c == reading->delimiter || c == '\n' || c == '\r')
            break;
        reading->bare |= c == '"';
    }
    reading->at = at;
    if (at == reading->limit &&
        !(reading->final && at == reading->end && at < reading->row->start + ROW_BYTES_MOST)) {
        run_out(reading, false);
        return false;
    }
    add_cell(reading->row, start, at, false);
    return true;
}

/* Behind a cell's closing quote at `at` - 1: true when the cell ends there, blanks aside. */
static bool
ends_here(struct reading *reading, bool *more)
{
    uint32_t at = reading->at;
    while (at < reading->end && is_blank(reading, reading->bytes[at]))
        at++;
    *more = at == reading->end && !reading->final;
    if (*more)
        return false;
    if (at < reading->end && reading->bytes[at] != reading->delimiter &&
        reading->bytes[at] != '\n' && reading->bytes[at] != '\r')
        return false;
    reading->bare |= at != reading->at;
    reading->at = at;
    return true;
}

/* Moves to the closing quote of the cell whose quote stands at `open`; false when none is in reach
 * or the cell grows beyond what one may hold: then the verdict is set. */
static bool
find_closing(struct reading *reading, uint32_t open, bool *escaped)
{
    uint32_t lines = 0, at = open + 1;
    for (;; at++) {
        if (at >= reading->limit) {
            reading->at = at;
            reading->opened = open;
            run_out(reading, true);
            return false;
        }
        if (at - open - 1 > ROW_QUOTED_MOST || lines > ROW_LINES_MOST) {
            give_up(reading, open, not_closed);
            return false;
        }
        char c = reading->bytes[at];
        if (c == '"') {
            if (at + 1 < reading->end && reading->bytes[at + 1] == '"') {
                *escaped = true;
                at++;
            } else {
                break;
            }
        } else if (c == '\n' ||
                   (c == '\r' && (at + 1 >= reading->end || reading->bytes[at + 1] != '\n'))) {
            lines++;
            if (!reading->broken)
                reading->opened = open;
            reading->broken = true;
        }
    }
    reading->at = at + 1;
    return true;
}

/* A cell whose quote stands at `open`; its bytes begin at `start` <= open. */
static bool
read_quoted(struct reading *reading, uint32_t start, uint32_t open)
{
    bool escaped = false, more = false;
    if (!find_closing(reading, open, &escaped))
        return false;
    uint32_t closing = reading->at - 1;
    if (ends_here(reading, &more)) {
        reading->bare |= start != open;
        add_cell(reading->row, open + 1, closing, escaped);
        return true;
    }
    if (more) {
        reading->row->verdict = ROW_MORE;
        return false;
    }
    if (reading->broken) {
        give_up(reading, reading->opened, not_closed);
        return false;
    }
    reading->literal = true;
    return read_bare(reading, start);
}

static bool
read_cell(struct reading *reading)
{
    uint32_t start = reading->at, at = start;
    while (at < reading->limit && is_blank(reading, reading->bytes[at]))
        at++;
    if (at < reading->limit && reading->bytes[at] == '"')
        return read_quoted(reading, start, at);
    return read_bare(reading, start);
}

static uint32_t
count_lines(const struct reading *reading, uint32_t start, uint32_t end)
{
    uint32_t lines = 0;
    for (uint32_t i = start; i < end; i++) {
        char c = reading->bytes[i];
        lines += c == '\n' || (c == '\r' && !(i + 1 < end && reading->bytes[i + 1] == '\n'));
    }
    return lines;
}

static bool
fits(const struct row *row, uint32_t columns)
{
    if (row->count > ROW_COLUMNS_MOST)
        return false;
    for (uint32_t i = columns; columns && i < row->count; i++)
        if (row->cell[i].length)
            return false; /* only empty cells may be too many */
    return row->count >= columns;
}

static void
read_row(struct reading *reading);

/* The verdict on the line that begins at `at`, as a row. */
static enum row_verdict
probe_line(const struct reading *reading, uint32_t at, struct row *row)
{
    struct reading probe = *reading;
    probe.at = at;
    probe.row = row;
    probe.bare = probe.literal = probe.broken = false;
    probe.alone = true;
    read_row(&probe);
    return row->verdict;
}

/* Two first cells that may be ids of one kind. */
static bool
are_siblings(const struct reading *reading, const struct row_cell *a, const struct row_cell *b)
{
    uint32_t longer = a->length > b->length ? a->length : b->length;
    uint32_t shorter = a->length > b->length ? b->length : a->length;
    if (shorter == 0 || longer - shorter > 1)
        return false;
    unsigned char first = (unsigned char)reading->bytes[a->start];
    unsigned char second = (unsigned char)reading->bytes[b->start];
    return (first >= '0' && first <= '9') == (second >= '0' && second <= '9');
}

/* Whether a line inside a quoted cell must be a row of its own, the quote a stray one: the line
 * behind the one where the quote opened, when the row has a wrong number of cells; any line, when
 * the number is right but the line has it, too, and begins with the like of the row's first cell.
 */
static enum row_verdict
row_inside(const struct reading *reading, bool fitting)
{
    const struct row *row = reading->row;
    enum row_verdict verdict = ROW_BAD;
    struct row inner = {0};
    for (uint32_t at = reading->opened; at < reading->at && verdict == ROW_BAD; at++) {
        int ending = line_end_at(reading, at);
        if (ending <= 0)
            continue;
        at += (uint32_t)ending;
        verdict = probe_line(reading, at, &inner);
        if (verdict == ROW_LITERAL)
            verdict = ROW_BAD;
        if (!fitting)
            break;
        if (verdict == ROW_GOOD && (inner.count != reading->columns ||
                                    !are_siblings(reading, &row->cell[0], &inner.cell[0])))
            verdict = ROW_BAD;
        at--;
    }
    row_free(&inner);
    return verdict;
}

/* All cells are read: judges their number and the oddities met. */
static void
judge(struct reading *reading)
{
    struct row *row = reading->row;
    bool odd = reading->bare || reading->literal;
    bool fitting = fits(row, reading->columns) && !reading->literal;
    enum row_verdict inside = ROW_BAD;
    if (reading->broken && odd)
        inside = ROW_GOOD;
    else if (reading->broken && !reading->alone && (!fitting || reading->columns > 2))
        inside = row_inside(reading, fitting);
    if (inside == ROW_GOOD) {
        give_up(reading, reading->opened, stray);
        return;
    }
    row->verdict = inside == ROW_MORE ? ROW_MORE
                   : !fitting         ? ROW_BAD
                   : odd              ? ROW_LITERAL
                                      : ROW_GOOD;
    row->quote_fault = odd;
    row->reason = reading->literal                ? behind_quote
                  : row->count < reading->columns ? "too few cells"
                                                  : "too many cells";
}

static void
end_row(struct reading *reading)
{
    struct row *row = reading->row;
    int ending = reading->at < reading->end ? line_end_at(reading, reading->at) : 0;
    if (ending < 0) {
        row->verdict = ROW_MORE;
        return;
    }
    row->length = reading->at - row->start;
    row->end = reading->at + (uint32_t)ending;
    judge(reading);
}

static void
read_row(struct reading *reading)
{
    struct row *row = reading->row;
    row->start = reading->at;
    row->count = row->lines = 0;
    row->open = row->quote_fault = false;
    row->reason = NULL;
    reading->limit =
        reading->end - row->start > ROW_BYTES_MOST ? row->start + ROW_BYTES_MOST : reading->end;
    while (read_cell(reading)) {
        if (reading->at < reading->end && reading->bytes[reading->at] == reading->delimiter) {
            reading->at++;
            continue;
        }
        end_row(reading);
        break;
    }
    if (row->verdict != ROW_MORE)
        row->lines = count_lines(reading, row->start, row->end);
}

void
row_read(struct row *row, const char *bytes, uint32_t start, uint32_t end, bool final,
         char delimiter, uint32_t columns)
{
    struct reading reading = {.row = row,
                              .bytes = bytes,
                              .end = end,
                              .at = start,
                              .final = final,
                              .delimiter = delimiter,
                              .columns = columns};
    read_row(&reading);
}

struct text
row_unescape(struct text inner, char *room)
{
    uint32_t length = 0;
    for (uint32_t i = 0; i < inner.length; i++) {
        room[length++] = inner.bytes[i];
        i += inner.bytes[i] == '"';
    }
    return (struct text){room, length};
}

struct text
row_cell_text(const struct row_cell *cell, const char *bytes, char *room)
{
    struct text inner = {bytes + cell->start, cell->length};
    return cell->escaped ? row_unescape(inner, room) : inner;
}

void
row_free(struct row *row)
{
    free(row->cell);
    *row = (struct row){0};
}
