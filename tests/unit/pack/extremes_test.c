/* An exhibit that cannot show all of many names says so, and its row of the others adds up; one
 * that can show them all says nothing of that. */
#include "speaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Sellers with a quota, accounts, decided deals and open ones; the more of these the later. */
static struct speaker *
company_of(int sellers)
{
    struct builder *b = builder_new("2026-08-31");
    int deals = 0, closed = 0;
    build_team(b, "T1", NULL);
    for (int i = 0; i < sellers; i++) {
        const char *id = build_id(b, "Seller", 10 + i);
        build_seller(b, id, "T1", "2020-01-01");
        build_quota(b, id, NULL, 40000000);
        build_account(b, build_id(b, "A", i), id)->icp = true;
        for (int d = 0; d < 4; d++)
            build_closed(b, build_id(b, "C", closed++), id, 40 + 3 * d, 100 + 5 * d,
                         d % 2 ? "Won" : "Lost", 1000000);
        for (int d = 0; d <= i % 7; d++)
            build_open(b, build_id(b, "D", deals++), id, 20, 30, 1000000);
    }
    return speaker_new(b, "en-GB");
}

static uint32_t
count_of(const char *text, const char *words)
{
    uint32_t count = 0;
    for (const char *at = text; (at = strstr(at, words)); at++)
        count++;
    return count;
}

static void
all_are_shown(void **state)
{
    struct speaker *speaker = company_of(24);
    const char *text = speaker_pack(speaker, "T1");
    (void)state;
    assert_null(strstr(text, "are shown, by name"));
    assert_null(strstr(text, "Other ("));
    speaker_free(speaker);
}

/* The second column of a table's rows, from its caption to its note: the last one is the total. */
static void
assert_adds_up(const char *text, const char *caption)
{
    const char *at = strstr(text, caption);
    double sum = 0, last = 0;
    uint32_t rows = 0;
    assert_non_null(at);
    at = strchr(strchr(at, '\n') + 1, '\n') + 1; /* behind the heads */
    for (; *(at += strspn(at, " ")) == '|'; at = strchr(at, '\n') + 1, rows++) {
        sum += last;
        last = strtod(strchr(at + 1, '|') + 1, NULL);
    }
    assert_int_equal(rows, 12 + 1 + 1);
    assert_true(last > 0 && sum == last);
}

static void
a_cut_is_told(void **state)
{
    struct speaker *speaker = company_of(40);
    const char *text = speaker_pack(speaker, "T1");
    (void)state;
    uint32_t charts = count_of(text, "~ Other (28)"), tables = count_of(text, "| Other (28) ");
    assert_true(charts >= 3 && tables >= 1);
    assert_int_equal(count_of(text, "12 of 40 are shown, by name"), charts + tables);
    assert_int_equal(count_of(text, "All of them stand under"), charts);
    assert_adds_up(text, "| Own need and coverage");
    assert_non_null(
        strstr(text, "Quota and attainment of all 40, by name, stand in the appendix."));
    speaker_free(speaker);
}

/* Half a win to go makes every pipeline look huge: no such ratio is printed. */
static void
a_number_all_but_made(void **state)
{
    struct builder *b = builder_new("2026-08-31");
    (void)state;
    build_team(b, "T1", NULL);
    build_seller(b, "Anna", "T1", "2020-01-01");
    build_quota(b, "Anna", NULL, 5100000);
    for (int d = 0; d < 24; d++)
        build_closed(b, build_id(b, "C", d), "Anna", 60, d < 5 ? 20 : 100 + d,
                     d < 5 || d % 2 ? "Won" : "Lost", 1000000);
    for (int d = 0; d < 6; d++)
        build_open(b, build_id(b, "D", d), "Anna", 20, 30, 1000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    assert_true(builder_value(b, "Anna", M_PIPELINE_COVERAGE_RAW_NUMBER, F_VALUE) > 25);
    const char *text = speaker_pack(speaker, "T1");
    assert_non_null(strstr(text, "all but made: 0.1 of a win to go, 6 clean deals open"));
    assert_null(strstr(text, "60.0\xC3\x97"));
    speaker_free(speaker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_shown),
        cmocka_unit_test(a_cut_is_told),
        cmocka_unit_test(a_number_all_but_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
