#include "locale_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define MINUS "\xE2\x88\x92"

const char locale_blank[] = "\xC2\xA0";

/* Whether a group ends behind the digit that has `left` digits to its right. */
static bool
ends_group(const struct locale *locale, size_t left)
{
    size_t last = (size_t)locale->last_group, other = (size_t)locale->other_groups;
    return left >= last && (left - last) % other == 0 && left > 0;
}

static void
put_digits(const struct locale *locale, struct buf *out, const char *digits)
{
    size_t whole = strcspn(digits, ".");
    bool grouped = whole >= (size_t)locale->least_grouped;
    for (size_t i = 0; i < whole; i++) {
        buf_char(out, digits[i]);
        if (grouped && ends_group(locale, whole - 1 - i))
            buf_string(out, locale->group.bytes);
    }
    if (digits[whole] == '.') {
        buf_string(out, locale->decimal.bytes);
        buf_string(out, digits + whole + 1);
    }
}

static void
put_parts(struct buf *out, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i])
            buf_string(out, parts[i]);
}

void
locale_put(const struct locale *locale, struct buf *out, struct locale_figure figure)
{
    bool negative = figure.digits[0] == '-';
    const char *digits = figure.digits + negative;
    if (negative)
        buf_string(out, MINUS);
    else if (figure.sign == SIGN_ALWAYS && strspn(digits, "0.") < strlen(digits))
        buf_char(out, '+');
    put_parts(out, figure.before, sizeof figure.before / sizeof *figure.before);
    put_digits(locale, out, digits);
    put_parts(out, figure.behind, sizeof figure.behind / sizeof *figure.behind);
}

/* value x 10^power with decimals, then the figure's other parts. */
static void
put_scaled(const struct locale *locale, struct buf *out, double value, int power, int decimals,
           struct locale_figure figure)
{
    struct buf digits = {NULL, 0, 0};
    buf_scaled(&digits, value, power, decimals);
    figure.digits = digits.bytes;
    locale_put(locale, out, figure);
    buf_free(&digits);
}

void
locale_number(const struct locale *locale, struct buf *out, double value, int decimals,
              enum locale_sign sign)
{
    put_scaled(locale, out, value, 0, decimals, (struct locale_figure){.sign = sign});
}

void
locale_whole(const struct locale *locale, struct buf *out, int64_t value, enum locale_sign sign)
{
    struct buf digits = {NULL, 0, 0};
    buf_int(&digits, value);
    locale_put(locale, out, (struct locale_figure){.digits = digits.bytes, .sign = sign});
    buf_free(&digits);
}

struct locale_scale
locale_scale_of(double value, int shift)
{
    static const double tens[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    struct locale_scale scale = {0, 0};
    assert(isfinite(value) && shift <= 0 && shift >= -3);
    value = fabs(value);
    while (scale.power < 3 * (LOCALE_POWERS - 1) && value / tens[scale.power - shift] >= 999.5)
        scale.power += 3;
    value /= tens[scale.power - shift];
    scale.decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return scale;
}

/* Zeros at the end of decimals say nothing where no column asks for them. */
static void
drop_zeros(struct buf *digits)
{
    if (!memchr(digits->bytes, '.', digits->length))
        return;
    while (digits->bytes[digits->length - 1] == '0')
        digits->length--;
    if (digits->bytes[digits->length - 1] == '.')
        digits->length--;
    digits->bytes[digits->length] = '\0';
}

void
locale_compact(const struct locale *locale, struct buf *out, double value, enum locale_sign sign)
{
    struct locale_scale scale = locale_scale_of(value, 0);
    struct buf digits = {NULL, 0, 0};
    buf_scaled(&digits, value, -scale.power, scale.decimals);
    struct locale_figure figure = {.sign = sign};
    if (scale.power == 0) {
        drop_zeros(&digits);
    } else {
        figure.behind[0] = locale->words->tight ? NULL : locale_blank;
        figure.behind[1] = locale_power_word(locale, scale.power);
    }
    figure.digits = digits.bytes;
    locale_put(locale, out, figure);
    buf_free(&digits);
}

static struct locale_figure
percent_figure(const struct locale *locale)
{
    return (struct locale_figure){.before = {locale->percent_before.bytes},
                                  .behind = {locale->percent_after.bytes}};
}

/* One decimal where the rounded figure is under 10. */
static int
percent_decimals(double share)
{
    return fabs(share) < 0.0995;
}

void
locale_percent(const struct locale *locale, struct buf *out, double share)
{
    struct locale_figure figure = percent_figure(locale);
    if (share != 0 && fabs(share) < 0.0005) {
        buf_char(out, share < 0 ? '>' : '<');
        figure.digits = share < 0 ? "-0.1" : "0.1";
        locale_put(locale, out, figure);
        return;
    }
    put_scaled(locale, out, share, 2, share == 0 ? 0 : percent_decimals(share), figure);
}

void
locale_percent_fixed(const struct locale *locale, struct buf *out, double share, int decimals,
                     bool bare)
{
    put_scaled(locale, out, share, 2, decimals,
               bare ? (struct locale_figure){.sign = SIGN_MINUS} : percent_figure(locale));
}

void
locale_points(const struct locale *locale, struct buf *out, double difference)
{
    put_scaled(locale, out, difference, 2, percent_decimals(difference),
               (struct locale_figure){.sign = SIGN_ALWAYS,
                                      .behind = {locale_blank, locale->words->points}});
}

void
locale_ratio(const struct locale *locale, struct buf *out, double value, int decimals)
{
    put_scaled(locale, out, value, 0, decimals, (struct locale_figure){.behind = {"\xC3\x97"}});
}
