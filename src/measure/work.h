/* work: what the modules of this folder share while they compute: windows, lists of deals by
 * owner, the facts of every scope and the curve of the company.
 *
 * Facts stand in an array beside dataset.scope: facts[scope], and one more at the end for the
 * unknown owner, who is no scope but takes part in sums. measures.c runs the steps in order:
 * first the preparations (whole company, fill facts and deal facts), then for every scope, in
 * parallel, the functions that write its measures on a sheet. */
#ifndef SEFPACK_MEASURE_WORK_H
#define SEFPACK_MEASURE_WORK_H

#include "config.h"
#include "dataset.h"
#include "measures.h"

/* A number or the reason for none. */
struct maybe {
    double value;
    enum why why;
};

struct tally { /* deals, and the value of those with a known amount */
    uint32_t number, valued;
    int64_t value;
};

/* A rate: raw, or estimated with an interval. */
struct share {
    double k, n, value, low, high;
    const char *basis; /* "shrunk", "pooled", "prior", "sum" or NULL */
    enum why why;
};

/* (after, upto] */
struct window {
    day after, upto;
};

/* A qualified, non-renewal deal won, lost or undecided in T. */
struct decided {
    uint32_t deal;
    uint32_t owner;
    int32_t age; /* close - tq */
    uint8_t outcome;
    int8_t weakest;          /* letter value, -1 unknown */
    uint8_t strategic;       /* enum answer */
    int64_t amount;          /* MONEY_NONE unknown */
    uint32_t source, reason; /* words */
};

/* An open deal as the scopes ask for it, a line of memory each: what its row and its fact say. */
struct open_deal {
    uint32_t fact, deal, owner; /* index into measures->fact */
    uint32_t flags;
    int64_t amount; /* MONEY_NONE unknown */
    double q, size_effect;
    day close;
    int32_t age;
    uint32_t source; /* word */
    int16_t stage;
    int8_t primary;
    uint8_t category;
    bool clean, zombie, strategic;
};

struct decisions { /* qualified, non-renewal deals decided in some days */
    uint32_t decided;
    struct tally won;
};

struct lever_money { /* gained in this and the next period */
    struct maybe now, next;
};

enum lever {
    LEVER_WIN,
    LEVER_NOW,
    LEVER_CREATION,
    LEVER_CYCLE,
    LEVER_SIZE,
    LEVER_INTEGRITY,
    LEVER_COUNT
};
enum factor {
    FACTOR_TERRITORY,
    FACTOR_PROSPECTING,
    FACTOR_WIN,
    FACTOR_SIZE,
    FACTOR_CYCLE,
    FACTOR_INTEGRITY,
    FACTOR_COUNT
};
#define SCENARIOS_MOST 16

/* What a seller's part of the system is, from system_prepare; sums of it make a team's. */
struct system_facts {
    struct maybe seed_raw, seed_clean, time_true, steady, steady_leads, leads, accounts;
    struct lever_money lever[LEVER_COUNT];
    struct maybe gain[FACTOR_COUNT];
    int binding; /* enum factor, FACTOR_COUNT for none, -1 unknown */
    struct {
        struct maybe need; /* new deals, at the scenario's rate */
        double expected;
    } scenario[SCENARIOS_MOST];
};

struct scope_facts {
    enum scope_kind kind;
    uint32_t scope;                     /* scope_count for the unknown owner */
    uint32_t seller;                    /* of a seller's scope and the unknown owner, else NONE */
    uint32_t first, end;                /* sellers in dataset.order */
    bool known, left, present, ramping; /* of a seller; present: known and not left */

    /* deals.c: won, lost, no_decision in T; open, clean, zombie now. Of sellers after
     * deals_prepare (open and clean: winning_prepare), of teams their sums from winning_prepare on
     */
    struct tally won, lost, no_decision, open, clean, zombie;
    int64_t won_days, decided_days;       /* sums of ages at winning, at decision */
    struct tally booked[SEGMENT_COUNT];   /* won in P */
    struct tally booked_t[SEGMENT_COUNT]; /* won in T */
    uint32_t left_in_r;                   /* decided or disqualified in R, qualified non-renewal */
    struct tally created, created_recent; /* tq in P, in R, non-renewal, whatever their state */
    struct tally renewals_due;            /* open renewals expected to close in P */
    struct decisions to_date,
        same_days; /* of sellers: in P; in as many days of the period before */

    /* deals.c: w, w^z; A, A_d, mean age at winning, mean time in the pipeline (all shrunk) */
    struct share w, wz;
    struct maybe size, size_decided, cycle_own, in_pipeline;
    double s, time_scale;           /* of sellers: w / p; k_i */
    double days_won, next_days_won; /* of sellers, forecast.c: sums of F_i for new deals of a day */

    /* prospecting.c, territory.c, engagement.c: filled by *_prepare for every scope and the
     * unknown owner */
    double lambda; /* qualified deals a day */
    uint32_t lambda_count;
    int lambda_days;           /* the deals and days behind it; a team's: sum, 91 */
    struct share rate;         /* r; k, n worked leads */
    struct maybe kappa;        /* accounts a deal */
    struct share coverage;     /* worked icp / icp by number; why when unknown */
    struct maybe icp_unworked; /* icp accounts not worked */
    struct share capture;      /* calls.capture */

    /* forecast.c */
    bool has_quota;
    int64_t quota, quota_below; /* Q; sum of those below, for over-assignment */
    bool own_quota, below_quota;
    int64_t bookings, gap;  /* B; G (0 without quota) */
    double clean_q;         /* sum of q over clean deals */
    double existing, fresh; /* X, Y */
    double next_existing, next_fresh;
    double steady;
    double spread_mean;   /* mean of the distribution, X + Y up to rounding */
    double p10, p50, p90; /* B included */

    struct system_facts system; /* sellers and the unknown owner */
    bool overflow;              /* a sum of money passed 64 bits */
};

struct curve;           /* curve.h */
struct engagement_sums; /* engagement.c */
struct movement;        /* movement.h */
struct land;            /* territory.c */
struct lead_steps;      /* lead_steps.h */
struct entrances;       /* entrances.h */
struct intervals;       /* intervals.h */
struct past;            /* findings_pipeline.c */

struct work {
    struct measures *measures;
    const struct config *config;
    const struct dataset *dataset;
    const struct history *history; /* or NULL */
    unsigned jobs;
    struct diag *diag;
    struct arena *arena;         /* for preparations, one after the other */
    struct arena **side_arena;   /* for those side by side, one each */
    struct arena **worker_arena; /* for sheets, one a worker */
    struct arena **scratch;      /* likewise, cleared behind each owner and each scope */

    day as_of;
    struct window t, r, to_date;        /* to_date: the days of P up to as-of */
    int days_left, length, next_length; /* D, len(P), len(P+) */

    struct scope_facts *facts; /* scope_count + 1 */
    uint32_t owner_count;      /* sellers and the unknown owner */

    /* open deals: by owner, then ascending deal; what the facts say from winning_prepare on, q
     * from forecast_prepare on */
    uint32_t *open_first;
    struct open_deal *open;
    /* decided deals in T: by owner, then ascending deal */
    uint32_t *decided_first;
    struct decided *decided;

    struct intervals *intervals;

    /* of the company, from deals.c */
    double p;                 /* sum k / sum n, corrected; the prior without decided deals */
    int32_t age_p10, age_p95; /* of age at winning in T; -1 without wins */
    bool has_size_effect;
    double effect_a, effect_b, effect_median;
    struct curve *curve;
    struct maybe cycle;     /* deals.cycle */
    uint32_t *latest_call;  /* of each owner for the period, NONE without */
    int64_t strategic_from; /* amounts of at least this are strategic; MONEY_NONE: none */

    struct maybe reference[FACTOR_COUNT]; /* system.c */

    struct engagement_sums *engagement;  /* scope_count + 1, from engagement_prepare */
    struct movement *movement;           /* scope_count + 1, NULL without an earlier state */
    enum why no_movement;                /* why it is NULL */
    day movement_since;                  /* the earlier day, and what tells of it: history, */
    const char *movement_basis;          /* previous, MEASURE_FROM_RUNS; NULL for none */
    const char *pushes_basis;            /* history, MEASURE_FROM_RUNS; NULL for none */
    day pushes_since;                    /* the first run that saw; DAY_NONE: since the beginning */
    const struct entrances *entrances;   /* NULL without history */
    const struct land *land;             /* NULL without accounts */
    const struct lead_steps *lead_steps; /* of the leads worked in T, NULL without leads */
    struct past *past;                   /* by scope, from stored runs */
};

/* The facts of a seller or, with sellers.count, of the unknown owner. */
struct scope_facts *
work_seller(const struct work *work, uint32_t seller);

static inline bool
work_within(struct window window, day d)
{
    return d > window.after && d <= window.upto;
}

/* Won in T, the W + L + ND of T. */
static inline uint32_t
work_decided(const struct scope_facts *facts)
{
    return facts->won.number + facts->lost.number + facts->no_decision.number;
}

/* Adds; false where the sum does not fit. MONEY_NONE is not counted as a value. */
bool
work_add(struct tally *tally, int64_t amount);

/* Adds; a sum that does not fit sets facts->overflow, and then no number of the run is published.
 * MONEY_NONE is not counted as a value. */
void
work_tally(struct scope_facts *facts, struct tally *tally, int64_t amount);

/* to += from, likewise. */
void
work_merge(struct scope_facts *facts, struct tally *to, struct tally from);

/* Where one scope's measures are written. */
struct sheet {
    struct work *work;
    struct arena *arena;
    struct arena *scratch; /* for what the measures do not keep */
    uint32_t scope;
    struct scope_facts *facts;
    struct measure *measure; /* MEASURE_COUNT */
};

#define REAL(name, x) ((struct cell){.field = (uint8_t)(name), .kind = CELL_REAL, .real = (x)})
#define WHOLE(name, x) ((struct cell){.field = (uint8_t)(name), .kind = CELL_WHOLE, .whole = (x)})
#define STRING(name, x) ((struct cell){.field = (uint8_t)(name), .kind = CELL_TEXT, .text = (x)})
#define TRUTH(name, x) ((struct cell){.field = (uint8_t)(name), .kind = CELL_BOOL, .whole = (x)})
#define DAYCELL(name, x) ((struct cell){.field = (uint8_t)(name), .kind = CELL_DAY, .whole = (x)})
#define EMPTY(name) ((struct cell){.field = (uint8_t)(name), .kind = CELL_NULL, .whole = 0})
#define CELLS(...)                                                                                 \
    (uint32_t)(sizeof((struct cell[]){__VA_ARGS__}) / sizeof(struct cell)), (struct cell[])        \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* measure_put(sheet, M_DEALS_WON, CELLS(WHOLE(F_NUMBER, n), WHOLE(F_VALUE, v))): the cells in the
 * order in which they are written. Texts must live as long as the measures. A REAL that is not
 * finite becomes null, and as F_VALUE makes the measure null for `zero_denominator`. */
void
measure_put(const struct sheet *sheet, enum measure_id id, uint32_t count, const struct cell *cell);

/* Null with its reason; further cells (k, n) may follow by measure_add. Every measure of a scope
 * begins as `not_defined`, which leaves it out. */
void
measure_null(const struct sheet *sheet, enum measure_id id, enum why why);

/* More cells to a measure that was put or nulled. */
void
measure_add(const struct sheet *sheet, enum measure_id id, uint32_t count, const struct cell *cell);

/* Room for so many rows, where they are known to be many. */
void
measure_rows(const struct sheet *sheet, enum measure_id id, uint32_t room);

/* A row behind the rows there are; a measure with only rows needs no put. */
void
measure_row(const struct sheet *sheet, enum measure_id id, uint32_t count, const struct cell *cell);

/* More cells to the last row. */
void
measure_row_add(const struct sheet *sheet, enum measure_id id, uint32_t count,
                const struct cell *cell);

/* value, or null with why. */
void
measure_maybe(const struct sheet *sheet, enum measure_id id, struct maybe maybe);

/* value, k, n, low, high and basis where there is one; k as a whole number when it is one. */
void
measure_share(const struct sheet *sheet, enum measure_id id, struct share share);

/* number, value */
void
measure_tally(const struct sheet *sheet, enum measure_id id, struct tally tally);

/* REAL, or null where there is none: for rows. */
struct cell
measure_cell(enum field field, struct maybe maybe);

/* k of n with the 80 % Jeffreys interval; `zero_denominator` for n = 0. */
struct share
share_of(const struct work *work, double k, double n);

/* A copy that lives as long as the measures. */
const char *
sheet_text(const struct sheet *sheet, struct text text);

/* The name of a config stage or of a word, "" for unknown; no copy needed. */
const char *
sheet_word(const struct sheet *sheet, uint32_t word);

/* ---- The steps, in the order in which measures.c runs them ---- */

/* Side by side, from the dataset alone; what they find lies in an arena of their own. */

/* Lists, counts, zombies: every open deal has its fact with age and zombie. */
void
deals_prepare(struct work *work, struct arena *arena);
/* What the scopes' owners had with contacts. */
void
engagement_prepare(struct work *work, struct arena *arena);
/* Whatever movement and stages find once for the whole company (may be empty). */
void
movement_prepare(struct work *work, struct arena *arena);
void
stages_prepare(struct work *work, struct arena *arena);
/* facts rate, kappa. */
void
prospecting_prepare(struct work *work, struct arena *arena);
/* facts coverage, icp_unworked. */
void
territory_prepare(struct work *work, struct arena *arena);

/* One after the other. */

/* facts.capture of every scope and owner. */
void
engagement_capture(struct work *work);
/* deal_fact pushes. */
void
pushes_prepare(struct work *work);
/* deal_fact flags, primary, clean. */
void
flags_prepare(struct work *work);
/* facts.open and .clean, w, sizes, the curve, ramping, strategic. */
void
winning_prepare(struct work *work);
/* lambda of every scope: qualified new deals a day over R, or since the start if later; who left
 * has none, who has just started that of his colleagues; teams add their sellers up. */
void
creation_prepare(struct work *work);
/* q of every open deal, quotas, X, Y. */
void
forecast_prepare(struct work *work);
/* References, needs, levers, gains of every seller. */
void
system_prepare(struct work *work);
/* The circle of influence of strategic deals. */
void
influence_prepare(struct work *work);
/* What stored runs know for the findings. */
void
findings_prepare(struct work *work);

/* Whether a sum of money of that scope (or, with scope_count, of the unknown owner) did not fit. */
bool
movement_overflows(const struct work *work, uint32_t entry);

bool
territory_overflows(const struct work *work);

void
deals_measure(const struct sheet *sheet);
void
pipeline_measure(const struct sheet *sheet);
void
movement_measure(const struct sheet *sheet);
void
stages_measure(const struct sheet *sheet);
void
pushes_measure(const struct sheet *sheet);
void
prospecting_measure(const struct sheet *sheet);
void
territory_measure(const struct sheet *sheet);
void
engagement_measure(const struct sheet *sheet);
void
forecast_measure(const struct sheet *sheet);
void
system_measure(const struct sheet *sheet);
void
drivers_measure(const struct sheet *sheet);
void
concentration_measure(const struct sheet *sheet);
/* Last, reading the measures of the sheet. */
void
findings_find(const struct sheet *sheet);
/* After identities_check: a failed identity is the first finding of every scope. */
void
findings_of_identities(struct work *work);

#endif
