#include "iso_day.h"

#include "vectors.h"

#include <endian.h>

enum { TOGETHER = 64, FIRST_YEAR = 1901, YEARS = 199 };

/* The bytes of many cells, the first in the lowest bits: YYYY, -MM-, M-DD. All 0 where a cell has
 * another length than ten. */
struct letters {
    uint32_t front[TOGETHER][2], back[TOGETHER];
};

/* The bytes of a cell, ten zeros for one of another length. From a table: with a choice, compilers
 * branch, and whether a cell is empty cannot be foreseen. */
static inline const char *
ten_bytes(const struct text *cell)
{
    static const char none[16] = "";
    const char *const bytes[] = {none, cell->bytes};
    return bytes[cell->length == 10];
}

/* Gives how many of the cells are empty. */
static uint32_t
gather(const struct text *cell, size_t step, uint32_t count, struct letters *letters)
{
    uint32_t empty = 0;
    for (uint32_t i = 0; i < count; i++, cell += step) {
        const char *bytes = ten_bytes(cell);
        memcpy(letters->front[i], bytes, 8);
        memcpy(&letters->back[i], bytes + 6, 4);
        empty += cell->length == 0;
    }
    return empty;
}

/* Bits that are set where a byte is no digit; `digits` has its '0' taken off. */
static inline uint32_t
no_digits(uint32_t digits)
{
    return (((digits & 0x7F7F7F7F) + 0x76767676) | digits) & 0x80808080;
}

/* Days are counted in years that begin with March: behind 1900 and up to 2099 each fourth of them
 * ends with the 29th of February. The numbers for the months are those of 153 days in five. */
static inline day
day_number(uint32_t year, uint32_t month, uint32_t d)
{
    enum { DAYS_TO_EPOCH = 719468 + 15 }; /* since year 0, 15 years without their leap day */
    uint32_t early = month < 3;
    uint32_t from_march = month + 12 * early - 3, since = year - early;
    return (day)(since * 365 + since / 4 + ((from_march * 979 + 15) >> 5) + d - 1) - DAYS_TO_EPOCH;
}

static inline day
day_of(uint32_t year_letters, uint32_t month_letters, uint32_t day_letters)
{
    uint32_t y = year_letters ^ 0x30303030, m = month_letters ^ 0x2D30302D;
    uint32_t d = (day_letters >> 16) ^ 0x3030;
    uint32_t bad = no_digits(y) | no_digits(m) | no_digits(d) | (m & 0xFF0000FF);
    uint32_t pairs = y * 10 + (y >> 8);
    uint32_t year = (pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF);
    uint32_t month = (m >> 8 & 0xFF) * 10 + (m >> 16 & 0xFF);
    uint32_t number = (d & 0xFF) * 10 + (d >> 8);
    uint32_t february = month == 2, leap = (year & 3) == 0;
    uint32_t days = 30 + ((month + (month >> 3)) & 1) - february * (2 - leap);
    bad |= (year - FIRST_YEAR >= YEARS) | (month - 1 >= 12) | (number - 1 >= days);
    return bad ? DAY_NONE : day_number(year, month, number);
}

/* Gives how many of them are none. */
VECTORS static uint32_t
convert(const struct letters *letters, uint32_t count, day *restrict out)
{
    uint32_t none = 0;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = day_of(le32toh(letters->front[i][0]), le32toh(letters->front[i][1]),
                        le32toh(letters->back[i]));
        none += out[i] == DAY_NONE;
    }
    return none;
}

bool
iso_days(const struct text *cell, size_t step, uint32_t count, day *out)
{
    struct letters letters;
    uint32_t empty = 0, none = 0;
    for (uint32_t from = 0; from < count; from += TOGETHER) {
        uint32_t part = count - from < TOGETHER ? count - from : TOGETHER;
        empty += gather(cell + from * step, step, part, &letters);
        none += convert(&letters, part, out + from);
    }
    return none > empty;
}
