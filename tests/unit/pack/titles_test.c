/* What packs claim is true of the numbers behind it, at the edges too: nothing known, zero, one,
 * equal, all. */
#include "speaker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
assert_has(const char *text, const char *words)
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

static struct builder *
two_sellers(const char *as_of)
{
    struct builder *b = builder_new(as_of);
    build_team(b, "T1", NULL);
    build_seller(b, "Anna", "T1", "2020-01-01");
    build_seller(b, "Bert", "T1", "2020-01-01");
    return b;
}

/* Enough decided deals of each for rates: half of them won. */
static void
give_past(struct builder *b)
{
    for (int i = 0; i < 24; i++) {
        const char *owner = i % 2 ? "Anna" : "Bert";
        build_closed(b, build_id(b, "C", i), owner, 40 + 2 * i, 100 + 5 * i,
                     i % 4 < 2 ? "Won" : "Lost", 1000000);
    }
}

static const char *const languages[] = {"en-GB", "de-DE"};

/* No key and no placeholder is left over, and no number that is none. */
static void
assert_finished(const char *text)
{
    static const char *const wrong[] = {"{",          "}",    "[exhibits.", "[tables.", "[columns.",
                                        "[findings.", " nan", " inf",       "-nan"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_lacks(text, wrong[i]);
}

static void
nothing_known(void **state)
{
    static const char *const ids[] = {"company", "T1", "Anna"};
    (void)state;
    for (size_t l = 0; l < 2; l++) {
        struct speaker *speaker = speaker_new(two_sellers("2026-08-31"), languages[l]);
        for (size_t i = 0; i < 3; i++) {
            const char *text = speaker_pack(speaker, ids[i]);
            assert_finished(text);
            assert_lacks(text, "Every part of the job");
            assert_lacks(text, "Jeder Teil der Aufgabe deckt");
            assert_lacks(text, "All 0 ");
            assert_lacks(text, "not in the extracts of");
        }
        speaker_free(speaker);
    }
}

static void
everything_known(void **state)
{
    static const char *const ids[] = {"company", "T1", "Anna"};
    (void)state;
    for (size_t l = 0; l < 2; l++) {
        struct builder *b = two_sellers("2026-08-31");
        give_past(b);
        build_open(b, "O1", "Anna", 20, 15, 1200000);
        build_open(b, "O2", "Bert", 30, -80, 900000);
        build_quota(b, "Anna", NULL, 2000000);
        build_quota(b, "Bert", NULL, 2000000);
        struct speaker *speaker = speaker_new(b, languages[l]);
        for (size_t i = 0; i < 3; i++)
            assert_finished(speaker_pack(speaker, ids[i]));
        speaker_free(speaker);
    }
}

static void
plan_short(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    give_past(b);
    build_closed(b, "W1", "Anna", 30, 5, "Won", 1000000);
    build_quota(b, "Anna", NULL, 9000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    const char *text = speaker_pack(speaker, "Anna");
    assert_has(text, "EUR\u00a010.0k of the quota of EUR\u00a090.0k is booked");
    assert_has(text, "to find; the chance of making the number is 0%.");
    assert_lacks(text, "The number is made");
    speaker_free(speaker);
}

static void
plan_met_at_equality(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    give_past(b);
    build_closed(b, "W1", "Anna", 30, 5, "Won", 1000000);
    build_quota(b, "Anna", NULL, 1000000);
    build_quota(b, "Bert", NULL, 1000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    const char *text = speaker_pack(speaker, "Anna");
    assert_has(text,
               "The number is made: EUR\u00a010.0k is booked against a quota of EUR\u00a010.0k");
    assert_has(text, "The gap is closed: no more deals are needed this period");
    assert_has(text, "Nothing is missing: the quota is reached without any change.");
    speaker_free(speaker);
}

static void
plan_over(void **state)
{
    struct builder *b = two_sellers("2026-09-30");
    (void)state;
    give_past(b);
    build_quota(b, "Anna", NULL, 5000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    assert_has(speaker_pack(speaker, "Anna"),
               "The period is over: EUR\u00a00 of EUR\u00a050.0k was booked");
    speaker_free(speaker);
}

/* Whoever starts is not measured by results, and hears nothing adverse about them. */
static void
starting(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    give_past(b);
    build_seller(b, "Cleo", "T1", "2026-08-01");
    build_quota(b, "Cleo", NULL, 5000000);
    build_quota(b, "Anna", NULL, 5000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    const char *text = speaker_pack(speaker, "Cleo");
    assert_has(text, "Results are not yet expected: tenure is shorter than the time a deal takes");
    static const char *const adverse[] = {"That leaves", "does not sustain", "How many more deals",
                                          "stands at",   "closes the gap",   "of its steady need"};
    for (size_t i = 0; i < sizeof adverse / sizeof *adverse; i++)
        assert_lacks(text, adverse[i]);
    assert_has(text, "Chance of making the number: \u2013  (not yet expected)");
    assert_has(text, "| forecast.expected | not yet expected | E = B + X + Y");
    assert_has(text, "| forecast.gap | not yet expected | ");
    assert_has(text, "| forecast.quota | EUR\u00a050.0k | ");
    text = speaker_pack(speaker, "T1");
    assert_has(text, "One seller is starting: results are not yet expected.");
    assert_has(text, "| Cleo | 50 | 0 | not yet expected | 0 | \u2013 |");
    assert_has(text, "The one seller with a gap lacks clean coverage"); /* Anna */
    speaker_free(speaker);
}

static void
no_named_peer(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    give_past(b);
    build_open(b, "O1", "Anna", 20, 15, 1200000);
    build_open(b, "Peerdeal", "Bert", 30, 15, 900000);
    build_quota(b, "Anna", NULL, 2000000);
    build_quota(b, "Bert", NULL, 2000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    const char *text = speaker_pack(speaker, "Anna");
    assert_lacks(text, "Bert");
    assert_lacks(text, "Peerdeal");
    assert_has(text, "What the seller sees that the numbers do not");
    assert_has(text, "What the manager sees that the numbers do not");
    speaker_free(speaker);
}

static void
flags(void **state)
{
    static const struct {
        int clean, flagged;
        const char *expected;
    } cases[] = {
        {3, 0, "All 3 open deals stand up to the checks"},
        {2, 1, "One of 3 open deals does not stand up to the checks"},
        {1, 2, "2 of 3 open deals do not stand up to the checks; most value: “older than wins"},
        {0, 0, "Integrity of the pipeline: not shown, no data."}};
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct builder *b = two_sellers("2026-08-31");
        give_past(b);
        for (int i = 0; i < cases[c].clean; i++)
            build_open(b, build_id(b, "O", i), "Anna", 20, 15, 1000000);
        for (int i = 0; i < cases[c].flagged; i++)
            build_open(b, build_id(b, "F", i), "Anna", 300, -60, 1000000);
        struct speaker *speaker = speaker_new(b, "en-GB");
        assert_has(speaker_pack(speaker, "T1"), cases[c].expected);
        speaker_free(speaker);
    }
}

static void
coverage(void **state)
{
    static const struct {
        int64_t quota;
        int open;
        const char *expected;
    } cases[] = {{1, 0, "Coverage: not shown, no gap."},
                 {9000000, 0, "Both sellers with a gap lack clean coverage for the own need"},
                 {9000000, 60, "1 of 2 sellers with a gap lack clean coverage for the own need"}};
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct builder *b = two_sellers("2026-08-31");
        give_past(b);
        build_closed(b, "W1", "Anna", 30, 5, "Won", 1000);
        build_closed(b, "W2", "Bert", 30, 5, "Won", 1000);
        build_quota(b, "Anna", NULL, cases[c].quota);
        build_quota(b, "Bert", NULL, cases[c].quota);
        for (int i = 0; i < cases[c].open; i++)
            build_open(b, build_id(b, "O", i), "Anna", 20, 15, 1000000);
        struct speaker *speaker = speaker_new(b, "en-GB");
        assert_has(speaker_pack(speaker, "T1"), cases[c].expected);
        speaker_free(speaker);
    }
}

static void
attainment(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    give_past(b);
    build_closed(b, "W1", "Anna", 30, 5, "Won", 5000000);
    build_quota(b, "Anna", NULL, 5000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    assert_has(speaker_pack(speaker, "company"),
               "One of 1 reached the quota so far, one is expected to");
    speaker_free(speaker);
}

/* A difference is claimed only where intervals do not meet, and from ten decided deals on. */
static void
sources(void **state)
{
    static const struct {
        int each;
        const char *other; /* NULL: not known, which is no source */
        const char *expected;
    } cases[] = {{9, "Mail", "No detectable difference between sources"},
                 {12, "Mail", "Deals from “Fair” are won more often than from “Mail”"},
                 {12, NULL, "No detectable difference between sources"}};
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct builder *b = two_sellers("2026-08-31");
        for (int i = 0; i < cases[c].each; i++) {
            build_closed(b, build_id(b, "F", i), "Anna", 40, 50 + i, "Won", 1000000)->source =
                "Fair";
            build_closed(b, build_id(b, "M", i), "Anna", 40, 50 + i, "Lost", 1000000)->source =
                cases[c].other;
        }
        struct speaker *speaker = speaker_new(b, "en-GB");
        assert_has(speaker_pack(speaker, "T1"), cases[c].expected);
        speaker_free(speaker);
    }
}

/* Ten sellers each below the quota or above it: the spread counts them and names nobody. */
static void
spread(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    for (int i = 0; i < 4; i++)
        build_seller(b, build_id(b, "Seller", i), "T1", "2020-01-01");
    give_past(b);
    build_closed(b, "W1", "Anna", 30, 5, "Won", 5000000);
    build_quota(b, "Anna", NULL, 5000000);
    build_quota(b, "Bert", NULL, 5000000);
    for (int i = 0; i < 4; i++)
        build_quota(b, build_id(b, "Seller", i), NULL, 5000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    assert_has(speaker_pack(speaker, "company"), "One of 6 sellers reached the quota so far");
    speaker_free(speaker);
}

/* Nothing booked is not EUR 0 of something, and what is hardly anything is not told to the cent. */
static void
plan_empty(void **state)
{
    static const struct {
        const char *locale, *nothing;
    } said[] = {{"en-GB", "Nothing of the quota of EUR\u00a090.0k is booked yet"},
                {"de-DE", "Vom Ziel von 90,0\u00a0Tsd.\u00a0EUR ist noch nichts gebucht"}};
    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct builder *b = two_sellers("2026-08-31");
        give_past(b);
        build_quota(b, "Anna", NULL, 9000000);
        struct speaker *speaker = speaker_new(b, said[i].locale);
        const char *text = speaker_pack(speaker, "Anna");
        assert_has(text, said[i].nothing);
        assert_has(text, i ? "aus k\u00fcnftigen Deals" : "(from deals still to come)");
        assert_lacks(text, "0 of 0");
        assert_lacks(text, "0 von 0");
        speaker_free(speaker);
    }
}

/* Enough in the mean is no promise where few deals carry it. */
static void
plan_on_average(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    give_past(b);
    build_closed(b, "W1", "Anna", 30, 5, "Won", 8900000);
    build_open(b, "O1", "Anna", 20, 15, 9000000);
    build_quota(b, "Anna", NULL, 9000000);
    struct speaker *speaker = speaker_new(b, "en-GB");
    const char *text = speaker_pack(speaker, "Anna");
    assert_has(text, "enough on average. But it hangs on few deals");
    assert_has(text, "One deal to talk about");
    assert_lacks(text, "above the quota.");
    speaker_free(speaker);
}

/* What was not logged was not left undone: without activities nobody was never contacted. */
static void
unlogged(void **state)
{
    struct builder *b = two_sellers("2026-08-31");
    (void)state;
    struct build_account *account = build_account(b, "A1", "Anna");
    account->icp = ANSWER_YES;
    account->potential = 5000000;
    struct speaker *speaker = speaker_new(b, "en-GB");
    const char *text = speaker_pack(speaker, "T1");
    assert_has(text, "One account holds the whitespace");
    assert_has(text, "| A1 | 50.0 | \u2013 ");
    assert_lacks(text, "never contacted");
    assert_lacks(text, "two-way contact in 90 days");
    assert_has(text, "Coverage: not shown, no quota is known.");
    assert_has(text, "Quality of conversations: not shown, activities are not in the extracts.");
    speaker_free(speaker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known), cmocka_unit_test(everything_known),
        cmocka_unit_test(plan_short),    cmocka_unit_test(plan_met_at_equality),
        cmocka_unit_test(plan_over),     cmocka_unit_test(starting),
        cmocka_unit_test(no_named_peer), cmocka_unit_test(flags),
        cmocka_unit_test(coverage),      cmocka_unit_test(attainment),
        cmocka_unit_test(sources),       cmocka_unit_test(spread),
        cmocka_unit_test(plan_empty),    cmocka_unit_test(plan_on_average),
        cmocka_unit_test(unlogged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
