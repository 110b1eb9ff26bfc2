#include "locale.h"

#include "locale_parts.h"
#include "locale_words.h"
#include "memory.h"
#include "trouble.h"
#include "units.h"

#include <stdlib.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>

enum { PATTERN_UNITS = 64 };

static bool
set_mark(struct locale_mark *mark, const UChar *units, int32_t length)
{
    struct buf utf8 = {NULL, 0, 0};
    units_to_utf8(units, length, &utf8);
    bool fits = utf8.length < sizeof mark->bytes;
    if (fits && utf8.length)
        memcpy(mark->bytes, utf8.bytes, utf8.length + 1);
    buf_free(&utf8);
    return fits;
}

static bool
set_symbol(struct locale_mark *mark, const UNumberFormat *format, UNumberFormatSymbol symbol)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[PATTERN_UNITS];
    int32_t length = unum_getSymbol(format, symbol, units, PATTERN_UNITS, &status);
    return !trouble(status) && set_mark(mark, units, length);
}

static bool
set_affix(struct locale_mark *mark, const UNumberFormat *format, UNumberFormatTextAttribute affix)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[PATTERN_UNITS];
    int32_t length = unum_getTextAttribute(format, affix, units, PATTERN_UNITS, &status);
    return !trouble(status) && set_mark(mark, units, length);
}

/* Whether a number of four digits is grouped: not in Spanish, Polish and others. */
static bool
groups_thousands(UNumberFormat *format)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[PATTERN_UNITS];
    unum_setAttribute(format, UNUM_MINIMUM_GROUPING_DIGITS, UNUM_MINIMUM_GROUPING_DIGITS_AUTO);
    return unum_format(format, 1234, units, PATTERN_UNITS, NULL, &status) > 4;
}

static bool
read_decimals(struct locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale->id, NULL, &status);
    if (trouble(status))
        return false;
    bool good = set_symbol(&locale->decimal, format, UNUM_DECIMAL_SEPARATOR_SYMBOL) &&
                set_symbol(&locale->group, format, UNUM_GROUPING_SEPARATOR_SYMBOL);
    locale->last_group = unum_getAttribute(format, UNUM_GROUPING_SIZE);
    locale->other_groups = unum_getAttribute(format, UNUM_SECONDARY_GROUPING_SIZE);
    if (locale->last_group <= 0)
        locale->last_group = 3;
    if (locale->other_groups <= 0)
        locale->other_groups = locale->last_group;
    locale->least_grouped = locale->last_group + (groups_thousands(format) ? 1 : 2);
    unum_close(format);
    return good;
}

static bool
read_percent(struct locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = unum_open(UNUM_PERCENT, NULL, 0, locale->id, NULL, &status);
    if (trouble(status))
        return false;
    bool good = set_affix(&locale->percent_before, format, UNUM_POSITIVE_PREFIX) &&
                set_affix(&locale->percent_after, format, UNUM_POSITIVE_SUFFIX);
    unum_close(format);
    return good;
}

/* Where the sign of the currency stands in the pattern, there its code is put. */
static bool
read_money(struct locale *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar pattern[PATTERN_UNITS];
    UNumberFormat *format = unum_open(UNUM_CURRENCY, NULL, 0, locale->id, NULL, &status);
    if (trouble(status))
        return false;
    int32_t length = unum_toPattern(format, 0, pattern, PATTERN_UNITS, &status);
    unum_close(format);
    for (int32_t i = 0; !trouble(status) && i < length; i++)
        if (pattern[i] == 0xA4 || pattern[i] == '0' || pattern[i] == '#') {
            locale->code_before = pattern[i] == 0xA4;
            return true;
        }
    return false;
}

static bool
read_name(struct locale *locale, const char *tag)
{
    UErrorCode status = U_ZERO_ERROR;
    if (!tag_to_id(tag, locale->id) || !tag_is_known(locale->id))
        return false;
    memcpy(locale->tag, tag, strlen(tag) + 1);
    uloc_getLanguage(locale->id, locale->language, sizeof locale->language, &status);
    locale->right_to_left = uloc_isRightToLeft(locale->id);
    uloc_setKeywordValue("numbers", "latn", locale->id, TAG_SIZE, &status);
    uloc_setKeywordValue("calendar", "gregorian", locale->id, TAG_SIZE, &status);
    locale->words = locale_words_of(locale->language);
    return !trouble(status);
}

struct locale *
locale_open(const char *tag)
{
    struct locale *locale = memory_new(1, sizeof *locale);
    if (read_name(locale, tag) && read_decimals(locale) && read_percent(locale) &&
        read_money(locale) && locale_dates_open(locale) && locale_plural_open(locale) &&
        locale_list_open(locale))
        return locale;
    locale_close(locale);
    return NULL;
}

void
locale_close(struct locale *locale)
{
    if (!locale)
        return;
    locale_dates_close(locale);
    locale_plural_close(locale);
    locale_list_close(locale);
    free(locale);
}

const char *
locale_tag(const struct locale *locale)
{
    return locale->tag;
}

const char *
locale_language(const struct locale *locale)
{
    return locale->language;
}

bool
locale_right_to_left(const struct locale *locale)
{
    return locale->right_to_left;
}
