#include "report.h"

#include "memory.h"
#include "recollection.h"
#include "runs.h"
#include "schema.h"

#include <stdlib.h>

enum { NAMES = 5 }; /* kind, id, measure, key, field */

struct row {
    struct text name[NAMES];
    struct history_cell cell;
    size_t at; /* as it was read */
};

struct gathering {
    struct arena *arena;
    const struct history_filter *filter;
    struct row *row;
    size_t count, room;
};

static bool
fits(const char *asked, struct text name)
{
    return !asked || text_equal(text_of(asked), name);
}

static bool
is_asked(void *context, struct text kind, struct text id, struct text measure)
{
    const struct history_filter *filter = ((struct gathering *)context)->filter;
    return fits(filter->kind, kind) && fits(filter->id, id) && fits(filter->measure, measure);
}

static struct text
keep(struct gathering *gathering, struct text text)
{
    return (struct text){arena_copy(gathering->arena, text.bytes ? text.bytes : "", text.length),
                         text.length};
}

static void
gather(void *context, const struct recalled_figure *figure)
{
    struct gathering *gathering = context;
    const struct text name[NAMES] = {figure->kind, figure->id, figure->measure, figure->key,
                                     figure->field};
    memory_grow(&gathering->row, &gathering->room, gathering->count + 1, sizeof *gathering->row);
    struct row *row = &gathering->row[gathering->count];
    *row = (struct row){.cell = figure->cell, .at = gathering->count++};
    row->cell.text = keep(gathering, figure->cell.text);
    for (size_t i = 0; i < NAMES; i++)
        row->name[i] = keep(gathering, name[i]);
}

static int
compare_names(const struct row *a, const struct row *b)
{
    int order = 0;
    for (size_t i = 0; i < NAMES && order == 0; i++)
        order = text_compare(a->name[i], b->name[i]);
    return order;
}

static int
by_name(const void *a, const void *b)
{
    const struct row *one = a, *other = b;
    int order = compare_names(one, other);
    return order != 0 ? order : (one->at > other->at) - (one->at < other->at);
}

static void
tell(const struct gathering *gathering, struct text as_of,
     void (*take)(void *context, const struct history_cell *cells), void *context)
{
    struct history_cell cells[HISTORY_FIGURE_CELLS] = {{HISTORY_TEXT, as_of, 0, 0}};
    for (size_t r = 0; r < gathering->count; r++) {
        const struct row *row = &gathering->row[r];
        if (r > 0 && compare_names(row - 1, row) == 0)
            continue;
        for (size_t i = 0; i < NAMES; i++)
            cells[1 + i] = (struct history_cell){HISTORY_TEXT, row->name[i], 0, 0};
        cells[1 + NAMES] = row->cell;
        take(context, cells);
    }
}

bool
report_figures(const char *out_dir, day as_of, const struct history_filter *filter,
               void (*take)(void *context, const struct history_cell *cells), void *context)
{
    char iso[11];
    size_t length;
    day_to_iso(as_of, iso);
    char *memory = runs_memory(out_dir, iso, &length);
    if (!memory)
        return false;
    struct gathering gathering = {.arena = arena_new(), .filter = filter};
    struct recollection_ear ear = {.context = &gathering, .wants = is_asked, .figure = gather};
    struct recollection run;
    recollection_read(gathering.arena, (struct text){memory, (uint32_t)length}, SCHEMA_MEMORY, &ear,
                      &run);
    if (gathering.count > 0)
        qsort(gathering.row, gathering.count, sizeof *gathering.row, by_name);
    tell(&gathering, text_of(iso), take, context);
    free(gathering.row);
    arena_free(gathering.arena);
    free(memory);
    return true;
}
