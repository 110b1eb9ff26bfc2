#include "day.h"

#include <string.h>

enum { FIRST_YEAR = 1600, LAST_YEAR = 9998, ERA_DAYS = 146097, EPOCH = 719468 };

static unsigned
month_length(int year, int month)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month - 1] + (unsigned)(leap && month == 2);
}

bool
day_valid(struct civil civil)
{
    return civil.year >= FIRST_YEAR && civil.year <= LAST_YEAR && civil.month >= 1 &&
           civil.month <= 12 && civil.day >= 1 &&
           (unsigned)civil.day <= month_length(civil.year, civil.month);
}

/* Years that begin in March put the leap day last (Hinnant, chrono-compatible low-level date
 * algorithms); eras of 400 years begin at 0000-03-01. */
day
day_from_civil(struct civil civil)
{
    int64_t year = (int64_t)civil.year - (civil.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
    return (day)(era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH);
}

struct civil
day_to_civil(day d)
{
    int64_t z = (int64_t)d + EPOCH, era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
    int64_t of_era = z - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (int)((5 * of_year + 2) / 153);
    struct civil civil = {.day = (int)of_year - (153 * month + 2) / 5 + 1,
                          .month = month < 10 ? month + 3 : month - 9};
    civil.year = (int)(year + era * 400) + (civil.month <= 2);
    return civil;
}

/* A digit's value; above 9 for any other byte. */
static inline uint32_t
digit_at(const char *bytes, int i)
{
    return (uint32_t)(unsigned char)bytes[i] - '0';
}

/* The same as day_valid and day_from_civil, without a branch but the last. */
day
day_from_iso(const char *bytes, uint32_t length)
{
    static const uint16_t before[] = {0,   0,   31,  59,  90,  120, 151, 181,
                                      212, 243, 273, 304, 334, 0,   0,   0};
    enum { DAYS_TO_EPOCH = 719162 }; /* from 0001-01-01 */
    if (length != 10)
        return DAY_NONE;
    uint32_t y0 = digit_at(bytes, 0), y1 = digit_at(bytes, 1), y2 = digit_at(bytes, 2),
             y3 = digit_at(bytes, 3), m0 = digit_at(bytes, 5), m1 = digit_at(bytes, 6),
             d0 = digit_at(bytes, 8), d1 = digit_at(bytes, 9);
    uint32_t bad = (y0 > 9) | (y1 > 9) | (y2 > 9) | (y3 > 9) | (m0 > 9) | (m1 > 9) | (d0 > 9) |
                   (d1 > 9) | (bytes[4] != '-') | (bytes[7] != '-');
    uint32_t year = y0 * 1000 + y1 * 100 + y2 * 10 + y3, month = m0 * 10 + m1, d = d0 * 10 + d1;
    uint32_t leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0));
    uint32_t length_of_month = 30 + ((month + (month >> 3)) & 1) - (month == 2) * (2 - leap);
    bad |= (year - FIRST_YEAR > LAST_YEAR - FIRST_YEAR) | (month - 1 > 11) |
           (d - 1 >= length_of_month);
    if (bad)
        return DAY_NONE;
    uint32_t past = year - 1, leaps = past / 4 - past / 100 + past / 400;
    uint32_t of_year = before[month & 15] + (month > 2 ? leap : 0) + d - 1;
    return (day)(past * 365 + leaps + of_year) - DAYS_TO_EPOCH;
}

static void
put_number(char *out, int width, int number)
{
    while (width-- > 0) {
        out[width] = (char)('0' + number % 10);
        number /= 10;
    }
}

void
day_to_iso(day d, char out[11])
{
    struct civil civil = day_to_civil(d);
    if (civil.year < 0 || civil.year > 9999) {
        out[0] = '\0';
        return;
    }
    memcpy(out, "0000-00-00", 11);
    put_number(out, 4, civil.year);
    put_number(out + 5, 2, civil.month);
    put_number(out + 8, 2, civil.day);
}

day
day_of_moment(const struct zone *zone, int64_t seconds)
{
    uint32_t low = 0, high = zone->count;
    while (high - low > 1) { /* at[low] <= seconds < at[high] */
        uint32_t middle = low + (high - low) / 2;
        if (zone->at[middle] <= seconds)
            low = middle;
        else
            high = middle;
    }
    int64_t local;
    if (__builtin_add_overflow(seconds, (int64_t)zone->offset[low], &local))
        return DAY_NONE;
    int64_t d = local / 86400 - (local % 86400 < 0);
    if (d < day_from_civil((struct civil){FIRST_YEAR, 1, 1}) ||
        d > day_from_civil((struct civil){LAST_YEAR, 12, 31}))
        return DAY_NONE;
    return (day)d;
}

static const struct {
    const char *letters; /* between year and number */
    int months, width;   /* width: digits of the number */
} kinds[] = {
    [PERIOD_MONTH] = {"-M", 1, 2},
    [PERIOD_QUARTER] = {"-Q", 3, 1},
    [PERIOD_HALF] = {"-H", 6, 1},
    [PERIOD_YEAR] = {"", 12, 0},
};

static int
floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

/* The first day of a month counted from January of year 0. */
static day
month_start(int month)
{
    int year = floor_div(month, 12);
    return day_from_civil((struct civil){year, month - year * 12 + 1, 1});
}

/* `index` counts the periods of the fiscal year that starts in calendar year `year`, from 0. */
static struct period
make_period(enum period_kind kind, int fiscal_start, int year, int index)
{
    int months = kinds[kind].months, first = year * 12 + fiscal_start - 1 + index * months;
    struct period period = {.start = month_start(first), .end = month_start(first + months) - 1};
    put_number(period.name, 4, year < 0 || year > 9999 ? 0 : year);
    if (kinds[kind].width) {
        memcpy(period.name + 4, kinds[kind].letters, 2);
        put_number(period.name + 6, kinds[kind].width, index + 1);
    }
    return period;
}

struct period
period_of(enum period_kind kind, int fiscal_start, day d)
{
    struct civil civil = day_to_civil(d);
    int month = civil.year * 12 + civil.month - fiscal_start, year = floor_div(month, 12);
    return make_period(kind, fiscal_start, year, (month - year * 12) / kinds[kind].months);
}

struct period
period_next(enum period_kind kind, int fiscal_start, struct period period)
{
    return period_of(kind, fiscal_start, period.end + 1);
}

struct period
period_previous(enum period_kind kind, int fiscal_start, struct period period)
{
    return period_of(kind, fiscal_start, period.start - 1);
}

/* A number of exactly `width` digits; -1 when it is none. */
static int
parse_number(const char *bytes, int width)
{
    int number = 0;
    for (int i = 0; i < width; i++) {
        if (bytes[i] < '0' || bytes[i] > '9')
            return -1;
        number = number * 10 + (bytes[i] - '0');
    }
    return number;
}

bool
period_parse(enum period_kind kind, int fiscal_start, struct text text, struct period *out)
{
    day d = day_from_iso(text.bytes, text.length);
    if (d != DAY_NONE) {
        *out = period_of(kind, fiscal_start, d);
        return true;
    }
    int width = kinds[kind].width, index = 0;
    if (text.length != (width ? 6 + (uint32_t)width : 4))
        return false;
    int year = parse_number(text.bytes, 4);
    if (width) {
        index = parse_number(text.bytes + 6, width) - 1;
        if (memcmp(text.bytes + 4, kinds[kind].letters, 2) != 0)
            return false;
    }
    if (year < FIRST_YEAR || year > LAST_YEAR || index < 0 || index >= 12 / kinds[kind].months)
        return false;
    *out = make_period(kind, fiscal_start, year, index);
    return true;
}

int
period_length(struct period period)
{
    return period.end - period.start + 1;
}
