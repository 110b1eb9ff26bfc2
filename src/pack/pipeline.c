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
        chart_missing(voice, section, "movement", movement->why ? movement->why : WHY_NO_DATA);
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

/* ---- Coverage ---- */

struct coverage {
    bool known, needs;
    double raw, clean, in_time, need;
    enum why why;
};

/* In time: the expected wins of this period as the clean deals that would bring them, so that all
 * stand on one axis against 1/w. */
static struct coverage
coverage_of(const struct voice *voice, uint32_t scope)
{
    struct coverage is = {0};
    double share = 0;
    is.needs = voice_field(voice, scope, M_PIPELINE_COVERAGE_NEEDED_NUMBER, F_VALUE, &is.need);
    is.known = voice_field(voice, scope, M_PIPELINE_COVERAGE_RAW_NUMBER, F_VALUE, &is.raw) &&
               voice_field(voice, scope, M_PIPELINE_COVERAGE_CLEAN_NUMBER, F_VALUE, &is.clean) &&
               is.needs;
    if (voice_field(voice, scope, M_PIPELINE_COVERAGE_SUFFICIENCY_NUMBER, F_VALUE, &share))
        is.in_time = share * is.need;
    is.why = measures_get(voice->measures, scope, M_PIPELINE_COVERAGE_CLEAN_NUMBER)->why;
    if (voice->measures->scope[scope].ramping) { /* nothing is lacking yet */
        is.known = false;
        is.why = WHY_NOT_YET_EXPECTED;
    }
    return is;
}

static void
add_coverage(const struct voice *voice, struct chart_rows *rows, struct doc_table *table,
             uint32_t scope, const struct coverage *is)
{
    struct chart_row *row = chart_rows_add(rows, voice_scope_name(voice, scope));
    row->bold = scope == voice->scope;
    if (!is->known) {
        row->missing = voice_why(voice, is->why ? is->why : WHY_NO_DATA);
        chart_row(voice, table, ROW_BODY, CELL_TEXTS(row->label, row->missing));
        return;
    }
    row->has[0] = row->has[1] = row->has[2] = row->has_need = true;
    row->value[0] = is->raw;
    row->value[1] = is->clean;
    row->value[2] = is->in_time;
    row->need = is->need;
    row->text = SAY(voice, "common.of", WORDS("have", voice_ratio(voice, is->clean)),
                    WORDS("need", voice_ratio(voice, is->need)));
    chart_row(voice, table, ROW_BODY,
              CELL_TEXTS(row->label, voice_ratio(voice, is->raw), voice_ratio(voice, is->clean),
                         voice_ratio(voice, is->in_time), voice_ratio(voice, is->need)));
}

static const char *
kind_below(const struct voice *voice, const struct voice_scopes *below)
{
    bool sellers = false, teams = false;
    for (uint32_t i = 0; i < below->count; i++) {
        sellers |= voice->dataset->scope[below->scope[i]].kind == SCOPE_SELLER;
        teams |= voice->dataset->scope[below->scope[i]].kind == SCOPE_TEAM;
    }
    return sellers && teams ? "mixed" : teams ? "teams" : "sellers";
}

void
pipeline_coverage(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct chart_rows *rows = chart_rows_new(voice, ROWS_SHOWN + 1);
    struct doc_table *table = chart_table(
        voice, NULL, CELL_TEXTS("name", "raw", "clean", "in_time", "own_need"), 0, below.count + 1);
    uint32_t known = 0, lacking = 0, late = 0;
    struct coverage own = coverage_of(voice, voice->scope);
    for (uint32_t i = 0; i < below.count; i++) {
        struct coverage is = coverage_of(voice, below.scope[i]);
        known += is.known;
        lacking += is.known && is.clean < is.need;
        late += is.known && is.in_time < is.need;
        if (rows->count < ROWS_SHOWN)
            add_coverage(voice, rows, table, below.scope[i], &is);
    }
    if (below.scope[0] != voice->scope)
        add_coverage(voice, rows, table, voice->scope, &own);
    if (known == 0 && !own.known) {
        chart_missing(voice, section, "coverage", own.why ? own.why : WHY_NO_DATA);
        return;
    }
    rows->shape[0] = MARK_RING;
    rows->shape[1] = MARK_DISC;
    rows->shape[2] = MARK_DIAMOND;
    rows->legend[0] = voice_tell(voice, "marks.raw");
    rows->legend[1] = voice_tell(voice, "marks.clean");
    rows->legend[2] = voice_tell(voice, "marks.in_time");
    rows->need_legend = voice_tell(voice, "marks.own_need");
    rows->label = chart_ratio;
    rows->limit = 12;
    struct doc_exhibit *exhibit = EXHIBIT(
        voice, section, M_PIPELINE_COVERAGE_CLEAN_NUMBER, "coverage",
        WORDS("kind", voice->seller_sheet ? "self" : kind_below(voice, &below)),
        NUMBER("known", known), NUMBER("lacking", lacking),
        WORDS("all", known > 0 && lacking == known ? "yes" : "no"), NUMBER("late", late),
        WORDS("in_time", late == known ? "none"
                         : late > 0    ? "some"
                                       : "all"),
        NUMBER("more", below.count > ROWS_SHOWN ? below.count - ROWS_SHOWN : 0),
        NUMBER("clean", own.clean), NUMBER("need", own.need), NUMBER("own_in_time", own.in_time));
    exhibit->scene->height = chart_rows_draw(voice, exhibit->scene, 0, rows);
    exhibit->table = table;
}

/* A ratio of any scope for a table, or why there is none. */
static const char *
ratio_or_why(const struct voice *voice, uint32_t scope, enum measure_id id)
{
    double value = 0;
    return voice_field(voice, scope, id, F_VALUE, &value)
               ? voice_ratio(voice, value)
               : voice_why(voice, measures_get(voice->measures, scope, id)->why);
}

/* What a flat multiple asks for beside the own need, in deals. */
static const char *
flat_asks(const struct voice *voice, double ask, double need, double wins)
{
    double apart = fabs(voice->config->flat_multiple - need) * wins;
    if (wins <= 0)
        return voice_why(voice, WHY_MET);
    return apart < 0.05 ? voice_tell(voice, "common.same_deals")
                        : SAY(voice, ask >= 1 ? "common.more_deals" : "common.fewer_deals",
                              WORDS("n", voice_decimal(voice, apart, 1)));
}

static void
add_health(const struct voice *voice, struct doc_table *table, uint32_t scope, enum row_role role)
{
    double open = 0, clean = 0, wins = 0, ask = 0, need = 0;
    voice_field(voice, scope, M_PIPELINE_OPEN, F_NUMBER, &open);
    voice_field(voice, scope, M_PIPELINE_CLEAN, F_NUMBER, &clean);
    bool has_wins = voice_field(voice, scope, M_PIPELINE_WINS_NEEDED, F_VALUE, &wins);
    bool has_need = voice_field(voice, scope, M_PIPELINE_COVERAGE_NEEDED_NUMBER, F_VALUE, &need);
    bool has_ask = voice_field(voice, scope, M_PIPELINE_COVERAGE_GLOBAL_ASK, F_VALUE, &ask);
    const char *dash = "\xE2\x80\x93";
    chart_row(
        voice, table, role,
        CELL_TEXTS(voice_scope_name(voice, scope), voice_count(voice, open),
                   voice_count(voice, clean), has_wins ? voice_decimal(voice, wins, 1) : dash,
                   ratio_or_why(voice, scope, M_PIPELINE_COVERAGE_RAW_NUMBER),
                   ratio_or_why(voice, scope, M_PIPELINE_COVERAGE_CLEAN_NUMBER),
                   has_need ? voice_ratio(voice, need) : dash,
                   has_ask && has_need && has_wins ? flat_asks(voice, ask, need, wins) : dash));
}

void
pipeline_health(const struct voice *voice, struct block *section)
{
    struct voice_scopes below = voice_below(voice);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->anchor = "pipeline.coverage.global_ask";
    block->table = chart_table(
        voice, SAY(voice, "tables.health.caption", NUMBER("flat", voice->config->flat_multiple)),
        CELL_TEXTS("name", "open", "clean_deals", "wins_needed", "raw", "clean", "own_need",
                   "flat_asks"),
        0, below.count + 1);
    for (uint32_t i = 0; i < below.count; i++)
        if (below.scope[i] != voice->scope)
            add_health(voice, block->table, below.scope[i], ROW_BODY);
    add_health(voice, block->table, voice->scope, block->table->row_count ? ROW_TOTAL : ROW_BODY);
    block->table->note =
        SAY(voice, "tables.health.note", NUMBER("flat", voice->config->flat_multiple));
}

void
pipeline_own_need(const struct voice *voice, struct block *section)
{
    double need = 0, wins = 0;
    if (!voice_has(voice, M_PIPELINE_COVERAGE_NEEDED_NUMBER, &need))
        return;
    bool has_wins = voice_has(voice, M_PIPELINE_WINS_NEEDED, &wins) && wins > 0;
    double flat = voice->config->flat_multiple;
    build_text(voice->doc, section, BLOCK_PARAGRAPH,
               SAY(voice, "pipeline.own_need", NUMBER("need", need), NUMBER("flat", flat),
                   WORDS("way", !has_wins                  ? "none"
                                : fabs(flat - need) < 0.25 ? "same"
                                : flat > need              ? "over"
                                                           : "under"),
                   NUMBER("wins", wins), NUMBER("apart", fabs(flat - need) * wins)));
}
