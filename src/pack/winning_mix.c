/* Why deals end as they do: by reason, source, qualification and stage, and the period's bridge. */
#include "amount.h"
#include "chart_rows.h"
#include "chart_waterfall.h"
#include "cut.h"
#include "winning.h"

#include <math.h>
#include <string.h>

void
winning_reasons(const struct voice *voice, struct block *section)
{
    const struct measure *reasons = voice_measure(voice, M_DEALS_LOSS_REASONS);
    struct cut cut = cut_new(voice, "reason", M_DEALS_LOSS_REASONS);
    for (uint32_t r = 0; r < reasons->row_count; r++) {
        const char *key = voice_cell_text(&reasons->row[r], F_KEY);
        double number = measure_number(&reasons->row[r], F_NUMBER, 0);
        if (number > 0)
            cut_add(voice, &cut, key[0] ? key : voice_tell(voice, "common.unknown_reason"),
                    measure_number(&reasons->row[r], F_VALUE, 0), number, !key[0]);
    }
    cut_draw(voice, section, M_DEALS_LOSS_REASONS, "reasons", &cut);
}

/* ---- Win rates by source ---- */

enum { SOURCES_MOST = 12 };

static const char *
name_of_source(const struct voice *voice, const struct cells *cells)
{
    const char *key = voice_cell_text(cells, F_KEY);
    return key[0] ? key : voice_tell(voice, "common.unknown");
}

static void
tabulate_source(const struct voice *voice, struct amount_unit unit, struct doc_table *table,
                const struct cells *cells)
{
    double rate;
    bool known = voice_cell(cells, F_RATE, &rate);
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(name_of_source(voice, cells),
                         voice_count(voice, measure_number(cells, F_NUMBER, 0)),
                         amount_cell(voice, unit, measure_number(cells, F_VALUE, 0)),
                         known ? voice_share(voice, rate) : "\xE2\x80\x93",
                         voice_interval(voice, cells),
                         SAY(voice, "common.k_of_n", NUMBER("k", measure_number(cells, F_K, 0)),
                             NUMBER("n", measure_number(cells, F_N, 0)))));
}

static void
draw_source(const struct voice *voice, struct chart_rows *rows, const char *label, double k,
            double n, const struct cells *interval)
{
    struct chart_row *row = chart_rows_add(rows, label);
    const char *of = SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n));
    row->has[0] = interval ? voice_cell(interval, F_RATE, &row->value[0]) : n > 0;
    if (!interval && n > 0)
        row->value[0] = k / n;
    row->has_interval = interval && voice_cell(interval, F_LOW, &row->low) &&
                        voice_cell(interval, F_HIGH, &row->high);
    row->missing = voice_why(voice, WHY_TOO_FEW);
    row->text = row->has[0]
                    ? SAY(voice, "common.share_of_n",
                          WORDS("share", voice_share(voice, row->value[0])), WORDS("of", of))
                    : of;
}

/* Those with the most first, as the measure has them; beyond a page's worth the rest is one row. */
static struct chart_rows *
draw_sources(const struct voice *voice, const struct measure *sources)
{
    uint32_t count = sources->row_count, shown = count <= SOURCES_MOST ? count : SOURCES_MOST - 1u;
    struct chart_rows *rows = chart_rows_new(voice, SOURCES_MOST);
    double k = 0, n = 0;
    for (uint32_t r = 0; r < count; r++) {
        const struct cells *cells = &sources->row[r];
        double won = measure_number(cells, F_K, 0), of = measure_number(cells, F_N, 0);
        if (r < shown) {
            draw_source(voice, rows, name_of_source(voice, cells), won, of, cells);
            continue;
        }
        k += won;
        n += of;
    }
    if (shown < count)
        draw_source(voice, rows, SAY(voice, "common.other", NUMBER("n", count - shown)), k, n,
                    NULL);
    rows->shape[0] = MARK_DISC;
    rows->high = 1;
    rows->label = chart_share;
    return rows;
}

void
winning_sources(const struct voice *voice, struct block *section)
{
    const struct measure *sources = voice_measure(voice, M_DEALS_SOURCES);
    if (sources->why != WHY_NONE || sources->row_count == 0) {
        chart_missing(voice, section, M_DEALS_SOURCES, "sources",
                      sources->why ? sources->why : WHY_NO_DATA);
        return;
    }
    struct amount_unit unit = amount_unit_of(voice, M_DEALS_SOURCES);
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("source", "deals", "$value", "win_rate", "interval", "won_of"),
        unit.power, sources->row_count);
    const char *best = "", *worst = "";
    double most_low = 0, least_high = 1, n = 0;
    for (uint32_t r = 0; r < sources->row_count; r++) {
        const struct cells *cells = &sources->row[r];
        double low, high, of = measure_number(cells, F_N, 0);
        tabulate_source(voice, unit, table, cells);
        n += of;
        if (!voice_cell(cells, F_LOW, &low) || !voice_cell(cells, F_HIGH, &high) ||
            of < voice->config->findings.minimum_n || !voice_cell_text(cells, F_KEY)[0])
            continue; /* too few to tell it from the others, or from none in particular */
        best = low > most_low ? name_of_source(voice, cells) : best;
        worst = high < least_high ? name_of_source(voice, cells) : worst;
        most_low = fmax(most_low, low);
        least_high = fmin(least_high, high);
    }
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_DEALS_SOURCES, "sources", NUMBER("count", sources->row_count),
        NUMBER("n", n), WORDS("differ", most_low > least_high ? "yes" : "no"), WORDS("best", best),
        WORDS("worst", worst), NUMBER("least", voice->config->findings.minimum_n));
    exhibit->scene->height =
        chart_rows_draw(voice, exhibit->scene, 0, draw_sources(voice, sources));
    exhibit->table = table;
}

void
winning_letters(const struct voice *voice, struct block *section)
{
    const struct measure *letters = voice_measure(voice, M_DEALS_QUALIFICATION);
    if (letters->why != WHY_NONE || letters->row_count == 0) {
        chart_missing(voice, section, M_DEALS_QUALIFICATION, "letters",
                      letters->why ? letters->why : WHY_NO_DATA);
        return;
    }
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "deals.qualification";
    block->table = chart_table(voice, voice_tell(voice, "tables.letters.caption"),
                               CELL_TEXTS("weakest", "win_rate", "interval", "won_of", "lift"), 0,
                               letters->row_count);
    block->table->column[4].align = ALIGN_START;
    for (uint32_t r = 0; r < letters->row_count; r++) {
        const struct cells *row = &letters->row[r];
        double rate, no_lift, k = measure_number(row, F_K, 0), n = measure_number(row, F_N, 0);
        bool known = voice_cell(row, F_RATE, &rate) && n > 0;
        voice_cell(row, F_NO_LIFT, &no_lift);
        if (n == 0)
            continue;
        chart_row(voice, block->table, ROW_BODY,
                  CELL_TEXTS(voice_term(voice, "letters", voice_cell_text(row, F_KEY)),
                             known ? voice_share(voice, rate) : "\xE2\x80\x93",
                             voice_interval(voice, row),
                             SAY(voice, "common.k_of_n", NUMBER("k", k), NUMBER("n", n)),
                             no_lift > 0 ? voice_tell(voice, "common.no_lift") : ""));
    }
    block->table->note = voice_tell(voice, "tables.letters.note");
}

void
winning_stages(const struct voice *voice, struct block *section)
{
    const struct measure *stages = voice_measure(voice, M_PIPELINE_STAGE_CONVERSION);
    if (stages->why != WHY_NONE || stages->row_count == 0) {
        chart_missing(voice, section, M_PIPELINE_STAGE_CONVERSION, "conversion",
                      stages->why ? stages->why : WHY_NO_DATA);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, stages->row_count);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("stage", "entered", "went_on", "median_days"), 0,
                    stages->row_count);
    enum { ENOUGH = 10 }; /* entries, to name a stage */
    const struct chart_row *least = NULL;
    double entered = 0;
    rows->bars = true;
    for (uint32_t r = 0; r < stages->row_count; r++) {
        const struct cells *cells = &stages->row[r];
        double n = measure_number(cells, F_N, 0), days;
        bool known_days = voice_cell(cells, F_MEDIAN_DAYS, &days);
        struct chart_row *row = chart_rows_add(rows, voice_cell_text(cells, F_KEY));
        row->has[0] = voice_cell(cells, F_VALUE, &row->value[0]);
        row->missing = voice_why(voice, WHY_NO_DATA);
        row->text = row->has[0] ? SAY(voice, known_days ? "common.stage" : "common.stage_short",
                                      WORDS("share", voice_share(voice, row->value[0])),
                                      NUMBER("n", n), NUMBER("days", days))
                                : NULL;
        entered += n;
        if (row->has[0] && n >= ENOUGH && (!least || row->value[0] < least->value[0]))
            least = row;
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label, voice_count(voice, n),
                             row->has[0] ? voice_share(voice, row->value[0]) : "\xE2\x80\x93",
                             known_days ? voice_count(voice, days) : "\xE2\x80\x93"));
    }
    rows->high = 1;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_PIPELINE_STAGE_CONVERSION, "conversion", NUMBER("n", entered),
                WORDS("known", least ? "yes" : "no"), WORDS("stage", least ? least->label : ""),
                NUMBER("share", least ? least->value[0] : 0));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

/* ---- Why bookings moved ---- */

static double
p_of(const struct voice *voice, const char *key)
{
    const struct measure *signal = voice_measure(voice, M_SYSTEM_SIGNAL);
    const struct cells *row = signal->why == WHY_NONE ? measure_key(signal, key) : NULL;
    return row ? measure_number(row, F_P, 1) : 1;
}

static const char *
p_text(const struct voice *voice, double p)
{
    return p < 0.005 ? voice_tell(voice, "chance.p_tiny") : voice_decimal(voice, p, 2);
}

static const char *
driver_text(const struct voice *voice, struct amount_unit unit, const struct cells *row,
            const char *key)
{
    double before = measure_number(row, F_BEFORE, 0), after = measure_number(row, F_AFTER, 0);
    const char *change = amount_change(voice, unit, measure_number(row, F_VALUE, 0));
    bool share = strcmp(key, "win") == 0, money = strcmp(key, "size") == 0;
    return SAY(voice, "common.driver", WORDS("change", change),
               WORDS("before", share   ? voice_share(voice, before)
                               : money ? amount_text(voice, unit, before)
                                       : voice_count(voice, before)),
               WORDS("after", share   ? voice_share(voice, after)
                              : money ? amount_text(voice, unit, after)
                                      : voice_count(voice, after)));
}

void
winning_bridge(const struct voice *voice, struct block *section)
{
    const struct measure *bridge = voice_measure(voice, M_SYSTEM_BRIDGE);
    double change = 0, before = 0, after = 0;
    if (!voice_has(voice, M_SYSTEM_BRIDGE, &change) || bridge->row_count == 0) {
        chart_missing(voice, section, M_SYSTEM_BRIDGE, "bridge",
                      bridge->why ? bridge->why : WHY_NO_DATA);
        return;
    }
    voice_cell(&bridge->fields, F_BEFORE, &before);
    voice_cell(&bridge->fields, F_AFTER, &after);
    struct amount_unit unit =
        amount_unit(voice, fmax(fmax(fabs(before), fabs(after)), amount_largest(bridge, F_VALUE)));
    struct waterfall fall = {
        0, arena_array(voice->doc->arena, bridge->row_count + 2, sizeof *fall.step)};
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("driver", "value"), 0, bridge->row_count + 2);
    fall.step[fall.count++] = (struct waterfall_step){voice_tell(voice, "bridge.before"), before,
                                                      true, amount_text(voice, unit, before)};
    for (uint32_t r = 0; r < bridge->row_count; r++) {
        const char *key = voice_cell_text(&bridge->row[r], F_KEY);
        fall.step[fall.count++] = (struct waterfall_step){
            voice_term(voice, "bridge", key), measure_number(&bridge->row[r], F_VALUE, 0), false,
            driver_text(voice, unit, &bridge->row[r], key)};
    }
    fall.step[fall.count++] = (struct waterfall_step){voice_tell(voice, "bridge.after"), after,
                                                      true, amount_text(voice, unit, after)};
    for (uint32_t i = 0; i < fall.count; i++)
        chart_row(voice, table, fall.step[i].total ? ROW_TOTAL : ROW_BODY,
                  CELL_TEXTS(fall.step[i].label, fall.step[i].text));
    double won_p = p_of(voice, "won"), rate_p = p_of(voice, "win_rate");
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_BRIDGE, "bridge", NUMBER("change", fabs(change)),
                WORDS("way", change > 0   ? "up"
                             : change < 0 ? "down"
                                          : "same"),
                NUMBER("before", before), NUMBER("after", after),
                WORDS("won_p", p_text(voice, won_p)), WORDS("rate_p", p_text(voice, rate_p)),
                WORDS("signal", won_p < 0.05 || rate_p < 0.05 ? "yes" : "no"));
    exhibit->scene->height = chart_waterfall_draw(voice, exhibit->scene, 0, &fall);
    exhibit->table = table;
}
