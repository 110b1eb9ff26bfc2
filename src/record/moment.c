#include "moment.h"

#include <stddef.h>

enum { SECONDS_A_DAY = 86400, SERIAL_OF_1970 = 25569, LAST_SERIAL = 2958465 };

struct cursor {
    const char *at, *end;
};

/* One of the three parts of a day: a number of that many digits, or a month's name. */
struct part {
    int value, digits;
    bool month;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
skip(struct cursor *cursor, char c)
{
    if (cursor->at < cursor->end && *cursor->at == c) {
        cursor->at++;
        return true;
    }
    return false;
}

static void
skip_blanks(struct cursor *cursor)
{
    for (;;) {
        if (skip(cursor, ' '))
            continue;
        ptrdiff_t left = cursor->end - cursor->at; /* U+00A0 and U+202F before AM and PM */
        if (left >= 2 && memcmp(cursor->at, "\xC2\xA0", 2) == 0)
            cursor->at += 2;
        else if (left >= 3 && memcmp(cursor->at, "\xE2\x80\xAF", 3) == 0)
            cursor->at += 3;
        else
            return;
    }
}

/* Up to `most` digits; their count, 0 for none or too many. */
static int
read_digits(struct cursor *cursor, int most, int *value)
{
    int digits = 0;
    *value = 0;
    for (; cursor->at < cursor->end && is_digit(*cursor->at); cursor->at++) {
        if (++digits > most)
            return 0;
        *value = *value * 10 + (*cursor->at - '0');
    }
    return digits;
}

/* A month by its English name, whole or its first three letters (Sept too). */
static int
month_of(const char *name, size_t length)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    for (int m = 0; m < 12; m++) {
        size_t whole = strlen(names[m]), same = 0;
        while (same < length && same < whole && lower(name[same]) == names[m][same])
            same++;
        if (same == length && (length == 3 || length == whole || (m == 8 && length == 4)))
            return m + 1;
    }
    return 0;
}

static bool
read_part(struct cursor *cursor, struct part *part)
{
    *part = (struct part){0, 0, false};
    const char *from = cursor->at;
    while (cursor->at < cursor->end && is_letter(*cursor->at))
        cursor->at++;
    if (cursor->at > from) {
        part->month = true;
        part->value = month_of(from, (size_t)(cursor->at - from));
        return part->value > 0;
    }
    part->digits = read_digits(cursor, 4, &part->value);
    return part->digits == 1 || part->digits == 2 || part->digits == 4;
}

static bool
skip_separator(struct cursor *cursor)
{
    const char *from = cursor->at;
    skip_blanks(cursor);
    if (cursor->at < cursor->end && strchr("-/.,", *cursor->at) && *cursor->at)
        cursor->at++;
    skip_blanks(cursor);
    return cursor->at > from;
}

static int
full_year(struct part year)
{
    if (year.digits == 4)
        return year.value;
    return year.value < 70 ? 2000 + year.value : 1900 + year.value;
}

/* The day number of a civil day; false for one that does not exist. `empty` says that it is one of
 * the two days that stand for nothing. */
static bool
civil_day(int year, int month, int d, bool *empty, day *out)
{
    struct civil civil = {year, month, d};
    *out = DAY_NONE;
    if ((year == 1 && month == 1 && d == 1) || (year == 9999 && month == 12 && d == 31)) {
        *empty = true;
        return true;
    }
    if (!day_valid(civil))
        return false;
    *out = day_from_civil(civil);
    return *out != -SERIAL_OF_1970 && *out != 1 - SERIAL_OF_1970; /* Excel's days 0 and 1 */
}

/* Which part is year, month and day in each order. */
static const struct {
    int year, month, day;
} places[] = {[ORDER_MDY] = {2, 0, 1}, [ORDER_DMY] = {2, 1, 0}, [ORDER_YMD] = {0, 1, 2}};

static bool
as_order(const struct part part[3], enum day_order order, bool *empty, day *out)
{
    struct part year = part[places[order].year], month = part[places[order].month],
                d = part[places[order].day];
    *out = DAY_NONE;
    if (d.month || year.month || d.digits == 4 || month.digits == 4 || year.digits == 1)
        return false;
    return civil_day(full_year(year), month.value, d.value, empty, out);
}

/* All readings of three parts that make a day. */
static enum moment_fault
combine(const struct part part[3], enum day_order order, struct moment *out)
{
    bool empty = false, readable;
    if (part[0].digits == 4)
        order = ORDER_YMD;
    else if (part[0].month)
        order = ORDER_MDY;
    else if (part[1].month)
        order = ORDER_DMY;
    if (order != ORDER_FIND) {
        readable = as_order(part, order, &empty, &out->day[0]);
        out->day[1] = out->day[0];
    } else {
        readable = as_order(part, ORDER_MDY, &empty, &out->day[0]);
        readable |= as_order(part, ORDER_DMY, &empty, &out->day[1]);
    }
    return empty ? MOMENT_EMPTY : readable ? MOMENT_OK : MOMENT_UNREADABLE;
}

/* AM, PM, a.m., p.m. behind an hour of 1..12; true also where there is none. */
static bool
read_half(struct cursor *cursor, int *hour)
{
    skip_blanks(cursor);
    if (cursor->at == cursor->end)
        return true;
    char half = lower(*cursor->at);
    if (half != 'a' && half != 'p')
        return true;
    cursor->at++;
    skip(cursor, '.');
    if (cursor->at == cursor->end || lower(*cursor->at) != 'm' || *hour < 1 || *hour > 12)
        return false;
    cursor->at++;
    skip(cursor, '.');
    *hour = *hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

/* Z, UTC, GMT, +hh, +hhmm, +hh:mm; `found` stays false where there is none. */
static bool
read_offset(struct cursor *cursor, bool *found, int *seconds)
{
    int hours, minutes = 0;
    skip_blanks(cursor);
    ptrdiff_t left = cursor->end - cursor->at;
    *found = false;
    *seconds = 0;
    if (left == 0)
        return true;
    *found = true;
    if (lower(*cursor->at) == 'z') {
        cursor->at++;
        return true;
    }
    if (left >= 3 && (memcmp(cursor->at, "UTC", 3) == 0 || memcmp(cursor->at, "GMT", 3) == 0)) {
        cursor->at += 3;
        return true;
    }
    bool west = *cursor->at == '-';
    if (!west && *cursor->at != '+')
        return false;
    cursor->at++;
    int digits = read_digits(cursor, 4, &hours);
    if (digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (digits != 2 || (skip(cursor, ':') && read_digits(cursor, 2, &minutes) != 2)) {
        return false;
    }
    *seconds = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
    return hours <= 18 && minutes < 60;
}

struct clock {
    int second; /* of the day */
    int offset; /* seconds east of UTC */
    bool has_offset;
};

static bool
read_clock(struct cursor *cursor, struct clock *clock)
{
    int hour, minute, second = 0, fraction = 0;
    if (read_digits(cursor, 2, &hour) == 0 || !skip(cursor, ':') ||
        read_digits(cursor, 2, &minute) != 2)
        return false;
    if (skip(cursor, ':') && read_digits(cursor, 2, &second) != 2)
        return false;
    if (skip(cursor, '.') || skip(cursor, ','))
        while (cursor->at < cursor->end && is_digit(*cursor->at)) {
            cursor->at++;
            fraction++;
        }
    if (!read_half(cursor, &hour) || !read_offset(cursor, &clock->has_offset, &clock->offset))
        return false;
    clock->second = (hour * 60 + minute) * 60 + second;
    return hour < 24 && minute < 60 && second <= 60 && fraction <= 9 && cursor->at == cursor->end;
}

static void
shift(struct moment *moment, struct clock clock, const struct zone *zone)
{
    for (int i = 0; i < 2; i++)
        if (moment->day[i] != DAY_NONE)
            moment->day[i] = day_of_moment(zone, (int64_t)moment->day[i] * SECONDS_A_DAY +
                                                     clock.second - clock.offset);
}

/* Cells of digits alone: YYYYMMDD, milliseconds, and serials where they are declared. */
static enum moment_fault
read_bare(struct text cell, bool serials, const struct zone *zone, struct moment *out)
{
    int64_t value = 0;
    uint32_t whole = 0;
    bool empty = false;
    while (whole < cell.length && whole < 14 && is_digit(cell.bytes[whole]))
        value = value * 10 + (cell.bytes[whole++] - '0');
    out->day[0] = out->day[1] = DAY_NONE;
    bool readable = whole == cell.length;
    if (serials && whole <= 7 && value >= 1 && value <= LAST_SERIAL && value != 60) {
        out->day[0] = (day)(value - SERIAL_OF_1970 + (value < 60));
        readable = true;
    } else if (whole == 13) {
        out->day[0] = day_of_moment(zone, value / 1000);
    } else {
        readable &= whole == 8 && civil_day((int)(value / 10000), (int)(value / 100 % 100),
                                            (int)(value % 100), &empty, &out->day[0]);
    }
    out->day[1] = out->day[0];
    return !readable ? MOMENT_UNREADABLE : empty ? MOMENT_EMPTY : MOMENT_OK;
}

/* Digits, and behind them at most a fraction: no separators of a day. */
static bool
is_bare(struct text cell)
{
    uint32_t points = 0;
    for (uint32_t i = 0; i < cell.length; i++) {
        points += cell.bytes[i] == '.';
        if (!is_digit(cell.bytes[i]) && cell.bytes[i] != '.')
            return false;
    }
    return cell.length > 0 && points <= 1;
}

enum moment_fault
moment_read(struct text cell, enum day_order order, bool serials, const struct zone *zone,
            struct moment *out)
{
    struct cursor cursor = {cell.bytes, cell.bytes + cell.length};
    struct part part[3];
    struct clock clock = {0};
    if (cell.length == 0)
        return MOMENT_EMPTY;
    if (is_bare(cell))
        return read_bare(cell, serials, zone, out);
    for (int i = 0; i < 3; i++)
        if ((i > 0 && !skip_separator(&cursor)) || !read_part(&cursor, &part[i]))
            return MOMENT_UNREADABLE;
    enum moment_fault fault = combine(part, order, out);
    if (fault == MOMENT_UNREADABLE || cursor.at == cursor.end)
        return fault;
    const char *from = cursor.at;
    skip(&cursor, ',');
    skip_blanks(&cursor);
    if ((cursor.at == from && !skip(&cursor, 'T')) || !read_clock(&cursor, &clock))
        return MOMENT_UNREADABLE;
    if (clock.has_offset)
        shift(out, clock, zone);
    return fault;
}

enum day_order
moment_order(const char *format)
{
    if (!format)
        return ORDER_FIND;
    const char *d = strpbrk(format, "Dd"), *m = strpbrk(format, "Mm"), *y = strpbrk(format, "Yy");
    if (!d || !m || !y)
        return ORDER_FIND;
    return y < m && y < d ? ORDER_YMD : d < m ? ORDER_DMY : ORDER_MDY;
}
