/* written: the size and hash of each file of a run, noted by the process that wrote it, so that the
 * manifest reads none of them again. */
#ifndef SEFPACK_PUBLISH_WRITTEN_H
#define SEFPACK_PUBLISH_WRITTEN_H

#include <stdint.h>

struct written;

struct written_file {
    char path[208];
    uint64_t bytes;
    char sha256[65];
};

/* In memory shared with the processes that are forked later. NULL when there is none. */
struct written *
written_new(void);

void
written_free(struct written *written); /* NULL is allowed */

/* From any process. What finds no place is not noted. */
void
written_note(struct written *written, const char *path, uint64_t bytes, const char sha256[65]);

/* A copy of those noted until now, in byte order of path; free() it. */
struct written_file *
written_list(const struct written *written, uint32_t *count);

#endif
