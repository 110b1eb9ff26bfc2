#include "wildcard.h"

#include "memory.h"

#include <fnmatch.h>
#include <string.h>

bool
wildcard_fits(const char *pattern, const char *name)
{
    int fits = fnmatch(pattern, name, FNM_CASEFOLD);
    if (fits != 0 && fits != FNM_NOMATCH)
        memory_exhausted(strlen(name));
    return fits == 0;
}
