/* explain: the formula, what it is made of, the result, and the very rows behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"
#include "builder.h"

static struct builder *
company(void)
{
    struct builder *b = builder_new("2026-11-15");
    build_team(b, "T1", NULL);
    build_seller(b, "S1", "T1", NULL);
    build_seller(b, "S2", "T1", NULL);
    build_closed(b, "W1", "S1", 40, 20, "Won", 123456);
    build_closed(b, "W2", "S2", 40, 20, "Won", 5000);
    build_closed(b, "L1", "S1", 40, 20, "Lost", 7000);
    build_closed(b, "W0", "S1", 40, 400, "Won", 999); /* too old */
    build_open(b, "D1", "S1", 10, 20, 4200);
    build_quota(b, "S1", NULL, 500000);
    build_account(b, "A1", "S1")->icp = ANSWER_YES;
    builder_measures(b);
    return b;
}

static const char *
explained(const struct builder *b, const char *scope, enum measure_id id, bool json,
          struct buf *out)
{
    buf_clear(out);
    measures_explain(b->measures, builder_scope(b, scope), id, json, out);
    return out->bytes;
}

static void
assert_has(const char *text, const char *piece)
{
    if (!strstr(text, piece))
        fail_msg("'%s' is not in:\n%s", piece, text);
}

static void
test_as_text(void **state)
{
    (void)state;
    struct builder *b = company();
    struct buf out = {0};
    const char *text = explained(b, "S1", M_DEALS_WON, false, &out);
    assert_has(text, "deals.won of seller S1 (S1), as of 2026-11-15\n");
    assert_has(text, "formula\n  W: qualified, non-renewal deals won");
    assert_has(text, "result\n  number 1  value 1234.56 EUR\n");
    assert_has(text, "rows behind: deals won in the 365 days up to as-of, no renewals\n"
                     "  W1  owner S1  Won  2026-10-26  1234.56 EUR\n");
    assert_null(strstr(text, "W2")); /* another seller's */
    assert_null(strstr(text, "W0"));
    text = explained(b, "T1", M_DEALS_WIN_RATE_BROAD, false, &out);
    assert_has(text, "made of\n  deals.won ");
    assert_has(text, "k 2  n 3");
    assert_has(text, "  L1  owner S1");
    assert_has(text, "  W2  owner S2");
    builder_free(b);
    buf_free(&out);
}

static void
test_a_null_says_why(void **state)
{
    (void)state;
    struct builder *b = company();
    struct buf out = {0};
    assert_has(explained(b, "S2", M_PIPELINE_WINS_NEEDED, false, &out), "because not_configured");
    assert_has(explained(b, "S2", M_SYSTEM_CONCENTRATION_GINI, false, &out),
               "not defined for this scope");
    assert_has(explained(b, "S2", M_PIPELINE_OPEN, false, &out), "rows behind: open deals\n  none");
    builder_free(b);
    buf_free(&out);
}

static void
test_as_json(void **state)
{
    (void)state;
    struct builder *b = company();
    struct buf out = {0};
    const char *text = explained(b, "S1", M_FORECAST_GAP, true, &out);
    assert_has(text, "\"measure\": \"forecast.gap\"");
    assert_has(text, "\"kind\": \"seller\"");
    assert_has(text, "\"forecast.quota\": {");
    assert_has(text, "\"id\": \"S1\"");
    text = explained(b, "S1", M_PIPELINE_OPEN, true, &out);
    assert_has(text, "\"what\": \"open deals\"");
    assert_has(text, "\"id\": \"D1\"");
    assert_has(text, "\"amount\": 4200");
    builder_free(b);
    buf_free(&out);
}

static void
test_every_measure_of_every_scope(void **state)
{
    (void)state;
    struct builder *b = company();
    struct buf out = {0};
    for (uint32_t scope = 0; scope < b->dataset.scope_count; scope++)
        for (int id = 0; id < MEASURE_COUNT; id++)
            for (int json = 0; json < 2; json++) {
                buf_clear(&out);
                measures_explain(b->measures, scope, (enum measure_id)id, json, &out);
                assert_has(out.bytes, measure_table[id].name);
                assert_null(strstr(out.bytes, "nan"));
            }
    builder_free(b);
    buf_free(&out);
}

static void
test_long_lists_are_cut_in_text_only(void **state)
{
    (void)state;
    struct builder *b = builder_new("2026-11-15");
    struct buf out = {0};
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < 30; i++)
        build_open(b, build_id(b, "D", i), "S1", 10, 20, 100);
    builder_measures(b);
    assert_has(explained(b, "S1", M_PIPELINE_OPEN, false, &out), "... and 10 more");
    assert_has(explained(b, "S1", M_PIPELINE_OPEN, true, &out), "D00029");
    builder_free(b);
    buf_free(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_text),
        cmocka_unit_test(test_a_null_says_why),
        cmocka_unit_test(test_as_json),
        cmocka_unit_test(test_every_measure_of_every_scope),
        cmocka_unit_test(test_long_lists_are_cut_in_text_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
