/* Properties of any company: sums tie, threads do not matter, other teams do not matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builder.h"
#include "luck.h"

#include <stdlib.h>

#define AS_OF "2026-11-15"
#define SEEDS 25

static uint32_t
below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(luck_next(state) % limit);
}

static const char *
pick_stage(uint64_t *state)
{
    static const char *const stages[] = {"Lead", "Open", "Proposal", "Won",
                                         "Won",  "Lost", "None",     "Junk"};
    return stages[below(state, 8)];
}

static void
random_deals(struct builder *b, uint64_t *state, const char *prefix, const char *const *owners,
             uint32_t owner_count, int count)
{
    for (int i = 0; i < count; i++) {
        const char *id = build_id(b, prefix, i), *owner = owners[below(state, owner_count)];
        day created = b->config.as_of - (day)below(state, 700);
        struct build_deal *d = build_deal(b, id, owner, NULL, pick_stage(state), 0);
        d->created = d->qualified = created;
        d->amount = below(state, 8) ? (int64_t)below(state, 900000) : MONEY_NONE;
        d->segment = below(state, 6) ? SEGMENT_NEW : SEGMENT_RENEWAL;
        d->source = below(state, 2) ? "Web" : NULL;
        bool closed =
            strcmp(d->stage, "Lead") && strcmp(d->stage, "Open") && strcmp(d->stage, "Proposal");
        uint32_t span = (uint32_t)(b->config.as_of - created) + 1;
        d->close = closed            ? created + (day)below(state, span)
                   : below(state, 5) ? b->config.as_of - 60 + (day)below(state, 160)
                                     : DAY_NONE;
        for (uint32_t row = below(state, 4); row > 0; row--) {
            struct build_change *h = build_change(b, id, NULL, pick_stage(state), MONEY_NONE, NULL);
            h->day = created + (day)below(state, span);
            h->close = below(state, 2) ? h->day + (day)below(state, 120) : DAY_NONE;
            h->amount = below(state, 2) ? (int64_t)below(state, 900000) : MONEY_NONE;
            h->owner = below(state, 3) ? NULL : owners[below(state, owner_count)];
        }
    }
}

static const char *const first_team[] = {"S1", "S2", "S3"};
static const char *const other_team[] = {"X1", "X2"};

/* Team T1 with deals of known and unknown owners; on wish another team with deals of its own. */
static struct builder *
random_company(uint64_t seed, bool with_other)
{
    struct builder *b = builder_new(AS_OF);
    uint64_t state = seed;
    for (int flag = 0; flag < FLAG_COUNT; flag++)
        if (flag != FLAG_ZOMBIE) /* which asks how old the company's wins are */
            b->config.rule[flag].word = flag % 2 ? RULE_FLAG : RULE_FATAL;
    b->config.rule[FLAG_ZOMBIE].word = RULE_OFF;
    b->config.rule[FLAG_TOO_SOON].word = b->config.rule[FLAG_AGED].word = RULE_OFF;
    build_team(b, "T1", NULL);
    for (int i = 0; i < 3; i++) {
        build_seller(b, first_team[i], "T1", i ? NULL : "2026-10-01");
        build_quota(b, first_team[i], NULL, 1000000);
    }
    random_deals(b, &state, "D", first_team, 3, 60);
    if (with_other) {
        build_team(b, "T9", NULL);
        for (int i = 0; i < 2; i++)
            build_seller(b, other_team[i], "T9", NULL);
        random_deals(b, &state, "Z", other_team, 2, 40);
    }
    return b;
}

static void
test_identities_hold(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct builder *b = random_company(seed, true);
        builder_measures(b);
        for (uint32_t i = 0; i < b->measures->identity_count; i++) {
            const struct identity *identity = &b->measures->identity[i];
            if (identity->applies && !identity->holds)
                fail_msg("seed %d: %s: %s", (int)seed, identity->id, identity->what);
        }
        builder_free(b);
    }
}

static void
write_deals(const struct measures *m, uint32_t scope, struct buf *out)
{
    uint32_t count, *facts = measures_facts(m, scope, &count);
    for (uint32_t i = 0; i < count; i++)
        measures_write_deal(m, facts[i], out);
    free(facts);
}

static void
test_threads_do_not_matter(void **state)
{
    (void)state;
    static const unsigned jobs[] = {1, 2, 8};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct builder *b = random_company(seed, true);
        struct dataset *dataset = builder_finish(b);
        struct buf out[3] = {{0}};
        for (int i = 0; i < 3; i++) {
            struct measures *m = measures_compute(&b->config, dataset, NULL, jobs[i], b->diag);
            for (uint32_t scope = 0; scope < m->scope_count; scope++) {
                measures_write_json(m, scope, &out[i]);
                write_deals(m, scope, &out[i]);
            }
            measures_free(m);
        }
        assert_true(text_equal(buf_as_text(&out[0]), buf_as_text(&out[1])));
        assert_true(text_equal(buf_as_text(&out[0]), buf_as_text(&out[2])));
        for (int i = 0; i < 3; i++)
            buf_free(&out[i]);
        builder_free(b);
    }
}

static bool
same_cells(const struct cells *a, const struct cells *b)
{
    bool same = a->count == b->count;
    for (uint32_t i = 0; same && i < a->count; i++) {
        const struct cell *x = &a->cell[i], *y = &b->cell[i];
        same = x->field == y->field && x->kind == y->kind &&
               (x->kind == CELL_TEXT   ? strcmp(x->text, y->text) == 0
                : x->kind == CELL_REAL ? x->real == y->real
                                       : x->whole == y->whole);
    }
    return same;
}

/* Facts, that is what is counted, not what is estimated from the whole company. */
static void
test_another_team_changes_no_facts(void **state)
{
    (void)state;
    static const enum measure_id facts[] = {
        M_DEALS_WON,           M_DEALS_LOST,         M_DEALS_WIN_RATE_BROAD,
        M_PIPELINE_OPEN,       M_PIPELINE_CLEAN,     M_PIPELINE_FLAGGED,
        M_PIPELINE_MOVEMENT,   M_PIPELINE_SLIP_RATE, M_PIPELINE_CREATED,
        M_PIPELINE_BY_STAGE,   M_PIPELINE_BY_AGE,    M_PIPELINE_BY_CLOSE_MONTH,
        M_PIPELINE_BY_SOURCE,  M_SYSTEM_BRIDGE,      M_SYSTEM_SIGNAL,
        M_FORECAST_BOOKED,     M_FORECAST_QUOTA,     M_PIPELINE_STAGE_CONVERSION,
        M_PIPELINE_REPLACEMENT};
    static const char *const scopes[] = {"T1", "S1", "S2", "S3"};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct builder *a = random_company(seed, false), *b = random_company(seed, true);
        builder_measures(a);
        builder_measures(b);
        for (size_t s = 0; s < sizeof scopes / sizeof *scopes; s++)
            for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
                const struct measure *x = builder_measure(a, scopes[s], facts[i]);
                const struct measure *y = builder_measure(b, scopes[s], facts[i]);
                assert_int_equal(x->why, y->why);
                assert_int_equal(x->row_count, y->row_count);
                assert_true(same_cells(&x->fields, &y->fields));
                for (uint32_t row = 0; row < x->row_count; row++)
                    assert_true(same_cells(&x->row[row], &y->row[row]));
            }
        builder_free(a);
        builder_free(b);
    }
}

static void
test_sellers_add_up_to_their_team(void **state)
{
    (void)state;
    static const enum measure_id sums[] = {
        M_DEALS_WON,       M_PIPELINE_OPEN,     M_PIPELINE_CLEAN,   M_PIPELINE_CREATED,
        M_FORECAST_BOOKED, M_DEALS_NO_DECISION, M_FORECAST_EXISTING};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct builder *b = random_company(seed, true);
        builder_measures(b);
        for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
            double team = builder_value(b, "T1", sums[i], F_VALUE), sum = 0;
            for (int s = 0; s < 3; s++)
                sum += builder_value(b, first_team[s], sums[i], F_VALUE);
            double apart = team > sum ? team - sum : sum - team;
            assert_true(apart <= 1e-9 * (1 + team));
        }
        builder_free(b);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identities_hold),
        cmocka_unit_test(test_threads_do_not_matter),
        cmocka_unit_test(test_another_team_changes_no_facts),
        cmocka_unit_test(test_sellers_add_up_to_their_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
