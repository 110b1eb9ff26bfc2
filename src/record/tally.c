#include "tally.h"

#include "memory.h"
#include "threads.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FIRST_LIMIT tuples of a drawer are looked through for the first time; then as many as there were
 * distinct ones, times GROWTH. */
enum { FIRST_LIMIT = 1024, GROWTH = 4, FEW = 16, BLOCK_NUMBERS = 1020 };

struct tally_block {
    struct tally_block *before;
    uint32_t number[BLOCK_NUMBERS]; /* a tuple and its times, and so on */
};

static uint32_t
stride_of(const struct tally *tally)
{
    return tally->width + 1;
}

/* Where a first number belongs: all beyond the range are one. */
static uint32_t
place_of(const struct tally *tally, uint32_t first)
{
    return first < tally->range ? first : tally->range;
}

void
tally_open(struct tally *tally, uint32_t width, uint32_t range)
{
    *tally = (struct tally){.width = width, .range = range};
    while (range >> tally->shift >= TALLY_DRAWERS)
        tally->shift++;
    tally->drawer = memory_new(TALLY_DRAWERS, sizeof *tally->drawer);
    for (int d = 0; d < TALLY_DRAWERS; d++)
        tally->drawer[d].limit = FIRST_LIMIT;
}

static void
empty(struct tally_drawer *drawer)
{
    for (struct tally_block *block = drawer->block, *before; block; block = before) {
        before = block->before;
        free(block);
    }
    *drawer = (struct tally_drawer){.limit = drawer->limit};
}

void
tally_close(struct tally *tally)
{
    for (int d = 0; d < TALLY_DRAWERS && tally->drawer; d++)
        empty(&tally->drawer[d]);
    free(tally->drawer);
    tally->drawer = NULL;
}

static size_t
held(const struct tally *tally, const struct tally_drawer *drawer)
{
    if (!drawer->block)
        return 0;
    return drawer->full + (size_t)(drawer->next - drawer->block->number) / stride_of(tally);
}

size_t
tally_held(const struct tally *tally)
{
    size_t count = 0;
    for (int d = 0; d < TALLY_DRAWERS; d++)
        count += held(tally, &tally->drawer[d]);
    return count;
}

static uint32_t
add_held(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

static inline int
compare(const uint32_t *a, const uint32_t *b, uint32_t width)
{
    for (uint32_t i = 0; i < width; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int
compare_tuples(const void *left, const void *right, void *width)
{
    return compare(left, right, *(const uint32_t *)width);
}

/* Without a call: tuples are short. */
static inline void
copy(uint32_t *to, const uint32_t *from, uint32_t numbers)
{
    for (uint32_t i = 0; i < numbers; i++)
        to[i] = from[i];
}

static void
sort_few(uint32_t *cell, size_t count, uint32_t width)
{
    uint32_t stride = width + 1, moving[TALLY_WIDEST + 1];
    for (size_t i = 1; i < count; i++) {
        size_t at = i;
        if (compare(cell + (i - 1) * stride, cell + i * stride, width) <= 0)
            continue;
        copy(moving, cell + i * stride, stride);
        for (; at > 0 && compare(cell + (at - 1) * stride, moving, width) > 0; at--)
            copy(cell + at * stride, cell + (at - 1) * stride, stride);
        copy(cell + at * stride, moving, stride);
    }
}

/* The tuples of one drawer in one piece. */
struct heap {
    uint32_t *cell;
    size_t count;
};

/* Puts the tuples of a drawer behind those of the heap, which has room for them. */
static void
gather(const struct tally *tally, const struct tally_drawer *drawer, struct heap *heap)
{
    size_t stride = stride_of(tally);
    const uint32_t *end = drawer->next;
    for (const struct tally_block *block = drawer->block; block; block = block->before) {
        size_t count = (size_t)(end - block->number) / stride;
        memcpy(heap->cell + heap->count * stride, block->number,
               count * stride * sizeof *heap->cell);
        heap->count += count;
        if (block->before)
            end = block->before->number + BLOCK_NUMBERS / stride * stride;
    }
}

/* In order of their places; gives where those of each place end, of `places` from `lowest` on. */
static uint32_t *
spread(const struct tally *tally, const struct heap *heap, uint32_t *out, uint32_t lowest,
       size_t places)
{
    uint32_t stride = stride_of(tally), *end = memory_new(places + 1, sizeof *end);
    for (size_t i = 0; i < heap->count; i++)
        end[place_of(tally, heap->cell[i * stride]) - lowest + 1]++;
    for (size_t p = 1; p <= places; p++)
        end[p] += end[p - 1];
    for (size_t i = 0; i < heap->count; i++) {
        const uint32_t *tuple = heap->cell + i * stride;
        copy(out + (size_t)end[place_of(tally, *tuple) - lowest]++ * stride, tuple, stride);
    }
    return end;
}

static size_t
drop_repeats(uint32_t *cell, size_t count, uint32_t width)
{
    size_t kept = count > 0;
    uint32_t stride = width + 1;
    for (size_t i = 1; i < count; i++) {
        uint32_t *tuple = cell + i * stride, *last = cell + (kept - 1) * stride;
        if (compare(tuple, last, width) == 0)
            last[width] = add_held(last[width], tuple[width]);
        else if (kept++ != i)
            copy(last + stride, tuple, stride);
    }
    return kept;
}

/* Sorts the tuples of drawer `d`, each once. */
static void
settle(const struct tally *tally, uint32_t d, struct heap *heap)
{
    size_t stride = stride_of(tally), from = 0, places = (size_t)1 << tally->shift;
    uint32_t width = tally->width, *out = malloc(heap->count * stride * sizeof *out + 1);
    if (!out)
        memory_exhausted(heap->count * stride * sizeof *out);
    uint32_t *end = spread(tally, heap, out, d << tally->shift, places);
    for (size_t p = 0; p < places; from = end[p++]) {
        if (end[p] - from <= FEW)
            sort_few(out + from * stride, end[p] - from, width);
        else
            qsort_r(out + from * stride, end[p] - from, stride * sizeof *out, compare_tuples,
                    &width);
    }
    free(end);
    free(heap->cell);
    heap->cell = out;
    heap->count = drop_repeats(out, heap->count, width);
}

static struct heap
new_heap(const struct tally *tally, size_t count)
{
    size_t bytes = count * stride_of(tally) * sizeof(uint32_t);
    struct heap heap = {malloc(bytes + 1), 0};
    if (!heap.cell)
        memory_exhausted(bytes);
    return heap;
}

static void
open_block(const struct tally *tally, struct tally_drawer *drawer)
{
    struct tally_block *block = malloc(sizeof *block);
    if (!block)
        memory_exhausted(sizeof *block);
    drawer->full = held(tally, drawer);
    block->before = drawer->block;
    drawer->block = block;
    drawer->next = block->number;
    drawer->end = block->number + BLOCK_NUMBERS / stride_of(tally) * stride_of(tally);
}

static void
put(const struct tally *tally, struct tally_drawer *drawer, const uint32_t *cell)
{
    if (drawer->next == drawer->end)
        open_block(tally, drawer);
    copy(drawer->next, cell, stride_of(tally));
    drawer->next += stride_of(tally);
}

/* Finds repeats now, and again when there is much more than is left now. */
static void
compact(const struct tally *tally, struct tally_drawer *drawer)
{
    struct heap heap = new_heap(tally, held(tally, drawer));
    gather(tally, drawer, &heap);
    empty(drawer);
    settle(tally, (uint32_t)(drawer - tally->drawer), &heap);
    for (size_t i = 0; i < heap.count; i++)
        put(tally, drawer, heap.cell + i * stride_of(tally));
    drawer->limit = heap.count * GROWTH < FIRST_LIMIT ? FIRST_LIMIT : heap.count * GROWTH;
    free(heap.cell);
}

void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times)
{
    uint32_t width = tally->width, stride = width + 1;
    struct tally_drawer *drawer = &tally->drawer[place_of(tally, *tuple) >> tally->shift];
    if (drawer->block) {
        uint32_t *last = drawer->next - stride;
        if (compare(last, tuple, width) == 0) {
            last[width] = add_held(last[width], times);
            return;
        }
    }
    if (drawer->next == drawer->end) {
        if (held(tally, drawer) >= drawer->limit)
            compact(tally, drawer);
        if (drawer->next == drawer->end)
            open_block(tally, drawer);
    }
    copy(drawer->next, tuple, width);
    drawer->next[width] = times;
    drawer->next += stride;
}

struct merging {
    struct tally *tallies;
    size_t stride, count;
    struct heap heap[TALLY_DRAWERS];
    size_t first[TALLY_DRAWERS + 1]; /* row of a drawer's first tuple */
    uint32_t **out;
};

static struct tally *
nth(const struct merging *merging, size_t n)
{
    return (struct tally *)(void *)((char *)merging->tallies + n * merging->stride);
}

/* One drawer of all tallies. */
static void
merge_drawer(void *context, uint32_t d, unsigned worker)
{
    struct merging *merging = context;
    size_t count = 0;
    (void)worker;
    for (size_t t = 0; t < merging->count; t++)
        count += held(nth(merging, t), &nth(merging, t)->drawer[d]);
    struct heap *heap = &merging->heap[d];
    *heap = new_heap(merging->tallies, count);
    for (size_t t = 0; t < merging->count; t++) {
        struct tally_drawer *drawer = &nth(merging, t)->drawer[d];
        gather(nth(merging, t), drawer, heap);
        empty(drawer);
    }
    settle(merging->tallies, d, heap);
}

/* Its part of all columns. */
static void
fill_columns(void *context, uint32_t d, unsigned worker)
{
    struct merging *merging = context;
    const struct heap *heap = &merging->heap[d];
    uint32_t stride = stride_of(merging->tallies);
    (void)worker;
    for (uint32_t n = 0; n < stride; n++) {
        uint32_t *column = merging->out[n] + merging->first[d];
        for (size_t i = 0; i < heap->count; i++)
            column[i] = heap->cell[i * stride + n];
    }
    free(heap->cell);
}

size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, unsigned jobs,
            uint32_t *out[TALLY_WIDEST + 1])
{
    struct merging merging = {.tallies = tallies, .stride = stride, .count = count, .out = out};
    threads_each(jobs, TALLY_DRAWERS, merge_drawer, &merging);
    for (uint32_t d = 0; d < TALLY_DRAWERS; d++)
        merging.first[d + 1] = merging.first[d] + merging.heap[d].count;
    size_t total = merging.first[TALLY_DRAWERS];
    for (uint32_t n = 0; n < stride_of(tallies); n++)
        out[n] = memory_new(total + 1, sizeof *out[n]);
    threads_each(jobs, TALLY_DRAWERS, fill_columns, &merging);
    for (size_t t = 0; t < count; t++)
        tally_close(nth(&merging, t));
    return total;
}
