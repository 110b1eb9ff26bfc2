/* builder: small companies by hand, for the tests of measure.
 *
 *     struct builder *b = builder_new("2026-10-31");         quarter, stages below, all rules off
 *     build_team(b, "T1", NULL); build_seller(b, "S1", "T1", NULL);
 *     struct build_deal *d = build_deal(b, "D1", "S1", "2026-08-01", "Open", 50000);
 *     d->close = builder_day("2026-10-30");
 *     builder_config(b)->rule[FLAG_PAST_CLOSE].word = RULE_FATAL;   changes before the finish
 *     struct dataset *dataset = builder_finish(b);            sorted, linked
 *     struct measures *m = builder_measures(b);               finishes and computes
 *     builder_free(b);
 *
 * Stages: Lead (open, not qualified), Open, Proposal (open, qualified), Won, Lost, None (no
 * decision), Junk (disqualified). A deal's day of qualification is its created day unless changed;
 * closed ones close on `close`. Ids are sorted at the finish, so references are by id. */
#ifndef SEFPACK_TEST_MEASURE_BUILDER_H
#define SEFPACK_TEST_MEASURE_BUILDER_H

#include "config.h"
#include "dataset.h"
#include "measures.h"

struct build_seller {
    const char *id, *team;
    day start, end;
};
struct build_team {
    const char *id, *parent;
};
struct build_account {
    const char *id, *owner;
    int64_t potential;
    uint8_t icp, customer;
};
struct build_contact {
    const char *id, *account;
    uint8_t level;
};
struct build_deal {
    const char *id, *owner, *account, *stage, *source, *reason, *next_step;
    day created, qualified, close, next_step_date;
    int64_t amount;
    uint8_t segment, category, strategic;
    int8_t letter[8];
};
struct build_change { /* a history row */
    const char *deal, *stage, *owner;
    day day, close;
    int64_t amount;
};
struct build_quota {
    const char *seller, *team; /* one of them; "company" */
    int64_t amount;
};
struct build_lead {
    const char *id, *owner, *deal, *source;
    day worked, replied, met, qualified, closed;
};
struct build_call {
    const char *owner;
    day day;
    int64_t commit, best;
};
struct build_meet { /* two-way with a contact */
    const char *contact, *owner, *account, *deal;
    day day;
    uint32_t times;
};

#define BUILD_LIST(kind)                                                                           \
    struct kind *kind;                                                                             \
    uint32_t kind##_count, kind##_room

struct builder {
    struct arena *arena;
    struct config config;
    struct dataset dataset;
    struct diag *diag;
    struct measures *measures;
    bool finished;
    BUILD_LIST(build_seller);
    BUILD_LIST(build_team);
    BUILD_LIST(build_account);
    BUILD_LIST(build_contact);
    BUILD_LIST(build_deal);
    BUILD_LIST(build_change);
    BUILD_LIST(build_quota);
    BUILD_LIST(build_lead);
    BUILD_LIST(build_call);
    BUILD_LIST(build_meet);
};

day
builder_day(const char *iso);

struct builder *
builder_new(const char *as_of);

struct config *
builder_config(struct builder *b);

struct build_team *
build_team(struct builder *b, const char *id, const char *parent);

/* A copy of a printed id that lives as long as the builder. */
const char *
build_id(struct builder *b, const char *prefix, int number);

struct build_seller *
build_seller(struct builder *b, const char *id, const char *team, const char *start);

struct build_account *
build_account(struct builder *b, const char *id, const char *owner);

struct build_contact *
build_contact(struct builder *b, const char *id, const char *account, uint8_t level);

struct build_deal *
build_deal(struct builder *b, const char *id, const char *owner, const char *created,
           const char *stage, int64_t amount);

/* A decided deal: created `age` days before its close, `ago` days before as-of. */
struct build_deal *
build_closed(struct builder *b, const char *id, const char *owner, int age, int ago,
             const char *stage, int64_t amount);

/* An open deal of that age, expected to close in `within` days (DAY_NONE for an unknown day). */
struct build_deal *
build_open(struct builder *b, const char *id, const char *owner, int age, int within,
           int64_t amount);

struct build_change *
build_change(struct builder *b, const char *deal, const char *on, const char *stage, int64_t amount,
             const char *close);

/* seller or team NULL; "company" as team is the company's own. */
struct build_quota *
build_quota(struct builder *b, const char *seller, const char *team, int64_t amount);

struct build_lead *
build_lead(struct builder *b, const char *id, const char *owner);

struct build_call *
build_call(struct builder *b, const char *owner, const char *on, int64_t commit, int64_t best);

struct build_meet *
build_meet(struct builder *b, const char *contact, const char *owner, const char *account,
           const char *deal, const char *on);

struct dataset *
builder_finish(struct builder *b);

struct measures *
builder_measures(struct builder *b);

void
builder_free(struct builder *b);

/* The scope of a team or seller id, "company" for the company. */
uint32_t
builder_scope(const struct builder *b, const char *id);

const struct measure *
builder_measure(const struct builder *b, const char *scope, enum measure_id id);

/* A field of a measure; NAN when it is null or not there. */
double
builder_value(const struct builder *b, const char *scope, enum measure_id id, enum field field);

/* A field of the row with that key. */
double
builder_row(const struct builder *b, const char *scope, enum measure_id id, const char *key,
            enum field field);

#endif
