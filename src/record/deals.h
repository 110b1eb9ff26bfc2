/* deals: the columns of the deals extract, which an earlier state shares; internal to the layer. */
#ifndef SEFPACK_RECORD_DEALS_H
#define SEFPACK_RECORD_DEALS_H

#include "intake.h"
#include "loader.h"

enum {
    DEAL_ID,
    DEAL_OWNER,
    DEAL_STAGE,
    DEAL_CREATED,
    DEAL_NAME,
    DEAL_ACCOUNT,
    DEAL_AMOUNT,
    DEAL_CURRENCY,
    DEAL_QUALIFIED,
    DEAL_CLOSE,
    DEAL_TYPE,
    DEAL_SOURCE,
    DEAL_CATEGORY,
    DEAL_NEXT_STEP,
    DEAL_NEXT_STEP_DATE,
    DEAL_LOSS_REASON,
    DEAL_STRATEGIC,
    DEAL_PLAN,
    DEAL_STORY,
    DEAL_LEAD,
    DEAL_FIELDS
};

extern const struct field deals_fields[DEAL_FIELDS];

/* Future rows, and open deals with a negative amount. */
void
deals_judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows);

/* enum segment by the words of a column of types; the caller frees it. */
uint8_t *
deals_segments(const struct loader *loader, const uint32_t *type, uint32_t count);

#endif
