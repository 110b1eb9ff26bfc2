/* Deals that were expected to close in this period when it began, and are expected later now. */
#include "amount.h"
#include "chart.h"
#include "deals.h"
#include "shelf.h"

enum { SLIPS_SHOWN = 6 };

/* The expected close as it stood at the end of the day before the period; DAY_NONE: unknown. */
static day
close_at_start(const struct voice *voice, uint32_t deal)
{
    const struct history_rows *history = &voice->dataset->history;
    day start = voice->dataset->period.start, close = DAY_NONE;
    if (!history->present)
        return DAY_NONE;
    for (uint64_t r = history->first[deal]; r < history->first[deal + 1]; r++)
        if (r == history->first[deal] || column_day(&history->day, r) < start)
            close = column_day(&history->close, r);
    return close;
}

static bool
slipped(const struct voice *voice, const struct deal_fact *fact)
{
    const struct deals *deals = &voice->dataset->deals;
    const struct period *period = &voice->dataset->period;
    day then = close_at_start(voice, fact->deal), now = deals->close[fact->deal];
    return then != DAY_NONE && deals->qualified[fact->deal] < period->start &&
           then >= period->start && then <= period->end && (now == DAY_NONE || now > period->end);
}

void
deals_slips(const struct voice *voice, struct block *section)
{
    struct shelf shelf = shelf_of(voice, slipped);
    const struct deals *deals = &voice->dataset->deals;
    if (shelf.count == 0) {
        if (voice->dataset->history.present)
            build_text(voice->doc, section, BLOCK_PARAGRAPH, voice_tell(voice, "deals.no_slips"));
        return;
    }
    shelf_order(voice, &shelf, shelf_amount);
    uint32_t shown = shelf.count < SLIPS_SHOWN ? shelf.count : SLIPS_SHOWN;
    struct amount_unit unit = amount_unit(voice, shelf_amount(voice, shelf.fact[0]));
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "pipeline.slip_rate";
    block->table =
        chart_table(voice, SAY(voice, "tables.deals.slips", NUMBER("n", shelf.count)),
                    CELL_TEXTS("deal", voice->seller_sheet ? "account" : "owner", "$value",
                               "was_expected", "is_expected", "moved_days", "next_step"),
                    unit.power, shown);
    static const enum align aligns[] = {ALIGN_START, ALIGN_START, ALIGN_END,  ALIGN_START,
                                        ALIGN_START, ALIGN_END,   ALIGN_START};
    for (uint32_t c = 0; c < block->table->column_count; c++)
        block->table->column[c].align = aligns[c];
    for (uint32_t i = 0; i < shown; i++) {
        uint32_t deal = shelf.fact[i]->deal;
        day then = close_at_start(voice, deal), now = deals->close[deal];
        const char *step = voice_word(voice, deals->next_step[deal]);
        struct doc_row *row =
            chart_row(voice, block->table, ROW_BODY,
                      CELL_TEXTS(shelf_name(voice, deal), shelf_who(voice, deal),
                                 deals->amount[deal] == MONEY_NONE
                                     ? "\xE2\x80\x93"
                                     : amount_cell(voice, unit, (double)deals->amount[deal]),
                                 voice_day(voice, then),
                                 now == DAY_NONE ? voice_tell(voice, "common.no_close")
                                                 : voice_day(voice, now),
                                 now == DAY_NONE ? "\xE2\x80\x93" : voice_count(voice, now - then),
                                 step[0] ? step : voice_tell(voice, "common.none_recorded")));
        for (uint32_t c = 0; c < 2; c++)
            row->cell[c].run[0].style = RUN_CRM;
        row->cell[6].run[0].style = step[0] ? RUN_CRM : RUN_MUTED;
    }
    if (shelf.count > shown)
        block->table->note = SAY(voice, "tables.deals.more", NUMBER("n", shelf.count - shown));
}
