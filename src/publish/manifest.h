/* manifest: the list of a run's files with their sizes and hashes. */
#ifndef SEFPACK_PUBLISH_MANIFEST_H
#define SEFPACK_PUBLISH_MANIFEST_H

#include "buf.h"
#include "text.h"

#include <stdbool.h>

/* Writes {head, "files": [{path, bytes, sha256}]} of all files below the open folder, in byte
 * order of path, and fsyncs its subfolders. `head` is JSON members without braces, or empty.
 * False with errno. */
bool
manifest_list(int folder, struct text head, struct buf *out);

#endif
