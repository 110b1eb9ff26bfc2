#include "split.h"

#include "batch.h"
#include "footer.h"
#include "memory.h"
#include "scan.h"
#include "scout.h"

#include <stdlib.h>

/* Rows of one span. */
struct splitting {
    const struct sheet *sheet;
    const char *bytes;
    struct batch *batch;
    bool quotes, escapes; /* there may be some */
    bool nul, text;       /* rows must be looked through for NUL, for invalid text */
    bool bare;            /* none of these, and cells are taken as they are */
};

static const char *
fault_of(const struct splitting *splitting, struct text raw)
{
    if (splitting->nul && memchr(raw.bytes, '\0', raw.length))
        return "nul byte";
    if (!splitting->text)
        return NULL;
    if (splitting->sheet->replaced)
        return memmem(raw.bytes, raw.length, "\xEF\xBF\xBD", 3) ? splitting->sheet->not_characters
                                                                : NULL;
    return text_valid_utf8(raw.bytes, raw.length) == raw.length ? NULL
                                                                : splitting->sheet->not_characters;
}

/* A row that is rejected, or none at all: `lone` when no cell but the first holds anything. */
static void
refuse(const struct splitting *splitting, uint64_t line, struct text raw, const char *reason,
       bool lone)
{
    enum refusal kind = REFUSAL_ROW;
    if (lone)
        kind = footer_is(raw) ? REFUSAL_FOOTER : REFUSAL_LONE;
    batch_refuse(splitting->batch, kind, line, reason, raw);
}

/* Rows that any reader skips, also the header of another file put behind this one, with its mark;
 * true when the row was one. */
static bool
is_no_row(const struct splitting *splitting, struct text raw)
{
    const struct sheet *sheet = splitting->sheet;
    if (raw.length == 0) {
        splitting->batch->blank++;
        return true;
    }
    uint32_t mark = raw.length > 3 && memcmp(raw.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (raw.length - mark == sheet->header_row.length &&
        raw.bytes[mark] == sheet->header_row.bytes[0] &&
        memcmp(raw.bytes + mark, sheet->header_row.bytes, raw.length - mark) == 0) {
        splitting->batch->repeated++;
        return true;
    }
    return false;
}

static struct text
unquoted(const struct splitting *splitting, struct text cell)
{
    struct text inner = {cell.bytes + 1, cell.length - 2};
    if (!splitting->escapes || !memchr(inner.bytes, '"', inner.length))
        return inner;
    return row_unescape(inner, pool_room(&splitting->batch->pool, inner.length));
}

/* A row of a plain span: separator[-1] .. separator[cells - 1] are the places around its cells. */
struct plain_row {
    const uint32_t *separator;
    uint32_t cells;
};

static inline struct text
plain_cell(const struct splitting *splitting, const struct plain_row *row, uint32_t column)
{
    uint32_t start = row->separator[(ptrdiff_t)column - 1] + 1;
    struct text cell = {splitting->bytes + start, row->separator[column] - start};
    if (__builtin_expect(splitting->quotes, 0) && cell.length && cell.bytes[0] == '"')
        return unquoted(splitting, cell);
    return cell;
}

static void
keep_plain(const struct splitting *splitting, const struct plain_row *row, uint64_t line,
           struct text raw)
{
    struct batch *batch = splitting->batch;
    const struct binding *binding = batch->binding;
    struct text *cell = batch_cells(batch), *extra = batch_extra(batch);
    for (uint32_t i = 0; i < binding->plain_count; i++)
        cell[binding->plain[i].field] = plain_cell(splitting, row, binding->plain[i].column);
    for (uint32_t i = 0; i < binding->extra_count; i++)
        extra[i] = plain_cell(splitting, row, binding->extra[i]);
    batch_keep(batch, line, raw);
}

static bool
is_empty(struct text cell)
{
    return text_trim(cell).length == 0;
}

/* The cells from `column` on hold nothing. */
static bool
empty_from(const struct splitting *splitting, const struct plain_row *row, uint32_t column)
{
    for (; column < row->cells; column++)
        if (!is_empty(plain_cell(splitting, row, column)))
            return false;
    return true;
}

/* A row with a wrong number of cells, or with nothing behind the first. */
static void
odd_row(const struct splitting *splitting, const struct plain_row *row, uint64_t line,
        struct text raw)
{
    uint32_t columns = splitting->sheet->columns;
    bool first = !is_empty(plain_cell(splitting, row, 0)), rest = !empty_from(splitting, row, 1);
    if (!first && !rest) {
        splitting->batch->blank++;
        return;
    }
    if (first && !rest && footer_is(raw))
        refuse(splitting, line, raw, "footer", true);
    else if (row->cells < columns)
        refuse(splitting, line, raw, "too few cells", first && !rest);
    else if (row->cells > columns && !empty_from(splitting, row, columns))
        refuse(splitting, line, raw, "too many cells", false);
    else
        keep_plain(splitting, row, line, raw);
}

static bool
is_odd(const struct splitting *splitting, const struct plain_row *row)
{
    uint32_t columns = splitting->sheet->columns;
    return row->cells != columns || columns == 1 ||
           row->separator[columns - 1] - row->separator[0] < columns;
}

static void
plain_row(const struct splitting *splitting, const struct plain_row *row, struct text raw,
          uint64_t line)
{
    if (is_no_row(splitting, raw))
        return;
    const char *fault = splitting->nul || splitting->text ? fault_of(splitting, raw) : NULL;
    if (fault)
        refuse(splitting, line, raw, fault, false);
    else if (is_odd(splitting, row))
        odd_row(splitting, row, line, raw);
    else
        keep_plain(splitting, row, line, raw);
}

/* Every cell that is wanted is one of the row's, and no row is dropped for what stands in it. */
static bool
takes_all(const struct splitting *splitting)
{
    const struct binding *binding = splitting->batch->binding;
    return (binding->extra_count | binding->made_count | binding->drop_count |
            binding->empty_count) == 0;
}

/* A row that plain_row would keep, by a look at its shape. */
static inline bool
is_usual(const struct splitting *splitting, const struct plain_row *row, struct text raw)
{
    return raw.length && raw.bytes[0] != splitting->sheet->header_row.bytes[0] &&
           raw.bytes[0] != '\xEF' && !is_odd(splitting, row);
}

/* keep_plain where all is bare: the loop that most of the time goes into. */
static inline void
put_bare(const struct splitting *splitting, const struct plain_row *row, struct text raw,
         uint64_t line)
{
    struct batch *batch = splitting->batch;
    const struct wanted *wanted = batch->binding->plain;
    const char *bytes = splitting->bytes;
    struct text *cell = batch_cells(batch);
    for (uint32_t i = 0, count = batch->binding->plain_count; i < count; i++) {
        const uint32_t *behind = row->separator + wanted[i].column;
        uint32_t start = behind[-1] + 1;
        cell[wanted[i].field] = (struct text){bytes + start, *behind - start};
    }
    batch->line[batch->count] = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    batch->raw[batch->count++] = raw;
}

static void
make_room(struct splitter *splitter, uint32_t bytes)
{
    size_t room = (size_t)bytes + SCAN_SLACK;
    if (room <= splitter->room)
        return;
    free(splitter->separator);
    free(splitter->row_end);
    free(splitter->row_line);
    splitter->separator = splitter->row_end = splitter->row_line = NULL;
    size_t none[3] = {0};
    memory_grow(&splitter->separator, &none[0], room + 1, sizeof(uint32_t));
    memory_grow(&splitter->row_end, &none[1], room, sizeof(uint32_t));
    memory_grow(&splitter->row_line, &none[2], room, sizeof(uint32_t));
    splitter->room = room;
}

static void
split_plain(struct splitter *splitter, struct splitting *splitting, const struct span *span)
{
    make_room(splitter, span->end - span->start);
    struct scan_split split = {.bytes = splitting->bytes,
                               .from = span->start,
                               .length = span->end,
                               .delimiter = splitting->sheet->delimiter,
                               .separator = splitter->separator + 1,
                               .row_end = splitter->row_end,
                               .row_line = splitter->row_line};
    splitting->sheet->kernel->split(&split);
    splitting->nul = split.nul;
    splitting->quotes = split.quotes;
    splitting->escapes = split.escapes;
    splitting->bare = !split.nul && !split.quotes && !splitting->text && takes_all(splitting);
    batch_reserve(splitting->batch, split.rows);
    uint32_t first = 0, start = span->start;
    bool after_nul = false; /* of the first row the scout knows */
    for (uint32_t r = 0; r < split.rows; r++) {
        uint32_t last = split.row_end[r], end = split.separator[last], next = end + 1;
        end -= end > start && splitting->bytes[end] == '\n' && splitting->bytes[end - 1] == '\r';
        bool nul = split.nul && memchr(splitting->bytes + start, '\0', end - start);
        nul |= r == 0 && start && splitting->bytes[start - 1] == '\0'; /* left away by scout.c */
        start += after_nul && splitting->bytes[start] == '\0';         /* see scout.c */
        after_nul = nul;
        split.separator[last] = end;                       /* the last cell ends before the CR */
        split.separator[(ptrdiff_t)first - 1] = start - 1; /* wraps at 0, and back by a + 1 */
        struct plain_row row = {split.separator + first, last - first + 1};
        struct text raw = {splitting->bytes + start, end - start};
        if (__builtin_expect(splitting->bare && is_usual(splitting, &row, raw), 1))
            put_bare(splitting, &row, raw, span->line + split.row_line[r]);
        else
            plain_row(splitting, &row, raw, span->line + split.row_line[r]);
        first = last + 1;
        start = next;
    }
}

static struct text
cell_of(const struct splitting *splitting, const struct row *row, uint32_t column)
{
    const struct row_cell *cell = &row->cell[column];
    char *room = cell->escaped ? pool_room(&splitting->batch->pool, cell->length) : NULL;
    return row_cell_text(cell, splitting->bytes, room);
}

/* A row without any cell that holds something, or with a footer in its first. */
static bool
is_hollow(const struct splitting *splitting, const struct row *row, uint64_t line, struct text raw)
{
    for (uint32_t i = 1; i < row->count; i++)
        if (row->cell[i].length)
            return false;
    if (row->cell[0].length == 0)
        splitting->batch->blank++;
    else if (footer_is(raw))
        refuse(splitting, line, raw, "footer", true);
    else
        return false;
    return true;
}

/* A row that the scout has read with care, read again for its cells. */
static void
split_row(struct splitter *splitter, struct splitting *splitting, const struct span *span)
{
    struct batch *batch = splitting->batch;
    const struct binding *binding = batch->binding;
    struct row *row = &splitter->row;
    struct text raw = {splitting->bytes + span->start, span->end - span->start};
    splitting->nul = true;
    if (is_no_row(splitting, raw))
        return;
    const char *fault = fault_of(splitting, raw);
    if (fault) {
        refuse(splitting, span->line, raw, fault, false);
        return;
    }
    row_read(row, splitting->bytes, span->start, span->end, true, splitting->sheet->delimiter,
             splitting->sheet->columns);
    if (is_hollow(splitting, row, span->line, raw))
        return;
    batch_reserve(batch, 1);
    struct text *cell = batch_cells(batch), *extra = batch_extra(batch);
    for (uint32_t i = 0; i < binding->plain_count; i++)
        cell[binding->plain[i].field] = cell_of(splitting, row, binding->plain[i].column);
    for (uint32_t i = 0; i < binding->extra_count; i++)
        extra[i] = cell_of(splitting, row, binding->extra[i]);
    batch_keep(batch, span->line, raw);
}

static void
split_bad(struct splitting *splitting, const struct span *span)
{
    struct text raw = {splitting->bytes + span->start, span->end - span->start};
    splitting->nul = true;
    const char *fault = fault_of(splitting, raw);
    refuse(splitting, span->line, raw, fault ? fault : span->reason, !fault && span->cells == 1);
}

void
split_spans(struct splitter *splitter, const struct sheet *sheet, const char *bytes,
            const struct span *span, size_t span_count, struct batch *batch)
{
    struct splitting splitting = {
        .sheet = sheet, .bytes = bytes, .batch = batch, .text = sheet->not_characters != NULL};
    for (size_t i = 0; i < span_count; i++) {
        if (span[i].kind == SPAN_PLAIN)
            split_plain(splitter, &splitting, &span[i]);
        else if (span[i].kind == SPAN_ROW)
            split_row(splitter, &splitting, &span[i]);
        else
            split_bad(&splitting, &span[i]);
    }
}

void
splitter_free(struct splitter *splitter)
{
    free(splitter->separator);
    free(splitter->row_end);
    free(splitter->row_line);
    row_free(&splitter->row);
    *splitter = (struct splitter){0};
}
