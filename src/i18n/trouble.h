/* trouble: what ICU's status says. It has one code for everything, and a name or a locale must not
 * come out differently because memory was scarce for a moment. */
#ifndef SEFPACK_I18N_TROUBLE_H
#define SEFPACK_I18N_TROUBLE_H

#include "memory.h"

#include <stdbool.h>
#include <unicode/utypes.h>

/* True for any failure but one: out of memory ends the program. */
static inline bool
trouble(UErrorCode status)
{
    if (status == U_MEMORY_ALLOCATION_ERROR)
        memory_exhausted(0);
    return U_FAILURE(status);
}

#endif
