#include "scout.h"

#include "memory.h"
#include "scan.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_BACK = 100 /* rows */ };

/* A piece of text being cut. */
struct piece {
    const char *bytes;
    uint32_t length; /* of the text */
    uint32_t ended;  /* with the line end put behind the last row of the file */
    bool final;
};

static void
add_span(struct scout *scout, uint32_t start, uint32_t end, enum span_kind kind, const char *reason)
{
    memory_grow(&scout->span, &scout->span_capacity, scout->span_count + 1, sizeof *scout->span);
    scout->span[scout->span_count++] = (struct span){start, end, kind, 0, scout->line, reason};
}

/* Moves over the rest of a line that was rejected before its end was known. */
static uint32_t
skip(struct scout *scout, const struct piece *piece)
{
    uint32_t at = 0;
    while (at < piece->length && piece->bytes[at] != '\n' && piece->bytes[at] != '\r')
        at++;
    if (at == piece->length)
        return at;
    if (piece->bytes[at] == '\r') {
        if (at + 1 == piece->length && !piece->final)
            return at;
        at += at + 1 < piece->length && piece->bytes[at + 1] == '\n';
    }
    scout->skipping = false;
    scout->line++;
    return at + 1;
}

/* Where the last row of a plain stretch begins: back over its bytes, outside of quotes. */
static uint32_t
last_row(const struct piece *piece, uint32_t start, uint32_t end)
{
    const char *bytes = piece->bytes;
    uint32_t at = end;
    if (at > start && bytes[at - 1] == '\n')
        at--;
    if (at > start && bytes[at - 1] == '\r')
        at--;
    bool inside = false;
    for (; at > start; at--) {
        char c = bytes[at - 1];
        inside ^= c == '"';
        if (!inside && (c == '\n' || c == '\r'))
            break;
    }
    return at;
}

/* A NUL behind the end of a row with NULs is the second half of a UTF-16 line feed: the rows behind
 * a piece of UTF-16 are not to suffer. */
static uint32_t
behind_nul(const struct scout *scout, const struct piece *piece, uint32_t start)
{
    return start + (scout->previous_nul && piece->bytes[start] == '\0');
}

/* Reads the whole row at [start, end) aside. */
static const struct row *
look_back(struct scout *scout, const struct piece *piece, uint32_t start, uint32_t end)
{
    row_read(&scout->before, piece->bytes, start, end, true, scout->delimiter, scout->columns);
    return &scout->before;
}

/* What the rows behind must know of the row at [start, end), read into `row`. */
static void
note(struct scout *scout, const struct piece *piece, const struct row *row, uint32_t start)
{
    scout->previous_good = row->verdict != ROW_BAD || row->length == 0;
    scout->previous_nul = memchr(piece->bytes + start, '\0', row->end - start) != NULL;
}

static void
note_last(struct scout *scout, const struct piece *piece, uint32_t start, uint32_t end)
{
    uint32_t last = start < end ? last_row(piece, start, end) : end;
    if (last < end)
        note(scout, piece, look_back(scout, piece, last, end), last);
}

static uint64_t
count_lines(const struct piece *piece, uint32_t start, uint32_t end)
{
    uint64_t lines = 0;
    for (uint32_t i = start; i < end; i++)
        lines +=
            piece->bytes[i] == '\n' || (piece->bytes[i] == '\r' && piece->bytes[i + 1] != '\n');
    return lines;
}

/* The last row with the right number of cells in a plain stretch, LOOK_BACK rows back at most;
 * `end` without one. It is in scout->before. */
static uint32_t
last_fitting(struct scout *scout, const struct piece *piece, uint32_t start, uint32_t end)
{
    uint32_t at = end;
    for (int rows = 0; rows < LOOK_BACK && at > start; rows++) {
        uint32_t row = last_row(piece, start, at);
        look_back(scout, piece, row, at);
        if (scout->before.verdict == ROW_GOOD && scout->before.length)
            return row;
        at = row;
    }
    return end;
}

/* Plain rows, found by the kernel. */
struct stretch {
    uint32_t start, end;
    uint64_t lines;
};

static void
add_plain(struct scout *scout, const struct stretch *stretch)
{
    if (stretch->start < stretch->end)
        add_span(scout, stretch->start, stretch->end, SPAN_PLAIN, NULL);
    scout->line += stretch->lines;
}

/* The row in scout->row is the tail of another: a quote too many at the end of a line has closed
 * the last cell of a row too early, and what follows ends with the quote that should have. */
static bool
is_tail(const struct scout *scout, const struct piece *piece)
{
    const struct row *row = &scout->row;
    const char *bytes = piece->bytes + row->start;
    if (row->verdict != ROW_BAD || !row->quote_fault || row->count >= scout->columns ||
        row->count == 0 || bytes[row->length - 1] != '"')
        return false;
    uint32_t quotes = 0;
    for (uint32_t i = 0; i < row->length; i++)
        quotes += bytes[i] == '"';
    return quotes % 2 == 1;
}

/* The stretch in front of the row in scout->row; where that is a tail, the row it belongs to is
 * bad, though it looks whole. */
static void
add_stretch(struct scout *scout, const struct piece *piece, const struct stretch *stretch,
            bool tail)
{
    uint32_t torn = tail ? last_fitting(scout, piece, stretch->start, stretch->end) : stretch->end;
    const struct row *row = &scout->before;
    if (torn == stretch->end || piece->bytes[torn + row->length - 1] != '"') {
        add_plain(scout, stretch);
        return;
    }
    uint64_t behind = count_lines(piece, row->end, stretch->end);
    add_plain(scout, &(struct stretch){stretch->start, torn, stretch->lines - behind - row->lines});
    add_span(scout, torn, torn + row->length, SPAN_BAD, "stray quote");
    scout->line += row->lines;
    add_plain(scout, &(struct stretch){row->end, stretch->end, behind});
}

/* A stretch at the end of a piece, met at `at`: its last fitting row waits for what comes behind
 * it. Gives where that begins. */
static uint32_t
hold_back(struct scout *scout, const struct piece *piece, const struct stretch *stretch,
          uint32_t at)
{
    uint32_t held = last_fitting(scout, piece, stretch->start, stretch->end);
    uint64_t behind = count_lines(piece, held, stretch->end);
    add_plain(scout, &(struct stretch){stretch->start, held, stretch->lines - behind});
    if (held == stretch->start)
        return at;
    note_last(scout, piece, at, held);
    return held;
}

/* The row at `at` by the rules of row.h, into scout->row. False when it does not end here. */
static bool
read_one(struct scout *scout, const struct piece *piece, uint32_t at)
{
    struct row *row = &scout->row;
    row_read(row, piece->bytes, behind_nul(scout, piece, at), piece->length, piece->final,
             scout->delimiter, scout->columns);
    if (row->verdict == ROW_LITERAL && (scout->lost || !scout->previous_good)) {
        row->verdict = ROW_BAD;
        row->reason = "stray quote";
    }
    return row->verdict != ROW_MORE;
}

/* The row in scout->row, which was met at `at`, as a span. Gives where the next one begins. */
static uint32_t
add_one(struct scout *scout, const struct piece *piece, uint32_t at)
{
    const struct row *row = &scout->row;
    bool bad = row->verdict == ROW_BAD && row->length;
    add_span(scout, row->start, row->start + row->length, bad ? SPAN_BAD : SPAN_ROW,
             bad ? row->reason : NULL);
    scout->span[scout->span_count - 1].cells = row->count;
    scout->line += row->lines;
    scout->skipping = row->open;
    if (row->verdict == ROW_GOOD)
        scout->lost = false;
    else if (bad && row->quote_fault)
        scout->lost = true;
    note(scout, piece, row, at);
    return row->end;
}

/* A stretch of plain rows from `at` on, and the row behind it. Gives where it stands then. */
static uint32_t
cut_stretch(struct scout *scout, const struct piece *piece, uint32_t at, bool *more)
{
    struct scan_cut cut = {.bytes = piece->bytes,
                           .from = at,
                           .length = piece->ended,
                           .delimiter = scout->delimiter,
                           .columns = scout->columns};
    bool good = scout->previous_good, nul = scout->previous_nul;
    scout->kernel->cut(&cut);
    struct stretch stretch = {behind_nul(scout, piece, at), cut.end, cut.lines};
    bool all = cut.end >= piece->length, row = cut.care || piece->final;
    note_last(scout, piece, at, cut.end);
    if (all ? piece->final : row && read_one(scout, piece, cut.end)) {
        add_stretch(scout, piece, &stretch, !all && is_tail(scout, piece));
        return all ? piece->length : add_one(scout, piece, cut.end);
    }
    *more = true;
    scout->previous_good = good;
    scout->previous_nul = nul;
    return hold_back(scout, piece, &stretch, at);
}

/* Gives where it stands in the end; what is behind is to be offered again. */
static uint32_t
cut_rows(struct scout *scout, const struct piece *piece, uint32_t at)
{
    bool more = false;
    while (at < piece->length && !more) {
        if (!scout->lost)
            at = cut_stretch(scout, piece, at, &more);
        else if (read_one(scout, piece, at))
            at = add_one(scout, piece, at);
        else
            break;
    }
    return at < piece->length ? at : piece->length;
}

uint32_t
scout_cut(struct scout *scout, char *bytes, uint32_t length, bool final)
{
    struct piece piece = {bytes, length, length, final};
    scout->span_count = 0;
    memset(bytes + length, '\n', SCAN_SLACK);
    if (final && length && bytes[length - 1] != '\n')
        piece.ended++;
    uint32_t at = scout->skipping ? skip(scout, &piece) : 0;
    if (scout->skipping)
        return at;
    return cut_rows(scout, &piece, at);
}

void
scout_swap(struct scout *scout, struct scout *other)
{
    struct scout before = *other;
    other->span = scout->span;
    other->span_count = scout->span_count;
    other->span_capacity = scout->span_capacity;
    scout->span = before.span;
    scout->span_count = 0;
    scout->span_capacity = before.span_capacity;
}

void
scout_free(struct scout *scout)
{
    row_free(&scout->row);
    row_free(&scout->before);
    free(scout->span);
    *scout = (struct scout){0};
}
