#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "moment.h"

static const int64_t at[] = {INT64_MIN};
static const int32_t utc_offset[] = {0}, berlin_offset[] = {3600};
static const struct zone utc = {1, at, utc_offset}, berlin = {1, at, berlin_offset};

static day
iso(const char *text)
{
    return day_from_iso(text, 10);
}

struct reading {
    const char *cell, *first, *second; /* NULL: no day under that order */
};

static void
assert_readings(const struct reading *reading, size_t count, enum day_order order)
{
    for (size_t i = 0; i < count; i++) {
        struct moment moment = {{DAY_NONE, DAY_NONE}};
        const char *days[2] = {reading[i].first, reading[i].second};
        if (moment_read(text_of(reading[i].cell), order, false, &utc, &moment) != MOMENT_OK)
            fail_msg("'%s' is not read", reading[i].cell);
        for (int k = 0; k < 2; k++)
            if (moment.day[k] != (days[k] ? iso(days[k]) : DAY_NONE))
                fail_msg("'%s' in order %d gives %d", reading[i].cell, k, moment.day[k]);
    }
}

#define SAME(cell, day)                                                                            \
    {                                                                                              \
        cell, day, day                                                                             \
    }

static void
test_one_reading(void **state)
{
    static const struct reading readings[] = {
        SAME("2026-03-05", "2026-03-05"),
        SAME("2026/3/5", "2026-03-05"),
        SAME("2026.03.05", "2026-03-05"),
        SAME("20260305", "2026-03-05"),
        SAME("2026-03-05T23:59:59", "2026-03-05"),
        SAME("2026-03-05 00:00", "2026-03-05"),
        SAME("2024-01-22T16:14:25.000+0000", "2024-01-22"),
        SAME("2026-03-05T10:00:00.2847626Z", "2026-03-05"),
        SAME("05-Mar-2026", "2026-03-05"),
        SAME("5 March 2026", "2026-03-05"),
        SAME("Mar 5, 2026", "2026-03-05"),
        SAME("Sept 5 2026 1:02 pm", "2026-09-05"),
        SAME("05-Mar-26", "2026-03-05"),
        SAME("5/5/2026", "2026-05-05"),
        SAME("1772668800000", "2026-03-05"),
    };
    (void)state;
    assert_readings(readings, sizeof readings / sizeof *readings, ORDER_FIND);
}

static void
test_two_readings(void **state)
{
    static const struct reading readings[] = {
        {"03/04/2026", "2026-03-04", "2026-04-03"},
        {"3/4/2026 12:00:00 AM", "2026-03-04", "2026-04-03"},
        {"02/23/26", "2026-02-23", NULL},
        {"02/23/26 08:55 PM", "2026-02-23", NULL},
        {"31.12.2026", NULL, "2026-12-31"},
        {"31-12-17", NULL, "2017-12-31"},
        {"1/2/70", "1970-01-02", "1970-02-01"},
        {"1/2/69", "2069-01-02", "2069-02-01"},
    };
    (void)state;
    assert_readings(readings, sizeof readings / sizeof *readings, ORDER_FIND);
}

static void
test_declared_order(void **state)
{
    static const struct reading dmy[] = {SAME("03/04/2026", "2026-04-03"),
                                         SAME("2026-03-05", "2026-03-05")};
    static const struct reading ymd[] = {SAME("26-04-03", "2026-04-03")};
    struct moment moment;
    (void)state;
    assert_readings(dmy, 2, ORDER_DMY);
    assert_readings(ymd, 1, ORDER_YMD);
    assert_int_equal(moment_read(TEXT("02/23/2026"), ORDER_DMY, false, &utc, &moment),
                     MOMENT_UNREADABLE);
    assert_int_equal(moment_order("DD/MM/YYYY"), ORDER_DMY);
    assert_int_equal(moment_order("MM/DD/YY"), ORDER_MDY);
    assert_int_equal(moment_order("YYYY-MM-DD"), ORDER_YMD);
    assert_int_equal(moment_order(NULL), ORDER_FIND);
}

static void
test_unreadable(void **state)
{
    static const char *const cells[] = {
        "TBD",
        "2026-02-30",
        "13/13/2026",
        "0000-00-00",
        "1899-12-30",
        "2026-03",
        "5/6",
        "2026-03-05T",
        "1234567",
        "2026-03-05T25:00",
        "2026-03-05 13 PM",
        "12345.50",
        "Foo 5 2026",
        "5 Ma 2026",
        "2026-03-05x",
        "2026-03-05 10:00 +99:00",
        "46086",
        "1/2/3",
        "177266880000",
        "2026--03--05",
        "3/4/2026 0:30 AM",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct moment moment;
        if (moment_read(text_of(cells[i]), ORDER_FIND, false, &utc, &moment) != MOMENT_UNREADABLE)
            fail_msg("'%s' is read", cells[i]);
    }
}

static void
test_no_day_at_all(void **state)
{
    static const char *const cells[] = {"",         "0001-01-01", "0001-01-01T00:00:00",
                                        "1/1/0001", "9999-12-31", "12/31/9999 11:59:59 PM",
                                        "99991231"};
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct moment moment;
        if (moment_read(text_of(cells[i]), ORDER_FIND, false, &utc, &moment) != MOMENT_EMPTY)
            fail_msg("'%s' is not empty", cells[i]);
    }
}

static void
test_zone(void **state)
{
    static const struct {
        const char *cell, *day;
    } cases[] = {
        {"2026-01-31T23:30:00Z", "2026-02-01"},
        {"2026-01-31T23:30:00", "2026-01-31"},
        {"2026-01-31T22:30:00+0000", "2026-01-31"},
        {"2026-02-01T00:30:00+02:00", "2026-01-31"},
        {"2026-01-31T20:00:00 -05", "2026-02-01"},
        {"1/31/2026 11:30 PM UTC", "2026-02-01"},
        {"1769902200000", "2026-02-01"}, /* 2026-01-31T23:30:00Z */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment moment;
        assert_int_equal(moment_read(text_of(cases[i].cell), ORDER_FIND, false, &berlin, &moment),
                         MOMENT_OK);
        if (moment.day[0] != iso(cases[i].day))
            fail_msg("'%s' is not %s", cases[i].cell, cases[i].day);
    }
}

static void
test_serials(void **state)
{
    struct moment moment;
    (void)state;
    assert_int_equal(moment_read(TEXT("46086"), ORDER_FIND, true, &utc, &moment), MOMENT_OK);
    assert_int_equal(moment.day[0], iso("2026-03-05"));
    assert_int_equal(moment_read(TEXT("46086.75"), ORDER_FIND, true, &utc, &moment), MOMENT_OK);
    assert_int_equal(moment.day[1], iso("2026-03-05"));
    assert_int_equal(moment_read(TEXT("59"), ORDER_FIND, true, &utc, &moment), MOMENT_OK);
    assert_int_equal(moment.day[0], iso("1900-02-28"));
    assert_int_equal(moment_read(TEXT("60"), ORDER_FIND, true, &utc, &moment), MOMENT_UNREADABLE);
    assert_int_equal(moment_read(TEXT("61"), ORDER_FIND, true, &utc, &moment), MOMENT_OK);
    assert_int_equal(moment.day[0], iso("1900-03-01"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_reading),    cmocka_unit_test(test_two_readings),
        cmocka_unit_test(test_declared_order), cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_no_day_at_all),  cmocka_unit_test(test_zone),
        cmocka_unit_test(test_serials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
