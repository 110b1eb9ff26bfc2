/* Workers are forked, so that a crash inside a library costs one pack. They share the dataset and
 * the measures copy-on-write, take the next item from a counter in shared memory, and leave their
 * reports there. */
#include "publish.h"

#include "interruption.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_WORKERS 64

struct slot {
    struct job_report report;
    bool started, ended;
};

struct shared {
    atomic_uint next;
    atomic_uint taken[MAX_WORKERS]; /* item + 1 that worker is at */
    struct slot slot[];
};

struct work {
    void (*job)(void *context, uint32_t item, struct job_report *report);
    void *context;
    uint32_t count;
};

static _Noreturn void
serve(struct shared *shared, unsigned worker, struct work work)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    interruption_forget();
    for (uint32_t item; (item = atomic_fetch_add(&shared->next, 1)) < work.count;) {
        atomic_store(&shared->taken[worker], item + 1);
        shared->slot[item].started = true;
        work.job(work.context, item, &shared->slot[item].report);
        shared->slot[item].ended = true;
    }
    atomic_store(&shared->taken[worker], 0);
    _exit(0); /* no handlers, no second flush of inherited streams */
}

static pid_t
start(struct shared *shared, unsigned worker, struct work work)
{
    pid_t pid = fork();
    if (pid == 0)
        serve(shared, worker, work);
    return pid;
}

/* A worker ended: what it was at, if anything, is lost. True when it must be replaced. */
static bool
account_for(struct shared *shared, unsigned worker, int status)
{
    uint32_t taken = atomic_exchange(&shared->taken[worker], 0);
    if (taken == 0 || shared->slot[taken - 1].ended)
        return WIFSIGNALED(status);
    struct slot *slot = &shared->slot[taken - 1];
    slot->report.state = JOB_DIED;
    slot->report.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    slot->ended = true;
    return true;
}

static void
tell(const struct shared *shared, struct work work, struct watching watching)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < work.count; i++)
        done += shared->slot[i].ended;
    watching.told(watching.context, done, work.count);
}

/* The next worker that ended; negative with errno. */
static pid_t
wait_for_one(const struct shared *shared, struct work work, struct watching watching, int *status)
{
    static const struct timespec pause = {0, 50000000};
    pid_t ended = 0;
    if (!watching.told)
        return waitpid(-1, status, 0);
    while ((ended = waitpid(-1, status, WNOHANG)) == 0) {
        tell(shared, work, watching);
        nanosleep(&pause, NULL);
    }
    return ended;
}

static void
supervise(struct shared *shared, unsigned jobs, struct work work, struct watching watching)
{
    pid_t pid[MAX_WORKERS];
    unsigned alive = 0;
    for (unsigned w = 0; w < jobs; w++) {
        pid[w] = start(shared, w, work);
        alive += pid[w] > 0;
    }
    while (alive > 0) {
        int status;
        pid_t ended = wait_for_one(shared, work, watching, &status);
        if (ended < 0 && errno == EINTR)
            continue;
        if (ended < 0)
            break;
        for (unsigned w = 0; w < jobs; w++)
            if (pid[w] == ended) {
                bool replace =
                    account_for(shared, w, status) && atomic_load(&shared->next) < work.count;
                pid[w] = replace ? start(shared, w, work) : -1;
                alive -= pid[w] <= 0;
            }
    }
}

void
workers_run(unsigned jobs, uint32_t count,
            void (*job)(void *context, uint32_t item, struct job_report *report), void *context,
            struct job_report *reports, struct watching watching)
{
    if (count == 0)
        return;
    jobs = jobs < 1 ? 1 : jobs > MAX_WORKERS ? MAX_WORKERS : jobs > count ? count : jobs;
    size_t size = sizeof(struct shared) + count * sizeof(struct slot);
    struct shared *shared =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (uint32_t i = 0; i < count; i++)
        reports[i] =
            (struct job_report){.state = JOB_FAILED, .fault = "no worker could be started"};
    if (shared == MAP_FAILED)
        return;
    supervise(shared, jobs, (struct work){job, context, count}, watching);
    for (uint32_t i = 0; i < count; i++)
        if (shared->slot[i].ended)
            reports[i] = shared->slot[i].report;
    munmap(shared, size);
}
