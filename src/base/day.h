/* day: civil days as day numbers (0 = 1970-01-01, Gregorian, no time zone), and fiscal periods. */
#ifndef SEFPACK_BASE_DAY_H
#define SEFPACK_BASE_DAY_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day; /* the one typedef of the program: a civil day number */
#define DAY_NONE INT32_MIN

struct civil {
    int year, month, day; /* month and day 1-based */
};

bool
day_valid(struct civil civil); /* years 1600..9998, the month's true length */

day
day_from_civil(struct civil civil);

struct civil
day_to_civil(day d);

/* Exactly YYYY-MM-DD and a real day between 1600 and 9998, else DAY_NONE. The fast path of every
 * extract. */
day
day_from_iso(const char *bytes, uint32_t length);

/* Writes YYYY-MM-DD and a NUL; the empty string for DAY_NONE and years outside 0 to 9999. */
void
day_to_iso(day d, char out[11]);

/* Offsets of a time zone from UTC, as a plain table; from i18n/zone.c. offset[i] holds from
 * at[i] (UTC seconds) on; at[0] is INT64_MIN. */
struct zone {
    uint32_t count;
    const int64_t *at;
    const int32_t *offset; /* seconds east of UTC */
};

/* The civil day of a moment (UTC seconds) in a zone; DAY_NONE outside the years 1600 to 9998. */
day
day_of_moment(const struct zone *zone, int64_t seconds);

enum period_kind { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };

struct period {
    day start, end; /* both inside */
    char name[12];  /* 2026, 2026-H1, 2026-Q3, 2026-M07: the calendar year the fiscal year starts in
                     */
};

/* The period of that kind that holds `d`; fiscal_start is the first month of the fiscal year. */
struct period
period_of(enum period_kind kind, int fiscal_start, day d);

struct period
period_next(enum period_kind kind, int fiscal_start, struct period period);

struct period
period_previous(enum period_kind kind, int fiscal_start, struct period period);

/* Reads a period's name or an ISO day inside it; false when it is neither, or of another kind. */
bool
period_parse(enum period_kind kind, int fiscal_start, struct text text, struct period *out);

int
period_length(struct period period); /* days */

#endif
