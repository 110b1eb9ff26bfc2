/* The run's folder is built out of sight and made visible by one rename of a symbolic link. What
 * a killed run left behind has no manifest.json and is cleared by the next run. */
#include "publish.h"

#include "arena.h"
#include "day.h"
#include "memory.h"
#include "sha256.h"

#include "interruption.h"
#include "manifest.h"
#include "written.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define RUNS ".runs"

struct publication {
    struct arena *arena;
    const char *out_dir, *as_of, *name; /* name: <as-of>-<run id> */
    int out, runs, folder, lock;        /* directory descriptors, and the lock file's */
    struct written *written;
    bool committed;
};

static bool
report(struct diag *diag, const char *path, const char *id, const char *what)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, id, (struct place){path, 0, 0}, "%s: %s", what,
                strerror(errno));
    return false;
}

/* Removes a folder and what is in it, without following links. */
static bool
remove_tree(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool all = true;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            all = remove_tree(fd, entry->d_name) && all;
    closedir(dir);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 && all;
}

static int
open_dir(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Runs that no link points to any more, or that never got their manifest; not the one under way. */
static void
clear_unfinished(struct publication *publication)
{
    int fd = dup(publication->runs);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir)
        return;
    rewinddir(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char target[300] = "", link[16] = "", manifest[300];
        bool own = publication->folder >= 0 && strcmp(entry->d_name, publication->name) == 0;
        if (own || strlen(entry->d_name) < 12 || strlen(entry->d_name) > 64)
            continue;
        snprintf(manifest, sizeof manifest, "%s/manifest.json", entry->d_name);
        memcpy(link, entry->d_name, 10);
        ssize_t length = readlinkat(publication->out, link, target, sizeof target - 1);
        bool linked =
            length > (ssize_t)sizeof RUNS && strcmp(target + sizeof RUNS, entry->d_name) == 0;
        if (!linked || faccessat(publication->runs, manifest, F_OK, 0) != 0)
            remove_tree(publication->runs, entry->d_name);
    }
    closedir(dir);
}

/* The as-of days with a run, ascending; free() them. */
static char (*list_days(const struct publication *publication, size_t *count))[11]
{
    char(*days)[11] = NULL;
    size_t capacity = 0;
    int fd = open_dir(publication->out, ".");
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    *count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char target[300];
        if (strlen(entry->d_name) != 10 || day_from_iso(entry->d_name, 10) == DAY_NONE ||
            readlinkat(publication->out, entry->d_name, target, sizeof target) < 0)
            continue;
        memory_grow(&days, &capacity, *count + 1, sizeof *days);
        memcpy(days[(*count)++], entry->d_name, 11);
    }
    if (dir)
        closedir(dir);
    if (*count > 0)
        qsort(days, *count, sizeof *days, by_name);
    return days;
}

void
publication_keep(struct publication *publication, uint32_t keep, struct diag *diag)
{
    size_t count, excess = 0;
    char(*days)[11] = list_days(publication, &count);
    for (size_t i = 0; keep > 0 && i < count && count - excess > keep; i++) {
        if (strcmp(days[i], publication->as_of) == 0)
            continue; /* what is asked for now is not taken away at once */
        if (unlinkat(publication->out, days[i], 0) == 0)
            diag_report(diag, SEVERITY_NOTE, EXIT_OK, "publish.kept",
                        (struct place){publication->out_dir, 0, 0},
                        "the run of %s is dropped: out.keep is %u", days[i], keep);
        excess++;
    }
    free(days);
    if (excess > 0)
        clear_unfinished(publication);
}

static bool
make_dirs(const char *path)
{
    char part[4096];
    size_t length = strlen(path);
    if (length >= sizeof part)
        return errno = ENAMETOOLONG, false;
    for (size_t i = 1; i <= length; i++)
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(part, path, i);
            part[i] = '\0';
            if (mkdir(part, 0750) != 0 && errno != EEXIST)
                return false;
        }
    return true;
}

static bool
take_lock(struct publication *publication, int wait_seconds, struct diag *diag)
{
    publication->lock =
        openat(publication->out, ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (publication->lock < 0)
        return report(diag, publication->out_dir, "publish.lock", "the lock cannot be made");
    for (int tenths = 0; flock(publication->lock, LOCK_EX | LOCK_NB) != 0; tenths++) {
        char holder[32] = "";
        if (errno == EINTR)
            return report(diag, publication->out_dir, "publish.lock", "interrupted");
        if (tenths < wait_seconds * 10) {
            nanosleep(&(struct timespec){0, 100000000}, NULL);
            continue;
        }
        ssize_t length = pread(publication->lock, holder, sizeof holder - 1, 0);
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "publish.busy",
                    (struct place){publication->out_dir, 0, 0},
                    "another run is writing here: process %s", length > 0 ? holder : "unknown");
        diag_hint(diag, "wait for it to end, or choose another folder with --out");
        return false;
    }
    char pid[32];
    int length = snprintf(pid, sizeof pid, "%ld", (long)getpid());
    if (ftruncate(publication->lock, 0) != 0 ||
        pwrite(publication->lock, pid, (size_t)length, 0) < 0)
        return report(diag, publication->out_dir, "publish.lock", "the lock cannot be written");
    return true;
}

/* A re-run of the very same state builds beside the old one. -1 with errno. */
static int
make_folder(struct publication *publication, const char *run_id)
{
    bool made = mkdirat(publication->runs, publication->name, 0750) == 0;
    for (int again = 2; !made && errno == EEXIST && again <= 99; again++) {
        publication->name =
            arena_printf(publication->arena, "%s-%s.%d", publication->as_of, run_id, again);
        made = mkdirat(publication->runs, publication->name, 0750) == 0;
    }
    return made ? open_dir(publication->runs, publication->name) : -1;
}

struct publication *
publication_open(const char *out_dir, const char *as_of, const char *run_id, int wait_seconds,
                 struct diag *diag)
{
    struct arena *arena = arena_new();
    struct publication *publication = arena_alloc(arena, sizeof *publication);
    *publication = (struct publication){arena,
                                        arena_string(arena, out_dir),
                                        arena_string(arena, as_of),
                                        arena_printf(arena, "%s-%s", as_of, run_id),
                                        -1,
                                        -1,
                                        -1,
                                        -1,
                                        written_new(),
                                        false};
    publication->out = make_dirs(out_dir) ? open_dir(AT_FDCWD, out_dir) : -1;
    if (publication->out < 0)
        report(diag, out_dir, "publish.folder", "the folder cannot be made");
    else if (take_lock(publication, wait_seconds, diag)) {
        mkdirat(publication->out, RUNS, 0750);
        publication->runs = /* ours, not what somebody's link leads to */
            openat(publication->out, RUNS, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (publication->runs >= 0) {
            clear_unfinished(publication);
            interruption_hold();
            publication->folder = make_folder(publication, run_id);
            if (publication->folder >= 0)
                interruption_own(publication);
            interruption_release();
        }
        if (publication->folder < 0)
            report(diag, out_dir, "publish.folder", "the run's folder cannot be made");
    }
    if (publication->folder >= 0)
        return publication;
    publication->committed = true;
    publication_close(publication);
    return NULL;
}

static bool
write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* Hashes what it writes, part by part: the one finds in the processor's memory what the other had.
 */
static bool
write_hashed(int fd, struct text bytes, char sha256[65])
{
    enum { PART = 1 << 17 };
    struct sha256 *sha = sha256_new();
    bool written = true;
    for (size_t at = 0; at < bytes.length && written; at += PART) {
        size_t rest = bytes.length - at, length = rest < PART ? rest : PART;
        sha256_add(sha, bytes.bytes + at, length);
        written = write_all(fd, bytes.bytes + at, length);
    }
    int why = errno;
    sha256_finish(sha, sha256);
    errno = why;
    return written;
}

static bool
write_file(int parent, const char *name, struct text bytes, mode_t mode, char sha256[65])
{
    int fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd < 0)
        return false;
    bool written = write_hashed(fd, bytes, sha256);
    int why = errno;
    if (close(fd) != 0 && written)
        return false;
    errno = why;
    return written;
}

/* Makes the folders above a path below the run's folder, which is ours alone. */
static bool
make_folders(const struct publication *publication, const char *path, mode_t mode)
{
    char part[256];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        size_t length = (size_t)(slash - path);
        if (length >= sizeof part)
            return errno = ENAMETOOLONG, false;
        memcpy(part, path, length);
        part[length] = '\0';
        if (mkdirat(publication->folder, part, mode) != 0 && errno != EEXIST)
            return false;
    }
    return true;
}

/* Most files find their folder there. */
static bool
write_below(const struct publication *publication, const char *path, struct text bytes,
            mode_t file_mode, mode_t folder_mode)
{
    char sha256[65];
    if (path[0] == '/' || strstr(path, "..") || strstr(path, "//"))
        return errno = EINVAL, false;
    bool written = write_file(publication->folder, path, bytes, file_mode, sha256) ||
                   (errno == ENOENT && make_folders(publication, path, folder_mode) &&
                    write_file(publication->folder, path, bytes, file_mode, sha256));
    if (written)
        written_note(publication->written, path, bytes.length, sha256);
    return written;
}

bool
publication_write(struct publication *publication, const char *path, struct text bytes)
{
    return write_below(publication, path, bytes, 0640, 0750);
}

bool
publication_write_private(struct publication *publication, const char *path, struct text bytes)
{
    return write_below(publication, path, bytes, 0600, 0700);
}

bool
publication_holds(const struct publication *publication, const char *path)
{
    return faccessat(publication->folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

void
publication_folder(const char *slug, struct text id, char out[64])
{
    char hex[65];
    sha256_hex(id.bytes, id.length, hex);
    snprintf(out, 64, "%.40s%s%.8s", slug, slug[0] ? "-" : "", hex);
}

/* A link is replaced by the rename of a new one, so that it is never absent. */
static bool
swap_link(int dir, const char *name, const char *target)
{
    unlinkat(dir, ".link", 0);
    return symlinkat(target, dir, ".link") == 0 && renameat(dir, ".link", dir, name) == 0;
}

/* `latest` is the run of the latest day, whatever the order in which they were made. */
static bool
swap_latest(struct publication *publication)
{
    size_t count;
    char(*days)[11] = list_days(publication, &count);
    bool swapped = count > 0 && swap_link(publication->out, "latest", days[count - 1]);
    free(days);
    return swapped;
}

static bool
make_visible(struct publication *publication, struct diag *diag)
{
    char target[300];
    snprintf(target, sizeof target, RUNS "/%s", publication->name);
    interruption_hold();
    bool linked = swap_link(publication->out, publication->as_of, target);
    publication->committed = linked;
    bool latest = linked && swap_latest(publication) && fsync(publication->out) == 0;
    interruption_release();
    if (!linked)
        return report(diag, publication->out_dir, "publish.link", "the link cannot be replaced");
    interruption_remove(NULL);
    if (!latest)
        diag_report(diag, SEVERITY_WARNING, EXIT_OK, "publish.latest",
                    (struct place){publication->out_dir, 0, 0}, "`latest` was not replaced: %s",
                    strerror(errno));
    clear_unfinished(publication); /* the run that this one replaced */
    return true;
}

/* The manifest is the last file of a run: without it a run is unfinished. What was written reaches
 * the disk at once: to wait for file after file, some thousands, takes longer than all the rest. */
static bool
seal(struct publication *publication, struct text manifest, struct diag *diag)
{
    char sha256[65];
    if (!write_file(publication->folder, "manifest.json", manifest, 0640, sha256) ||
        syncfs(publication->folder) != 0)
        return report(diag, publication->out_dir, "publish.write", "the run cannot be written");
    return make_visible(publication, diag);
}

bool
publication_commit(struct publication *publication, struct text head, unsigned jobs,
                   struct diag *diag)
{
    struct buf manifest = {0};
    bool done = manifest_list(publication->folder, head, publication->written, jobs, &manifest)
                    ? seal(publication, buf_as_text(&manifest), diag)
                    : report(diag, publication->out_dir, "publish.write", "the run cannot be read");
    buf_free(&manifest);
    return done;
}

/* ---- A published run with one file changed ---- */

static bool
link_tree(int from, int to, const char *const *without)
{
    int own = open_dir(from, ".");
    DIR *dir = own < 0 ? NULL : fdopendir(own);
    bool all = dir != NULL;
    for (struct dirent *entry; all && (entry = readdir(dir));) {
        const char *name = entry->d_name;
        bool skip = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
        for (const char *const *other = without; *other && !skip; other++)
            skip = strcmp(name, *other) == 0;
        if (skip || linkat(from, name, to, name, 0) == 0)
            continue;
        int below = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), made = -1;
        struct stat is;
        all = below >= 0 && fstat(below, &is) == 0 && mkdirat(to, name, is.st_mode & 0777) == 0 &&
              (made = open_dir(to, name)) >= 0 &&
              link_tree(below, made, (const char *const[]){NULL});
        if (below >= 0)
            close(below);
        if (made >= 0)
            close(made);
    }
    if (dir)
        closedir(dir);
    return all;
}

bool
publication_amend(struct publication *publication, const char *path, struct text bytes,
                  struct diag *diag)
{
    char sha256[65];
    struct buf manifest = {0};
    int published = open_dir(publication->out, publication->as_of);
    bool copied = published >= 0 &&
                  link_tree(published, publication->folder,
                            (const char *const[]){path, "manifest.json", NULL}) &&
                  write_file(publication->folder, path, bytes, 0640, sha256) &&
                  manifest_replace(published, path, bytes, &manifest);
    bool done =
        copied ? seal(publication, buf_as_text(&manifest), diag)
               : report(diag, publication->out_dir, "publish.write", "the run cannot be changed");
    if (published >= 0)
        close(published);
    buf_free(&manifest);
    return done;
}

void
publication_abandon(struct publication *publication)
{
    /* workers may still be writing: they die with this process, what they add meanwhile is
     * cleared here or by the next run */
    for (int again = 0; again < 3 && !remove_tree(publication->runs, publication->name); again++)
        continue;
}

void
publication_close(struct publication *publication)
{
    if (!publication)
        return;
    interruption_remove(NULL);
    if (!publication->committed)
        remove_tree(publication->runs, publication->name);
    int descriptors[] = {publication->folder, publication->runs, publication->out,
                         publication->lock};
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    written_free(publication->written);
    arena_free(publication->arena);
}
