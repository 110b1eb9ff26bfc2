#include "tally.h"

#include "memory.h"
#include "threads.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, PARTS = 64, FEW = 12 };

void
tally_open(struct tally *tally, uint32_t width)
{
    *tally = (struct tally){.width = width};
}

void
tally_close(struct tally *tally)
{
    free(tally->cell);
    free(tally->slot);
    tally_open(tally, tally->width);
}

static uint64_t
hash_of(const uint32_t *tuple, uint32_t width)
{
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (uint32_t i = 0; i < width; i++) {
        hash = (hash ^ tuple[i]) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    return hash;
}

static uint32_t *
tuple_at(const struct tally *tally, size_t number)
{
    return tally->cell + number * (tally->width + 1);
}

static void
grow_slots(struct tally *tally)
{
    uint64_t slots = tally->slot ? (tally->mask + 1) * 2 : FIRST_SLOTS;
    free(tally->slot);
    tally->slot = memory_new(slots, sizeof *tally->slot);
    tally->mask = slots - 1;
    for (size_t i = 0; i < tally->count; i++) {
        uint64_t hash = hash_of(tuple_at(tally, i), tally->width), at = hash & tally->mask;
        while (tally->slot[at])
            at = (at + 1) & tally->mask;
        tally->slot[at] = (hash & 0xFFFFFFFF00000000u) | (i + 1);
    }
}

static uint32_t
add_held(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

void
tally_add(struct tally *tally, const uint32_t *tuple, uint32_t times)
{
    size_t bytes = tally->width * sizeof *tuple;
    if (!tally->slot || tally->count >= (tally->mask + 1) / 4 * 3)
        grow_slots(tally);
    uint64_t hash = hash_of(tuple, tally->width), at = hash & tally->mask;
    for (; tally->slot[at]; at = (at + 1) & tally->mask) {
        if ((tally->slot[at] ^ hash) >> 32)
            continue;
        uint32_t *known = tuple_at(tally, (uint32_t)tally->slot[at] - 1);
        if (memcmp(known, tuple, bytes) == 0) {
            known[tally->width] = add_held(known[tally->width], times);
            return;
        }
    }
    if (tally->count >= UINT32_MAX - 1)
        memory_exhausted(SIZE_MAX);
    memory_grow(&tally->cell, &tally->capacity, tally->count + 1,
                (tally->width + 1) * sizeof *tuple);
    uint32_t *new = tuple_at(tally, tally->count);
    memcpy(new, tuple, bytes);
    new[tally->width] = times;
    tally->slot[at] = (hash & 0xFFFFFFFF00000000u) | ++tally->count;
}

/* All tuples, those of one first number beside each other. */
struct merging {
    uint32_t width, range;
    uint32_t *cell;
    size_t *first; /* by first number */
    size_t *kept;  /* by first number: distinct tuples */
};

static uint32_t
bucket_of(const struct merging *merging, uint32_t number)
{
    return number < merging->range ? number : merging->range;
}

static int
compare_tuples(const void *left, const void *right, void *context)
{
    const uint32_t *a = left, *b = right;
    uint32_t width = *(const uint32_t *)context;
    for (uint32_t i = 0; i < width; i++)
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
        else
            memmove(cell + kept++ * stride, tuple, stride * sizeof *cell);
    }
    return kept;
}

static void
settle_part(void *context, uint32_t part, unsigned worker)
{
    struct merging *merging = context;
    uint64_t buckets = (uint64_t)merging->range + 1;
    (void)worker;
    for (uint64_t b = buckets * part / PARTS; b < buckets * (part + 1) / PARTS; b++) {
        size_t from = merging->first[b], count = merging->first[b + 1] - from;
        uint32_t *cell = merging->cell + from * (merging->width + 1);
        if (count <= FEW)
            sort_few(cell, count, merging->width);
        else
            qsort_r(cell, count, (merging->width + 1) * sizeof *cell, compare_tuples,
                    &merging->width);
        merging->kept[b] = drop_repeats(cell, count, merging->width);
    }
}

static void
scatter(struct merging *merging, struct tally *tally, size_t *next)
{
    size_t stride = merging->width + 1;
    for (size_t i = 0; i < tally->count; i++) {
        const uint32_t *tuple = tuple_at(tally, i);
        memcpy(merging->cell + next[bucket_of(merging, tuple[0])]++ * stride, tuple,
               stride * sizeof *tuple);
    }
    tally_close(tally);
}

static void
collect(struct merging *merging, struct tally *tallies, size_t step, size_t count)
{
    size_t total = 0, buckets = (size_t)merging->range + 1;
    char *base = (char *)tallies;
    merging->first = memory_new(buckets + 2, sizeof *merging->first);
    size_t *next = merging->first + 1;
    for (size_t t = 0; t < count; t++) {
        struct tally *tally = (struct tally *)(void *)(base + t * step);
        free(tally->slot);
        tally->slot = NULL;
        total += tally->count;
        for (size_t i = 0; i < tally->count; i++)
            next[bucket_of(merging, tuple_at(tally, i)[0]) + 1]++;
    }
    for (size_t b = 1; b <= buckets; b++)
        next[b] += next[b - 1];
    merging->cell = memory_new((total + 1) * (merging->width + 1), sizeof *merging->cell);
    for (size_t t = 0; t < count; t++)
        scatter(merging, (struct tally *)(void *)(base + t * step), next);
}

static size_t
split(const struct merging *merging, uint32_t *out[TALLY_WIDEST + 1])
{
    size_t total = 0, at = 0, buckets = (size_t)merging->range + 1, stride = merging->width + 1;
    for (size_t b = 0; b < buckets; b++)
        total += merging->kept[b];
    for (uint32_t i = 0; i <= merging->width; i++)
        out[i] = memory_new(total + 1, sizeof *out[i]);
    for (size_t b = 0; b < buckets; b++) {
        const uint32_t *tuple = merging->cell + merging->first[b] * stride;
        for (size_t k = 0; k < merging->kept[b]; k++, at++, tuple += stride)
            for (uint32_t i = 0; i <= merging->width; i++)
                out[i][at] = tuple[i];
    }
    return total;
}

size_t
tally_merge(struct tally *tallies, size_t stride, size_t count, uint32_t range, unsigned jobs,
            uint32_t *out[TALLY_WIDEST + 1])
{
    struct merging merging = {.width = tallies->width, .range = range};
    collect(&merging, tallies, stride, count);
    merging.kept = memory_new((size_t)range + 1, sizeof *merging.kept);
    threads_each(jobs, PARTS, settle_part, &merging);
    size_t total = split(&merging, out);
    free(merging.cell);
    free(merging.first);
    free(merging.kept);
    return total;
}
