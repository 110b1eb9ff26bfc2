#include "locale_parts.h"
#include "trouble.h"
#include "units.h"

#include <assert.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>

enum { DATE_UNITS = 128 };

/* What a date shows, in CLDR's letters; the language orders and joins it. */
static const UChar *const shown[DATE_FORM_COUNT] = {
    [DATE_LONG] = u"yMMMMd",      [DATE_SHORT] = u"yMMMd",    [DATE_MONTH] = u"yMMMM",
    [DATE_MONTH_SHORT] = u"yMMM", [DATE_DAY_MONTH] = u"MMMd",
};

bool
locale_dates_open(struct locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateTimePatternGenerator *patterns = udatpg_open(locale->id, &status);
    for (int i = 0; i < DATE_FORM_COUNT && !trouble(status); i++) {
        UChar pattern[DATE_UNITS];
        int32_t length =
            udatpg_getBestPattern(patterns, shown[i], -1, pattern, DATE_UNITS, &status);
        locale->dates[i] =
            udat_open(UDAT_PATTERN, UDAT_PATTERN, locale->id, u"UTC", -1, pattern, length, &status);
    }
    udatpg_close(patterns);
    return !trouble(status);
}

void
locale_dates_close(struct locale *locale)
{
    for (int i = 0; i < DATE_FORM_COUNT; i++)
        if (locale->dates[i])
            udat_close(locale->dates[i]);
}

void
locale_day(const struct locale *locale, struct buf *out, day d, enum locale_date form)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[DATE_UNITS];
    assert(day_valid(day_to_civil(d)));
    int32_t length =
        udat_format(locale->dates[form], (UDate)d * 86400000.0, units, DATE_UNITS, NULL, &status);
    if (trouble(status) || length > DATE_UNITS) { /* not for any known language */
        char iso[11];
        day_to_iso(d, iso);
        buf_string(out, iso);
        return;
    }
    units_to_utf8(units, length, out);
}
