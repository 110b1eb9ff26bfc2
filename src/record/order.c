#include "order.h"

#include "memory.h"
#include "threads.h"

#include <stdlib.h>

enum { FEW = 12, MOST_DEPTH = 64, PARTS = 8 };

struct keyed { /* eight bytes of the id in front spare most looks at the text */
    uint64_t prefix;
    uint32_t row;
};

int
order_compare(const struct ordering *ordering, uint32_t a, uint32_t b)
{
    if (ordering->id) {
        int order = text_compare(ordering->id[a], ordering->id[b]);
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

static bool
before(const struct ordering *ordering, struct keyed a, struct keyed b)
{
    if (a.prefix != b.prefix)
        return a.prefix < b.prefix;
    int order = order_compare(ordering, a.row, b.row);
    return order ? order < 0 : a.row < b.row;
}

static void
insert(const struct ordering *ordering, struct keyed *keyed, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct keyed moving = keyed[i];
        size_t at = i;
        for (; at > 0 && before(ordering, moving, keyed[at - 1]); at--)
            keyed[at] = keyed[at - 1];
        keyed[at] = moving;
    }
}

static void
swap(struct keyed *a, struct keyed *b)
{
    struct keyed moving = *a;
    *a = *b;
    *b = moving;
}

static void
sift(const struct ordering *ordering, struct keyed *keyed, size_t at, size_t count)
{
    for (size_t child; (child = at * 2 + 1) < count; at = child) {
        if (child + 1 < count && before(ordering, keyed[child], keyed[child + 1]))
            child++;
        if (!before(ordering, keyed[at], keyed[child]))
            return;
        swap(&keyed[at], &keyed[child]);
    }
}

static void
heap_sort(const struct ordering *ordering, struct keyed *keyed, size_t count)
{
    for (size_t at = count / 2; at-- > 0;)
        sift(ordering, keyed, at, count);
    for (size_t end = count; end-- > 1;) {
        swap(&keyed[0], &keyed[end]);
        sift(ordering, keyed, 0, end);
    }
}

/* Splits around the median of three; gives where the right part begins. No two rows are equal. */
static size_t
split(const struct ordering *ordering, struct keyed *keyed, size_t count)
{
    struct keyed *a = &keyed[0], *b = &keyed[count / 2], *c = &keyed[count - 1];
    if (before(ordering, *b, *a))
        swap(a, b);
    if (before(ordering, *c, *b))
        swap(b, c);
    if (before(ordering, *b, *a))
        swap(a, b);
    struct keyed pivot = *b;
    size_t left = 0, right = count - 1;
    for (;;) {
        while (before(ordering, keyed[left], pivot))
            left++;
        while (before(ordering, pivot, keyed[right]))
            right--;
        if (left >= right)
            return right + 1;
        swap(&keyed[left++], &keyed[right--]);
    }
}

/* In place, without the calls and the second array of qsort; bad luck ends in a heap sort. */
static void
sort(const struct ordering *ordering, struct keyed *keyed, size_t count, int luck)
{
    while (count > FEW) {
        if (luck-- == 0) {
            heap_sort(ordering, keyed, count);
            return;
        }
        size_t right = split(ordering, keyed, count);
        sort(ordering, keyed + right, count - right, luck);
        count = right;
    }
    insert(ordering, keyed, count);
}

/* How many leading bytes all ids share: D0000001 and D0999999 differ only behind them. */
static uint32_t
common_start(const struct text *id, uint32_t count)
{
    uint32_t common = count ? id[0].length : 0;
    for (uint32_t row = 1; row < count && common; row++) {
        uint32_t same = 0, least = id[row].length < common ? id[row].length : common;
        while (same < least && id[row].bytes[same] == id[0].bytes[same])
            same++;
        common = same;
    }
    return common;
}

/* The bytes from `from` on as a number that orders as they do; a prefix comes first. */
static uint64_t
prefix_of(struct text id, uint32_t from)
{
    uint64_t prefix = 0;
    for (uint32_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (from + i < id.length ? (unsigned char)id.bytes[from + i] : 0);
    return prefix;
}

/* Rows from first[i] on up to first[i + 1] come before all behind them. */
struct sorting {
    const struct ordering *ordering;
    struct keyed *keyed;
    size_t first[PARTS + 1];
};

static void
sort_part(void *context, uint32_t part, unsigned worker)
{
    struct sorting *sorting = context;
    size_t from = sorting->first[part];
    (void)worker;
    sort(sorting->ordering, sorting->keyed + from, sorting->first[part + 1] - from, MOST_DEPTH);
}

/* Splits in two, the parts in two again and so on, for as many threads. */
static void
split_parts(struct sorting *sorting, uint32_t part, uint32_t parts, size_t from, size_t to)
{
    sorting->first[part] = from;
    if (parts == 1)
        return;
    size_t middle = to - from > (size_t)FEW * PARTS
                        ? from + split(sorting->ordering, sorting->keyed + from, to - from)
                        : to;
    split_parts(sorting, part, parts / 2, from, middle);
    split_parts(sorting, part + parts / 2, parts / 2, middle, to);
}

uint32_t *
order_rows(const struct ordering *ordering, uint32_t count, unsigned jobs)
{
    struct sorting sorting = {.ordering = ordering};
    struct keyed *keyed = sorting.keyed = memory_new((size_t)count + 1, sizeof *keyed);
    uint32_t *rows = memory_new((size_t)count + 1, sizeof *rows);
    uint32_t common = ordering->id ? common_start(ordering->id, count) : 0;
    for (uint32_t row = 0; row < count; row++) {
        keyed[row].prefix = ordering->id ? prefix_of(ordering->id[row], common) : 0;
        keyed[row].row = row;
    }
    sorting.first[PARTS] = count;
    split_parts(&sorting, 0, PARTS, 0, count);
    threads_each(jobs, PARTS, sort_part, &sorting);
    for (uint32_t i = 0; i < count; i++)
        rows[i] = keyed[i].row;
    free(keyed);
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
