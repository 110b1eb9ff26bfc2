#include "locale_parts.h"

#include "trouble.h"

#include <assert.h>
#include <math.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

const char *const locale_plural_names[PLURAL_COUNT] = {
    "zero", "one", "two", "few", "many", "other",
};

enum { KEYWORD_UNITS = 16, MOST_DECIMALS = 15 };

bool
locale_plural_open(struct locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    locale->plurals = uplrules_open(locale->id, &status);
    return !trouble(status);
}

void
locale_plural_close(struct locale *locale)
{
    if (locale->plurals)
        uplrules_close(locale->plurals);
}

static enum plural
category_of(const UChar *keyword)
{
    char name[KEYWORD_UNITS];
    u_austrncpy(name, keyword, sizeof name);
    for (enum plural i = 0; i < PLURAL_OTHER; i++)
        if (strcmp(name, locale_plural_names[i]) == 0)
            return i;
    return PLURAL_OTHER;
}

/* The rules need the number as it is printed: they know how many decimals are to be seen. */
static enum plural
select_with_decimals(const struct locale *locale, double value, int decimals)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar skeleton[MOST_DECIMALS + 1] = u".", keyword[KEYWORD_UNITS] = {0};
    for (int i = 0; i < decimals; i++)
        skeleton[i + 1] = '0';
    UNumberFormatter *formatter =
        unumf_openForSkeletonAndLocale(skeleton, decimals + 1, locale->id, &status);
    UFormattedNumber *number = unumf_openResult(&status);
    unumf_formatDouble(formatter, value, number, &status);
    uplrules_selectFormatted(locale->plurals, number, keyword, KEYWORD_UNITS, &status);
    unumf_closeResult(number);
    unumf_close(formatter);
    return !trouble(status) ? category_of(keyword) : PLURAL_OTHER;
}

enum plural
locale_plural(const struct locale *locale, double value, int decimals)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar keyword[KEYWORD_UNITS] = {0};
    assert(isfinite(value) && decimals >= 0 && decimals < MOST_DECIMALS);
    if (decimals > 0)
        return select_with_decimals(locale, value, decimals);
    uplrules_select(locale->plurals, round(fabs(value)), keyword, KEYWORD_UNITS, &status);
    return !trouble(status) ? category_of(keyword) : PLURAL_OTHER;
}
