#include "settle.h"

#include "loader.h"
#include "memory.h"
#include "order.h"
#include "threads.h"

#include <stdlib.h>

static void
gather(void **column, size_t width, const uint32_t *rows, uint32_t count)
{
    void *gathered = order_gather(*column, width, rows, count);
    free(*column);
    *column = gathered;
}

struct keeping {
    struct intake *intake;
    const uint32_t *rows;
    uint32_t count;
};

/* One column, on any thread. */
static void
keep_column(void *context, uint32_t field, unsigned worker)
{
    struct keeping *keeping = context;
    struct intake *intake = keeping->intake;
    (void)worker;
    enum kind kind = intake->field[field].kind;
    size_t width = intake_width(kind);
    if (intake_is_number(intake, kind))
        column_gather(&intake->number[field], keeping->rows, keeping->count);
    else if (width && !intake_is_text(kind))
        gather(&intake->column[field], width, keeping->rows, keeping->count);
}

static void
keep_texts(struct texts *texts, const uint32_t *rows, uint32_t count, unsigned jobs)
{
    struct texts kept = texts_gather(texts, rows, count, jobs);
    texts_free(texts);
    *texts = kept;
}

void
settle_keep(struct intake *intake, const uint32_t *rows, uint32_t count)
{
    struct keeping keeping = {intake, rows, count};
    threads_each(intake->loader->jobs, intake->field_count, keep_column, &keeping);
    for (uint32_t f = 0; f < intake->field_count; f++)
        if (intake_is_text(intake->field[f].kind))
            keep_texts(&intake->text[f], rows, count, intake->loader->jobs);
    gather((void **)&intake->mark, sizeof *intake->mark, rows, count);
    if (intake->residue)
        gather((void **)&intake->residue, sizeof *intake->residue, rows, count);
    if (intake->placed)
        places_move(&intake->places, rows, count);
    intake->count = count;
    intake->capacity = (size_t)count + 1;
}

/* Whether two rows of one id say the same in every canonical field. */
static bool
same_row(const struct intake *intake, uint32_t a, uint32_t b)
{
    if (intake_residue(intake, a) != intake_residue(intake, b))
        return false;
    for (uint32_t f = 0; f < intake->field_count; f++) {
        enum kind kind = intake->field[f].kind;
        const char *column = intake->column[f];
        const struct texts *text = &intake->text[f];
        size_t width = intake_width(kind);
        if (intake_is_text(kind) && !text_equal(texts_at(text, a), texts_at(text, b)))
            return false;
        if (intake_is_number(intake, kind) &&
            column_at(&intake->number[f], a) != column_at(&intake->number[f], b))
            return false;
        if (column && width > 0 && memcmp(column + a * width, column + b * width, width) != 0)
            return false;
    }
    return true;
}

static bool
all_equal(const struct intake *intake, const uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (!same_row(intake, rows[i], rows[0]))
            return false;
    return true;
}

/* What remains of rows that are equal in order; at most one. */
static uint32_t
settle_group(struct intake *intake, const uint32_t *rows, uint32_t count, struct late *late,
             const char *reason, uint32_t *kept)
{
    if (!all_equal(intake, rows, count)) {
        for (uint32_t i = 0; i < count; i++)
            late_add(late, places_file(&intake->places, rows[i]),
                     places_line(&intake->places, rows[i]), NULL, reason);
        return 0;
    }
    intake->report->ignored += count - 1;
    intake->report->ignored_duplicate += count - 1;
    if (intake->mark[rows[0]] & MARK_FUTURE) {
        intake->report->future++;
        return 0;
    }
    *kept = rows[0];
    return 1;
}

static void
report_duplicates(const struct intake *intake, uint64_t before)
{
    uint64_t dropped = intake->report->ignored_duplicate - before;
    if (dropped)
        diag_report(intake->loader->diag, SEVERITY_NOTE, EXIT_OK, "record.duplicate_rows",
                    (struct place){intake->extract->file, 0, 0},
                    "%s: %llu rows repeat another row and are dropped", table_names[intake->table],
                    (unsigned long long)dropped);
}

/* The ids of future rows, in order, while they are still there. */
static void
keep_unborn(const struct intake *intake, const uint32_t *rows)
{
    uint32_t count = 0, *unborn = memory_new((size_t)intake->count + 1, sizeof *unborn);
    for (uint32_t i = 0; i < intake->count; i++)
        if (intake->mark[rows[i]] & MARK_FUTURE)
            unborn[count++] = rows[i];
    struct texts ids = texts_gather(&intake->text[0], unborn, count, intake->loader->jobs);
    index_open(intake->unborn, loader_keep_texts(intake->loader, ids));
    free(unborn);
}

static uint32_t *
rows_in_order(const struct intake *intake, const struct ordering *ordering, bool strict)
{
    if (!strict)
        return order_rows(ordering, intake->count, intake->loader->jobs);
    uint32_t *rows = memory_new((size_t)intake->count + 1, sizeof *rows);
    for (uint32_t row = 0; row < intake->count; row++)
        rows[row] = row;
    return rows;
}

static void
settle_groups(struct intake *intake, const struct ordering *ordering, bool strict,
              struct late *late, const char *reason)
{
    uint32_t *rows = rows_in_order(intake, ordering, strict), kept = 0;
    uint64_t before = intake->report->ignored_duplicate;
    if (intake->unborn)
        keep_unborn(intake, rows);
    for (uint32_t from = 0, to; from < intake->count; from = to) {
        for (to = from + 1;
             to < intake->count && order_compare(ordering, rows[from], rows[to]) == 0;)
            to++;
        kept += settle_group(intake, rows + from, to - from, late, reason, &rows[kept]);
    }
    settle_keep(intake, rows, kept);
    report_duplicates(intake, before);
    free(rows);
}

static bool
any_future(const struct intake *intake)
{
    for (uint32_t row = 0; row < intake->count; row++)
        if (intake->mark[row] & MARK_FUTURE)
            return true;
    return false;
}

void
settle_index(struct intake *intake)
{
    index_open(intake->index, intake->text[0]);
}

void
settle_rows(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
            struct late *late, const char *reason)
{
    const struct texts *id = intake->index ? &intake->text[0] : NULL;
    struct ordering ordering = {compare, intake, id};
    bool strict = order_is_strict(&ordering, intake->count);
    if (!strict || any_future(intake))
        settle_groups(intake, &ordering, strict, late, reason);
    if (intake->index)
        settle_index(intake);
}

void *
settle_column(struct intake *intake, uint32_t field)
{
    return loader_keep(intake->loader, intake_release(intake, field));
}

struct texts
settle_texts(struct intake *intake, uint32_t field)
{
    return loader_keep_texts(intake->loader, intake_release_texts(intake, field));
}

struct column
settle_numbers(struct intake *intake, uint32_t field)
{
    struct column column = intake_release_numbers(intake, field);
    loader_keep(intake->loader, column.cells);
    return column;
}

struct text *
settle_list(struct loader *loader, struct texts texts)
{
    struct text *list = memory_new((size_t)texts.count + 1, sizeof *list);
    for (uint32_t row = 0; row < texts.count; row++)
        list[row] = texts_at(&texts, row);
    list[texts.count] = TEXT("");
    return loader_keep(loader, list);
}

bool
settle_read(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
            const char *reason)
{
    if (!intake_read(intake))
        return false;
    settle_table(intake, compare, reason);
    return true;
}

void
settle_table(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
             const char *reason)
{
    struct late *late = late_new();
    settle_rows(intake, compare, late, reason);
    late_reject(late, intake->loader, intake->table, intake->extract, intake->report);
    late_free(late);
    intake_count_used(intake);
}
