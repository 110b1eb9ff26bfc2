/* override: --set key=value, laid over the tree of the file before anything is read. */
#ifndef SEFPACK_CONFIG_OVERRIDE_H
#define SEFPACK_CONFIG_OVERRIDE_H

#include "reader.h"

/* `set` is a.b.c=value; a number in the path counts the items of a list from 0. A value that
 * begins with [, { or a quote is read as YAML. A fault is reported, exit code 4. */
void
override_apply(struct reader *reader, struct tree *root, const char *set);

#endif
