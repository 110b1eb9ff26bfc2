#include "manifest.h"

#include "arena.h"
#include "json.h"
#include "memory.h"
#include "sha256.h"
#include "threads.h"
#include "written.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct listed {
    const char *path;
    uint64_t bytes;
    char sha256[65]; /* "" as long as it is not known */
    int fault;       /* errno where it could not be read */
};

struct listing {
    struct arena *arena;
    int folder;
    struct listed *file;
    size_t count, capacity;
};

static bool
hash_file(int folder, struct listed *listed)
{
    static const size_t block = 1 << 16;
    int fd = openat(folder, listed->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct sha256 *sha = sha256_new();
    char *bytes = memory_new(block, 1);
    ssize_t length;
    while ((length = read(fd, bytes, block)) > 0) {
        sha256_add(sha, bytes, (size_t)length);
        listed->bytes += (uint64_t)length;
    }
    int why = errno;
    free(bytes);
    sha256_finish(sha, listed->sha256);
    close(fd);
    errno = why;
    return length == 0;
}

static void
hash_item(void *context, uint32_t item, unsigned worker)
{
    const struct listing *listing = context;
    struct listed *listed = &listing->file[item];
    (void)worker;
    if (!listed->sha256[0])
        listed->fault = hash_file(listing->folder, listed) ? 0 : errno;
}

/* Both lists are in order of path. */
static void
take_notes(struct listing *listing, const struct written *written)
{
    uint32_t count, n = 0;
    struct written_file *note = written_list(written, &count);
    for (size_t i = 0; i < listing->count && n < count; i++) {
        struct listed *listed = &listing->file[i];
        while (n < count && strcmp(note[n].path, listed->path) < 0)
            n++;
        if (n < count && strcmp(note[n].path, listed->path) == 0) {
            listed->bytes = note[n].bytes;
            memcpy(listed->sha256, note[n].sha256, sizeof listed->sha256);
        }
    }
    free(note);
}

/* False with errno. */
static bool
hash_all(struct listing *listing, unsigned jobs)
{
    threads_each(jobs, (uint32_t)listing->count, hash_item, listing);
    for (size_t i = 0; i < listing->count; i++)
        if (listing->file[i].fault)
            return errno = listing->file[i].fault, false;
    return true;
}

static bool
list_folder(int folder, const char *prefix, struct listing *listing);

static bool
list_entry(int folder, const char *prefix, const struct dirent *entry, struct listing *listing)
{
    const char *path = arena_printf(listing->arena, "%s%s", prefix, entry->d_name);
    int child = -1;
    if (entry->d_type != DT_REG) /* a disk may not say what it is */
        child = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (child >= 0)
        return list_folder(child, arena_printf(listing->arena, "%s/", path), listing);
    if (entry->d_type == DT_DIR)
        return false;
    memory_grow(&listing->file, &listing->capacity, listing->count + 1, sizeof *listing->file);
    listing->file[listing->count++] = (struct listed){.path = path};
    return true;
}

/* Takes over the descriptor. */
static bool
list_folder(int folder, const char *prefix, struct listing *listing)
{
    DIR *dir = fdopendir(folder);
    if (!dir)
        return close(folder), false;
    bool all = true;
    for (struct dirent *entry; all && (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            all = list_entry(folder, prefix, entry, listing);
    closedir(dir);
    return all;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const struct listed *)a)->path, ((const struct listed *)b)->path);
}

/* One file, on one line. */
static void
write_file(const struct listed *listed, struct buf *out)
{
    struct json file = {.out = out};
    json_open(&file, '{');
    json_key(&file, "path"), json_string(&file, listed->path);
    json_key(&file, "bytes"), json_int(&file, (int64_t)listed->bytes);
    json_key(&file, "sha256"), json_string(&file, listed->sha256);
    json_close(&file, '}');
}

static void
write_files(const struct listing *listing, struct buf *out)
{
    struct json json = {.out = out};
    json_open(&json, '[');
    for (size_t i = 0; i < listing->count; i++) {
        buf_char(out, i ? ',' : '\n');
        if (i)
            buf_char(out, '\n');
        write_file(&listing->file[i], out);
    }
    json_close(&json, ']');
}

bool
manifest_list(int folder, struct text head, const struct written *written, unsigned jobs,
              struct buf *out)
{
    struct listing listing = {.arena = arena_new(), .folder = folder};
    int own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool all = own >= 0 && list_folder(own, "", &listing);
    if (all && listing.count > 0)
        qsort(listing.file, listing.count, sizeof *listing.file, by_path);
    take_notes(&listing, written);
    all = all && hash_all(&listing, jobs);
    if (all) {
        buf_char(out, '{');
        buf_text(out, head);
        buf_string(out, head.length ? ",\n\"files\": " : "\"files\": ");
        write_files(&listing, out);
        buf_string(out, "}\n");
    }
    int why = errno;
    free(listing.file);
    arena_free(listing.arena);
    errno = why;
    return all;
}

/* Reads a whole file; NULL with errno. */
static char *
read_file(int parent, const char *name)
{
    struct stat status;
    char *bytes = NULL;
    int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &status) == 0) {
        size_t size = (size_t)status.st_size, length = 0;
        ssize_t part = 0;
        bytes = memory_new(size + 1, 1);
        while (length < size && (part = read(fd, bytes + length, size - length)) > 0)
            length += (size_t)part;
        if (part < 0) {
            free(bytes);
            bytes = NULL;
        }
    }
    int why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return bytes;
}

bool
manifest_replace(int folder, const char *path, struct text bytes, struct buf *out)
{
    struct buf old = {0};
    struct json key = {.out = &old};
    json_open(&key, '{');
    json_key(&key, "path"), json_string(&key, path);
    char *manifest = read_file(folder, "manifest.json");
    char *entry = manifest ? strstr(manifest, old.bytes) : NULL,
         *end = entry ? strchr(entry, '}') : NULL;
    buf_free(&old);
    if (manifest && !end)
        errno = EINVAL;
    if (end) {
        struct listed listed = {.path = path, .bytes = bytes.length};
        sha256_hex(bytes.bytes, bytes.length, listed.sha256);
        buf_add(out, manifest, (size_t)(entry - manifest));
        write_file(&listed, out);
        buf_string(out, end + 1);
    }
    free(manifest);
    return end != NULL;
}
