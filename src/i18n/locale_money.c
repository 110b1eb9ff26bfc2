#include "locale_parts.h"

#include <assert.h>
#include <math.h>

/* The code where the language has it, and the word of a power of ten behind the digits. */
static struct locale_figure
money_figure(const struct locale *locale, const char *code, const char *word, enum locale_sign sign)
{
    struct locale_figure figure = {.sign = sign};
    if (word[0]) {
        figure.behind[0] = locale->words->tight ? NULL : locale_blank;
        figure.behind[1] = word;
    }
    if (code && locale->code_before) {
        figure.before[0] = code;
        figure.before[1] = locale_blank;
    } else if (code) {
        figure.behind[2] = locale_blank;
        figure.behind[3] = code;
    }
    return figure;
}

const char *
locale_power_word(const struct locale *locale, int power)
{
    assert(power >= 0 && power % 3 == 0 && power / 3 < LOCALE_POWERS);
    return locale->words->power[power / 3];
}

void
locale_money(const struct locale *locale, struct buf *out, double minor, const char *code,
             int digits, enum locale_sign sign)
{
    struct locale_scale scale = locale_scale_of(minor, -digits);
    struct buf text = {NULL, 0, 0};
    if (minor == 0 || (scale.power == 0 && scale.decimals > digits))
        scale.decimals = minor == 0 ? 0 : digits;
    buf_scaled(&text, minor, -digits - scale.power, scale.decimals);
    struct locale_figure figure =
        money_figure(locale, code, locale_power_word(locale, scale.power), sign);
    figure.digits = text.bytes;
    locale_put(locale, out, figure);
    buf_free(&text);
}

void
locale_money_table(const struct locale *locale, struct buf *out, double minor, int digits,
                   int power, int decimals, enum locale_sign sign)
{
    struct buf text = {NULL, 0, 0};
    buf_scaled(&text, minor, -digits - power, decimals);
    locale_put(locale, out, (struct locale_figure){.digits = text.bytes, .sign = sign});
    buf_free(&text);
}

void
locale_money_unit(const struct locale *locale, struct buf *out, double minor, int digits, int power,
                  int decimals, enum locale_sign sign)
{
    struct buf text = {NULL, 0, 0};
    double least = pow(10, digits + power - decimals);
    bool tiny = minor != 0 && fabs(minor) < least / 2;
    buf_scaled(&text, tiny ? copysign(least, minor) : minor, -digits - power,
               minor == 0 ? 0 : decimals);
    struct locale_figure figure = money_figure(
        locale, NULL, minor == 0 ? "" : locale_power_word(locale, power), tiny ? SIGN_MINUS : sign);
    figure.digits = text.bytes;
    if (tiny)
        buf_char(out, minor > 0 ? '<' : '>');
    locale_put(locale, out, figure);
    buf_free(&text);
}

/* Exact: the decimal sign goes between the digits of the whole number. */
void
locale_money_full(const struct locale *locale, struct buf *out, int64_t minor, const char *code,
                  int digits, enum locale_sign sign)
{
    char text[32];
    struct buf whole = {NULL, 0, 0};
    buf_int(&whole, minor);
    size_t negative = minor < 0, count = whole.length - negative, decimals = (size_t)digits;
    size_t zeros = count > decimals ? 0 : decimals + 1 - count;
    assert(digits >= 0 && digits <= 4);
    memcpy(text, "-00000", negative + zeros);
    if (!negative)
        memset(text, '0', zeros);
    size_t length = negative + zeros;
    memcpy(text + length, whole.bytes + negative, count);
    length += count;
    if (decimals) {
        memmove(text + length - decimals + 1, text + length - decimals, decimals);
        text[length - decimals] = '.';
        length++;
    }
    text[length] = '\0';
    buf_free(&whole);
    struct locale_figure figure = money_figure(locale, code, "", sign);
    figure.digits = text;
    locale_put(locale, out, figure);
}
