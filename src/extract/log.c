#include "arena.h"
#include "extract.h"
#include "memory.h"

#include <stdlib.h>

enum { RAW_MOST = 4096 };

/* Beyond this much text in all, rejected rows are kept without their text. */
static const size_t all_raw_most = (size_t)64 << 20;

struct extract_log *
extract_log_new(void)
{
    struct extract_log *log = memory_new(1, sizeof *log);
    log->arena = arena_new();
    for (int table = 0; table < TABLE_COUNT; table++)
        log->table[table].table = (enum table)table;
    log->previous.table = TABLE_DEALS;
    return log;
}

void
extract_log_free(struct extract_log *log)
{
    if (!log)
        return;
    arena_free(log->arena);
    free(log->rejected);
    free(log);
}

/* A string of a row's bytes: U+FFFD for what is not UTF-8 and for NUL. */
static const char *
clean(struct arena *arena, struct text raw)
{
    uint32_t length = raw.length < RAW_MOST ? raw.length : RAW_MOST;
    char *out = arena_alloc(arena, (size_t)length * 3 + 1);
    size_t used = 0;
    for (uint32_t i = 0; i < length;) {
        uint32_t good = raw.bytes[i] != '\0';
        if ((unsigned char)raw.bytes[i] > 127) {
            good = length - i < 4 ? length - i : 4;
            while (good && text_valid_utf8(raw.bytes + i, good) != good)
                good--;
            while (good && memchr(raw.bytes + i, '\0', good))
                good--;
        }
        if (good) {
            for (uint32_t end = i + good; i < end; i++)
                out[used++] = raw.bytes[i];
        } else {
            out[used++] = (char)0xEF;
            out[used++] = (char)0xBF;
            out[used++] = (char)0xBD;
            i++;
        }
    }
    return out;
}

void
extract_reject(struct extract_log *log, enum table table, const char *file, uint32_t line,
               const char *column, const char *reason, struct text value, struct text raw)
{
    memory_grow(&log->rejected, &log->rejected_capacity, log->rejected_count + 1,
                sizeof *log->rejected);
    bool room = log->raw_bytes + raw.length <= all_raw_most;
    log->raw_bytes += room ? raw.length : 0;
    log->rejected[log->rejected_count++] = (struct rejected){
        .table = table,
        .file = arena_string(log->arena, file),
        .line = line,
        .column = column ? arena_string(log->arena, column) : NULL,
        .reason = arena_string(log->arena, reason),
        .value = value.length ? clean(log->arena, value) : NULL,
        .raw = room ? clean(log->arena, raw) : "",
    };
}

static int
compare(const void *a, const void *b)
{
    const struct rejected *first = a, *second = b;
    if (first->table != second->table)
        return first->table < second->table ? -1 : 1;
    int order = strcmp(first->file, second->file);
    if (order == 0 && first->line != second->line)
        order = first->line < second->line ? -1 : 1;
    if (order == 0)
        order = strcmp(first->column ? first->column : "", second->column ? second->column : "");
    if (order == 0)
        order = strcmp(first->reason, second->reason);
    return order ? order : strcmp(first->raw, second->raw);
}

void
extract_log_sort(struct extract_log *log)
{
    if (log->rejected_count)
        qsort(log->rejected, log->rejected_count, sizeof *log->rejected, compare);
}
