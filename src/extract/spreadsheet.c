#include "spreadsheet.h"

#include "arena.h"
#include "memory.h"

#include <stdlib.h>

struct spreadsheet {
    struct arena *arena;
    uint32_t column_count, unmapped_count;
    const char *const *column;
    const char **unmapped;
    struct text *cell;
    struct { /* where a cell's text lies in `bytes` */
        size_t start;
        uint32_t length;
    } * span;
    struct buf bytes;
    int32_t *feeds; /* of a sheet's column; valid once `headed` */
    uint32_t at, across, worksheets, header_count;
    size_t started;
    bool headed, in_data, filled;
};

struct spreadsheet *
spreadsheet_new(uint32_t column_count, const char *const *columns)
{
    struct arena *arena = arena_new();
    struct spreadsheet *sheet = arena_alloc(arena, sizeof *sheet);
    sheet->arena = arena;
    sheet->column_count = column_count;
    sheet->column = columns;
    sheet->cell = arena_array(arena, column_count, sizeof *sheet->cell);
    sheet->span = arena_array(arena, column_count, sizeof *sheet->span);
    sheet->feeds = arena_array(arena, SPREADSHEET_MOST_COLUMNS, sizeof *sheet->feeds);
    sheet->unmapped = arena_array(arena, SPREADSHEET_MOST_COLUMNS, sizeof *sheet->unmapped);
    return sheet;
}

void
spreadsheet_free(struct spreadsheet *sheet)
{
    if (!sheet)
        return;
    buf_free(&sheet->bytes);
    arena_free(sheet->arena);
}

static bool
is(const char *element, const char *name)
{
    return strcmp(element, name) == 0;
}

void
spreadsheet_start(struct spreadsheet *sheet, const char *element, uint32_t index, uint32_t across)
{
    if (is(element, "Worksheet")) {
        sheet->worksheets++;
    } else if (is(element, "Row")) {
        sheet->at = 0;
        sheet->filled = false;
        buf_clear(&sheet->bytes);
        for (uint32_t c = 0; c < sheet->column_count; c++)
            sheet->span[c].length = 0;
    } else if (is(element, "Cell")) {
        if (index > 0)
            sheet->at = index - 1;
        sheet->across = across;
    } else if (is(element, "Data")) {
        sheet->in_data = sheet->worksheets == 1;
        sheet->started = sheet->bytes.length;
    }
}

bool
spreadsheet_wants_text(const struct spreadsheet *sheet)
{
    return sheet->in_data && sheet->at < SPREADSHEET_MOST_COLUMNS &&
           (!sheet->headed || sheet->feeds[sheet->at] >= 0);
}

void
spreadsheet_text(struct spreadsheet *sheet, struct text text)
{
    buf_text(&sheet->bytes, text);
}

static void
take_header(struct spreadsheet *sheet)
{
    struct text name =
        buf_slice(&sheet->bytes, sheet->started, sheet->bytes.length - sheet->started);
    sheet->feeds[sheet->at] = -1;
    name = text_trim(name);
    for (uint32_t c = 0; c < sheet->column_count && sheet->feeds[sheet->at] < 0; c++)
        if (text_equal_nocase(name, text_of(sheet->column[c])))
            sheet->feeds[sheet->at] = (int32_t)c;
    if (sheet->feeds[sheet->at] < 0 && name.length)
        sheet->unmapped[sheet->unmapped_count++] =
            arena_copy(sheet->arena, name.bytes, name.length);
    sheet->header_count++;
}

static void
end_data(struct spreadsheet *sheet)
{
    bool wanted = spreadsheet_wants_text(sheet);
    sheet->in_data = false;
    if (!wanted)
        return;
    sheet->filled = true;
    if (!sheet->headed) {
        take_header(sheet);
        return;
    }
    int32_t column = sheet->feeds[sheet->at];
    sheet->span[column].start = sheet->started;
    sheet->span[column].length = (uint32_t)(sheet->bytes.length - sheet->started);
}

static bool
end_row(struct spreadsheet *sheet, const struct text **cells)
{
    if (!sheet->filled)
        return false;
    if (!sheet->headed) {
        for (uint32_t c = sheet->at; c < SPREADSHEET_MOST_COLUMNS; c++)
            sheet->feeds[c] = -1;
        sheet->headed = true;
        return false;
    }
    for (uint32_t c = 0; c < sheet->column_count; c++)
        sheet->cell[c] = buf_slice(&sheet->bytes, sheet->span[c].start, sheet->span[c].length);
    *cells = sheet->cell;
    return true;
}

bool
spreadsheet_end(struct spreadsheet *sheet, const char *element, const struct text **cells)
{
    if (is(element, "Data"))
        end_data(sheet);
    else if (is(element, "Cell"))
        sheet->at += 1 + sheet->across;
    else if (is(element, "Row"))
        return end_row(sheet, cells);
    return false;
}

uint32_t
spreadsheet_unmapped(const struct spreadsheet *sheet, const char *const **names)
{
    *names = sheet->unmapped;
    return sheet->unmapped_count;
}
