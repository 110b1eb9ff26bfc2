#include "order.h"

#include "memory.h"

#include <stdlib.h>

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

static int
compare_keyed(const void *left, const void *right, void *context)
{
    const struct keyed *a = left, *b = right;
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    int order = order_compare(context, a->row, b->row);
    return order ? order : (a->row > b->row) - (a->row < b->row);
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

uint32_t *
order_rows(const struct ordering *ordering, uint32_t count)
{
    struct keyed *keyed = memory_new((size_t)count + 1, sizeof *keyed);
    uint32_t *rows = memory_new((size_t)count + 1, sizeof *rows);
    uint32_t common = ordering->id ? common_start(ordering->id, count) : 0;
    for (uint32_t row = 0; row < count; row++) {
        keyed[row].prefix = ordering->id ? prefix_of(ordering->id[row], common) : 0;
        keyed[row].row = row;
    }
    qsort_r(keyed, count, sizeof *keyed, compare_keyed, (void *)(uintptr_t)ordering);
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
    for (uint32_t i = 0; i < count; i++)
        memcpy(out + i * width, in + rows[i] * width, width);
    return out;
}
