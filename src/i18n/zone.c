#include "zone.h"

#include "memory.h"
#include "trouble.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { LONGEST_NAME = 64 };

static const UDate first_moment = 0, last_moment = 4133980800000.0; /* 1970-01-01, 2101-01-01 */

/* What zone_open gives away is the first member: zone_close finds the rest behind it. */
struct zone_file {
    struct zone zone; /* first */
    size_t at_capacity, offset_capacity;
    int64_t *at;
    int32_t *offset;
};

/* Only names that ICU lists: for others it would answer with an unknown zone at UTC. */
static bool
name_to_utf16(const char *name, UChar out[LONGEST_NAME])
{
    UErrorCode status = U_ZERO_ERROR;
    UBool is_system = 0;
    UChar canonical[LONGEST_NAME];
    if (strlen(name) >= LONGEST_NAME)
        return false;
    u_strFromUTF8(out, LONGEST_NAME, NULL, name, -1, &status);
    if (trouble(status))
        return false;
    ucal_getCanonicalTimeZoneID(out, -1, canonical, LONGEST_NAME, &is_system, &status);
    return !trouble(status) && is_system;
}

static bool
add_offset(struct zone_file *file, UCalendar *calendar, UDate moment, bool first)
{
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(calendar, moment, &status);
    int32_t milliseconds = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
                           ucal_get(calendar, UCAL_DST_OFFSET, &status);
    uint32_t count = file->zone.count;
    if (trouble(status))
        return false;
    if (count && file->offset[count - 1] == milliseconds / 1000)
        return true; /* a change of name alone */
    memory_grow(&file->at, &file->at_capacity, count + 1, sizeof *file->at);
    memory_grow(&file->offset, &file->offset_capacity, count + 1, sizeof *file->offset);
    file->at[count] = first ? INT64_MIN : (int64_t)(moment / 1000);
    file->offset[count] = milliseconds / 1000;
    file->zone.count++;
    return true;
}

static bool
read_changes(struct zone_file *file, UCalendar *calendar)
{
    UDate moment = first_moment;
    if (!add_offset(file, calendar, moment, true))
        return false;
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        ucal_setMillis(calendar, moment, &status);
        UBool found =
            ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &moment, &status);
        if (trouble(status))
            return false;
        if (!found || moment >= last_moment)
            return true;
        if (!add_offset(file, calendar, moment, false))
            return false;
    }
}

struct zone *
zone_open(const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar utf16[LONGEST_NAME];
    if (!name_to_utf16(name, utf16))
        return NULL;
    UCalendar *calendar = ucal_open(utf16, -1, "en_US", UCAL_GREGORIAN, &status);
    if (trouble(status))
        return NULL;
    struct zone_file *file = memory_new(1, sizeof *file);
    bool read = read_changes(file, calendar);
    ucal_close(calendar);
    file->zone.at = file->at;
    file->zone.offset = file->offset;
    if (read)
        return &file->zone;
    zone_close(&file->zone);
    return NULL;
}

void
zone_close(struct zone *zone)
{
    struct zone_file *file = (struct zone_file *)zone;
    if (!file)
        return;
    free(file->at);
    free(file->offset);
    free(file);
}
