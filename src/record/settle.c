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
    size_t width = intake_width(intake->field[field].kind);
    if (width)
        gather(&intake->column[field], width, keeping->rows, keeping->count);
}

void
settle_keep(struct intake *intake, const uint32_t *rows, uint32_t count)
{
    struct keeping keeping = {intake, rows, count};
    threads_each(intake->loader->jobs, intake->field_count, keep_column, &keeping);
    gather((void **)&intake->mark, sizeof *intake->mark, rows, count);
    if (intake->residue)
        gather((void **)&intake->residue, sizeof *intake->residue, rows, count);
    if (intake->placed)
        places_move(&intake->places, rows, count);
    intake->count = count;
    intake->capacity = (size_t)count + 1;
}

static bool
same_text(const struct symbols *words, uint32_t a, uint32_t b)
{
    return a == b || text_equal(symbols_text(words, a), symbols_text(words, b));
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
        const uint32_t *word = intake->column[f];
        size_t width = intake_width(kind);
        if (kind == KIND_NAME && !same_text(intake->loader->words, word[a], word[b]))
            return false;
        if (kind != KIND_NAME && kind != KIND_ID && width > 0 &&
            memcmp(column + a * width, column + b * width, width) != 0)
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
    const struct text *id = intake->column[0];
    uint32_t count = 0;
    struct text *unborn = memory_new((size_t)intake->count + 1, sizeof *unborn);
    for (uint32_t i = 0; i < intake->count; i++)
        if (intake->mark[rows[i]] & MARK_FUTURE)
            unborn[count++] = id[rows[i]];
    index_open(intake->unborn, loader_keep(intake->loader, unborn), count);
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
    index_open(intake->index, intake->column[0], intake->count);
}

void
settle_rows(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
            struct late *late, const char *reason)
{
    const struct text *id = intake->index ? intake->column[0] : NULL;
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

bool
settle_read(struct intake *intake, int (*compare)(const void *intake, uint32_t a, uint32_t b),
            const char *reason)
{
    if (!intake_read(intake))
        return false;
    struct late *late = late_new();
    settle_rows(intake, compare, late, reason);
    late_reject(late, intake->loader, intake->table, intake->extract, intake->report);
    late_free(late);
    intake_count_used(intake);
    return true;
}
