#include "index.h"

#include "hash.h"
#include "memory.h"
#include "threads.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { SHORT_ID = 15, LONG_ID = 18, PARTS = 64, LARGE_PAGE = 1 << 21, AHEAD = 16 };

void
index_relax(struct index *index)
{
    if (index->room)
        munmap(index->room, index->room_bytes);
    else
        free(index->slot);
    index->slot = NULL;
    index->room = NULL;
}

void
index_open(struct index *index, struct texts id)
{
    index_close(index);
    index->open = true;
    index->id = id;
    index->count = id.count;
}

void
index_close(struct index *index)
{
    index_relax(index);
    symbols_free(index->names);
    free(index->named);
    *index = (struct index){0};
}

/* Random places in tables of many megabytes cost most by their page: large pages are asked for. */
static uint64_t *
new_slots(struct index *index, size_t bytes)
{
    if (bytes < LARGE_PAGE)
        return memory_new(bytes, 1);
    index->room_bytes = bytes + LARGE_PAGE;
    index->room = mmap(NULL, index->room_bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (index->room == MAP_FAILED)
        memory_exhausted(index->room_bytes);
    size_t beyond = (uintptr_t)index->room % LARGE_PAGE;
    void *slots = (char *)index->room + (beyond ? LARGE_PAGE - beyond : 0);
    madvise(slots, bytes, MADV_HUGEPAGE);
    return slots;
}

/* A row on its way into the table. Threads may race for a slot: where a row stands then differs
 * from run to run, what is found does not. */
static void
put_row(struct index *index, uint32_t row, uint64_t hash)
{
    uint64_t at = hash >> index->shift, free_slot = 0;
    while (!__atomic_compare_exchange_n(&index->slot[at], &free_slot, hash << 32 | (row + 1), false,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
        at = (at + 1) & index->mask;
        free_slot = 0;
    }
}

/* Puts some of the rows in, each some rows after its slot was asked for from memory. */
static void
prepare_part(void *context, uint32_t part, unsigned worker)
{
    struct index *index = context;
    uint32_t from = (uint32_t)((uint64_t)index->count * part / PARTS);
    uint32_t to = (uint32_t)((uint64_t)index->count * (part + 1) / PARTS);
    (void)worker;
    uint64_t hash[AHEAD];
    for (uint32_t row = from; row < to; row++) {
        if (row - from >= AHEAD)
            put_row(index, row - AHEAD, hash[row % AHEAD]);
        hash[row % AHEAD] = hash_text(texts_at(&index->id, row));
        __builtin_prefetch(&index->slot[hash[row % AHEAD] >> index->shift], 1);
    }
    for (uint32_t row = to - from > AHEAD ? to - AHEAD : from; row < to; row++)
        put_row(index, row, hash[row % AHEAD]);
}

void
index_prepare(struct index *index, unsigned jobs)
{
    uint64_t slots = 64;
    if (index->slot || index->count == 0)
        return;
    while (slots / 8 * 7 < index->count)
        slots *= 2;
    index->slot = new_slots(index, slots * sizeof *index->slot);
    index->mask = slots - 1;
    index->shift = 65 - __builtin_ffsll((long long)slots);
    threads_each(jobs, PARTS, prepare_part, index);
}

void
index_names(struct index *index, const struct text *names, uint32_t count)
{
    uint32_t before = index->names ? symbols_count(index->names) : 0;
    if (!index->names)
        index->names = symbols_new(count);
    uint32_t *named = memory_new((size_t)before + count + 1, sizeof *named);
    if (before)
        memcpy(named, index->named, before * sizeof *named);
    free(index->named);
    index->named = named;
    for (uint32_t row = 0; row < count; row++) {
        uint32_t known = symbols_count(index->names);
        if (names[row].length == 0)
            continue;
        uint32_t symbol = symbols_intern(index->names, names[row]);
        bool other = symbol < known && index->named[symbol] != row;
        index->named[symbol] = other ? INDEX_AMBIGUOUS : row;
    }
}

bool
index_is_null(struct text id)
{
    static const char zeros[] = "000000000000000AAA";
    return (id.length == SHORT_ID || id.length == LONG_ID) &&
           memcmp(id.bytes, zeros, id.length) == 0;
}

static bool
is_alphanumeric(struct text id)
{
    for (uint32_t i = 0; i < id.length; i++) {
        char c = id.bytes[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            return false;
    }
    return true;
}

/* The long form of a short id: each five characters give one more, which says which of them are
 * capitals. */
static void
lengthen(const char *id, char out[LONG_ID])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    memcpy(out, id, SHORT_ID);
    for (int part = 0; part < 3; part++) {
        unsigned capitals = 0;
        for (int i = 0; i < 5; i++)
            if (id[part * 5 + i] >= 'A' && id[part * 5 + i] <= 'Z')
                capitals |= 1u << i;
        out[SHORT_ID + part] = digits[capitals];
    }
}

/* From `at` on, the first place with that half of a hash, or a free one. */
static inline uint64_t
place_of(const struct index *index, uint64_t at, uint64_t hash)
{
    uint64_t half = hash & UINT32_MAX;
    while (index->slot[at] && index->slot[at] >> 32 != half)
        at = (at + 1) & index->mask;
    return at;
}

/* The row whose id is exactly that; `at`: the first place it may stand in. */
static inline uint32_t
find_from(const struct index *index, uint64_t at, struct text id, uint64_t hash)
{
    for (; index->slot[at]; at = place_of(index, (at + 1) & index->mask, hash)) {
        uint32_t row = (uint32_t)index->slot[at] - 1;
        if (text_same(texts_at(&index->id, row), id))
            return row;
    }
    return INDEX_NONE;
}

static uint32_t
find_exactly(const struct index *index, struct text id)
{
    uint64_t hash = hash_text(id);
    return find_from(index, place_of(index, hash >> index->shift, hash), id, hash);
}

/* Byte order, here rather than in base because it must be inlined. */
static int
compare(struct text a, struct text b)
{
    uint32_t least = a.length < b.length ? a.length : b.length;
    int order = least ? memcmp(a.bytes, b.bytes, least) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static uint32_t
search(const struct index *index, struct text id)
{
    uint32_t low = 0, high = index->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(id, texts_at(&index->id, middle));
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return INDEX_NONE;
}

static uint32_t
find(const struct index *index, struct text id)
{
    return index->slot ? find_exactly(index, id) : search(index, id);
}

/* Salesforce: 15 characters, or 18 with a checksum of their case. */
static uint32_t
find_lengthened(const struct index *index, struct text id)
{
    char full[LONG_ID];
    struct text other = {full, LONG_ID};
    if ((id.length != SHORT_ID && id.length != LONG_ID) || !is_alphanumeric(id))
        return INDEX_NONE;
    lengthen(id.bytes, full);
    if (id.length == LONG_ID) {
        if (memcmp(full, id.bytes, LONG_ID) != 0)
            return INDEX_NONE;
        other.length = SHORT_ID;
    }
    return find(index, other);
}

/* Zoho: backups and exports put zcrm_ before the number. */
static uint32_t
find_prefixed(const struct index *index, struct text id)
{
    static const char prefix[] = "zcrm_";
    enum { PREFIX = sizeof prefix - 1, LEAST = 15, MOST = 20 };
    char full[PREFIX + MOST];
    uint32_t skip = id.length > PREFIX && memcmp(id.bytes, prefix, PREFIX) == 0 ? PREFIX : 0;
    struct text number = {id.bytes + skip, id.length - skip};
    if (number.length < LEAST || number.length > MOST)
        return INDEX_NONE;
    for (uint32_t i = 0; i < number.length; i++)
        if (number.bytes[i] < '0' || number.bytes[i] > '9')
            return INDEX_NONE;
    if (skip)
        return find(index, number);
    memcpy(full, prefix, PREFIX);
    memcpy(full + PREFIX, number.bytes, number.length);
    return find(index, (struct text){full, PREFIX + number.length});
}

static uint32_t
find_other_form(const struct index *index, struct text id)
{
    uint32_t row = find_lengthened(index, id);
    return row == INDEX_NONE ? find_prefixed(index, id) : row;
}

void
index_find_together(const struct index *index, const struct text *id, uint32_t count, uint32_t *row)
{
    uint64_t hash[INDEX_TOGETHER], at[INDEX_TOGETHER];
    for (uint32_t i = 0; i < count; i++) {
        hash[i] = hash_text(id[i]);
        __builtin_prefetch(&index->slot[hash[i] >> index->shift]);
    }
    for (uint32_t i = 0; i < count; i++) {
        at[i] = place_of(index, hash[i] >> index->shift, hash[i]);
        row[i] = (uint32_t)index->slot[at[i]] - 1; /* most probably */
        if (index->id.start && row[i] != INDEX_NONE)
            __builtin_prefetch(&index->id.start[row[i]]);
    }
    for (uint32_t i = 0; i < count; i++)
        if (row[i] != INDEX_NONE)
            __builtin_prefetch(texts_at(&index->id, row[i]).bytes);
    for (uint32_t i = 0; i < count; i++) {
        row[i] = find_from(index, at[i], id[i], hash[i]);
        if (__builtin_expect(row[i] == INDEX_NONE, 0))
            row[i] = find_other_form(index, id[i]);
    }
}

uint32_t
index_find(const struct index *index, struct text id)
{
    uint32_t row = find(index, id);
    return row == INDEX_NONE ? find_other_form(index, id) : row;
}

uint32_t
index_find_name(const struct index *index, struct text name)
{
    uint32_t symbol = index->names ? symbols_find(index->names, name) : SYMBOL_NONE;
    if (symbol == SYMBOL_NONE || index->named[symbol] == INDEX_AMBIGUOUS)
        return INDEX_NONE;
    return index->named[symbol];
}
