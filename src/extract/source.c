#include "source.h"

#include "batch.h"
#include "delivery.h"
#include "mapping.h"
#include "memory.h"
#include "threads.h"
#include "tray.h"

#include <pthread.h>
#include <stdlib.h>

enum { BATCH_ROWS = 2048, BATCH_BYTES = 512 * 1024 };

/* Batches go round: free -> filled by the producer -> parsed by a worker -> free. */
struct source_feed {
    const struct source_request *request;
    struct delivery *delivery;
    struct tray *tray;
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
    batch_begin(feed->filling, feed->tray->binding, feed->delivery->file);
}

/* Hands the batch over. */
static void
flush(struct source_feed *feed)
{
    if (!feed->filling)
        return;
    if (!feed->tray->settled)
        tray_settle(feed->tray, feed->request->mapped, feed->delivery->report);
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
source_columns(struct source_feed *feed, uint32_t columns, const char *const *names,
               struct diag *diag)
{
    feed->tray = tray_new(feed->delivery->log->arena, feed->request->mapping, columns, names, false,
                          feed->request->path, diag);
    return feed->tray != NULL;
}

void
source_row(struct source_feed *feed, const struct text *cells, uint64_t line)
{
    if (!feed->filling)
        next_batch(feed);
    feed->bytes += tray_row(feed->tray, feed->filling, cells, line);
    if (feed->filling->count >= BATCH_ROWS || feed->bytes >= BATCH_BYTES)
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

void
source_settle(const struct source_request *request, struct delivery *delivery, struct tray *tray)
{
    tray_settle(tray, request->mapped, delivery->report);
    mapping_report(tray->binding, delivery->log->arena, delivery->report);
}

bool
source_rows(const struct source_request *request, struct delivery *delivery, struct tray *tray,
            bool (*produce)(void *context, struct source_feed *feed), void *context)
{
    uint32_t room = request->jobs > 1 ? 2 * request->jobs + 2 : 1;
    struct source_feed feed = {.request = request,
                               .delivery = delivery,
                               .tray = tray,
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
    delivery_end(delivery);
    if (feed.tray)
        source_settle(request, delivery, feed.tray);
    for (uint32_t i = 0; i < room; i++)
        batch_free(&feed.ring[i]);
    free(feed.ring);
    free(feed.number);
    return feed.good;
}
