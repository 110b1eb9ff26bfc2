#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "day.h"
#include "iso_day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static day
iso(const char *string)
{
    return day_from_iso(string, (uint32_t)strlen(string));
}

/* Day by day over all years, against a count that knows only the lengths of months. */
static void
days_count_up_without_a_gap(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    (void)state;
    day d = day_from_civil((struct civil){1600, 1, 1});
    assert_int_equal(d, -135140);
    for (int year = 1600; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            int length = lengths[month - 1] + (month == 2 && leap);
            for (int i = 1; i <= length; i++, d++) {
                struct civil civil = day_to_civil(d);
                if (civil.year != year || civil.month != month || civil.day != i)
                    fail_msg("%d is not %d-%d-%d", d, year, month, i);
                if (day_from_civil(civil) != d)
                    fail_msg("%d-%d-%d is not %d", year, month, i, d);
            }
            assert_int_equal(day_valid((struct civil){year, month, length}), year <= 9998);
            assert_false(day_valid((struct civil){year, month, length + 1}));
        }
    assert_int_equal(day_from_civil((struct civil){1970, 1, 1}), 0);
    assert_int_equal(day_from_civil((struct civil){2000, 3, 1}), 11017);
}

static void
far_days_are_survived(void **state)
{
    char text[11];
    (void)state;
    day_to_civil(INT32_MAX);
    day_to_civil(DAY_NONE);
    day_to_iso(INT32_MAX, text);
    assert_string_equal(text, "");
    day_to_iso(DAY_NONE, text);
    assert_string_equal(text, "");
    day_to_iso(day_from_civil((struct civil){9999, 12, 31}), text);
    assert_string_equal(text, "9999-12-31");
    day_to_iso(day_from_civil((struct civil){0, 1, 1}), text);
    assert_string_equal(text, "0000-01-01");
    assert_false(day_valid((struct civil){1599, 12, 31}));
    assert_false(day_valid((struct civil){2026, 0, 1}));
    assert_false(day_valid((struct civil){2026, 13, 1}));
    assert_false(day_valid((struct civil){2026, 1, 0}));
    assert_false(day_valid((struct civil){INT32_MIN, INT32_MIN, INT32_MIN}));
}

static void
iso_days_are_read_exactly(void **state)
{
    static const char *const bad[] = {"",           "2026-1-01",  "2026-10-31 ", "2026-10-3",
                                      "2026/10/31", "20261031xx", "2026-00-10",  "2026-13-10",
                                      "2026-10-00", "2026-10-32", "2026-02-29",  "1900-02-29",
                                      "1599-12-31", "9999-12-31", "0001-01-01",  "0000-00-00",
                                      "2026-1a-01", "+026-10-31", "2026-10-3\0", "202\xFF-10-31",
                                      "2026-10--1", "/026-10-31", ":026-10-31"};
    (void)state;
    assert_int_equal(iso("1970-01-01"), 0);
    assert_int_equal(iso("1969-12-31"), -1);
    assert_int_equal(iso("2024-02-29"), day_from_civil((struct civil){2024, 2, 29}));
    assert_int_equal(iso("1600-01-01"), day_from_civil((struct civil){1600, 1, 1}));
    assert_int_equal(iso("9998-12-31"), day_from_civil((struct civil){9998, 12, 31}));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(iso(bad[i]), DAY_NONE);
    assert_int_equal(day_from_iso(NULL, 0), DAY_NONE);
    for (day d = iso("1990-01-01"); d < iso("2030-01-01"); d++) {
        char text[11];
        day_to_iso(d, text);
        assert_int_equal(iso(text), d);
    }
}

/* The quick way, each time in another place among cells that hold another day. */
static day
quick(struct text cell)
{
    enum { CELLS = 70, STEP = 3 };
    static size_t place;
    struct text cells[CELLS * STEP];
    day found[CELLS];
    place = (place + 1) % CELLS;
    for (size_t i = 0; i < CELLS; i++)
        cells[i * STEP] = i == place ? cell : i % 2 ? TEXT("2024-02-29") : TEXT("");
    bool doubt = iso_days(cells, STEP, CELLS, found);
    assert_int_equal(doubt, cell.length > 0 && found[place] == DAY_NONE);
    for (size_t i = 0; i < CELLS; i++)
        if (i != place)
            assert_int_equal(found[i], i % 2 ? 19782 : DAY_NONE);
    return found[place];
}

/* It finds what day_from_iso finds, or nothing. */
static void
quick_days_are_the_same(void **state)
{
    (void)state;
    assert_int_equal(quick((struct text){NULL, 0}), DAY_NONE);
    assert_int_equal(quick(TEXT("2026-1-01")), DAY_NONE);
    for (int year = 1895; year <= 2105; year++)
        for (int month = 0; month <= 13; month++)
            for (int d = 0; d <= 32; d++) {
                char text[16];
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, d);
                day found = quick((struct text){text, 10}), all = iso(text);
                assert_int_equal(found, year < 1901 || year > 2099 ? DAY_NONE : all);
            }
}

/* No byte but the right one passes in any place. */
static void
every_wrong_byte_is_refused(void **state)
{
    (void)state;
    for (int place = 0; place < 10; place++)
        for (int byte = 0; byte < 256; byte++) {
            char text[11] = "2026-10-21";
            text[place] = (char)byte;
            bool digit = byte >= '0' && byte <= '9', dash = place == 4 || place == 7;
            if (dash ? byte != '-' : !digit) {
                assert_int_equal(day_from_iso(text, 10), DAY_NONE);
                assert_int_equal(quick((struct text){text, 10}), DAY_NONE);
            }
        }
}

static void
moments_belong_to_days_of_a_zone(void **state)
{
    static const int64_t at[] = {INT64_MIN, 100000, 200000};
    static const int32_t offset[] = {3600, 7200, -3600};
    struct zone zone = {3, at, offset}, utc = {1, at, (const int32_t[]){0}};
    (void)state;
    assert_int_equal(day_of_moment(&utc, 0), 0);
    assert_int_equal(day_of_moment(&utc, -1), -1);
    assert_int_equal(day_of_moment(&utc, 86399), 0);
    assert_int_equal(day_of_moment(&utc, 86400), 1);
    assert_int_equal(day_of_moment(&zone, -3601), -1);
    assert_int_equal(day_of_moment(&zone, -3600), 0);
    assert_int_equal(day_of_moment(&zone, 99999), 1);  /* 103,599 */
    assert_int_equal(day_of_moment(&zone, 165599), 1); /* 172,799 */
    assert_int_equal(day_of_moment(&zone, 165600), 2);
    assert_int_equal(day_of_moment(&zone, 199999), 2);
    assert_int_equal(day_of_moment(&zone, 200000), 2); /* 196,400 */
    assert_int_equal(day_of_moment(&utc, INT64_MAX), DAY_NONE);
    assert_int_equal(day_of_moment(&utc, INT64_MIN), DAY_NONE);
    assert_int_equal(day_of_moment(&zone, INT64_MIN), DAY_NONE);
}

static void
expect_period(enum period_kind kind, int fiscal_start, const char *inside, const char *name,
              const char *start, const char *end)
{
    struct period period = period_of(kind, fiscal_start, iso(inside)), parsed;
    assert_string_equal(period.name, name);
    assert_int_equal(period.start, iso(start));
    assert_int_equal(period.end, iso(end));
    assert_true(period_parse(kind, fiscal_start, text_of(name), &parsed));
    assert_memory_equal(&parsed, &period, sizeof period);
}

static void
periods_follow_the_fiscal_year(void **state)
{
    (void)state;
    expect_period(PERIOD_QUARTER, 2, "2026-10-31", "2026-Q3", "2026-08-01", "2026-10-31");
    expect_period(PERIOD_QUARTER, 2, "2027-01-31", "2026-Q4", "2026-11-01", "2027-01-31");
    expect_period(PERIOD_QUARTER, 1, "2026-10-31", "2026-Q4", "2026-10-01", "2026-12-31");
    expect_period(PERIOD_MONTH, 1, "2024-02-15", "2024-M02", "2024-02-01", "2024-02-29");
    expect_period(PERIOD_MONTH, 12, "2026-11-30", "2025-M12", "2026-11-01", "2026-11-30");
    expect_period(PERIOD_MONTH, 12, "2026-12-01", "2026-M01", "2026-12-01", "2026-12-31");
    expect_period(PERIOD_HALF, 7, "2026-06-30", "2025-H2", "2026-01-01", "2026-06-30");
    expect_period(PERIOD_HALF, 7, "2026-07-01", "2026-H1", "2026-07-01", "2026-12-31");
    expect_period(PERIOD_YEAR, 4, "2026-03-31", "2025", "2025-04-01", "2026-03-31");
    expect_period(PERIOD_YEAR, 1, "2026-03-31", "2026", "2026-01-01", "2026-12-31");
}

/* All kinds and all fiscal years: periods lie end to end, and hold their days. */
static void
periods_lie_end_to_end(void **state)
{
    (void)state;
    for (enum period_kind kind = PERIOD_MONTH; kind <= PERIOD_YEAR; kind++)
        for (int start = 1; start <= 12; start++) {
            struct period period = period_of(kind, start, iso("1999-01-01"));
            for (int i = 0; i < 100; i++) {
                struct period next = period_next(kind, start, period), parsed;
                struct period back = period_previous(kind, start, next);
                assert_int_equal(next.start, period.end + 1);
                assert_memory_equal(&back, &period, sizeof back);
                assert_int_equal(period_length(period), period.end - period.start + 1);
                assert_in_range(period_length(period), 28, 366);
                for (day d = period.start; d <= period.end; d += 9)
                    assert_int_equal(period_of(kind, start, d).start, period.start);
                assert_int_equal(period_of(kind, start, period.end).start, period.start);
                assert_true(period_parse(kind, start, text_of(period.name), &parsed));
                assert_memory_equal(&parsed, &period, sizeof parsed);
                period = next;
            }
        }
}

static void
names_of_other_kinds_are_refused(void **state)
{
    static const char *const names[] = {"2026-M07", "2026-Q3", "2026-H1", "2026"};
    static const char *const bad[] = {"",         "2026-Q0", "2026-Q5",  "2026-q3",    "2026-M13",
                                      "2026-M00", "2026-H3", "2026-",    "2026-Q",     "2026-Q33",
                                      "1599",     "9999",    "2026-Q3 ", "2026-02-30", "20a6",
                                      "-026",     "2026-M1", "2026-M7",  "2026-M0x"};
    (void)state;
    for (enum period_kind kind = PERIOD_MONTH; kind <= PERIOD_YEAR; kind++) {
        struct period period;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            assert_int_equal(period_parse(kind, 2, text_of(names[i]), &period), i == (size_t)kind);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
            assert_false(period_parse(kind, 2, text_of(bad[i]), &period));
        assert_false(period_parse(kind, 2, (struct text){NULL, 0}, &period));
        assert_true(period_parse(kind, 2, TEXT("2026-10-31"), &period));
        assert_true(period.start <= iso("2026-10-31") && period.end >= iso("2026-10-31"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_up_without_a_gap),
        cmocka_unit_test(far_days_are_survived),
        cmocka_unit_test(iso_days_are_read_exactly),
        cmocka_unit_test(quick_days_are_the_same),
        cmocka_unit_test(every_wrong_byte_is_refused),
        cmocka_unit_test(moments_belong_to_days_of_a_zone),
        cmocka_unit_test(periods_follow_the_fiscal_year),
        cmocka_unit_test(periods_lie_end_to_end),
        cmocka_unit_test(names_of_other_kinds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
