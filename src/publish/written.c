#include "written.h"

#include "memory.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { MOST_FILES = 1 << 16 }; /* pages that no note reaches cost nothing */

struct note {
    struct written_file file;
    atomic_bool whole; /* a process may have died over it */
};

struct written {
    atomic_uint count; /* of places taken; may pass MOST_FILES */
    struct note note[MOST_FILES];
};

struct written *
written_new(void)
{
    void *room = mmap(NULL, sizeof(struct written), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return room == MAP_FAILED ? NULL : room;
}

void
written_free(struct written *written)
{
    if (written)
        munmap(written, sizeof *written);
}

void
written_note(struct written *written, const char *path, uint64_t bytes, const char sha256[65])
{
    size_t length = strlen(path);
    if (!written || length >= sizeof written->note->file.path)
        return;
    unsigned place = atomic_fetch_add(&written->count, 1);
    if (place >= MOST_FILES)
        return;
    struct note *note = &written->note[place];
    memcpy(note->file.path, path, length + 1);
    memcpy(note->file.sha256, sha256, sizeof note->file.sha256);
    note->file.bytes = bytes;
    atomic_store(&note->whole, true);
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const struct written_file *)a)->path, ((const struct written_file *)b)->path);
}

struct written_file *
written_list(const struct written *written, uint32_t *count)
{
    unsigned most = written ? atomic_load(&written->count) : 0;
    most = most < MOST_FILES ? most : MOST_FILES;
    struct written_file *list = memory_new(most, sizeof *list);
    *count = 0;
    for (unsigned i = 0; i < most; i++)
        if (atomic_load(&written->note[i].whole))
            list[(*count)++] = written->note[i].file;
    qsort(list, *count, sizeof *list, by_path);
    return list;
}
