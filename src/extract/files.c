#include "files.h"

#include "arena.h"
#include "memory.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int
compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

uint32_t
files_find(const char *pattern, struct arena *arena, const char ***paths)
{
    struct stat stat_of;
    glob_t found;
    if (stat(pattern, &stat_of) == 0) {
        *paths = arena_array(arena, 1, sizeof **paths);
        (*paths)[0] = arena_string(arena, pattern);
        return 1;
    }
    int result = glob(pattern, GLOB_NOSORT, NULL, &found);
    if (result == GLOB_NOSPACE)
        memory_exhausted(0);
    if (result != 0)
        return 0;
    uint32_t count = 0;
    *paths = arena_array(arena, found.gl_pathc, sizeof **paths);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (stat(found.gl_pathv[i], &stat_of) == 0 && !S_ISDIR(stat_of.st_mode))
            (*paths)[count++] = arena_string(arena, found.gl_pathv[i]);
    globfree(&found);
    if (count)
        qsort(*paths, count, sizeof **paths, compare);
    return count;
}
