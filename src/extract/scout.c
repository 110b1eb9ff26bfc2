#include "scout.h"

#include "memory.h"
#include "scan.h"

#include <stdlib.h>
#include <string.h>

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

/* A stretch of plain rows, with what has to be known of its last row. */
static void
add_plain(struct scout *scout, const struct piece *piece, uint32_t start, uint32_t end,
          uint64_t lines)
{
    if (start == end)
        return;
    add_span(scout, start, end, SPAN_PLAIN, NULL);
    scout->line += lines;
    row_read(&scout->row, piece->bytes, last_row(piece, start, end), end, true, scout->delimiter,
             scout->columns);
    scout->previous_good = scout->row.verdict == ROW_GOOD || scout->row.length == 0;
}

/* The row at `at` by the rules of row.h. False when it does not end in this piece. */
static bool
one_row(struct scout *scout, const struct piece *piece, uint32_t *at)
{
    struct row *row = &scout->row;
    row_read(row, piece->bytes, *at, piece->length, piece->final, scout->delimiter, scout->columns);
    if (row->verdict == ROW_MORE)
        return false;
    bool blank = row->length == 0;
    bool good = row->verdict == ROW_GOOD || blank;
    if (row->verdict == ROW_LITERAL && (scout->lost || !scout->previous_good)) {
        row->verdict = ROW_BAD;
        row->reason = "stray quote";
    }
    bool bad = row->verdict == ROW_BAD && !blank;
    add_span(scout, row->start, row->start + row->length, bad ? SPAN_BAD : SPAN_ROW,
             bad ? row->reason : NULL);
    scout->span[scout->span_count - 1].cells = row->count;
    scout->line += row->lines;
    scout->skipping = row->open;
    if (!blank) {
        scout->previous_good = row->verdict != ROW_BAD;
        scout->lost = good ? false : scout->lost || row->quote_fault;
    }
    *at = row->end;
    return true;
}

static uint32_t
cut_rows(struct scout *scout, const struct piece *piece, uint32_t at)
{
    while (at < piece->length) {
        if (scout->lost) {
            if (!one_row(scout, piece, &at))
                break;
            continue;
        }
        struct scan_cut cut = {.bytes = piece->bytes,
                               .from = at,
                               .length = piece->ended,
                               .delimiter = scout->delimiter,
                               .columns = scout->columns};
        scout->kernel->cut(&cut);
        add_plain(scout, piece, at, cut.end, cut.lines);
        at = cut.end;
        if (at >= piece->length)
            break;
        if (!cut.care && !piece->final)
            break;
        if (!one_row(scout, piece, &at))
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
    free(scout->span);
    *scout = (struct scout){0};
}
