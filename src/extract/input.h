/* input: the bytes of one extract, and the proof of what was read: their hash, and that the file
 * stayed the same meanwhile. */
#ifndef SEFPACK_EXTRACT_INPUT_H
#define SEFPACK_EXTRACT_INPUT_H

#include "diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

struct sha256;

/* Bytes from elsewhere (a COPY stream): the next ones, 0 at the end, -1 after an error that the
 * other side reports itself. */
struct input_stream {
    void *context;
    ssize_t (*read)(void *context, char *room, size_t size);
};

struct input {
    const char *path;
    int fd;        /* -1 for a stream */
    bool regular;  /* can be read at any place */
    uint64_t size; /* of a regular file */
    struct stat before;
    struct input_stream stream;
};

/* False after an error in diag. */
bool
input_open(struct input *input, const char *path, struct diag *diag);

/* What the file at `path` is, without opening it: a pipe gives its bytes to the first who opens it.
 * False when it is none that can be read at any place. */
bool
input_look(struct input *input, const char *path);

void
input_of_stream(struct input *input, const char *name, struct input_stream stream);

/* Bytes at a place of a regular file: `size` of them, fewer only at the end; -1 with errno. */
ssize_t
input_at(const struct input *input, uint64_t offset, char *room, size_t size);

/* The next bytes of what can only be read once; fewer than `size` only at the end; -1. */
ssize_t
input_next(struct input *input, char *room, size_t size);

/* Whether a regular file is still what it was when it was opened or looked at; else an error in
 * diag. */
bool
input_unchanged(const struct input *input, struct diag *diag);

/* Reports a failed read (errno). */
void
input_failed(const struct input *input, struct diag *diag);

void
input_close(struct input *input);

#endif
