/* Findings about change and spread: each appears where the numbers carry it, and not one case
 * short of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "findings.h"

#define AS_OF "2026-11-15"

static const struct finding *
finding_of(const struct builder *b, const char *scope, const char *id)
{
    const struct scope_measures *s = &b->measures->scope[builder_scope(b, scope)];
    for (uint32_t i = 0; i < s->finding_count; i++)
        if (strcmp(s->finding[i].id, id) == 0)
            return &s->finding[i];
    return NULL;
}

static void
closed(struct builder *b, const char *prefix, const char *owner, int count, const char *stage,
       int ago)
{
    for (int i = 0; i < count; i++)
        build_closed(b, build_id(b, prefix, i), owner, 40, ago, stage, 1000 + i);
}

/* Ten of twelve won in the same days of the last quarter; now `won` of twelve. */
static bool
win_rate_has_changed(int won)
{
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    closed(b, "A", "S1", 10, "Won", 120), closed(b, "B", "S1", 2, "Lost", 120);
    closed(b, "C", "S1", won, "Won", 20), closed(b, "D", "S1", 12 - won, "Lost", 20);
    builder_measures(b);
    const struct finding *finding = finding_of(b, "S1", "win_rate_changed");
    bool found = finding != NULL;
    if (found) { /* with the deals of the period as rows */
        assert_int_equal(finding->deal_count, 12);
        assert_null(finding_of(b, "S1", "no_change"));
    }
    builder_free(b);
    return found;
}

static void
test_win_rate_changed(void **state)
{
    (void)state; /* 10 against 5 of 12: p = .089; 4: .036 */
    assert_false(win_rate_has_changed(5));
    assert_true(win_rate_has_changed(4));
}

static bool
drains(int in, int out)
{
    struct builder *b = builder_new(AS_OF);
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < in; i++)
        build_open(b, build_id(b, "X", i), "S1", 30, 30, 1000);
    closed(b, "L", "S1", out, "Lost", 60); /* qualified 100 days ago */
    builder_measures(b);
    bool found = finding_of(b, "S1", "draining") != NULL;
    builder_free(b);
    return found;
}

static void
test_draining(void **state)
{
    (void)state;
    assert_false(drains(10, 22)); /* p = .0501 */
    assert_true(drains(10, 23));  /* p = .035 */
    assert_false(drains(20, 10));
    assert_false(drains(0, 9)); /* nine cases */
}

static bool
lacks_steps(int without)
{
    struct builder *b = builder_new(AS_OF);
    builder_config(b)->rule[FLAG_NO_NEXT_STEP].word = RULE_FLAG;
    build_seller(b, "S1", NULL, NULL);
    for (int i = 0; i < 12; i++) {
        struct build_deal *d = build_open(b, build_id(b, "X", i), "S1", 30, 30, 1000);
        d->next_step = i < without ? NULL : "call";
    }
    builder_measures(b);
    const struct finding *finding = finding_of(b, "S1", "no_next_step");
    bool found = finding && finding->deal_count == (uint32_t)without;
    builder_free(b);
    return found;
}

static void
test_no_next_step(void **state)
{
    (void)state;
    assert_false(lacks_steps(3));
    assert_true(lacks_steps(4));
}

/* One of ten sellers has all wins but a few, or all have the same. */
static void
test_concentration_and_luck(void **state)
{
    (void)state;
    for (int even = 0; even < 2; even++) {
        struct builder *b = builder_new(AS_OF);
        for (int i = 0; i < 10; i++) {
            const char *id = build_id(b, "S", i);
            build_seller(b, id, NULL, NULL);
            closed(b, build_id(b, "W", i), id, even ? 6 : i ? 2 : 40, "Won", 30);
        }
        builder_measures(b);
        assert_true((finding_of(b, "company", "luck") != NULL) == (even == 1));
        assert_true((finding_of(b, "company", "concentrated_results") != NULL) == (even == 0));
        builder_free(b);
    }
}

static void
test_on_track_and_calls(void **state)
{
    (void)state;
    for (int bold = 0; bold < 2; bold++) {
        struct builder *b = builder_new(AS_OF);
        build_seller(b, "S1", NULL, NULL);
        closed(b, "W", "S1", 40, "Won", 10);
        closed(b, "L", "S1", 10, "Lost", 20);
        for (int i = 0; i < 20; i++)
            build_open(b, build_id(b, "X", i), "S1", 20, 20, 1000);
        int64_t booked = 40 * 1000 + 40 * 39 / 2;
        build_quota(b, "S1", NULL, booked + 2000);
        build_call(b, "S1", "2026-11-01", bold ? booked * 9 : booked, MONEY_NONE);
        builder_measures(b);
        const struct finding *finding = finding_of(b, "S1", "on_track");
        assert_non_null(finding);
        assert_int_equal(finding->deal_count, 20);
        finding = finding_of(b, "S1", "optimistic_call");
        assert_true((finding != NULL) == (bold == 1));
        if (finding)
            assert_true(finding->stake > 0);
        builder_free(b);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_win_rate_changed),   cmocka_unit_test(test_draining),
        cmocka_unit_test(test_no_next_step),       cmocka_unit_test(test_concentration_and_luck),
        cmocka_unit_test(test_on_track_and_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
