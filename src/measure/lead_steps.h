/* lead_steps: how far each lead worked in T came and how long each step took, found once; the leads
 * of a scope stand side by side, so that each scope only counts its stretch. */
#ifndef SEFPACK_MEASURE_LEAD_STEPS_H
#define SEFPACK_MEASURE_LEAD_STEPS_H

#include "work.h"

enum lead_step { STEP_REPLIED, STEP_MET, STEP_QUALIFIED, STEP_COUNT };

enum { STEP_LAGS = 367 }; /* leads worked in T have lags of 0 .. 365 days; all above is one more */

/* What became of one step of one lead, as a number; days are added where they are known. */
enum step_code {
    STEP_OUT_OF_REACH, /* it did not get as far as the step before */
    STEP_AWAITED,      /* it did, and has not taken this one */
    STEP_TAKEN,
    STEP_AWAITED_DAYS,
    STEP_TAKEN_AFTER = STEP_AWAITED_DAYS + STEP_LAGS,
    STEP_CODES = STEP_TAKEN_AFTER + STEP_LAGS
};

enum lead_end { LEAD_END_QUALIFIED, LEAD_END_CLOSED, LEAD_END_NONE };

struct worked_lead {
    uint32_t source;
    uint32_t deal;             /* named by it and decided, qualified and no renewal; else NONE */
    uint32_t previous;         /* the lead before with the same deal, NONE for none */
    uint16_t step[STEP_COUNT]; /* enum step_code */
    uint16_t end_lag;          /* days from working it to its end, or to as-of */
    uint8_t end;               /* enum lead_end: what came of it first */
};

/* The leads of the sellers at places first .. end of dataset.order are lead[first[first]] up to
 * lead[first[end]]; of one seller, ascending. */
struct lead_steps {
    uint32_t *first;
    struct worked_lead *lead;
};

/* Days from .. to as one of STEP_LAGS. */
uint32_t
lead_steps_lag(day from, day to);

/* All memory from `arena`. */
struct lead_steps *
lead_steps_find(const struct work *work, struct arena *arena);

#endif
