#include "texts.h"

#include "memory.h"
#include "threads.h"

#include <stdlib.h>

enum { PARTS = 64 };

/* Says that text `number` begins at `at`; all before it are known. */
static void
set_start(struct texts *texts, size_t number, size_t at)
{
    memory_grow(&texts->start, &texts->starts, number + 1, sizeof *texts->start);
    memory_grow(&texts->base, &texts->bases, number / TEXTS_GROUP + 1, sizeof *texts->base);
    if (number % TEXTS_GROUP == 0)
        texts->base[number / TEXTS_GROUP] = at;
    uint64_t from = at - texts->base[number / TEXTS_GROUP];
    if (from > UINT32_MAX)
        memory_exhausted(from);
    texts->start[number] = (uint32_t)from;
}

/* From now on they may differ in length. */
static void
set_starts(struct texts *texts)
{
    for (size_t number = 0; number <= texts->count; number++)
        set_start(texts, number, number * texts->width);
}

static bool
are_alike(const struct texts *texts, const struct text *array, uint32_t count)
{
    bool alike = !texts->start;
    for (uint32_t i = 0; i < count && alike; i++)
        alike = array[i].length == texts->width;
    return alike;
}

void
texts_append(struct texts *texts, const struct text *array, uint32_t count)
{
    size_t bytes = 0;
    if (count == 0)
        return;
    if (texts->count == 0)
        texts->width = array->length;
    if (!are_alike(texts, array, count) && !texts->start)
        set_starts(texts);
    for (uint32_t i = 0; i < count; i++)
        bytes += array[i].length;
    memory_grow(&texts->bytes, &texts->capacity, texts->length + bytes + 1, 1);
    for (uint32_t i = 0; i < count; i++) {
        if (array[i].length)
            memcpy(texts->bytes + texts->length, array[i].bytes, array[i].length);
        texts->length += array[i].length;
        texts->count++;
        if (texts->start)
            set_start(texts, texts->count, texts->length);
    }
}

struct gathering {
    const struct texts *from;
    const uint32_t *rows;
    struct texts *out;
};

static void
gather_part(void *context, uint32_t part, unsigned worker)
{
    const struct gathering *gathering = context;
    struct texts *out = gathering->out;
    uint32_t from = (uint32_t)((uint64_t)out->count * part / PARTS);
    uint32_t to = (uint32_t)((uint64_t)out->count * (part + 1) / PARTS);
    (void)worker;
    for (uint32_t i = from; i < to; i++) {
        struct text text = texts_at(gathering->from, gathering->rows[i]);
        size_t at = out->start ? texts_start(out, i) : (size_t)i * out->width;
        if (text.length)
            memcpy(out->bytes + at, text.bytes, text.length);
    }
}

struct texts
texts_gather(const struct texts *texts, const uint32_t *rows, uint32_t count, unsigned jobs)
{
    struct texts out = {.width = texts->width, .length = (size_t)count * texts->width};
    struct gathering gathering = {texts, rows, &out};
    if (texts->start) {
        out.length = 0;
        set_start(&out, 0, 0);
        for (uint32_t i = 0; i < count; i++) {
            out.length += texts_at(texts, rows[i]).length;
            set_start(&out, (size_t)i + 1, out.length);
        }
    }
    out.count = count;
    out.capacity = out.length + 1;
    out.bytes = memory_new(out.capacity, 1);
    threads_each(jobs, PARTS, gather_part, &gathering);
    return out;
}

void
texts_free(struct texts *texts)
{
    free(texts->bytes);
    free(texts->start);
    free(texts->base);
    *texts = (struct texts){0};
}
