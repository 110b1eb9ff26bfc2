#include "levers.h"

#include "amount.h"
#include "chart_rows.h"

#include <math.h>
#include <string.h>

enum why
levers_lack(const struct voice *voice)
{
    const struct measure *levers = voice_measure(voice, M_SYSTEM_LEVERS);
    double value;
    if (levers->why != WHY_NONE)
        return levers->why;
    for (uint32_t r = 0; r < levers->row_count; r++)
        if (voice_cell(&levers->row[r], F_PERIOD, &value) ||
            voice_cell(&levers->row[r], F_NEXT, &value))
            return WHY_NONE;
    return WHY_NO_DATA;
}

void
levers_bars(const struct voice *voice, struct block *section)
{
    const struct measure *levers = voice_measure(voice, M_SYSTEM_LEVERS);
    enum why why = levers_lack(voice);
    if (why != WHY_NONE) {
        chart_missing(voice, section, M_SYSTEM_LEVERS, "levers", why);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, levers->row_count);
    struct amount_unit unit =
        amount_unit(voice, fmax(amount_largest(levers, F_PERIOD), amount_largest(levers, F_NEXT)));
    struct doc_table *table = chart_table(voice, NULL, CELL_TEXTS("lever", "$this", "$next"),
                                          unit.power, levers->row_count);
    const char *best = "";
    double most = 0;
    rows->bars = true;
    for (uint32_t r = 0; r < levers->row_count; r++) {
        const struct cells *cells = &levers->row[r];
        struct chart_row *row =
            chart_rows_add(rows, voice_term(voice, "levers", voice_cell_text(cells, F_KEY)));
        row->has[0] = voice_cell(cells, F_PERIOD, &row->value[0]);
        row->has[1] = voice_cell(cells, F_NEXT, &row->value[1]);
        row->missing = voice_why(voice, WHY_NO_DATA);
        const char *dash = "\xE2\x80\x93";
        row->text =
            SAY(voice, "common.now_next",
                WORDS("now", row->has[0] ? amount_text(voice, unit, row->value[0]) : dash),
                WORDS("next", row->has[1] ? amount_text(voice, unit, row->value[1]) : dash));
        if (row->value[0] + row->value[1] > most) {
            most = row->value[0] + row->value[1];
            best = row->label;
        }
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label,
                             row->has[0] ? amount_cell(voice, unit, row->value[0]) : dash,
                             row->has[1] ? amount_cell(voice, unit, row->value[1]) : dash));
    }
    rows->pitch = 18;
    rows->legend[0] = voice_tell(voice, "marks.this_period");
    rows->legend[1] = voice_tell(voice, "marks.next_period");
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_LEVERS, "levers", WORDS("best", best),
                NUMBER("worth", most), WORDS("any", most > 0 ? "yes" : "no"));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

/* One line of "alone, the gap closes with": by its kind of number. */
static const char *
alone_text(const struct voice *voice, const struct cells *row)
{
    const char *key = voice_cell_text(row, F_KEY), *why = voice_cell_text(row, F_WHY);
    double value = 0, own = 0;
    static const struct {
        const char *key;
        enum measure_id id;
    } now[] = {{"win", M_DEALS_WIN_RATE_OWN},
               {"creation", M_PROSPECTING_CREATION},
               {"size", M_DEALS_SIZE_WON},
               {"cycle", M_DEALS_CYCLE_OWN}};
    bool known = voice_cell(row, F_VALUE, &value);
    own = 0;
    for (size_t i = 0; i < sizeof now / sizeof *now; i++)
        if (strcmp(now[i].key, key) == 0)
            voice_has(voice, now[i].id, &own);
    int length = period_length(voice->dataset->period);
    bool creation = strcmp(key, "creation") == 0;
    const char *pattern =
        arena_printf(voice->doc->arena, "alone.%s.%s", key, known ? "value" : "none");
    return voice_knows(voice, pattern)
               ? SAY(voice, pattern, NUMBER("value", creation ? value * length : value),
                     NUMBER("own", creation ? own * length : own),
                     WORDS("why", why[0] ? voice_term(voice, "why", why) : ""))
               : NULL;
}

/* Whether one reason stands in the place of every value. */
static bool
all_say(const struct measure *alone, const char *why)
{
    bool all = true;
    for (uint32_t r = 0; r < alone->row_count; r++)
        all = all && strcmp(voice_cell_text(&alone->row[r], F_WHY), why) == 0;
    return all;
}

static void
list_alone(const struct voice *voice, struct block *section, const struct measure *alone)
{
    build_titled(voice->doc, section, BLOCK_HEADING, "system.closes_alone",
                 voice_tell(voice, "alone.title"))
        ->level = 3;
    if (all_say(alone, "impossible") || all_say(alone, "met")) {
        build_text(voice->doc, section, BLOCK_PARAGRAPH,
                   voice_tell(voice, all_say(alone, "met") ? "alone.met" : "alone.never"));
        return;
    }
    struct block *list = build_block(voice->doc, section, BLOCK_LIST);
    for (uint32_t r = 0; r < alone->row_count; r++)
        build_text(voice->doc, list, BLOCK_PARAGRAPH, alone_text(voice, &alone->row[r]));
}

/* How many sellers each part binds. */
static void
list_bound(const struct voice *voice, struct block *section, const struct measure *binding)
{
    struct chart_rows *rows = chart_rows_new(voice, binding->row_count);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("part", "sellers"), 0, binding->row_count);
    double total = 0, most = 0;
    const char *largest = "";
    bool alone = false;
    rows->bars = true;
    for (uint32_t r = 0; r < binding->row_count; r++) {
        double n = measure_number(&binding->row[r], F_N, 0);
        struct chart_row *row = chart_rows_add(
            rows, voice_term(voice, "factors", voice_cell_text(&binding->row[r], F_KEY)));
        row->has[0] = true;
        row->value[0] = n;
        row->text = voice_count(voice, n);
        total += n;
        alone = n > most || (alone && n < most);
        if (n > most) {
            most = n;
            largest = row->label;
        }
        chart_row(voice, table, ROW_BODY, CELL_TEXTS(row->label, row->text));
    }
    if (total == 0)
        return;
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_SYSTEM_BINDING, "bound",
                WORDS("alone", !alone          ? "no"
                               : most == total ? "all"
                                               : "yes"),
                NUMBER("total", total), NUMBER("most", most), WORDS("largest", largest));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

void
levers_alone(const struct voice *voice, struct block *section)
{
    const struct measure *alone = voice_measure(voice, M_SYSTEM_CLOSES_ALONE),
                         *binding = voice_measure(voice, M_SYSTEM_BINDING);
    if (voice_starting(voice))
        return; /* nothing is missing yet */
    if (voice->seller_sheet && alone->row_count > 0)
        list_alone(voice, section, alone);
    else if (voice->seller_sheet)
        chart_missing(voice, section, M_SYSTEM_CLOSES_ALONE, "alone",
                      alone->why ? alone->why : WHY_NO_DATA);
    else if (binding->row_count > 0)
        list_bound(voice, section, binding);
}

void
levers_gains(const struct voice *voice, struct block *section)
{
    const struct measure *gains = voice_measure(voice, M_SYSTEM_GAINS);
    const char *binding = voice_cell_text(&voice_measure(voice, M_SYSTEM_BINDING)->fields, F_VALUE);
    if (gains->why != WHY_NONE || gains->row_count == 0) {
        chart_missing(voice, section, M_SYSTEM_GAINS, "gains",
                      gains->why ? gains->why : WHY_NO_DATA);
        return;
    }
    struct chart_rows *rows = chart_rows_new(voice, gains->row_count);
    struct amount_unit unit = amount_unit_of(voice, M_SYSTEM_GAINS);
    struct doc_table *table =
        chart_table(voice, NULL, CELL_TEXTS("part", "$worth"), unit.power, gains->row_count);
    double worth = 0;
    rows->bars = true;
    for (uint32_t r = 0; r < gains->row_count; r++) {
        const char *key = voice_cell_text(&gains->row[r], F_KEY);
        struct chart_row *row = chart_rows_add(rows, voice_term(voice, "factors", key));
        row->has[0] = voice_cell(&gains->row[r], F_VALUE, &row->value[0]);
        row->bold = strcmp(key, binding) == 0;
        row->light = !row->bold;
        row->missing = voice_why(voice, WHY_NO_DATA);
        row->text = row->has[0] ? amount_text(voice, unit, row->value[0]) : NULL;
        worth = row->bold ? row->value[0] : worth;
        chart_row(voice, table, ROW_BODY,
                  CELL_TEXTS(row->label,
                             row->has[0] ? amount_cell(voice, unit, row->value[0]) : row->missing));
    }
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_SYSTEM_GAINS, "gains", WORDS("binding", worth > 0 ? binding : "none"),
        WORDS("part", voice_term(voice, "factors", binding)), NUMBER("worth", worth));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}
