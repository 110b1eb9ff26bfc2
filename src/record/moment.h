/* moment: cells that hold a day, with or without a time, in every form that CRMs write. */
#ifndef SEFPACK_RECORD_MOMENT_H
#define SEFPACK_RECORD_MOMENT_H

#include "day.h"
#include "text.h"

#include <stdbool.h>

/* The order of three bare numbers; the first two are what a column without a format may mean. */
enum day_order { ORDER_MDY, ORDER_DMY, ORDER_YMD, ORDER_FIND };

enum moment_fault { MOMENT_OK, MOMENT_EMPTY, MOMENT_UNREADABLE };

struct moment {
    day day[2]; /* read as ORDER_MDY and as ORDER_DMY; equal where the order does not matter */
};

/* Reads one trimmed cell: ISO (any separator), D/M/Y and M/D/Y with two- or four-digit years,
 * English month names, YYYYMMDD, milliseconds since 1970 (13 digits), and with `serials` Excel's
 * day numbers; behind the day a time with AM/PM and an offset. A moment with an offset is cut to
 * its day in `zone`, one without is taken as written. The years 1 and 9999 are no day at all
 * (MOMENT_EMPTY), as CRMs write them. A declared `order` gives one reading in both places. */
enum moment_fault
moment_read(struct text cell, enum day_order order, bool serials, const struct zone *zone,
            struct moment *out);

/* The order in a `date_format` such as DD/MM/YYYY; ORDER_FIND for NULL. */
enum day_order
moment_order(const char *format);

#endif
