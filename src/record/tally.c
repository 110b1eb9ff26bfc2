#include "tally.h"

#include "memory.h"
#include "threads.h"

#include <stdlib.h>
#include <string.h>

/* FIRST_LIMIT tuples are looked through for the first time; then as many as there were distinct
 * ones, times GROWTH. */
enum { FIRST_LIMIT = 1 << 18, GROWTH = 3, PARTS = 64, FEW = 12 };

void
tally_open(struct tally *tally, uint32_t width, uint32_t range)
{
    *tally = (struct tally){.width = width, .range = range, .limit = FIRST_LIMIT};
    tally->memo = memory_new(TALLY_MEMO, sizeof *tally->memo);
}

void
tally_close(struct tally *tally)
{
    free(tally->cell);
    free(tally->memo);
    tally->cell = tally->memo = NULL;
    tally->count = tally->capacity = 0;
}

static uint32_t *
tuple_at(const struct tally *tally, size_t number)
{
    return tally->cell + number * (tally->width + 1);
}

static uint32_t
add_held(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

/* Tuples in buckets by their first number. */
struct sorting {
    uint32_t width, range;
    uint32_t *cell;
    size_t *first; /* by bucket; range + 1 of them */
    size_t *kept;  /* distinct tuples, likewise */
};

static size_t
bucket_of(const struct sorting *sorting, uint32_t number)
{
    return number < sorting->range ? number : sorting->range;
}

static int
compare_tuples(const void *left, const void *right, void *width)
{
    const uint32_t *a = left, *b = right, numbers = *(const uint32_t *)width;
    for (uint32_t i = 0; i < numbers; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static void
sort_few(uint32_t *cell, size_t count, uint32_t width)
{
    size_t stride = width + 1, bytes = stride * sizeof *cell;
    uint32_t moving[TALLY_WIDEST + 1];
    for (size_t i = 1; i < count; i++) {
        size_t at = i;
        if (compare_tuples(cell + (i - 1) * stride, cell + i * stride, &width) <= 0)
            continue;
        memcpy(moving, cell + i * stride, bytes);
        for (; at > 0 && compare_tuples(cell + (at - 1) * stride, moving, &width) > 0; at--)
            memcpy(cell + at * stride, cell + (at - 1) * stride, bytes);
        memcpy(cell + at * stride, moving, bytes);
    }
}

static size_t
drop_repeats(uint32_t *cell, size_t count, uint32_t width)
{
    size_t kept = 0, stride = width + 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t *tuple = cell + i * stride, *last = cell + (kept ? kept - 1 : 0) * stride;
        if (kept && compare_tuples(tuple, last, &width) == 0)
            last[width] = add_held(last[width], tuple[width]);
        else if (kept++ != i)
            memcpy(cell + (kept - 1) * stride, tuple, stride * sizeof *cell);
    }
    return kept;
}

static void
sort_part(void *context, uint32_t part, unsigned worker)
{
    struct sorting *sorting = context;
    uint64_t buckets = (uint64_t)sorting->range + 1;
    (void)worker;
    for (uint64_t b = buckets * part / PARTS; b < buckets * (part + 1) / PARTS; b++) {
        size_t from = sorting->first[b], count = sorting->first[b + 1] - from;
        uint32_t *cell = sorting->cell + from * (sorting->width + 1);
        if (count <= FEW)
            sort_few(cell, count, sorting->width);
        else
            qsort_r(cell, count, (sorting->width + 1) * sizeof *cell, compare_tuples,
                    &sorting->width);
        sorting->kept[b] = drop_repeats(cell, count, sorting->width);
    }
}

static struct tally *
nth(struct tally *tallies, size_t stride, size_t n)
{
    return (struct tally *)(void *)((char *)tallies + n * stride);
}

static void
count_buckets(const struct tally *tally, const struct sorting *sorting, size_t *next)
{
    for (size_t i = 0; i < tally->count; i++)
        next[bucket_of(sorting, *tuple_at(tally, i)) + 1]++;
}

static void
scatter(const struct tally *tally, struct sorting *sorting, size_t *next)
{
    size_t stride = sorting->width + 1;
    for (size_t i = 0; i < tally->count; i++) {
        const uint32_t *tuple = tuple_at(tally, i);
        memcpy(sorting->cell + next[bucket_of(sorting, *tuple)]++ * stride, tuple,
               stride * sizeof *tuple);
    }
}

/* All tuples of the tallies, which are emptied, sorted in buckets and each once. */
static struct sorting
sort(struct tally *tallies, size_t step, size_t count, unsigned jobs)
{
    struct sorting sorting = {.width = tallies->width, .range = tallies->range};
    size_t total = 0, buckets = (size_t)sorting.range + 1;
    sorting.first = memory_new(buckets + 2, sizeof *sorting.first);
    sorting.kept = memory_new(buckets, sizeof *sorting.kept);
    size_t *next = sorting.first + 1;
    for (size_t t = 0; t < count; t++) {
        count_buckets(nth(tallies, step, t), &sorting, next);
        total += nth(tallies, step, t)->count;
    }
    for (size_t b = 1; b <= buckets; b++)
        next[b] += next[b - 1];
    sorting.cell = memory_new((total + 1) * (sorting.width + 1), sizeof *sorting.cell);
    for (size_t t = 0; t < count; t++) {
        scatter(nth(tallies, step, t), &sorting, next);
        tally_close(nth(tallies, step, t));
    }
    threads_each(jobs, PARTS, sort_part, &sorting);
    return sorting;
}

static void
free_sorting(struct sorting *sorting)
{
    free(sorting->cell);
    free(sorting->first);
    free(sorting->kept);
}

/* Finds repeats now, and again when there is much more than is left now. */
static void
compact(struct tally *tally)
{
    uint32_t width = tally->width, range = tally->range;
    struct sorting sorting = sort(tally, sizeof *tally, 1, 1);
    size_t kept = 0, stride = width + 1;
    for (size_t b = 0; b <= range; b++) {
        memmove(sorting.cell + kept * stride, sorting.cell + sorting.first[b] * stride,
                sorting.kept[b] * stride * sizeof *sorting.cell);
        kept += sorting.kept[b];
    }
    tally_open(tally, width, range);
    tally->cell = sorting.cell;
    tally->count = tally->capacity = kept;
    tally->limit = kept * GROWTH < FIRST_LIMIT ? FIRST_LIMIT : kept * GROWTH;
    sorting.cell = NULL;
    free_sorting(&sorting);
}

static uint32_t
memo_slot(const uint32_t *tuple, uint32_t width)
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < width; i++)
        hash = (hash ^ tuple[i]) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash >> 32) % TALLY_MEMO;
}

void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times)
{
    size_t bytes = tally->width * sizeof *tuple;
    uint32_t *memo = &tally->memo[memo_slot(tuple, tally->width)];
    uint32_t *known = *memo ? tuple_at(tally, *memo - 1) : NULL;
    if (known && memcmp(known, tuple, bytes) == 0) {
        known[tally->width] = add_held(known[tally->width], times);
        return;
    }
    if (tally->count == tally->limit) {
        compact(tally);
        memo = &tally->memo[memo_slot(tuple, tally->width)];
    }
    if (tally->count == UINT32_MAX - 1)
        memory_exhausted(SIZE_MAX);
    memory_grow(&tally->cell, &tally->capacity, tally->count + 1, bytes + sizeof *tuple);
    known = tuple_at(tally, tally->count);
    memcpy(known, tuple, bytes);
    known[tally->width] = times;
    *memo = (uint32_t)++tally->count;
}

struct columns {
    const struct sorting *sorting;
    size_t total;
    uint32_t **out;
};

/* One column of the distinct tuples. */
static void
fill_column(void *context, uint32_t number, unsigned worker)
{
    struct columns *columns = context;
    const struct sorting *sorting = columns->sorting;
    size_t at = 0, stride = sorting->width + 1;
    uint32_t *column = memory_new(columns->total + 1, sizeof *column);
    (void)worker;
    for (size_t b = 0; b <= sorting->range; b++) {
        const uint32_t *cell = sorting->cell + sorting->first[b] * stride + number;
        for (size_t k = 0; k < sorting->kept[b]; k++, cell += stride)
            column[at++] = *cell;
    }
    columns->out[number] = column;
}

size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, unsigned jobs,
            uint32_t *out[TALLY_WIDEST + 1])
{
    struct sorting sorting = sort(tallies, stride, count, jobs);
    struct columns columns = {&sorting, 0, out};
    for (size_t b = 0; b <= sorting.range; b++)
        columns.total += sorting.kept[b];
    threads_each(jobs, sorting.width + 1, fill_column, &columns);
    free_sorting(&sorting);
    return columns.total;
}
