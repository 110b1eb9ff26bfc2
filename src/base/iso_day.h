/* iso_day: days as nearly all extracts write them, YYYY-MM-DD, for inner loops. */
#ifndef SEFPACK_BASE_ISO_DAY_H
#define SEFPACK_BASE_ISO_DAY_H

#include "day.h"

#include <endian.h>

/* The day of a cell that is exactly such a day of the years 1901 to 2099, where every fourth year
 * is a leap year. DAY_NONE for all else, among it days that day_from_iso knows. No branch: what
 * cells hold cannot be foreseen. All bytes are looked at in their places at once. */
static inline day
iso_day(struct text cell)
{
    static const char none[16] = "";
    static const uint16_t before[2][16] = {
        {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334},
        {0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335},
    };
    static const uint8_t length[2][16] = {
        {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
        {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
    };
    enum { FIRST_YEAR = 1901, YEARS = 199, DAYS_TO_EPOCH = 25202 };
    const uint64_t zeros = UINT64_C(0x2D30302D30303030), tops = UINT64_C(0x8080808080808080);
    const uint64_t above = UINT64_C(0x7F76767F76767676); /* sets the top bit above 9, or above 0 */
    const char *bytes = cell.length == 10 ? cell.bytes : none;
    uint64_t front;
    uint16_t behind;
    memcpy(&front, bytes, sizeof front);
    memcpy(&behind, bytes + sizeof front, sizeof behind);
    front = le64toh(front) ^ zeros;
    uint32_t back = le16toh(behind) ^ 0x3030u;
    uint64_t bad = (((front & ~tops) + above) | front) & tops;
    bad |= (((back & 0x7F7F) + 0x7676) | back) & 0x8080;
    uint64_t pairs = front * 10 + (front >> 8); /* in bytes 0, 2 and 5 */
    uint32_t year = (uint32_t)(pairs & 0xFF) * 100 + (uint32_t)(pairs >> 16 & 0xFF) - FIRST_YEAR;
    uint32_t month = (uint32_t)(pairs >> 40 & 0xFF), d = (back & 0xFF) * 10 + (back >> 8) - 1;
    uint32_t leap = (year & 3) == 3;
    bad |= (year >= YEARS) | (month > 12) | (d >= length[leap][month & 15]);
    day found = (day)(year * 365 + year / 4 + before[leap][month & 15] + d) - DAYS_TO_EPOCH;
    return bad ? DAY_NONE : found;
}

#endif
