/* locale: numbers, money, dates and plural categories as a reader of one language and country
 * writes them, whatever the locale of the process.
 *
 * Every function appends UTF-8 to a buf. The minus is U+2212; digits are 0 to 9 in every language;
 * blanks inside a number and its unit do not break. A locale may be used by one thread at a time.
 * Numbers must be finite (assert). Halves round away from zero. */
#ifndef SEFPACK_I18N_LOCALE_H
#define SEFPACK_I18N_LOCALE_H

#include "buf.h"
#include "day.h"

#include <stdbool.h>
#include <stdint.h>

struct locale;

/* A BCP 47 tag: en-GB, de-CH, fr. NULL when it is malformed or its language is not known. */
struct locale *
locale_open(const char *tag);

void
locale_close(struct locale *locale); /* NULL is allowed */

const char *
locale_tag(const struct locale *locale); /* as given */

const char *
locale_language(const struct locale *locale); /* "en" */

bool
locale_right_to_left(const struct locale *locale);

/* SIGN_ALWAYS is for differences: +1.2, −1.2, and 0 without a sign. What rounds to 0 is 0. */
enum locale_sign { SIGN_MINUS, SIGN_ALWAYS };

/* 1,234.5 with `decimals` decimals (0..15). */
void
locale_number(const struct locale *locale, struct buf *out, double value, int decimals,
              enum locale_sign sign);

void
locale_whole(const struct locale *locale, struct buf *out, int64_t value, enum locale_sign sign);

/* Three significant digits with a short word: 4.23m, 12.5k, 987, 0.5; 4,23 Mio. */
void
locale_compact(const struct locale *locale, struct buf *out, double value, enum locale_sign sign);

/* A share (0.123) as 12%, 1.2%, <0.1%, 0%: one decimal under 10, else none. */
void
locale_percent(const struct locale *locale, struct buf *out, double share);

/* A share with fixed decimals, for columns: 12.3%; without the sign where `bare`. */
void
locale_percent_fixed(const struct locale *locale, struct buf *out, double share, int decimals,
                     bool bare);

/* The difference of two shares, always signed: +1.2 pp. Decimals as locale_percent. */
void
locale_points(const struct locale *locale, struct buf *out, double difference);

/* 2.5× */
void
locale_ratio(const struct locale *locale, struct buf *out, double value, int decimals);

/* Money is in minor units of a currency with `digits` minor digits. `code` is ISO 4217; NULL leaves
 * it away. KPI form: three significant digits and a word: EUR 4.23m; 4,23 Mio. EUR; below 1,000
 * never more decimals than the currency has. */
void
locale_money(const struct locale *locale, struct buf *out, double minor, const char *code,
             int digits, enum locale_sign sign);

/* Table form, no code: minor / 10^(digits + power) with fixed decimals; power 0, 3, 6, 9, 12. */
void
locale_money_table(const struct locale *locale, struct buf *out, double minor, int digits,
                   int power, int decimals, enum locale_sign sign);

/* The same with the power's word behind it, for a chart whose amounts all stand in one unit: 89.8k;
 * what is not zero and too small to show is "<0.1k" or ">−0.1k". */
void
locale_money_unit(const struct locale *locale, struct buf *out, double minor, int digits, int power,
                  int decimals, enum locale_sign sign);

/* Full form, exact: EUR 1,234,567.89. */
void
locale_money_full(const struct locale *locale, struct buf *out, int64_t minor, const char *code,
                  int digits, enum locale_sign sign);

/* The short word of a power of ten (3, 6, 9, 12; 0 is ""), for heads of columns: k, m, Mio. */
const char *
locale_power_word(const struct locale *locale, int power);

enum locale_date {
    DATE_LONG,        /* 31 October 2026 */
    DATE_SHORT,       /* 31 Oct 2026 */
    DATE_MONTH,       /* October 2026 */
    DATE_MONTH_SHORT, /* Oct 2026 */
    DATE_DAY_MONTH,   /* 31 Oct */
    DATE_FORM_COUNT
};

/* DAY_NONE and days outside 1600 to 9998 must not come here (assert). */
void
locale_day(const struct locale *locale, struct buf *out, day d, enum locale_date form);

/* The plural categories of CLDR. */
enum plural {
    PLURAL_ZERO,
    PLURAL_ONE,
    PLURAL_TWO,
    PLURAL_FEW,
    PLURAL_MANY,
    PLURAL_OTHER,
    PLURAL_COUNT
};

extern const char *const locale_plural_names[PLURAL_COUNT]; /* "zero" ... "other" */

/* The cardinal category of a number as it is printed with `decimals` decimals: "1" is one in
 * English, "1.0" is other. */
enum plural
locale_plural(const struct locale *locale, double value, int decimals);

/* A, B and C. */
void
locale_list(const struct locale *locale, struct buf *out, uint32_t count, const char *const *items);

#endif
