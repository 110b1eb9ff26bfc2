#include "threads.h"

#include "memory.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum { MOST_JOBS = 256, MADE_PER_JOB = 4 };

static unsigned
clamp(unsigned jobs)
{
    return jobs < 1 ? 1 : jobs > MOST_JOBS ? MOST_JOBS : jobs;
}

/* Runs `body` on jobs - 1 new threads and this one. Threads that cannot be started are done
 * without: the others take their share. */
static void
run(unsigned jobs, void *(*body)(void *worker), void *workers, size_t size)
{
    pthread_t thread[MOST_JOBS];
    unsigned started = 0;
    while (started + 1 < jobs && pthread_create(&thread[started], NULL, body,
                                                (char *)workers + (started + 1) * size) == 0)
        started++;
    body(workers);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
}

struct each {
    _Atomic uint64_t next;
    uint32_t count;
    void (*work)(void *context, uint32_t item, unsigned worker);
    void *context;
};

struct each_worker {
    struct each *each;
    unsigned number;
};

static void *
each_body(void *argument)
{
    struct each_worker *worker = argument;
    struct each *each = worker->each;
    for (uint64_t item; (item = atomic_fetch_add(&each->next, 1)) < each->count;)
        each->work(each->context, (uint32_t)item, worker->number);
    return NULL;
}

void
threads_each(unsigned jobs, uint32_t count,
             void (*work)(void *context, uint32_t item, unsigned worker), void *context)
{
    struct each each = {.count = count, .work = work, .context = context};
    struct each_worker workers[MOST_JOBS];
    jobs = clamp(jobs);
    if (jobs > count)
        jobs = count ? count : 1;
    for (unsigned i = 0; i < jobs; i++)
        workers[i] = (struct each_worker){&each, i};
    run(jobs, each_body, workers, sizeof *workers);
}

struct made {
    void *thing;
    bool ready;
};

/* Item i waits in waiting[i % room] from when it is made until it is taken. */
struct pipeline {
    pthread_mutex_t lock;
    pthread_cond_t moved; /* `taken` or `ended` changed */
    struct made *waiting;
    uint32_t room, next, taken;
    bool taking, ended;
    void *(*make)(void *context, uint32_t item, unsigned worker);
    void (*take)(void *context, uint32_t item, void *made);
    void *context;
};

struct pipeline_worker {
    struct pipeline *pipeline;
    unsigned number;
};

/* Takes what is due, in order, one thread at a time; the lock is held at entry and at return. */
static void
take_due(struct pipeline *pipeline)
{
    if (pipeline->taking)
        return;
    pipeline->taking = true;
    for (;;) {
        struct made *due = &pipeline->waiting[pipeline->taken % pipeline->room];
        if (pipeline->ended || !due->ready)
            break;
        void *thing = due->thing;
        *due = (struct made){NULL, false};
        if (thing) {
            uint32_t item = pipeline->taken;
            pthread_mutex_unlock(&pipeline->lock);
            pipeline->take(pipeline->context, item, thing);
            pthread_mutex_lock(&pipeline->lock);
            pipeline->taken++;
        } else {
            pipeline->ended = true;
        }
        pthread_cond_broadcast(&pipeline->moved);
    }
    pipeline->taking = false;
}

static void *
pipeline_body(void *argument)
{
    struct pipeline_worker *worker = argument;
    struct pipeline *pipeline = worker->pipeline;
    pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->ended) {
        if (pipeline->next - pipeline->taken >= pipeline->room) {
            pthread_cond_wait(&pipeline->moved, &pipeline->lock);
            continue;
        }
        uint32_t item = pipeline->next++;
        pthread_mutex_unlock(&pipeline->lock);
        void *thing = pipeline->make(pipeline->context, item, worker->number);
        pthread_mutex_lock(&pipeline->lock);
        pipeline->waiting[item % pipeline->room] = (struct made){thing, true};
        take_due(pipeline);
    }
    pthread_mutex_unlock(&pipeline->lock);
    return NULL;
}

static void
pipeline_alone(void *(*make)(void *context, uint32_t item, unsigned worker),
               void (*take)(void *context, uint32_t item, void *made), void *context)
{
    void *thing;
    for (uint32_t item = 0; (thing = make(context, item, 0)) != NULL; item++)
        take(context, item, thing);
}

void
threads_pipeline(unsigned jobs, void *(*make)(void *context, uint32_t item, unsigned worker),
                 void (*take)(void *context, uint32_t item, void *made), void *context)
{
    jobs = clamp(jobs);
    if (jobs == 1) {
        pipeline_alone(make, take, context);
        return;
    }
    struct pipeline pipeline = {
        .room = jobs * MADE_PER_JOB, .make = make, .take = take, .context = context};
    struct pipeline_worker workers[MOST_JOBS];
    pipeline.waiting = memory_new(pipeline.room, sizeof *pipeline.waiting);
    pthread_mutex_init(&pipeline.lock, NULL);
    pthread_cond_init(&pipeline.moved, NULL);
    for (unsigned i = 0; i < jobs; i++)
        workers[i] = (struct pipeline_worker){&pipeline, i};
    run(jobs, pipeline_body, workers, sizeof *workers);
    pthread_cond_destroy(&pipeline.moved);
    pthread_mutex_destroy(&pipeline.lock);
    free(pipeline.waiting);
}

unsigned
threads_available(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1; /* more than 1,024 processors: not worth a second attempt */
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (unsigned)count;
}
