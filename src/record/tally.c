#include "tally.h"

#include "memory.h"
#include "threads.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FIRST_LIMIT tuples of a drawer are looked through for the first time; then as many as there were
 * distinct ones, times GROWTH. Where one drawer holds hardly a repeat, the others are believed to
 * be like it, up to MOST_PATIENCE. */
enum { FIRST_LIMIT = 1024, GROWTH = 4, MOST_PATIENCE = 16384 };
enum { FEW = 16, WAITING = 512, BLOCK_ENTRIES = 170, FIRST_SLAB = 64, MOST_SLAB = 2048 };

struct tally_entry { /* a tuple, numbers that it has not got being 0, and its times */
    uint64_t high, low;
    uint32_t first, times;
};

struct tally_block {
    struct tally_block *before;
    struct tally_entry entry[BLOCK_ENTRIES];
};

struct tally_slab { /* blocks from the system, given back together */
    struct tally_slab *before;
    uint32_t blocks;
    struct tally_block block[];
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
    tally->waiting = memory_new(WAITING, sizeof *tally->waiting);
    for (int d = 0; d < TALLY_DRAWERS; d++)
        tally->drawer[d].limit = FIRST_LIMIT;
}

/* Its blocks may be used again. */
static void
empty(struct tally *tally, struct tally_drawer *drawer)
{
    for (struct tally_block *block = drawer->block, *before; block; block = before) {
        before = block->before;
        block->before = tally->spare;
        tally->spare = block;
    }
    *drawer = (struct tally_drawer){.limit = drawer->limit};
}

void
tally_close(struct tally *tally)
{
    for (struct tally_slab *slab = tally->slab, *before; slab; slab = before) {
        before = slab->before;
        free(slab);
    }
    free(tally->drawer);
    free(tally->waiting);
    *tally = (struct tally){0};
}

static size_t
held(const struct tally_drawer *drawer)
{
    return drawer->block ? drawer->full + (size_t)(drawer->next - drawer->block->entry) : 0;
}

size_t
tally_held(const struct tally *tally)
{
    size_t count = tally->waits;
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

/* Each slab is twice as large as the one before, until large pages are worth it. */
static void
add_slab(struct tally *tally)
{
    uint32_t blocks = tally->slab ? tally->slab->blocks * 2 : FIRST_SLAB;
    blocks = blocks > MOST_SLAB ? MOST_SLAB : blocks;
    size_t bytes = sizeof(struct tally_slab) + blocks * sizeof(struct tally_block);
    struct tally_slab *slab = malloc(bytes);
    if (!slab)
        memory_exhausted(bytes);
    memory_large(slab, bytes);
    slab->before = tally->slab;
    slab->blocks = blocks;
    tally->slab = slab;
    tally->used = 0;
}

static struct tally_block *
new_block(struct tally *tally)
{
    struct tally_block *block = tally->spare;
    if (block) {
        tally->spare = block->before;
        return block;
    }
    if (!tally->slab || tally->used == tally->slab->blocks)
        add_slab(tally);
    return &tally->slab->block[tally->used++];
}

static void
put(struct tally *tally, struct tally_drawer *drawer, const struct tally_entry *entry)
{
    if (drawer->next == drawer->end) {
        struct tally_block *block = new_block(tally);
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
compact(struct tally *tally, struct tally_drawer *drawer)
{
    struct heap heap = new_heap(held(drawer));
    gather(drawer, &heap);
    empty(tally, drawer);
    size_t before = heap.count;
    settle(tally, (uint32_t)(drawer - tally->drawer), &heap);
    for (size_t i = 0; i < heap.count; i++)
        put(tally, drawer, &heap.entry[i]);
    drawer->limit = heap.count * GROWTH < FIRST_LIMIT ? FIRST_LIMIT : heap.count * GROWTH;
    if (heap.count > before / 8 * 7 && before >= tally->patience)
        tally->patience = before * GROWTH < MOST_PATIENCE ? before * GROWTH : MOST_PATIENCE;
    free(heap.entry);
}

/* The numbers at `i` and behind it, 0 where there are none. */
static inline uint64_t
pair(const struct tally *tally, const uint32_t *tuple, uint32_t i)
{
    uint64_t high = tally->width > i ? tuple[i] : 0;
    return high << 32 | (tally->width > i + 1 ? tuple[i + 1] : 0);
}

/* Puts all that wait into their drawers. */
static void
put_away(struct tally *tally)
{
    for (uint32_t i = 0; i < tally->waits; i++) {
        const struct tally_entry *entry = &tally->waiting[i];
        struct tally_drawer *drawer = &tally->drawer[place_of(tally, entry->first) >> tally->shift];
        if (drawer->next == drawer->end) {
            size_t count = held(drawer);
            if (count >= drawer->limit && count >= tally->patience)
                compact(tally, drawer);
        }
        put(tally, drawer, entry);
    }
    tally->waits = 0;
}

void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times)
{
    struct tally_entry entry = {pair(tally, tuple, 1), pair(tally, tuple, 3), *tuple, times};
    struct tally_entry *last = &tally->waiting[tally->waits - (tally->waits > 0)];
    if (tally->waits && same(last, &entry)) {
        last->times = add_held(last->times, times);
        return;
    }
    if (tally->waits == WAITING)
        put_away(tally);
    tally->waiting[tally->waits++] = entry;
}

struct merging {
    struct tally *tallies;
    size_t stride, count;
    size_t at, most; /* rows of the columns so far, and at most */
    struct column *out;
};

static struct tally *
nth(const struct merging *merging, size_t n)
{
    return (struct tally *)(void *)((char *)merging->tallies + n * merging->stride);
}

/* One drawer of all tallies, on any thread; NULL behind the last one. */
static void *
merge_drawer(void *context, uint32_t d, unsigned worker)
{
    const struct merging *merging = context;
    size_t count = 0;
    (void)worker;
    if (d >= TALLY_DRAWERS)
        return NULL;
    for (size_t t = 0; t < merging->count; t++)
        count += held(&nth(merging, t)->drawer[d]);
    struct heap *heap = memory_new(1, sizeof *heap);
    *heap = new_heap(count);
    for (size_t t = 0; t < merging->count; t++)
        gather(&nth(merging, t)->drawer[d], heap);
    settle(merging->tallies, d, heap);
    return heap;
}

/* The numbers of a tuple and its times, by column. */
static uint32_t
number_at(const struct tally_entry *entry, uint32_t n, uint32_t width)
{
    uint64_t half = n < 3 ? entry->high : entry->low;
    if (n == width)
        return entry->times;
    return n == 0 ? entry->first : (uint32_t)(n % 2 ? half >> 32 : half);
}

/* Its part of all columns, drawer by drawer. */
static void
fill_columns(void *context, uint32_t d, void *made)
{
    struct merging *merging = context;
    struct heap *heap = made;
    uint32_t width = merging->tallies->width;
    uint32_t *numbers = memory_new(heap->count + 1, sizeof *numbers);
    (void)d;
    for (uint32_t n = 0; n <= width; n++) {
        for (size_t i = 0; i < heap->count; i++)
            numbers[i] = number_at(&heap->entry[i], n, width);
        column_append(&merging->out[n], merging->at, numbers, heap->count,
                      merging->most - merging->at - heap->count);
    }
    merging->at += heap->count;
    free(numbers);
    free(heap->entry);
    free(heap);
}

size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, unsigned jobs,
            struct column out[TALLY_WIDEST + 1])
{
    struct merging merging = {.tallies = tallies, .stride = stride, .count = count, .out = out};
    for (size_t t = 0; t < count; t++) {
        put_away(nth(&merging, t));
        merging.most += tally_held(nth(&merging, t)); /* what repeats leave free is never touched */
    }
    for (uint32_t n = 0; n <= tallies->width; n++)
        out[n] = (struct column){0};
    threads_pipeline(jobs, merge_drawer, fill_columns, &merging);
    for (size_t t = 0; t < count; t++)
        tally_close(nth(&merging, t));
    return merging.at;
}
