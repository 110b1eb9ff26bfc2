#include "tally.h"

#include "memory.h"
#include "threads.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FIRST_LIMIT tuples of a drawer are looked through for the first time; then as many as there were
 * distinct ones, times GROWTH. */
enum { FIRST_LIMIT = 1024, GROWTH = 4, FEW = 16, BLOCK_ENTRIES = 170 };

struct tally_entry { /* a tuple, numbers that it has not got being 0, and its times */
    uint64_t high, low;
    uint32_t first, times;
};

struct tally_block {
    struct tally_block *before;
    struct tally_entry entry[BLOCK_ENTRIES];
};

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
held(const struct tally_drawer *drawer)
{
    return drawer->block ? drawer->full + (size_t)(drawer->next - drawer->block->entry) : 0;
}

size_t
tally_held(const struct tally *tally)
{
    size_t count = 0;
    for (int d = 0; d < TALLY_DRAWERS; d++)
        count += held(&tally->drawer[d]);
    return count;
}

static uint32_t
add_held(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

static inline bool
same(const struct tally_entry *a, const struct tally_entry *b)
{
    return ((a->high ^ b->high) | (a->low ^ b->low) | (a->first ^ b->first)) == 0;
}

/* Of two entries with one first number; no branch, for nothing about them can be foreseen. */
static inline bool
comes_before(const struct tally_entry *a, const struct tally_entry *b)
{
    unsigned __int128 left = (unsigned __int128)a->high << 64 | a->low;
    unsigned __int128 right = (unsigned __int128)b->high << 64 | b->low;
    return left < right;
}

static int
compare(const void *left, const void *right)
{
    const struct tally_entry *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return comes_before(b, a) - comes_before(a, b);
}

/* Entries with one first number: each goes where as many as come before it leave off. */
static void
sort_few(struct tally_entry *entry, size_t count)
{
    struct tally_entry before[FEW];
    size_t place[FEW] = {0};
    for (size_t i = 0; i < count; i++) {
        before[i] = entry[i];
        for (size_t k = 0; k < i; k++) {
            bool later = comes_before(&before[i], &before[k]);
            place[k] += later;
            place[i] += !later;
        }
    }
    for (size_t i = 0; i < count; i++)
        entry[place[i]] = before[i];
}

/* The entries of one drawer in one piece. */
struct heap {
    struct tally_entry *entry;
    size_t count;
};

static struct heap
new_heap(size_t count)
{
    struct heap heap = {malloc(count * sizeof *heap.entry + 1), 0};
    if (!heap.entry)
        memory_exhausted(count * sizeof *heap.entry);
    return heap;
}

/* Puts the entries of a drawer behind those of the heap, which has room for them. */
static void
gather(const struct tally_drawer *drawer, struct heap *heap)
{
    const struct tally_block *block = drawer->block;
    size_t count = block ? (size_t)(drawer->next - block->entry) : 0;
    for (; block; block = block->before, count = BLOCK_ENTRIES) {
        memcpy(heap->entry + heap->count, block->entry, count * sizeof *heap->entry);
        heap->count += count;
    }
}

/* In order of their places, `places` from `lowest` on; gives where those of each end. */
static uint32_t *
spread(const struct tally *tally, const struct heap *heap, struct tally_entry *out, uint32_t lowest,
       size_t places)
{
    uint32_t *end = memory_new(places + 1, sizeof *end);
    for (size_t i = 0; i < heap->count; i++)
        end[place_of(tally, heap->entry[i].first) - lowest + 1]++;
    for (size_t p = 1; p <= places; p++)
        end[p] += end[p - 1];
    for (size_t i = 0; i < heap->count; i++)
        out[end[place_of(tally, heap->entry[i].first) - lowest]++] = heap->entry[i];
    return end;
}

static size_t
drop_repeats(struct tally_entry *entry, size_t count)
{
    size_t kept = count > 0;
    for (size_t i = 1; i < count; i++) {
        struct tally_entry *last = &entry[kept - 1];
        if (same(&entry[i], last))
            last->times = add_held(last->times, entry[i].times);
        else
            entry[kept++] = entry[i];
    }
    return kept;
}

/* Sorts the entries of drawer `d`, each once. */
static void
settle(const struct tally *tally, uint32_t d, struct heap *heap)
{
    struct heap sorted = new_heap(heap->count);
    size_t from = 0, places = (size_t)1 << tally->shift;
    uint32_t lowest = d << tally->shift;
    uint32_t *end = spread(tally, heap, sorted.entry, lowest, places);
    for (size_t p = 0; p < places; from = end[p++]) {
        size_t count = end[p] - from;
        if (count <= FEW && lowest + p != tally->range)
            sort_few(sorted.entry + from, count);
        else
            qsort(sorted.entry + from, count, sizeof *sorted.entry, compare);
    }
    free(end);
    free(heap->entry);
    heap->entry = sorted.entry;
    heap->count = drop_repeats(sorted.entry, heap->count);
}

static void
put(struct tally_drawer *drawer, const struct tally_entry *entry)
{
    if (drawer->next == drawer->end) {
        struct tally_block *block = malloc(sizeof *block);
        if (!block)
            memory_exhausted(sizeof *block);
        drawer->full = held(drawer);
        block->before = drawer->block;
        drawer->block = block;
        drawer->next = block->entry;
        drawer->end = block->entry + BLOCK_ENTRIES;
    }
    *drawer->next++ = *entry;
}

/* Finds repeats now, and again when there is much more than is left now. */
static void
compact(const struct tally *tally, struct tally_drawer *drawer)
{
    struct heap heap = new_heap(held(drawer));
    gather(drawer, &heap);
    empty(drawer);
    settle(tally, (uint32_t)(drawer - tally->drawer), &heap);
    for (size_t i = 0; i < heap.count; i++)
        put(drawer, &heap.entry[i]);
    drawer->limit = heap.count * GROWTH < FIRST_LIMIT ? FIRST_LIMIT : heap.count * GROWTH;
    free(heap.entry);
}

void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times)
{
    uint32_t number[TALLY_WIDEST] = {0};
    for (uint32_t i = 0; i < tally->width; i++)
        number[i] = tuple[i];
    struct tally_entry entry = {(uint64_t)number[1] << 32 | number[2],
                                (uint64_t)number[3] << 32 | number[4], number[0], times};
    struct tally_drawer *drawer = &tally->drawer[place_of(tally, entry.first) >> tally->shift];
    if (drawer->block && same(drawer->next - 1, &entry)) {
        drawer->next[-1].times = add_held(drawer->next[-1].times, times);
        return;
    }
    if (drawer->next == drawer->end && held(drawer) >= drawer->limit)
        compact(tally, drawer);
    put(drawer, &entry);
}

struct merging {
    struct tally *tallies;
    size_t stride, count;
    struct heap heap[TALLY_DRAWERS];
    size_t first[TALLY_DRAWERS + 1]; /* row of a drawer's first entry */
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
        count += held(&nth(merging, t)->drawer[d]);
    struct heap *heap = &merging->heap[d];
    *heap = new_heap(count);
    for (size_t t = 0; t < merging->count; t++) {
        struct tally_drawer *drawer = &nth(merging, t)->drawer[d];
        gather(drawer, heap);
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
    size_t at = merging->first[d];
    uint32_t width = merging->tallies->width;
    (void)worker;
    for (size_t i = 0; i < heap->count; i++, at++) {
        const struct tally_entry *entry = &heap->entry[i];
        const uint32_t number[] = {entry->first, (uint32_t)(entry->high >> 32),
                                   (uint32_t)entry->high, (uint32_t)(entry->low >> 32),
                                   (uint32_t)entry->low};
        for (uint32_t n = 0; n < width; n++)
            merging->out[n][at] = number[n];
        merging->out[width][at] = entry->times;
    }
    free(heap->entry);
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
    for (uint32_t n = 0; n <= tallies->width; n++)
        out[n] = memory_new(total + 1, sizeof *out[n]);
    threads_each(jobs, TALLY_DRAWERS, fill_columns, &merging);
    for (size_t t = 0; t < count; t++)
        tally_close(nth(&merging, t));
    return total;
}
