/* What packs say of earlier runs: trends, the path of the forecast, what was asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "past_runs.h"
#include "speaker.h"

#include <stdio.h>
#include <stdlib.h>

/* A run of the company that knew a size of wins, a forecast, and what bound. */
static void
remember(const char *folder, const char *as_of, int size, int expected, const char *binding)
{
    char memory[512];
    int length =
        snprintf(memory, sizeof memory,
                 "{\"schema\": 1, \"run\": {\"as_of\": \"%s\"}, \"deals\": [], \"scopes\": ["
                 "{\"kind\": \"company\", \"id\": \"company\", \"measures\": {"
                 "\"deals.size.won\": {\"value\": %d}, \"forecast.expected\": {\"value\": %d},"
                 "\"forecast.next\": {\"value\": %d}, \"system.binding\": {\"value\": \"%s\"}}}]}",
                 as_of, size, expected, expected, binding);
    past_runs_add(folder, as_of, (struct text){memory, (uint32_t)length});
}

/* Wins of one size. */
static struct builder *
company(int64_t size)
{
    struct builder *b = builder_new("2026-07-31");
    build_team(b, "T1", NULL);
    build_seller(b, "Anna", "T1", "2020-01-01");
    build_seller(b, "Bert", "T1", "2020-01-01");
    for (int i = 0; i < 24; i++)
        build_closed(b, build_id(b, "C", i), i % 2 ? "Anna" : "Bert", 40 + 2 * i, 100 + 5 * i,
                     i % 4 < 2 ? "Won" : "Lost", size);
    return b;
}

static void
assert_says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("not said: %s", words);
}

static void
assert_lacks(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    if (at)
        fail_msg("said: %.80s", at);
}

/* Five runs around 10,000 and this one: mean 10,000, mean moving range 200, limits 9,468..10,532.
 */
static void
remember_half_a_year(const char *folder, const char *asked)
{
    remember(folder, "2026-02-28", 990000, 5000000, "win");
    remember(folder, "2026-03-31", 1010000, 5000000, "win");
    remember(folder, "2026-04-30", 990000, 5000000, "win");
    remember(folder, "2026-05-31", 1010000, 5000000, "win");
    remember(folder, "2026-06-30", 1000000, 5000000, asked);
}

static void
a_change_within_the_limits_is_noise(void **state)
{
    remember_half_a_year(*state, "size");
    struct builder *b = company(1040000);
    struct history *history = past_runs_open(*state, b);
    struct speaker *speaker = speaker_new(b, "en-GB");
    speaker->history = history;
    const char *text = speaker_pack(speaker, "company");
    assert_says(text, "Nothing here changed by more than it changes anyway");
    assert_says(text, "the ask was about deal size.");
    assert_says(text, "Size of wins: 10.0k then, 10.4k now, no detectable change.");
    assert_lacks(text, "signal:");
    speaker_free(speaker);
    history_close(history);
}

static void
a_change_beyond_them_is_a_signal(void **state)
{
    remember_half_a_year(*state, "size");
    struct builder *b = company(1060000);
    struct history *history = past_runs_open(*state, b);
    struct speaker *speaker = speaker_new(b, "en-GB");
    speaker->history = history;
    const char *text = speaker_pack(speaker, "company");
    assert_says(text, "One figure left its normal range");
    assert_says(text, "signal: 10.0k on average before");
    assert_says(text, "now, and that is more than it moves anyway.");
    speaker_free(speaker);
    history_close(history);
}

static void
few_runs_judge_nothing(void **state)
{
    remember(*state, "2026-05-31", 500000, 5000000, "none");
    remember(*state, "2026-06-30", 500000, 5000000, "none");
    struct builder *b = company(2000000);
    struct history *history = past_runs_open(*state, b);
    struct speaker *speaker = speaker_new(b, "en-GB");
    speaker->history = history;
    const char *text = speaker_pack(speaker, "company");
    assert_says(text, "six are needed to tell signal from noise");
    assert_says(text, "too few runs to tell");
    assert_lacks(text, "the ask was about"); /* nothing stood out */
    assert_lacks(text, "signal:");
    /* July begins a quarter: June's run knew it as the next one */
    assert_says(text, "The forecast of 2026-Q3");
    speaker_free(speaker);
    history_close(history);
}

static void
without_runs_there_is_no_record(void **state)
{
    struct builder *b = company(1000000);
    struct history *history = past_runs_open(*state, b);
    struct speaker *speaker = speaker_new(b, "en-GB");
    speaker->history = history;
    assert_lacks(speaker_pack(speaker, "company"), "Forecast and its record");
    assert_lacks(speaker_pack(speaker, "Anna"), "the ask was about");
    speaker_free(speaker);
    history_close(history);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_change_within_the_limits_is_noise, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(a_change_beyond_them_is_a_signal, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(few_runs_judge_nothing, past_runs_set_up,
                                        past_runs_tear_down),
        cmocka_unit_test_setup_teardown(without_runs_there_is_no_record, past_runs_set_up,
                                        past_runs_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
