/* What the last run asked for, and the deals that keep moving. */
#include "amount.h"
#include "chart.h"
#include "history.h"
#include "remembered.h"
#include "series.h"
#include "shelf.h"
#include "track.h"

#include <math.h>
#include <string.h>

enum { PUSHES_SHOWN = 6 };

/* signal, noise, or nothing of both: by the runs where there are enough, else by the figure's own
 * interval of today. */
static const char *
answer_to(const struct voice *voice, const struct series_figure *figure, double then, double now)
{
    struct series series = series_read(voice, figure);
    const struct cells *fields = &voice_measure(voice, figure->id)->fields;
    double low = 0, high = 0;
    if (strcmp(series_text(voice, figure, then), series_text(voice, figure, now)) == 0)
        return "same"; /* whatever moved stands behind the digits that are told */
    if (series.process.judged)
        return series_is_signal(voice, figure, &series) ? "moved" : "noise";
    if (figure->whole == MEASURE_COUNT && voice_cell(fields, F_LOW, &low) &&
        voice_cell(fields, F_HIGH, &high))
        return then < low || then > high ? "moved" : "noise";
    return "unjudged";
}

void
track_asked(const struct voice *voice, struct block *section)
{
    const day *runs = NULL;
    uint32_t count = voice->history ? history_runs(voice->history, &runs) : 0;
    struct remembered_scope name = remembered_scope(voice->dataset, voice->scope);
    const char *factor = count ? history_word(voice->history, runs[count - 1], name.kind, name.id,
                                              "system.binding", "", "value")
                               : NULL;
    const struct series_figure *figure = factor ? series_of_factor(factor) : NULL;
    double then = 0, now = 0;
    if (voice_starting(voice) || !figure || !series_then(voice, figure, runs[count - 1], &then) ||
        !series_now(voice, figure, &now))
        return;
    struct block *line = build_block(voice->doc, section, BLOCK_PARAGRAPH);
    build_run(voice->doc, &line->text,
              SAY(voice, "track.asked", NUMBER("then_day", runs[count - 1]),
                  WORDS("part", voice_term(voice, "factors", factor))),
              RUN_BOLD, NULL);
    build_run(voice->doc, &line->text,
              SAY(voice, "track.answer", WORDS("figure", voice_term(voice, "trend", factor)),
                  WORDS("then", series_text(voice, figure, then)),
                  WORDS("now", series_text(voice, figure, now)),
                  WORDS("way", now > then   ? "up"
                               : now < then ? "down"
                                            : "same"),
                  WORDS("answer", answer_to(voice, figure, then, now))),
              RUN_PLAIN, NULL);
}

/* ---- Pushes ---- */

/* Those that cannot be won in time any more stand among the deals to let go. */
static bool
is_pushed(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return fact->pushes > 0 && !fact->zombie;
}

static double
by_days(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return fact->pushed_days;
}

static void
add_push(const struct voice *voice, struct doc_table *table, struct amount_unit unit,
         const struct deal_fact *fact)
{
    const struct deals *deals = &voice->dataset->deals;
    uint32_t deal = fact->deal;
    const char *amount = deals->amount[deal] == MONEY_NONE
                             ? "\xE2\x80\x93"
                             : amount_cell(voice, unit, (double)deals->amount[deal]);
    struct doc_row *row = chart_row(
        voice, table, ROW_BODY,
        CELL_TEXTS(shelf_name(voice, deal), shelf_who(voice, deal), amount,
                   voice_count(voice, fact->pushes), voice_count(voice, fact->pushed_days),
                   voice_day(voice, deals->close[deal]), voice_share(voice, fact->q)));
    for (uint32_t c = 0; c < 2; c++)
        row->cell[c].run[0].style = RUN_CRM;
}

void
track_pushes(const struct voice *voice, struct block *section)
{
    const struct measure *pushes = voice_measure(voice, M_PIPELINE_PUSHES);
    double number = 0, value = 0, since = 0, largest = 0;
    struct shelf shelf = shelf_of(voice, is_pushed);
    if (pushes->why != WHY_NONE || shelf.count == 0)
        return;
    shelf_order(voice, &shelf, by_days);
    uint32_t shown = shelf.count < PUSHES_SHOWN ? shelf.count : PUSHES_SHOWN;
    for (uint32_t i = 0; i < shown; i++)
        largest = fmax(largest, shelf_amount(voice, shelf.fact[i]));
    struct amount_unit unit = amount_unit(voice, largest);
    voice_cell(&pushes->fields, F_NUMBER, &number);
    voice_cell(&pushes->fields, F_VALUE, &value);
    bool by_runs = voice_cell(&pushes->fields, F_SINCE, &since);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = measure_table[M_PIPELINE_PUSHES].name;
    block->table =
        chart_table(voice, SAY(voice, "track.pushes", NUMBER("n", number), NUMBER("value", value)),
                    CELL_TEXTS("deal", voice->seller_sheet ? "account" : "owner", "$value", "moves",
                               "days_in_all", "close", "chance"),
                    unit.power, shown);
    static const double weights[] = {3, 2, 0, 0, 0, 0, 0};
    for (uint32_t c = 0; c < block->table->column_count; c++)
        block->table->column[c].weight = weights[c];
    block->table->column[1].align = ALIGN_START;
    for (uint32_t i = 0; i < shown; i++)
        add_push(voice, block->table, unit, shelf.fact[i]);
    const char *note = SAY(voice, "track.pushes_note", NUMBER("since", since),
                           WORDS("basis", by_runs ? "runs" : "history"));
    if (shelf.count > shown)
        note =
            arena_printf(voice->doc->arena, "%s %s",
                         SAY(voice, "tables.deals.more", NUMBER("n", shelf.count - shown)), note);
    block->table->note = note;
}
