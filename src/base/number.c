#include "number.h"

#include "currency.h"

enum { MOST_SCALE = 9, MOST_POWER = 18 };

static const int64_t tens[MOST_POWER + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

/* What was seen of a cell so far. */
struct scan {
    struct text rest;
    struct number_format format;
    bool negative, is_signed, opened, closed, percent;
    int currencies, power; /* of ten, from a suffix */
    int64_t coefficient;
    uint32_t scale, zeros; /* decimals, and zeros that count only when a digit follows */
    bool too_large, too_fine;
};

static void
skip(struct scan *scan, uint32_t length)
{
    scan->rest.bytes += length;
    scan->rest.length -= length;
}

static bool
starts_with(struct text text, struct text start)
{
    return text.length >= start.length && memcmp(text.bytes, start.bytes, start.length) == 0;
}

static uint32_t
blank_length(struct text text)
{
    static const struct text blanks[] = {
        TEXT(" "),
        TEXT("\t"),
        TEXT("\xC2\xA0"),
        TEXT("\xE2\x80\x89"),
        TEXT("\xE2\x80\x8B"),
        TEXT("\xE2\x80\xAF"),
    };
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (starts_with(text, blanks[i]))
            return blanks[i].length;
    return 0;
}

static bool
take(struct scan *scan, struct text what)
{
    if (!starts_with(scan->rest, what))
        return false;
    skip(scan, what.length);
    return true;
}

static bool
take_blank(struct scan *scan)
{
    uint32_t length = blank_length(scan->rest);
    skip(scan, length);
    return length > 0;
}

/* One sign in all, and none with brackets. */
static bool
take_sign(struct scan *scan)
{
    if (scan->is_signed || scan->opened)
        return false;
    scan->negative = take(scan, TEXT("-")) || take(scan, TEXT("\xE2\x88\x92"));
    scan->is_signed = scan->negative || take(scan, TEXT("+"));
    return scan->is_signed;
}

static bool
take_open(struct scan *scan)
{
    if (scan->opened || scan->is_signed || !take(scan, TEXT("(")))
        return false;
    scan->opened = scan->negative = true;
    return true;
}

static bool
take_close(struct scan *scan)
{
    if (!scan->opened || scan->closed || !take(scan, TEXT(")")))
        return false;
    return scan->closed = true;
}

/* "US$ 5 USD" is usual enough; more than two are not a number. */
static bool
take_currency(struct scan *scan)
{
    uint32_t length = currency_length(scan->rest);
    if (length == 0 || scan->currencies == 2)
        return false;
    skip(scan, length);
    scan->currencies++;
    return true;
}

static bool
take_suffix(struct scan *scan)
{
    static const struct {
        struct text word;
        int power;
    } suffixes[] = {{TEXT("mn"), 6}, {TEXT("bn"), 9}, {TEXT("k"), 3}, {TEXT("m"), 6}};
    if (scan->power || scan->percent)
        return false;
    if (take(scan, TEXT("%")))
        return scan->percent = true;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct text word = suffixes[i].word;
        if (word.length <= scan->rest.length &&
            text_equal_nocase(word, (struct text){scan->rest.bytes, word.length})) {
            skip(scan, word.length);
            scan->power = suffixes[i].power;
            return true;
        }
    }
    return false;
}

static bool
at_digit(struct text text)
{
    return text.length > 0 && text.bytes[0] >= '0' && text.bytes[0] <= '9';
}

static void
push_digit(struct scan *scan, int digit)
{
    if (__builtin_mul_overflow(scan->coefficient, 10, &scan->coefficient) ||
        __builtin_add_overflow(scan->coefficient, digit, &scan->coefficient))
        scan->too_large = true;
}

/* The separator of groups, where digits follow it. */
static bool
take_group(struct scan *scan)
{
    struct text mark = {&scan->format.group, 1}, rest;
    uint32_t length = 0;
    if (scan->format.group == ' ')
        length = blank_length(scan->rest);
    else if (scan->format.group == '\'' && starts_with(scan->rest, TEXT("\xE2\x80\x99")))
        length = 3;
    else if (scan->format.group && starts_with(scan->rest, mark))
        length = 1;
    if (length == 0)
        return false;
    rest = (struct text){scan->rest.bytes + length, scan->rest.length - length};
    if (!at_digit(rest))
        return false;
    skip(scan, length);
    return true;
}

/* Digits and groups before the decimal sign; false where a group has a wrong size. */
static bool
scan_whole(struct scan *scan, uint32_t *digits)
{
    uint32_t groups = 0, in_group = 0, first = scan->format.indian ? 2 : 3;
    for (;;) {
        if (at_digit(scan->rest)) {
            push_digit(scan, scan->rest.bytes[0] - '0');
            skip(scan, 1);
            in_group++;
            ++*digits;
        } else if (in_group && take_group(scan)) {
            if (groups == 0 ? in_group > first : in_group != first)
                return false;
            groups++;
            in_group = 0;
        } else {
            return groups == 0 || in_group == 3;
        }
    }
}

static void
scan_decimals(struct scan *scan, uint32_t *digits)
{
    for (; at_digit(scan->rest); skip(scan, 1), ++*digits) {
        scan->zeros++;
        if (scan->rest.bytes[0] == '0')
            continue;
        if (scan->scale + scan->zeros > MOST_SCALE) {
            scan->too_fine = true;
            continue;
        }
        for (; scan->zeros > 1; scan->zeros--, scan->scale++)
            push_digit(scan, 0);
        push_digit(scan, scan->rest.bytes[0] - '0');
        scan->scale++;
        scan->zeros = 0;
    }
}

static bool
scan_digits(struct scan *scan)
{
    uint32_t digits = 0;
    if (!scan_whole(scan, &digits))
        return false;
    if (scan->rest.length && scan->rest.bytes[0] == scan->format.decimal) {
        skip(scan, 1);
        scan_decimals(scan, &digits);
    }
    return digits > 0;
}

/* Applies k, m, bn and %. */
static enum number_fault
finish(struct scan *scan, struct decimal *out)
{
    int scale = (int)scan->scale - scan->power + (scan->percent ? 2 : 0);
    if (scan->too_fine)
        return NUMBER_UNREADABLE;
    if (!scan->too_large && scale < 0)
        scan->too_large =
            __builtin_mul_overflow(scan->coefficient, tens[-scale], &scan->coefficient);
    if (scan->too_large)
        return NUMBER_TOO_LARGE;
    if (scan->coefficient == 0 || scale < 0)
        scale = 0;
    if (scale > MOST_SCALE)
        return NUMBER_UNREADABLE;
    out->coefficient = scan->negative ? -scan->coefficient : scan->coefficient;
    out->scale = (uint8_t)scale;
    return NUMBER_OK;
}

enum number_fault
number_parse(struct text cell, struct number_format format, struct decimal *out)
{
    struct scan scan = {.rest = text_trim(cell), .format = format};
    if (scan.rest.length == 0)
        return NUMBER_EMPTY;
    while (!at_digit(scan.rest) &&
           (take_blank(&scan) || take_sign(&scan) || take_open(&scan) || take_currency(&scan)))
        ;
    if (!scan_digits(&scan))
        return NUMBER_UNREADABLE;
    while (scan.rest.length && (take_blank(&scan) || take_sign(&scan) || take_close(&scan) ||
                                take_currency(&scan) || take_suffix(&scan)))
        ;
    if (scan.rest.length || scan.opened != scan.closed)
        return NUMBER_UNREADABLE;
    return finish(&scan, out);
}

bool
number_parse_plain(struct text cell, struct decimal *out)
{
    if (cell.length == 0 || cell.length > MOST_POWER)
        return false;
    const char *at = cell.bytes, *end = at + cell.length, *point = NULL;
    bool negative = *at == '-';
    int64_t coefficient = 0;
    at += negative;
    const char *first = at;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(unsigned char)*at - '0';
        if (digit > 9) {
            if (*at != '.' || point || at == first)
                return false;
            point = at;
            continue;
        }
        coefficient = coefficient * 10 + digit;
    }
    int64_t scale = point ? end - point - 1 : 0;
    if (at == first || scale > MOST_SCALE || (point && scale == 0))
        return false;
    out->coefficient = negative ? -coefficient : coefficient;
    out->scale = (uint8_t)scale;
    return true;
}

/* value / ten, half away from zero. Numbers of usual size are not worth a division of 128 bits. */
static __int128
rounded(__int128 value, int64_t ten)
{
    int64_t small = (int64_t)value;
    __int128 whole = small == value ? small / ten : value / ten;
    int64_t rest = (int64_t)(value - whole * ten);
    return whole + (rest >= ten - rest) - (-rest >= ten + rest);
}

bool
number_to_minor(struct decimal value, struct decimal rate, int digits, int64_t *minor)
{
    __int128 product = (__int128)value.coefficient * rate.coefficient;
    int drop = value.scale + rate.scale - digits;
    if (drop > 0)
        product = rounded(product, tens[drop]);
    if (product > INT64_MAX || product < -INT64_MAX)
        return false;
    int64_t whole = (int64_t)product;
    if (drop < 0 && __builtin_mul_overflow(whole, tens[-drop], &whole))
        return false;
    *minor = whole;
    return whole != MONEY_NONE;
}

double
number_to_real(struct decimal value)
{
    return (double)value.coefficient / (double)tens[value.scale];
}

bool
number_add(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum) && *sum != MONEY_NONE;
}
