#include "pipeline.h"

#include "amount.h"
#include "chart_rows.h"
#include "chart_waterfall.h"

#include <math.h>
#include <string.h>

enum { ROWS_SHOWN = 24 };

/* ---- Movement ---- */

static const char *
step_text(const struct voice *voice, struct amount_unit unit, bool total, double value,
          double number)
{
    const char *money = total ? amount_text(voice, unit, value) : amount_change(voice, unit, value);
    return number == 0
               ? money
               : SAY(voice, "common.money_deals", WORDS("money", money), NUMBER("n", fabs(number)));
}

struct moves {
    double start, end;
    const struct cells *largest_out; /* or NULL */
};

static struct moves
draw_moves(const struct voice *voice, const struct measure *movement, struct waterfall *fall,
           struct doc_table **table)
{
    struct amount_unit unit = amount_unit_of(voice, M_PIPELINE_MOVEMENT);
    *table = chart_table(voice, NULL, CELL_TEXTS("movement", "deals", "$value"), unit.power,
                         movement->row_count);
    struct moves moves = {0};
    double most = 0;
    for (uint32_t r = 0; r < movement->row_count; r++) {
        const struct cells *row = &movement->row[r];
        const char *key = voice_cell_text(row, F_KEY);
        bool start = strcmp(key, "start") == 0, end = strcmp(key, "end") == 0;
        double value = measure_number(row, F_VALUE, 0), number = measure_number(row, F_NUMBER, 0);
        if (!start && !end && value == 0 && number == 0)
            continue;
        const char *label = voice_term(voice, "movement", key);
        fall->step[fall->count++] = (struct waterfall_step){
            label, value, start || end, step_text(voice, unit, start || end, value, number)};
        chart_row(voice, *table, start || end ? ROW_TOTAL : ROW_BODY,
                  CELL_TEXTS(label, voice_count(voice, number), amount_cell(voice, unit, value)));
        if (start)
            moves.start = value;
        if (end)
            moves.end = value;
        bool left = !start && !end && strcmp(key, "won") != 0 && strcmp(key, "decreased") != 0;
        if (left && -value > most) {
            most = -value;
            moves.largest_out = row;
        }
    }
    return moves;
}

void
pipeline_movement(const struct voice *voice, struct block *section)
{
    const struct measure *movement = voice_measure(voice, M_PIPELINE_MOVEMENT);
    if (movement->why != WHY_NONE || movement->row_count == 0) {
        chart_missing(voice, section, M_PIPELINE_MOVEMENT, "movement",
                      movement->why ? movement->why : WHY_NO_DATA);
        return;
    }
    struct waterfall fall = {
        0, arena_array(voice->doc->arena, movement->row_count, sizeof *fall.step)};
    struct doc_table *table = NULL;
    struct moves moves = draw_moves(voice, movement, &fall, &table);
    const char *out = moves.largest_out ? voice_cell_text(moves.largest_out, F_KEY) : "";
    double since = voice->dataset->period.start - 1;
    voice_cell(&movement->fields, F_SINCE, &since);
    struct doc_exhibit *exhibit =
        EXHIBIT(voice, section, M_PIPELINE_MOVEMENT, "movement", NUMBER("start", moves.start),
                NUMBER("end", moves.end), NUMBER("since", since),
                WORDS("way", moves.end > moves.start   ? "grew"
                             : moves.end < moves.start ? "shrank"
                                                       : "same"),
                WORDS("has_out", out[0] ? "yes" : "no"),
                WORDS("out", out[0] ? voice_term(voice, "movement_past", out) : ""),
                NUMBER("out_value",
                       moves.largest_out ? -measure_number(moves.largest_out, F_VALUE, 0) : 0));
    exhibit->scene->height = chart_waterfall_draw(voice, exhibit->scene, 0, &fall);
    exhibit->table = table;
}
