#include "delivery.h"

#include "arena.h"
#include "batch.h"
#include "memory.h"

#include <stdlib.h>

struct delivered {
    void *parsed; /* NULL where no row was in the batch */
    uint32_t rows;
    uint64_t dropped, repeated, blank;
    size_t refused_count;
    struct refused *refused;
    char *raw; /* their texts */
};

void
delivery_begin(struct delivery *delivery, const char *file)
{
    delivery->file = file;
    delivery->rows = 0;
    delivery->waiting = delivery->in_footer = false;
}

static void
copy_refused(struct delivered *delivered, const struct batch *batch)
{
    size_t count = batch->refused_count, bytes = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        bytes += batch->refused[i].raw.length;
    delivered->refused_count = count;
    delivered->refused = memory_new(count, sizeof *delivered->refused);
    delivered->raw = memory_new(bytes + 1, 1);
    for (size_t i = 0; i < count; i++) {
        struct refused *refused = &delivered->refused[i];
        *refused = batch->refused[i];
        if (refused->raw.length)
            memcpy(delivered->raw + used, refused->raw.bytes, refused->raw.length);
        refused->raw.bytes = delivered->raw + used;
        used += refused->raw.length;
    }
}

struct delivered *
delivery_parse(const struct delivery *delivery, const struct batch *batch)
{
    struct delivered *delivered = memory_new(1, sizeof *delivered);
    delivered->rows = batch->count;
    delivered->dropped = batch->dropped;
    delivered->repeated = batch->repeated;
    delivered->blank = batch->blank;
    if (batch->refused_count)
        copy_refused(delivered, batch);
    if (batch->count) {
        struct rows rows = batch_rows(batch);
        delivered->parsed = delivery->sink.parse(delivery->sink.context, &rows);
    }
    return delivered;
}

static void
reject(struct delivery *delivery, uint32_t line, const char *reason, struct text raw)
{
    delivery->report->rejected++;
    extract_reject(delivery->log, delivery->table, delivery->file, line, NULL, reason,
                   (struct text){NULL, 0}, raw);
}

static void
footer(struct delivery *delivery)
{
    delivery->report->ignored++;
    delivery->report->ignored_footer++;
}

static void
stop_waiting(struct delivery *delivery)
{
    if (delivery->waiting)
        reject(delivery, delivery->waiting_line, delivery->waiting_reason,
               text_of(delivery->waiting_raw));
    delivery->waiting = false;
}

static void
take_refused(struct delivery *delivery, const struct refused *refused)
{
    uint64_t at = delivery->rows + refused->after;
    uint32_t line = refused->line < UINT32_MAX ? (uint32_t)refused->line : UINT32_MAX;
    delivery->report->read++;
    if (delivery->in_footer && delivery->footer_at != at)
        delivery->in_footer = false;
    if (refused->kind == REFUSAL_FOOTER) {
        if (delivery->waiting && delivery->waiting_at == at) {
            footer(delivery);
            delivery->waiting = false;
        }
        delivery->in_footer = true;
        delivery->footer_at = at;
    }
    stop_waiting(delivery);
    if (refused->kind == REFUSAL_FOOTER || (refused->kind == REFUSAL_LONE && delivery->in_footer)) {
        footer(delivery);
        return;
    }
    if (refused->kind == REFUSAL_LONE) {
        delivery->waiting = true;
        delivery->waiting_at = at;
        delivery->waiting_line = line;
        delivery->waiting_reason = refused->reason;
        delivery->waiting_raw =
            arena_copy(delivery->log->arena, refused->raw.bytes, refused->raw.length);
        return;
    }
    reject(delivery, line, refused->reason, refused->raw);
}

void
delivery_take(struct delivery *delivery, struct delivered *delivered)
{
    struct extract_report *report = delivery->report;
    for (size_t i = 0; i < delivered->refused_count; i++)
        take_refused(delivery, &delivered->refused[i]);
    delivery->rows += delivered->rows;
    report->read += delivered->rows + delivered->dropped + delivered->repeated;
    report->ignored += delivered->dropped + delivered->repeated;
    report->ignored_dropped += delivered->dropped;
    report->ignored_repeated_header += delivered->repeated;
    report->blank_lines += delivered->blank;
    if (delivered->parsed)
        delivery->sink.take(delivery->sink.context, delivered->parsed);
    free(delivered->refused);
    free(delivered->raw);
    free(delivered);
}

void
delivery_end(struct delivery *delivery)
{
    stop_waiting(delivery);
}
