#include "caches.h"

#include <unicode/uclean.h>

void
caches_free(void)
{
    u_cleanup();
}
