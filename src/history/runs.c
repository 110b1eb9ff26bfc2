#include "runs.h"

#include "day.h"
#include "memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SQLite takes texts of up to a thousand million bytes. */
#define MEMORY_MOST 1000000000

static bool
is_day(const char *name)
{
    return strlen(name) == 10 && day_from_iso(name, 10) != DAY_NONE;
}

/* False when the entry is no run with a memory: errno is 0 unless something is wrong with it. */
static bool
look_at(struct arena *arena, int out, const char *name, struct remembered *run)
{
    char folder[300], path[32];
    struct stat status;
    errno = 0;
    if (!is_day(name))
        return false;
    ssize_t length = readlinkat(out, name, folder, sizeof folder - 1);
    if (length < 0) {
        errno = errno == EINVAL || errno == ENOENT ? 0 : errno;
        return false;
    }
    folder[length] = '\0';
    snprintf(path, sizeof path, "%s/memory.json", name);
    if (fstatat(out, path, &status, 0) != 0) {
        errno = errno == ENOENT ? 0 : errno; /* published without memory */
        return false;
    }
    snprintf(run->as_of, sizeof run->as_of, "%.10s", name);
    run->stamp = arena_printf(arena, "%s %lld %lld.%09ld", folder, (long long)status.st_size,
                              (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    return true;
}

static int
by_day(const void *a, const void *b)
{
    return strcmp(((const struct remembered *)a)->as_of, ((const struct remembered *)b)->as_of);
}

bool
runs_list(struct arena *arena, const char *out_dir, struct runs *runs)
{
    size_t capacity = 0;
    struct remembered *found = NULL;
    *runs = (struct runs){0};
    DIR *dir = opendir(out_dir);
    if (!dir)
        return errno == ENOENT;
    int why = 0;
    while (why == 0) {
        errno = 0;
        struct dirent *entry = readdir(dir);
        if (!entry) {
            why = errno;
            break;
        }
        memory_grow(&found, &capacity, runs->count + 1u, sizeof *found);
        if (look_at(arena, dirfd(dir), entry->d_name, &found[runs->count]))
            runs->count++;
        else
            why = errno;
    }
    closedir(dir);
    runs->run = arena_array(arena, runs->count, sizeof *runs->run);
    if (found) {
        qsort(found, runs->count, sizeof *found, by_day);
        memcpy(runs->run, found, runs->count * sizeof *found);
    }
    free(found);
    errno = why;
    return why == 0;
}

static char *
read_whole(int fd, size_t size, size_t *length)
{
    char *bytes = memory_new(size + 1, 1);
    ssize_t part = 0;
    *length = 0;
    while (*length < size && (part = read(fd, bytes + *length, size - *length)) > 0)
        *length += (size_t)part;
    if (part >= 0)
        return bytes;
    free(bytes);
    return NULL;
}

char *
runs_memory(const char *out_dir, const char *as_of, size_t *length)
{
    char path[4096];
    char *bytes = NULL;
    struct stat status;
    if (snprintf(path, sizeof path, "%s/%s/memory.json", out_dir, as_of) >= (int)sizeof path)
        return errno = ENAMETOOLONG, NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &status) == 0) {
        if (status.st_size < MEMORY_MOST)
            bytes = read_whole(fd, (size_t)status.st_size, length);
        else
            errno = EFBIG;
    }
    int why = errno;
    close(fd);
    errno = why;
    return bytes;
}
