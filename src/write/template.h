/* template: files of the templates folder with named slots, {{name}}. */
#ifndef SEFPACK_WRITE_TEMPLATE_H
#define SEFPACK_WRITE_TEMPLATE_H

#include "arena.h"
#include "buf.h"

#include <stdbool.h>

struct template_slot {
    const char *name;
    const char *bytes; /* finished: escaped by the caller */
};

/* A whole file of `folder`; false when it cannot be read (or is larger than 1 MiB). */
bool
template_read(const char *folder, const char *file, struct buf *out);

/* Copies `template`, slots filled in; `slots` end with a NULL name. NULL, or the place of an
 * unknown slot as "file:line:column: ...", in the arena. */
const char *
template_fill(struct arena *arena, const char *file, struct text template,
              const struct template_slot *slots, struct buf *out);

#endif
