/* deflate: bytes made smaller, in zlib's format. */
#ifndef SEFPACK_WRITE_DEFLATE_H
#define SEFPACK_WRITE_DEFLATE_H

#include "buf.h"

#include <stdbool.h>

struct deflate;

struct deflate *
deflate_open(void);

void
deflate_close(struct deflate *deflate);

/* Undoes it, of zlib's format, where the result is exactly `whole` bytes; else false. */
bool
deflate_undo(const void *bytes, size_t length, void *out, size_t whole);

/* Appends the compressed bytes. */
void
deflate_add(struct deflate *deflate, const void *bytes, size_t length, struct buf *out);

#endif
