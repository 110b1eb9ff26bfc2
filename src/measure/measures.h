/* measures: every number of every scope, and what they say.
 *
 * The table of measures (measures.def) is the one place that knows a measure: id, unit, which way
 * is better, how it rolls up, its formula in words, the measures it is made of. measures.json,
 * explain, the glossary, {placeholders} in words and src/measure/README.md come from it.
 * All memory lives in the measures' arena. No NaN or infinity is ever stored (measure_put checks).
 */
#ifndef SEFPACK_MEASURE_MEASURES_H
#define SEFPACK_MEASURE_MEASURES_H

#include "arena.h"
#include "buf.h"
#include "day.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct config;
struct dataset;
struct history;

enum measure_id {
#define MEASURE(id, ...) id,
#include "measures.def"
#undef MEASURE
    MEASURE_COUNT
};

enum unit {
    UNIT_SHARE,
    UNIT_MONEY,
    UNIT_COUNT,
    UNIT_DAYS,
    UNIT_DAY,
    UNIT_RATIO,
    UNIT_RATE /* a day */,
    UNIT_TEXT
};
enum better { BETTER_NEITHER, BETTER_HIGHER, BETTER_LOWER };
enum scopes { IN_ALL, IN_COMPANY, IN_SELLERS, IN_TEAMS /* teams and the company */ };
enum roll_up {
    ROLL_OWN /* the formula over the scope's own rows */,
    ROLL_SUM,
    ROLL_WEIGHTED,
    ROLL_DISTRIBUTION,
    ROLL_COMPANY /* the company's in every scope */
};

struct measure_row {  /* one row of the table */
    const char *name; /* "deals.win_rate.own" */
    enum unit unit;
    enum better better;
    enum scopes scopes;
    enum roll_up roll_up;
    bool has_rows;
    const char *inputs;  /* names of measures it is made of, blank-separated */
    const char *formula; /* in words and signs, one line */
    const char *source;  /* where the formula comes from, or "" */
};

extern const struct measure_row measure_table[MEASURE_COUNT];

/* MEASURE_COUNT when there is none of that name. */
enum measure_id
measure_find(struct text name);

/* Takes the next name off a row's inputs; MEASURE_COUNT when there is none. */
enum measure_id
measure_input(const char **inputs);

/* Why a value is null. */
enum why {
    WHY_NONE,
    WHY_NO_DATA,
    WHY_TOO_FEW,
    WHY_NOT_CONFIGURED,
    WHY_ZERO_DENOMINATOR,
    WHY_MET,
    WHY_TOO_LATE,
    WHY_NOT_YET_EXPECTED,
    WHY_IMPOSSIBLE,
    WHY_NOT_DEFINED /* not for this scope: left out */
};

extern const char *const measure_why_names[];

/* The names a value can stand under; measures.def's FIELD list gives the JSON keys. */
enum field {
#define FIELD(id, name) id,
#include "fields.def"
#undef FIELD
    FIELD_COUNT
};

extern const char *const measure_field_names[FIELD_COUNT];

/* The `basis` of what was found in the memory of earlier runs and not in the extracts. */
#define MEASURE_FROM_RUNS "runs"

enum cell_kind { CELL_NULL, CELL_REAL, CELL_WHOLE, CELL_TEXT, CELL_BOOL, CELL_DAY };

struct cell {
    uint8_t field, kind;
    union {
        double real;
        int64_t whole; /* also CELL_BOOL and CELL_DAY */
        const char *text;
    };
};

struct cells {
    uint32_t count;
    struct cell *cell;
};

struct measure {
    enum why why; /* not WHY_NONE: F_VALUE is null */
    struct cells fields;
    uint32_t row_count, row_room;
    struct cells *row; /* each begins with F_KEY where rows have keys */
};

/* What is known of each open, qualified, non-renewal deal (deals.json): index into deal_facts. */
struct deal_fact {
    uint32_t deal;
    int32_t age;
    double q, size_effect;
    uint32_t flags; /* bits 1 << enum flag, switched-on ones */
    int8_t primary; /* enum flag of the first fatal one, -1 */
    bool clean, zombie, strategic;
    int32_t pushes, pushed_days; /* times and days the close moved later; -1 times: not known */
    int8_t weakest;              /* letter value or -1 */
    double complete;             /* share of letters >= 2; -1 when not configured */
    /* circle of influence, strategic deals only */
    uint32_t people, new_people, levels[5]; /* by enum level */
    uint8_t highest;                        /* enum level */
    double effective;
    int32_t silent_days; /* -1: never */
};

struct identity {
    const char *id; /* "I1" .. "I11" */
    bool applies, holds;
    const char *what; /* in words; with both sides and the scope's id when it fails */
    uint32_t scope;   /* where it fails, and both sides there */
    double left, right;
};

enum finding_severity { FINDING_NOTE, FINDING_ASK, FINDING_ALARM };

struct finding {
    const char *id; /* gap_unreachable: words in templates/words under findings */
    enum finding_severity severity;
    double stake; /* money, for the order; 0 unknown */
    uint32_t evidence_count;
    const enum measure_id *evidence;
    uint32_t deal_count; /* rows as evidence */
    const uint32_t *deal;
    uint32_t argument_count; /* numbers its words may name beside measure ids */
    const struct cell *argument;
};

struct scope_measures {
    uint32_t scope; /* in dataset.scope */
    struct measure measure[MEASURE_COUNT];
    uint32_t finding_count;
    struct finding *finding; /* by stake, largest first */
    bool ramping, left;
};

struct measures {
    struct arena *arena;
    const struct dataset *dataset;
    const struct config *config;
    uint32_t scope_count;
    struct scope_measures *scope; /* as dataset.scope */
    uint32_t fact_count;
    struct deal_fact *fact; /* ascending deal index */
    uint32_t *fact_of_deal; /* NONE when the deal is not in `open` */
    uint32_t identity_count;
    struct identity *identity; /* of the company; failures in any scope show here */
    bool sums_fit; /* false: a sum of money passed 64 bits, and nothing here may be shown */
    unsigned worker_count;
    struct arena **worker_arena; /* where the scopes' cells live, one a thread */
};

/* Computes everything. `history` may be NULL. A failed identity is an error with exit code 3; the
 * measures are returned all the same; a sum of money that does not fit is one with exit code 5
 * (`measures.overflow`), and `sums_fit` says so. Never NULL. */
struct measures *
measures_compute(const struct config *config, const struct dataset *dataset,
                 const struct history *history, unsigned jobs, struct diag *diag);

void
measures_free(struct measures *measures);

const struct measure *
measures_get(const struct measures *measures, uint32_t scope, enum measure_id id);

/* A field of a measure or of a row: NULL when it is not there. */
const struct cell *
measure_field(const struct cells *cells, enum field field);

/* The number of a field (REAL, WHOLE, BOOL, DAY); `otherwise` when absent or null. */
double
measure_number(const struct cells *cells, enum field field, double otherwise);

/* The row with that key, or NULL. */
const struct cells *
measure_key(const struct measure *measure, const char *key);

/* measures.json of one scope. */
void
measures_write_json(const struct measures *measures, uint32_t scope, struct buf *out);

/* The facts of the open deals of the scope `index`, ascending; free() them. */
uint32_t *
measures_facts(const struct measures *measures, uint32_t index, uint32_t *count);

/* The fact `index` as an item of deals.json, on lines of its own and without the comma between. */
void
measures_write_deal(const struct measures *measures, uint32_t index, struct buf *out);

/* `sefpack explain`: formula, inputs, value, rows behind. */
void
measures_explain(const struct measures *measures, uint32_t scope, enum measure_id id, bool json,
                 struct buf *out);

/* src/measure/README.md from the table. */
void
measures_write_reference(struct buf *out);

#endif
