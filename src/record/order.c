#include "order.h"

#include "memory.h"
#include "threads.h"

#include <stdlib.h>
#include <string.h>

/* Ids become numbers that order as they do: of each place in an id only the bytes that occur there
 * count, the rank of each among them, in as few bits as they need. D0000001 to D0999999 then take
 * 24 bits. Where 64 do not hold it all, rows with equal numbers are told apart by their texts. */
enum { DEPTH = 64, KEY_BITS = 64, PART_BITS = 10, DIGIT_BITS = 9, FEW = 32, CHUNKS = 64 };

int
order_compare(const struct ordering *ordering, uint32_t a, uint32_t b)
{
    if (ordering->id) {
        int order = text_compare(texts_at(ordering->id, a), texts_at(ordering->id, b));
        if (order != 0)
            return order;
    }
    return ordering->compare ? ordering->compare(ordering->context, a, b) : 0;
}

bool
order_is_strict(const struct ordering *ordering, uint32_t count)
{
    for (uint32_t row = 1; row < count; row++)
        if (order_compare(ordering, row - 1, row) >= 0)
            return false;
    return true;
}

static int
compare_rows(const void *left, const void *right, void *context)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int order = order_compare(context, a, b);
    return order ? order : (a > b) - (a < b);
}

static void
sort_rows(const struct ordering *ordering, uint32_t *rows, size_t count)
{
    struct ordering copy = *ordering;
    qsort_r(rows, count, sizeof *rows, compare_rows, &copy);
}

/* What the bytes of one place in the ids become. */
struct digit {
    uint32_t place;
    int bits;
    uint8_t rank[256];
};

struct numbering {
    uint32_t digits;
    int bits;   /* of all digits */
    bool exact; /* different ids have different numbers */
    struct digit digit[DEPTH];
};

/* Gives a place its bits: 0 where it says nothing. */
static struct digit
rank_bytes(uint32_t place, const bool seen[256], bool ends)
{
    struct digit digit = {.place = place};
    uint32_t ranks = ends;
    for (int byte = 0; byte < 256; byte++)
        if (seen[byte])
            digit.rank[byte] = (uint8_t)ranks++;
    while (1u << digit.bits < ranks)
        digit.bits++;
    return digit;
}

/* Which bytes stand where in some of the ids. */
struct sight {
    bool seen[DEPTH][256], ends[DEPTH + 1];
    uint32_t longest;
};

static void
see(struct sight *sight, struct text id)
{
    uint32_t length = id.length < DEPTH ? id.length : DEPTH;
    for (uint32_t i = 0; i < length; i++)
        sight->seen[i][(unsigned char)id.bytes[i]] = true;
    sight->ends[length] = true;
    sight->longest = id.length > sight->longest ? id.length : sight->longest;
}

static void
add_sight(struct sight *all, const struct sight *sight)
{
    for (uint32_t i = 0; i < DEPTH; i++)
        for (uint32_t byte = 0; byte < 256; byte++)
            all->seen[i][byte] |= sight->seen[i][byte];
    for (uint32_t i = 0; i <= DEPTH; i++)
        all->ends[i] |= sight->ends[i];
    all->longest = sight->longest > all->longest ? sight->longest : all->longest;
}

/* A place where all bytes stand and ids end, too, ends the numbering. */
static struct numbering
numbering_of(const struct sight *sight)
{
    struct numbering numbering = {0};
    bool ended = false;
    uint32_t place = 0;
    for (; place < sight->longest && place < DEPTH; place++) {
        ended |= sight->ends[place];
        struct digit digit = rank_bytes(place, sight->seen[place], ended);
        if (digit.bits > 8 || numbering.bits + digit.bits > KEY_BITS)
            break;
        numbering.bits += digit.bits;
        if (digit.bits > 0)
            numbering.digit[numbering.digits++] = digit;
    }
    numbering.exact = place == sight->longest;
    return numbering;
}

static uint64_t
number_of(const struct numbering *numbering, struct text id)
{
    uint64_t number = 0;
    for (uint32_t i = 0; i < numbering->digits; i++) {
        const struct digit *digit = &numbering->digit[i];
        uint8_t rank =
            digit->place < id.length ? digit->rank[(unsigned char)id.bytes[digit->place]] : 0;
        number = number << digit->bits | rank;
    }
    return number;
}

/* Rows with their numbers. */
struct keys {
    uint64_t *key;
    uint32_t *row;
};

/* Rows are gone through in CHUNKS pieces, on any thread. */
struct sorting {
    const struct ordering *ordering;
    uint32_t count;
    struct sight *sight; /* by chunk */
    struct numbering numbering;
    int shift;                        /* of a number, to its part */
    uint32_t (*next)[1 << PART_BITS]; /* by chunk: where its rows of a part go */
    struct keys keys;                 /* by part */
    uint32_t first[(1 << PART_BITS) + 1];
};

static uint32_t
chunk_start(const struct sorting *sorting, uint32_t chunk)
{
    return (uint32_t)((uint64_t)sorting->count * chunk / CHUNKS);
}

static void
see_chunk(void *context, uint32_t chunk, unsigned worker)
{
    struct sorting *sorting = context;
    uint32_t to = chunk_start(sorting, chunk + 1);
    (void)worker;
    for (uint32_t row = chunk_start(sorting, chunk); row < to; row++)
        see(&sorting->sight[chunk], texts_at(sorting->ordering->id, row));
}

static void
find_numbering(struct sorting *sorting, unsigned jobs)
{
    sorting->sight = memory_new(CHUNKS, sizeof *sorting->sight);
    threads_each(jobs, CHUNKS, see_chunk, sorting);
    for (uint32_t chunk = 1; chunk < CHUNKS; chunk++)
        add_sight(&sorting->sight[0], &sorting->sight[chunk]);
    sorting->numbering = numbering_of(sorting->sight);
    int bits = sorting->numbering.bits;
    sorting->shift = bits > PART_BITS ? bits - PART_BITS : 0;
    free(sorting->sight);
}

static void
count_chunk(void *context, uint32_t chunk, unsigned worker)
{
    struct sorting *sorting = context;
    uint32_t to = chunk_start(sorting, chunk + 1), *next = sorting->next[chunk];
    (void)worker;
    for (uint32_t row = chunk_start(sorting, chunk); row < to; row++)
        next[number_of(&sorting->numbering, texts_at(sorting->ordering->id, row)) >>
             sorting->shift]++;
}

static void
place_chunk(void *context, uint32_t chunk, unsigned worker)
{
    struct sorting *sorting = context;
    uint32_t to = chunk_start(sorting, chunk + 1), *next = sorting->next[chunk];
    (void)worker;
    for (uint32_t row = chunk_start(sorting, chunk); row < to; row++) {
        uint64_t number = number_of(&sorting->numbering, texts_at(sorting->ordering->id, row));
        uint32_t at = next[number >> sorting->shift]++;
        sorting->keys.key[at] = number;
        sorting->keys.row[at] = row;
    }
}

/* Puts the rows into parts by the upper bits of their numbers, those of a part as they stand. A
 * number is found twice rather than kept: that is done beside each other, and in less room. */
static void
spread(struct sorting *sorting, unsigned jobs)
{
    uint32_t at = 0;
    sorting->next = memory_new(CHUNKS, sizeof *sorting->next);
    threads_each(jobs, CHUNKS, count_chunk, sorting);
    for (uint32_t part = 0; part < 1 << PART_BITS; part++) {
        for (uint32_t chunk = 0; chunk < CHUNKS; chunk++) {
            uint32_t rows = sorting->next[chunk][part];
            sorting->next[chunk][part] = at;
            at += rows;
        }
        sorting->first[part + 1] = at;
    }
    threads_each(jobs, CHUNKS, place_chunk, sorting);
    free(sorting->next);
}

static void
insert(struct keys keys, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint64_t key = keys.key[i];
        uint32_t row = keys.row[i], at = i;
        for (; at > 0 && key < keys.key[at - 1]; at--) {
            keys.key[at] = keys.key[at - 1];
            keys.row[at] = keys.row[at - 1];
        }
        keys.key[at] = key;
        keys.row[at] = row;
    }
}

/* One digit from `from` to `to`; equal ones stay in their order. */
static void
sort_digit(struct keys from, struct keys to, uint32_t count, int shift)
{
    enum { VALUES = 1 << DIGIT_BITS };
    uint32_t next[VALUES + 1] = {0};
    for (uint32_t i = 0; i < count; i++)
        next[(from.key[i] >> shift & (VALUES - 1)) + 1]++;
    for (int value = 0; value < VALUES; value++)
        next[value + 1] += next[value];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = next[from.key[i] >> shift & (VALUES - 1)]++;
        to.key[at] = from.key[i];
        to.row[at] = from.row[i];
    }
}

static void
sort_numbers(struct keys keys, uint32_t count, int bits)
{
    if (count <= FEW) {
        insert(keys, count);
        return;
    }
    struct keys other = {memory_new(count, sizeof *other.key),
                         memory_new(count, sizeof *other.row)};
    struct keys from = keys, to = other;
    for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
        sort_digit(from, to, count, shift);
        struct keys sorted = to;
        to = from;
        from = sorted;
    }
    if (from.key != keys.key) {
        memcpy(keys.key, from.key, count * sizeof *keys.key);
        memcpy(keys.row, from.row, count * sizeof *keys.row);
    }
    free(other.key);
    free(other.row);
}

static void
sort_part(void *context, uint32_t part, unsigned worker)
{
    struct sorting *sorting = context;
    uint32_t from = sorting->first[part], count = sorting->first[part + 1] - from;
    struct keys keys = {sorting->keys.key + from, sorting->keys.row + from};
    (void)worker;
    sort_numbers(keys, count, sorting->shift);
    if (sorting->numbering.exact && !sorting->ordering->compare)
        return;
    for (uint32_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && keys.key[end] == keys.key[i];)
            end++;
        if (end - i > 1)
            sort_rows(sorting->ordering, keys.row + i, end - i);
    }
}

uint32_t *
order_rows(const struct ordering *ordering, uint32_t count, unsigned jobs)
{
    uint32_t *rows = memory_new((size_t)count + 1, sizeof *rows);
    if (!ordering->id) {
        for (uint32_t row = 0; row < count; row++)
            rows[row] = row;
        sort_rows(ordering, rows, count);
        return rows;
    }
    struct sorting *sorting = memory_new(1, sizeof *sorting);
    sorting->ordering = ordering;
    sorting->count = count;
    sorting->keys = (struct keys){memory_new((size_t)count + 1, sizeof(uint64_t)), rows};
    find_numbering(sorting, jobs);
    spread(sorting, jobs);
    threads_each(jobs, 1 << PART_BITS, sort_part, sorting);
    free(sorting->keys.key);
    free(sorting);
    return rows;
}

void *
order_gather(const void *column, size_t width, const uint32_t *rows, uint32_t count)
{
    char *out = memory_new((size_t)count + 1, width);
    const char *in = column;
    if (width == sizeof(uint32_t))
        for (uint32_t i = 0; i < count; i++)
            memcpy(out + i * sizeof(uint32_t), in + rows[i] * sizeof(uint32_t), sizeof(uint32_t));
    else
        for (uint32_t i = 0; i < count; i++)
            memcpy(out + i * width, in + rows[i] * width, width);
    return out;
}
