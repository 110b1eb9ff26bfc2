#include "source.h"

#include "arena.h"
#include "batch.h"
#include "delivery.h"
#include "mapping.h"
#include "memory.h"
#include "threads.h"

#include <pthread.h>
#include <stdlib.h>

enum { BATCH_ROWS = 2048, BATCH_BYTES = 512 * 1024 };

/* Batches go round: free -> filled by the producer -> parsed by a worker -> free. */
struct source_feed {
    const struct source_request *request;
    struct delivery *delivery;
    struct binding *binding;
    bool *seen;        /* by column: a cell that is not empty */
    struct text *copy; /* of the cells of a row */
    bool loose, settled;
    size_t bytes; /* in the batch being filled */
    struct batch *filling;

    bool threaded;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint32_t room; /* batches in the ring */
    struct batch *ring;
    uint32_t *number; /* of the filled batch in a place of the ring, + 1; 0: free */
    uint32_t filled;  /* batches handed over so far */
    bool done, good;

    bool (*produce)(void *context, struct source_feed *feed);
    void *context;
};

/* Notes that a column feeds a field, once it was seen to hold something. */
static void
note(struct source_feed *feed, uint32_t field, uint32_t column)
{
    struct binding *binding = feed->binding;
    if (!feed->seen[column])
        return;
    binding->fed[field] = true;
    const char *name = binding->header[column].bytes, *by = binding->by[field];
    binding->by[field] = by ? arena_printf(binding->arena, "%s, %s", by, name) : name;
}

/* Says what feeds what, as far as the rows have shown. */
static void
settle(struct source_feed *feed)
{
    struct binding *binding = feed->binding;
    if (!binding)
        return;
    if (feed->loose) {
        memset(binding->by, 0, binding->field_count * sizeof *binding->by);
        for (uint32_t i = 0; i < binding->plain_count; i++)
            note(feed, binding->plain[i].field, binding->plain[i].column);
        for (uint32_t i = 0; i < binding->made_count; i++)
            for (const struct bound_rule *rule = &binding->made[i]; rule; rule = rule->otherwise)
                for (uint32_t k = 0; k < rule->slot_count; k++)
                    note(feed, rule->field, binding->extra[rule->slot[k]]);
    }
    for (uint32_t i = 0; i < binding->field_count; i++)
        if (binding->fed[i])
            feed->request->mapped[i] = true;
    feed->settled = true;
}

/* Takes an empty batch from the ring. */
static void
next_batch(struct source_feed *feed)
{
    uint32_t place = feed->filled % feed->room;
    if (feed->threaded) {
        pthread_mutex_lock(&feed->lock);
        while (feed->number[place])
            pthread_cond_wait(&feed->moved, &feed->lock);
        pthread_mutex_unlock(&feed->lock);
    }
    feed->filling = &feed->ring[place];
    feed->bytes = 0;
    batch_begin(feed->filling, feed->binding, feed->delivery->file);
}

/* Hands the batch over. */
static void
flush(struct source_feed *feed)
{
    if (!feed->filling)
        return;
    if (!feed->settled)
        settle(feed);
    if (feed->threaded) {
        pthread_mutex_lock(&feed->lock);
        feed->number[feed->filled % feed->room] = feed->filled + 1;
        feed->filled++;
        pthread_cond_broadcast(&feed->moved);
        pthread_mutex_unlock(&feed->lock);
    } else {
        delivery_take(feed->delivery, delivery_parse(feed->delivery, feed->filling));
    }
    feed->filling = NULL;
}

bool
source_columns(struct source_feed *feed, uint32_t columns, const char *const *names, bool loose,
               struct diag *diag)
{
    struct arena *arena = feed->delivery->log->arena;
    struct text *header = arena_array(arena, columns, sizeof *header);
    for (uint32_t i = 0; i < columns; i++)
        header[i] = text_of(arena_string(arena, names[i]));
    feed->binding = mapping_bind(feed->request->mapping, arena, columns, header, loose,
                                 (struct place){feed->request->path, 0, 0}, diag);
    feed->loose = loose;
    feed->seen = arena_array(arena, columns, sizeof *feed->seen);
    feed->copy = arena_array(arena, columns, sizeof *feed->copy);
    struct binding *binding = feed->binding;
    if (!binding)
        return false;
    if (loose) /* which of them exist will be seen: constants stay */
        for (uint32_t i = 0; i < binding->field_count; i++)
            binding->fed[i] = binding->fed[i] && !binding->by[i];
    return true;
}

/* Copies the cells in one piece, which is also the row's text for rejected.csv. */
static struct text
copy_row(struct source_feed *feed, const struct text *cells)
{
    uint32_t columns = feed->binding->columns;
    size_t length = 0, used = 0;
    for (uint32_t i = 0; i < columns; i++)
        length += (size_t)cells[i].length + 1;
    char *room = pool_room(&feed->filling->pool, length);
    for (uint32_t i = 0; i < columns; i++) {
        if (cells[i].length)
            memcpy(room + used, cells[i].bytes, cells[i].length);
        feed->copy[i] = (struct text){room + used, cells[i].length};
        feed->seen[i] |= cells[i].length != 0;
        used += cells[i].length;
        room[used++] = ',';
    }
    feed->bytes += length;
    return (struct text){room, length ? (uint32_t)(length - 1) : 0};
}

void
source_row(struct source_feed *feed, const struct text *cells, uint64_t line)
{
    const struct binding *binding = feed->binding;
    const struct text *copy = feed->copy;
    if (!feed->filling)
        next_batch(feed);
    struct batch *batch = feed->filling;
    batch_reserve(batch, 1);
    struct text raw = copy_row(feed, cells), *cell = batch_cells(batch),
                *extra = batch_extra(batch);
    for (uint32_t i = 0; i < binding->plain_count; i++)
        cell[binding->plain[i].field] = copy[binding->plain[i].column];
    for (uint32_t i = 0; i < binding->extra_count; i++)
        extra[i] = copy[binding->extra[i]];
    batch_keep(batch, line, raw);
    if (batch->count >= BATCH_ROWS || feed->bytes >= BATCH_BYTES)
        flush(feed);
}

/* The producer's thread. */
static void *
run_producer(void *argument)
{
    struct source_feed *feed = argument;
    bool good = feed->produce(feed->context, feed);
    flush(feed);
    pthread_mutex_lock(&feed->lock);
    feed->done = true;
    feed->good = good;
    pthread_cond_broadcast(&feed->moved);
    pthread_mutex_unlock(&feed->lock);
    return NULL;
}

/* Waits for batch `item`; NULL behind the last. */
static void *
make(void *context, uint32_t item, unsigned worker)
{
    struct source_feed *feed = context;
    (void)worker;
    pthread_mutex_lock(&feed->lock);
    while (feed->filled <= item && !feed->done)
        pthread_cond_wait(&feed->moved, &feed->lock);
    bool there = feed->filled > item;
    pthread_mutex_unlock(&feed->lock);
    if (!there)
        return NULL;
    struct delivered *delivered = delivery_parse(feed->delivery, &feed->ring[item % feed->room]);
    pthread_mutex_lock(&feed->lock);
    feed->number[item % feed->room] = 0;
    pthread_cond_broadcast(&feed->moved);
    pthread_mutex_unlock(&feed->lock);
    return delivered;
}

static void
take(void *context, uint32_t item, void *made)
{
    struct source_feed *feed = context;
    (void)item;
    delivery_take(feed->delivery, made);
}

/* With a thread for the producer, where one can be had. */
static bool
run_threaded(struct source_feed *feed)
{
    pthread_t producer;
    feed->threaded = true;
    pthread_mutex_init(&feed->lock, NULL);
    pthread_cond_init(&feed->moved, NULL);
    bool started = pthread_create(&producer, NULL, run_producer, feed) == 0;
    if (started) {
        threads_pipeline(feed->request->jobs, make, take, feed);
        pthread_join(producer, NULL);
    }
    pthread_cond_destroy(&feed->moved);
    pthread_mutex_destroy(&feed->lock);
    feed->threaded = started;
    return started;
}

bool
source_rows(const struct source_request *request, struct delivery *delivery,
            bool (*produce)(void *context, struct source_feed *feed), void *context)
{
    uint32_t room = request->jobs > 1 ? 2 * request->jobs + 2 : 1;
    struct source_feed feed = {.request = request,
                               .delivery = delivery,
                               .room = room,
                               .produce = produce,
                               .context = context};
    feed.ring = memory_new(room, sizeof *feed.ring);
    feed.number = memory_new(room, sizeof *feed.number);
    delivery_begin(delivery, request->path);
    if (room == 1 || !run_threaded(&feed)) {
        feed.good = produce(context, &feed);
        flush(&feed);
    }
    settle(&feed);
    delivery_end(delivery);
    if (feed.binding)
        mapping_report(feed.binding, delivery->log->arena, delivery->report);
    for (uint32_t i = 0; i < room; i++)
        batch_free(&feed.ring[i]);
    free(feed.ring);
    free(feed.number);
    return feed.good;
}
