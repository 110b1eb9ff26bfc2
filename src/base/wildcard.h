/* wildcard: a shell's pattern against a name. */
#ifndef SEFPACK_BASE_WILDCARD_H
#define SEFPACK_BASE_WILDCARD_H

#include <stdbool.h>

/* `*`, `?` and `[...]`, without regard to case. Out of memory ends the program: the C library would
 * say that nothing fits. */
bool
wildcard_fits(const char *pattern, const char *name);

#endif
