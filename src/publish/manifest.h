/* manifest: the list of a run's files with their sizes and hashes. */
#ifndef SEFPACK_PUBLISH_MANIFEST_H
#define SEFPACK_PUBLISH_MANIFEST_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>

struct written;

/* Writes {head, "files": [{path, bytes, sha256}]} of all files below the open folder, in byte
 * order of path. Those that are not noted in `written`, which may be NULL, are read and hashed by
 * `jobs` threads. `head` is JSON members without braces, or empty. False with errno. */
bool
manifest_list(int folder, struct text head, const struct written *written, unsigned jobs,
              struct buf *out);

/* The manifest of a published run as it is, but for the size and hash of one file, which are those
 * of `bytes`. False with errno: EINVAL when it does not list that file. */
bool
manifest_replace(int folder, const char *path, struct text bytes, struct buf *out);

#endif
