#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "zone.h"

#include <stdlib.h>

/* UTC seconds of a civil moment. */
static int64_t
at(int year, int month, int d, int hour, int minute, int second)
{
    int64_t days = day_from_civil((struct civil){year, month, d});
    return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

static void
expect_day(const char *name, int64_t seconds, const char *iso)
{
    char found[11];
    struct zone *zone = zone_open(name);
    assert_non_null(zone);
    day_to_iso(day_of_moment(zone, seconds), found);
    assert_string_equal(found, iso);
    zone_close(zone);
}

static void
midnight_moves_with_the_zone(void **state)
{
    (void)state;
    expect_day("UTC", at(2026, 10, 31, 23, 59, 59), "2026-10-31");
    expect_day("UTC", at(2026, 11, 1, 0, 0, 0), "2026-11-01");
    expect_day("Europe/Berlin", at(2026, 10, 31, 22, 59, 59), "2026-10-31");
    expect_day("Europe/Berlin", at(2026, 10, 31, 23, 0, 0), "2026-11-01"); /* winter: +1 */
    expect_day("Europe/Berlin", at(2026, 7, 31, 22, 0, 0), "2026-08-01");  /* summer: +2 */
    expect_day("America/New_York", at(2026, 11, 1, 3, 59, 59), "2026-10-31");
    expect_day("America/New_York", at(2026, 11, 1, 4, 0, 0), "2026-11-01");
    expect_day("Asia/Kolkata", at(2026, 1, 1, 18, 30, 0), "2026-01-02");
    expect_day("Pacific/Kiritimati", at(2026, 1, 1, 10, 0, 0), "2026-01-02");
    expect_day("Pacific/Apia", at(2011, 12, 30, 9, 59, 59),
               "2011-12-29"); /* 30 Dec did not exist */
    expect_day("Pacific/Apia", at(2011, 12, 30, 10, 0, 0), "2011-12-31");
}

/* The offset of the moment, told by where midnight lies. */
static int32_t
offset_at(const char *name, int64_t seconds)
{
    struct zone *zone = zone_open(name);
    uint32_t i = 0;
    while (i + 1 < zone->count && zone->at[i + 1] <= seconds)
        i++;
    int32_t offset = zone->offset[i];
    zone_close(zone);
    return offset;
}

static void
clocks_change_in_the_right_second(void **state)
{
    (void)state;
    assert_int_equal(offset_at("Europe/Berlin", at(2026, 3, 29, 0, 59, 59)), 3600);
    assert_int_equal(offset_at("Europe/Berlin", at(2026, 3, 29, 1, 0, 0)), 7200);
    assert_int_equal(offset_at("Europe/Berlin", at(2026, 10, 25, 0, 59, 59)), 7200);
    assert_int_equal(offset_at("Europe/Berlin", at(2026, 10, 25, 1, 0, 0)), 3600);
    assert_int_equal(offset_at("Australia/Lord_Howe", at(2026, 1, 1, 0, 0, 0)), 39600);
    assert_int_equal(offset_at("Australia/Lord_Howe", at(2026, 6, 1, 0, 0, 0)), 37800);
    assert_int_equal(offset_at("Europe/Berlin", at(2099, 7, 1, 0, 0, 0)), 7200);
    assert_int_equal(offset_at("Europe/Berlin", INT64_MIN), 3600);
}

static void
tables_are_well_formed(void **state)
{
    static const char *const names[] = {"UTC",       "Europe/Berlin", "Europe/London",
                                        "Etc/GMT+5", "Asia/Tehran",   "America/Sao_Paulo"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zone *zone = zone_open(names[i]);
        assert_non_null(zone);
        assert_in_range(zone->count, 1, 400);
        assert_true(zone->at[0] == INT64_MIN);
        for (uint32_t j = 1; j < zone->count; j++) {
            assert_true(zone->at[j] > zone->at[j - 1]);
            assert_true(zone->offset[j] != zone->offset[j - 1]);
        }
        zone_close(zone);
    }
}

static void
the_ends_of_time_are_no_days(void **state)
{
    (void)state;
    struct zone *zone = zone_open("Europe/Berlin");
    assert_int_equal(day_of_moment(zone, INT64_MAX), DAY_NONE);
    assert_int_equal(day_of_moment(zone, INT64_MIN), DAY_NONE);
    assert_int_equal(day_of_moment(zone, at(1600, 1, 1, 0, 0, 0) - 3601), DAY_NONE);
    assert_int_equal(day_of_moment(zone, at(1600, 1, 1, 0, 0, 0)),
                     day_from_civil((struct civil){1600, 1, 1}));
    assert_int_equal(day_of_moment(zone, at(9999, 1, 1, 0, 0, 0)), DAY_NONE);
    zone_close(zone);
}

static void
unknown_zones_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "Berlin",
        "Europe/Atlantis",
        "europe/berlin ",
        "GMT+99",
        "../etc/passwd",
        "\xFF",
        "a-name-that-is-much-longer-than-any-zone-has-ever-been-in-the-database-of-zones"};
    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(zone_open(bad[i]));
    zone_close(NULL);
    expect_day("UTC", at(2026, 10, 31, 23, 0, 0), "2026-10-31");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(midnight_moves_with_the_zone),
        cmocka_unit_test(clocks_change_in_the_right_second),
        cmocka_unit_test(tables_are_well_formed),
        cmocka_unit_test(the_ends_of_time_are_no_days),
        cmocka_unit_test(unknown_zones_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
