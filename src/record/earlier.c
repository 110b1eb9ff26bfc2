#include "deals.h"
#include "memory.h"
#include "settle.h"
#include "tables.h"

#include <stdlib.h>

/* The deal of today by its id. */
static uint32_t *
find_deals(struct loader *loader, const struct texts *id)
{
    uint32_t *deal = memory_new((size_t)id->count + 1, sizeof *deal);
    index_prepare(&loader->index[TABLE_DEALS], loader->jobs);
    for (uint32_t row = 0; row < id->count; row++)
        deal[row] = index_find(&loader->index[TABLE_DEALS], texts_at(id, row));
    return loader_keep(loader, deal);
}

/* When a deal was qualified, as known then: its own day, else what today knows, else its creation
 * when its stage said so. */
static day
qualified_then(const struct loader *loader, const struct intake *intake, uint32_t row)
{
    const struct deals *deals = &loader->dataset->deals;
    uint32_t deal = loader->dataset->earlier.deal[row];
    int16_t stage = ((const int16_t *)intake->column[DEAL_STAGE])[row];
    day own = ((const day *)intake->column[DEAL_QUALIFIED])[row];
    day close = ((const day *)intake->column[DEAL_CLOSE])[row];
    const struct config_stage *state = &loader->config->stage[stage];
    if (own == DAY_NONE && deal != NONE)
        own = deals->qualified[deal];
    if (own == DAY_NONE &&
        (state->outcome == OUTCOME_WON || (state->outcome == OUTCOME_OPEN && state->qualified)))
        own = ((const day *)intake->column[DEAL_CREATED])[row];
    if (own != DAY_NONE && state->outcome != OUTCOME_OPEN && close != DAY_NONE && close < own)
        own = close;
    return own > loader->as_of ? DAY_NONE : own;
}

static void
keep(struct loader *loader, struct intake *intake)
{
    struct earlier *earlier = &loader->dataset->earlier;
    uint32_t unknown = loader->dataset->sellers.count;
    earlier->count = intake->count;
    earlier->deal = find_deals(loader, &intake->text[0]);
    earlier->qualified =
        loader_keep(loader, memory_new((size_t)intake->count + 1, sizeof *earlier->qualified));
    for (uint32_t row = 0; row < intake->count; row++)
        earlier->qualified[row] = qualified_then(loader, intake, row);
    earlier->segment =
        loader_keep(loader, deals_segments(loader, intake->column[DEAL_TYPE], intake->count));
    earlier->owner = settle_column(intake, DEAL_OWNER);
    earlier->stage = settle_column(intake, DEAL_STAGE);
    earlier->amount = settle_column(intake, DEAL_AMOUNT);
    earlier->close = settle_column(intake, DEAL_CLOSE);
    for (uint32_t row = 0; row < earlier->count; row++)
        if (earlier->owner[row] == NONE)
            earlier->owner[row] = unknown;
}

bool
earlier_read(struct loader *loader)
{
    const struct config *config = loader->config;
    struct earlier *earlier = &loader->dataset->earlier;
    struct index ids = {0};
    struct intake intake;
    if (!config->previous.present)
        return true;
    earlier->present = true;
    earlier->day = config->previous.day;
    loader->as_of = config->previous.day;
    intake_open(&intake, loader, TABLE_DEALS, &config->previous.deals, &loader->log->previous,
                deals_fields, DEAL_FIELDS);
    intake.index = &ids;
    intake.judge = deals_judge;
    bool read = settle_read(&intake, NULL, "two rows with one id");
    if (read)
        keep(loader, &intake);
    intake_close(&intake);
    index_close(&ids);
    loader->as_of = config->as_of;
    return read;
}
