/* findings: what the numbers of a scope say, each with its evidence and the money at stake.
 *
 * A finding speaks of the system, never of a person's effort; ramping sellers, small numbers and
 * partly logged activities bring none against anybody. The words are in templates/words under
 * findings.<id>.title and .text; beside the scope's measures they may name the finding's arguments
 * (fields.def), "stake" and "rows". */
#ifndef SEFPACK_MEASURE_FINDINGS_H
#define SEFPACK_MEASURE_FINDINGS_H

#include "work.h"

#define ARGUMENTS_MOST 6
#define DEALS_MOST 50

/* What a predicate looks at and what it says when it holds. */
struct search {
    const struct sheet *sheet;
    const struct scope_facts *facts;
    const struct config *config;
    const struct deals *deals;
    double stake; /* money; 0 unknown */
    struct cell argument[ARGUMENTS_MOST];
    uint32_t argument_count;
    uint32_t deal[DEALS_MOST]; /* the largest ones, by amount, then id */
    uint32_t deal_count;
};

struct finding_rule {
    const char *id;
    enum finding_severity severity;
    bool (*found)(struct search *search);
    enum measure_id evidence[4]; /* ends early at MEASURE_COUNT */
};

/* The number of a measure; false where it is null or not of this scope. */
bool
findings_number(const struct search *search, enum measure_id id, double *out);

/* Another field of a measure, `otherwise` when absent. */
double
findings_field(const struct search *search, enum measure_id id, enum field field, double otherwise);

void
findings_say(struct search *search, struct cell argument);

struct open_sum { /* open deals that fit */
    uint32_t number;
    double value;
};

/* Counts the open deals of the scope that fit, and keeps the largest as rows. */
struct open_sum
findings_open(struct search *search,
              bool (*fits)(const struct search *search, const struct open_deal *open));

/* Keeps the largest deals of the scope decided in T that fit. */
void
findings_decided(struct search *search,
                 bool (*fits)(const struct search *search, const struct decided *decided));

/* For findings_open: deals without a fatal flag. */
bool
findings_clean(const struct search *search, const struct open_deal *open);

/* The rules, by what they speak of; each list ends with id NULL. */
extern const struct finding_rule findings_of_plan[];
extern const struct finding_rule findings_of_pipeline[];
extern const struct finding_rule findings_of_work[];

#endif
