#include "locale_parts.h"
#include "memory.h"
#include "trouble.h"
#include "units.h"

#include <stdlib.h>
#include <unicode/ulistformatter.h>
#include <unicode/ustring.h>

bool
locale_list_open(struct locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    locale->lists = ulistfmt_open(locale->id, &status);
    return !trouble(status);
}

void
locale_list_close(struct locale *locale)
{
    if (locale->lists)
        ulistfmt_close(locale->lists);
}

struct items {
    UChar *unit;
    const UChar **start;
    int32_t *length;
    int32_t total;
};

/* All items side by side in UTF-16. Their bytes were counted before: no unit is made of none. */
static void
to_utf16(struct items *items, uint32_t count, size_t bytes, const char *const *utf8)
{
    UChar *unit = items->unit;
    for (uint32_t i = 0; i < count; i++) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t room = (int32_t)bytes - items->total;
        u_strFromUTF8WithSub(unit, room, &items->length[i], utf8[i], -1, 0xFFFD, NULL, &status);
        items->start[i] = unit;
        items->total += items->length[i];
        unit += items->length[i];
    }
}

/* The room suffices for every language's words between items; otherwise nothing is appended. */
void
locale_list(const struct locale *locale, struct buf *out, uint32_t count, const char *const *items)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t bytes = 1;
    for (uint32_t i = 0; i < count; i++)
        bytes += strlen(items[i]);
    if (bytes > INT32_MAX / 2 || count > INT32_MAX / 64)
        memory_exhausted(bytes);
    struct items utf16 = {memory_new(bytes, sizeof(UChar)), memory_new(count, sizeof *utf16.start),
                          memory_new(count, sizeof *utf16.length), 0};
    to_utf16(&utf16, count, bytes, items);
    int32_t room = utf16.total + 32 * (int32_t)count + 32;
    UChar *joined = memory_new((size_t)room, sizeof *joined);
    int32_t length = ulistfmt_format(locale->lists, utf16.start, utf16.length, (int32_t)count,
                                     joined, room, &status);
    if (!trouble(status))
        units_to_utf8(joined, length, out);
    free(joined);
    free(utf16.unit);
    free(utf16.start);
    free(utf16.length);
}
