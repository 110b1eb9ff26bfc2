/* files: the files that a path or a pattern names. */
#ifndef SEFPACK_EXTRACT_FILES_H
#define SEFPACK_EXTRACT_FILES_H

#include <stdint.h>

struct arena;

/* The file of that very name, or all that match the pattern (* ? [...]) and are no folders, in byte
 * order. Strings live in the arena. 0 when there is none. */
uint32_t
files_find(const char *pattern, struct arena *arena, const char ***paths);

#endif
