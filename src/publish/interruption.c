/* The one place with state of the process: signals are the process's own. */
#include "interruption.h"

#include "publish.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct publication *unfinished;
static pthread_t watcher;
static bool watching;
static atomic_bool asked;

static sigset_t
watched(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

static void *
watch(void *nothing)
{
    sigset_t set = watched();
    int number = 0;
    (void)nothing;
    while (sigwait(&set, &number) != 0)
        continue;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    atomic_store(&asked, true);
    pthread_mutex_lock(&gate); /* never given back */
    if (unfinished)
        publication_abandon(unfinished);
    _exit(128 + number);
}

void
interruption_watch(void)
{
    sigset_t set = watched();
    signal(SIGPIPE, SIG_IGN);
    watching = pthread_sigmask(SIG_BLOCK, &set, NULL) == 0 &&
               pthread_create(&watcher, NULL, watch, NULL) == 0;
    if (!watching)
        pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void
interruption_end(void)
{
    sigset_t set = watched();
    if (watching && pthread_cancel(watcher) == 0)
        pthread_join(watcher, NULL);
    watching = false;
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void
interruption_remove(struct publication *publication)
{
    pthread_mutex_lock(&gate);
    unfinished = publication;
    pthread_mutex_unlock(&gate);
}

void
interruption_own(struct publication *publication)
{
    unfinished = publication;
}

void
interruption_hold(void)
{
    pthread_mutex_lock(&gate);
}

void
interruption_release(void)
{
    pthread_mutex_unlock(&gate);
    while (atomic_load(&asked)) /* the watcher has the next turn, and it is the last one */
        pause();
}

bool
interruption_asked(void)
{
    return atomic_load(&asked);
}

void
interruption_forget(void)
{
    sigset_t set = watched();
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
