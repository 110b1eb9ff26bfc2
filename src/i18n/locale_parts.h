/* locale_parts: what a locale is made of, and the one way in which its numbers are put together;
 * for the files locale*.c. */
#ifndef SEFPACK_I18N_LOCALE_PARTS_H
#define SEFPACK_I18N_LOCALE_PARTS_H

#include "locale.h"
#include "tag.h"

enum { LOCALE_POWERS = 5 }; /* words for 10^0, 10^3 ... 10^12 */

/* Words of a language that CLDR has not, or not as business papers write them. */
struct locale_words {
    const char *language;
    const char *power[LOCALE_POWERS];
    const char *points; /* percentage points */
    bool tight;         /* 4.23m, not 4,23 Mio. */
};

struct locale_mark {
    char bytes[16]; /* UTF-8 and a NUL */
};

struct locale {
    char tag[TAG_SIZE], id[TAG_SIZE], language[12];
    bool right_to_left;
    struct locale_mark decimal, group, percent_before, percent_after;
    int last_group, other_groups; /* digits of the group left of the decimal sign, and of others */
    int least_grouped;            /* digits from which on groups are made */
    bool code_before;             /* EUR 4 rather than 4 EUR */
    const struct locale_words *words;
    void *dates[DATE_FORM_COUNT]; /* ICU's UDateFormat */
    struct UPluralRules *plurals;
    struct UListFormatter *lists;
};

/* A number on its way out: sign, before, digits grouped, behind. */
struct locale_figure {
    const char *digits; /* ASCII: -1234.50 */
    enum locale_sign sign;
    const char *before[2], *behind[4]; /* parts, NULL where there is none */
};

void
locale_put(const struct locale *locale, struct buf *out, struct locale_figure figure);

/* The power of ten (a multiple of 3) and the decimals that give value x 10^shift three significant
 * digits after rounding. */
struct locale_scale {
    int power, decimals;
};

struct locale_scale
locale_scale_of(double value, int shift);

/* U+00A0 */
extern const char locale_blank[];

/* Opened and closed with the locale, each by its own file. */
bool
locale_dates_open(struct locale *locale);

void
locale_dates_close(struct locale *locale);

bool
locale_plural_open(struct locale *locale);

void
locale_plural_close(struct locale *locale);

bool
locale_list_open(struct locale *locale);

void
locale_list_close(struct locale *locale);

#endif
