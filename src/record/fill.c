#include "fill.h"

#include "blank.h"
#include "iso_day.h"
#include "loader.h"
#include "memory.h"
#include "reading.h"
#include "recent.h"

#include <stdlib.h>

enum { WORD_UNKNOWN = -1, WORD_MISSING = -2 };

/* What the words of a column mean by a lexicon, by row; `missing` where there is none. */
static const int32_t *
meanings(const struct filling *filling, const struct lexicon *lexicon, int missing)
{
    const struct cells cells = fill_cells(filling);
    int32_t *out = (int32_t *)filling->scratch;
    struct recent recent;
    recent_open(&recent);
    for (uint32_t row = 0; row < cells.count; row++) {
        struct recent_place *place;
        if (!recent_has(&recent, cells_at(&cells, row), &place)) {
            struct text word = chunk_trim(place->cell);
            place->value = (uint32_t)(word.length ? lexicon_find(lexicon, word) : missing);
        }
        out[row] = (int32_t)place->value;
    }
    return out;
}

/* The ids of a batch lie in one block of the chunk, for the batch's own text does not last. */
static void
fill_id(const struct filling *filling)
{
    struct text *out = filling->column;
    uint32_t otherwise = filling->intake->id_otherwise;
    struct chunk *chunk = filling->chunk;
    size_t total = 0;
    for (uint32_t row = 0; row < chunk->count; row++) {
        struct text id = fill_cell(filling, row);
        if ((id.length == 0 || index_is_null(id)) && otherwise != NONE)
            id = chunk_cell(filling->rows, row, otherwise);
        if (index_is_null(id))
            id.length = 0;
        if (id.length == 0)
            reading_missed(fill_spot(filling, row), id, false);
        out[row] = id;
        total += id.length;
    }
    char *at = chunk->ids = memory_new(total + 1, 1);
    for (uint32_t row = 0; row < chunk->count; row++) {
        if (out[row].length)
            memcpy(at, out[row].bytes, out[row].length);
        out[row].bytes = at;
        at += out[row].length;
    }
}

static void
fill_glossary(const struct filling *filling, enum glossary_kind glossary)
{
    const struct cells cells = fill_cells(filling);
    uint32_t *out = filling->column;
    struct recent recent;
    recent_open(&recent);
    for (uint32_t row = 0; row < cells.count; row++) {
        struct recent_place *place;
        if (!recent_has(&recent, cells_at(&cells, row), &place)) {
            struct text word = chunk_trim(place->cell);
            bool none = glossary == GLOSSARY_LATER && index_is_null(word);
            place->value = none ? 0 : chunk_word(filling->chunk, glossary, word);
        }
        out[row] = place->value;
    }
}

static void
fill_word(const struct filling *filling)
{
    const uint32_t *word = filling->column;
    fill_glossary(filling, GLOSSARY_WORDS);
    for (uint32_t row = 0; row < filling->chunk->count && filling->need == NEED_CELL; row++)
        if (word[row] == WORD_EMPTY)
            reading_missed(fill_spot(filling, row), TEXT(""), false);
}

static void
fill_name(const struct filling *filling)
{
    const struct cells cells = fill_cells(filling);
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < cells.count; row++)
        out[row] = chunk_word(filling->chunk, GLOSSARY_NAMES, chunk_trim(cells_at(&cells, row)));
}

static void
fill_later(const struct filling *filling)
{
    fill_glossary(filling, GLOSSARY_LATER);
}

static void
fill_unkept(const struct filling *filling)
{
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        if (cell.length && !index_is_null(cell))
            chunk_residue(filling->chunk, row, filling->field, cell);
    }
}

/* A cell that is no plain ISO day, if it holds anything. */
static day
other_day(const struct filling *filling, uint32_t row)
{
    struct text cell = fill_cell(filling, row);
    bool bad = false;
    day d = cell.length ? reading_day(fill_spot(filling, row), cell, &bad) : DAY_NONE;
    if (d == DAY_NONE && (bad || filling->need == NEED_CELL))
        reading_missed(fill_spot(filling, row), cell, bad);
    return d;
}

static void
fill_day(const struct filling *filling)
{
    const struct cells cells = fill_cells(filling);
    bool needed = filling->need == NEED_CELL;
    day *out = filling->column;
    if (!iso_days(cells.first, cells.step, cells.count, out) && !needed)
        return;
    for (uint32_t row = 0; row < cells.count; row++)
        if (out[row] == DAY_NONE)
            out[row] = other_day(filling, row);
}

static void
fill_period(const struct filling *filling)
{
    const struct config *config = filling->intake->loader->config;
    day *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        struct period period = {.start = DAY_NONE};
        bool bad = false;
        if (!period_parse(config->period, config->fiscal_year_starts, cell, &period)) {
            day d = cell.length ? reading_day(fill_spot(filling, row), cell, &bad) : DAY_NONE;
            if (d == DAY_NONE)
                reading_missed(fill_spot(filling, row), cell, bad);
            else
                period = period_of(config->period, config->fiscal_year_starts, d);
        }
        /* months of one amount must not pass for one quarter that is written twice */
        chunk_residue(filling->chunk, row, filling->field, cell);
        out[row] = period.start;
    }
}

static void
fill_money(const struct filling *filling)
{
    int64_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        bool bad = false;
        out[row] = cell.length ? reading_money(fill_spot(filling, row), cell, &bad) : MONEY_NONE;
        if (out[row] == MONEY_NONE && (bad || filling->need == NEED_CELL))
            reading_missed(fill_spot(filling, row), cell, bad);
    }
}

static void
fill_currency(const struct filling *filling)
{
    const struct loader *loader = filling->intake->loader;
    const int32_t *rate = meanings(filling, loader->currencies, 0);
    uint16_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        out[row] = rate[row] < 0 ? 0 : (uint16_t)rate[row];
        if (__builtin_expect(rate[row] < 0, 0))
            chunk_refuse_value(filling->chunk, filling->rows, row,
                               filling->intake->field[filling->field].name,
                               "currency without a rate", fill_cell(filling, row));
    }
}

/* A whole number from 0 to `most`, or -1. */
static int64_t
read_whole(struct spot spot, struct text cell, int64_t most, bool *bad)
{
    struct decimal value;
    if (!reading_number(spot, cell, &value, bad))
        return -1;
    for (; value.scale > 0 && value.coefficient % 10 == 0; value.scale--)
        value.coefficient /= 10;
    if (value.scale == 0 && value.coefficient >= 0 && value.coefficient <= most)
        return value.coefficient;
    *bad = true;
    return -1;
}

static void
fill_tally(const struct filling *filling)
{
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        bool bad = false;
        int64_t value =
            cell.length ? read_whole(fill_spot(filling, row), cell, 1000000000, &bad) : -1;
        if (bad)
            reading_missed(fill_spot(filling, row), cell, true);
        out[row] = value < 0 ? TALLY_NONE : (uint32_t)value;
    }
}

static void
fill_letter(const struct filling *filling)
{
    int8_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        bool bad = false;
        out[row] = cell.length ? (int8_t)read_whole(fill_spot(filling, row), cell, 3, &bad) : -1;
        if (bad)
            reading_missed(fill_spot(filling, row), cell, true);
    }
}

/* One byte by a lexicon: `unknown` for an empty cell and for a word that is not in it. */
static void
fill_byte(const struct filling *filling, const struct lexicon *lexicon, uint8_t unknown)
{
    const int32_t *value = meanings(filling, lexicon, WORD_MISSING);
    uint8_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        out[row] = value[row] < 0 ? unknown : (uint8_t)value[row];
        if (__builtin_expect(value[row] == WORD_UNKNOWN, 0))
            reading_missed(fill_spot(filling, row), fill_cell(filling, row), true);
    }
}

/* The same where words are free, also the empty one. */
static void
fill_free_byte(const struct filling *filling, const struct lexicon *lexicon, uint8_t unknown)
{
    const int32_t *value = meanings(filling, lexicon, lexicon_find(lexicon, TEXT("")));
    uint8_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++)
        out[row] = value[row] < 0 ? unknown : (uint8_t)value[row];
}

static void
fill_answer(const struct filling *filling)
{
    fill_byte(filling, filling->intake->loader->answers, ANSWER_UNKNOWN);
}

static void
fill_tier(const struct filling *filling)
{
    fill_byte(filling, filling->intake->loader->tiers, ANSWER_UNKNOWN);
}

static void
fill_level(const struct filling *filling)
{
    fill_free_byte(filling, filling->intake->loader->levels, LEVEL_UNKNOWN);
}

static void
fill_category(const struct filling *filling)
{
    fill_byte(filling, filling->intake->loader->categories, CATEGORY_UNSET);
}

static void
fill_stage(const struct filling *filling)
{
    const struct field *field = &filling->intake->field[filling->field];
    const int32_t *stage = meanings(filling, filling->intake->loader->stages, WORD_MISSING);
    int16_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        out[row] = stage[row] < 0 ? -1 : (int16_t)stage[row];
        if (stage[row] == WORD_UNKNOWN && field->need == NEED_CELL)
            chunk_refuse_value(filling->chunk, filling->rows, row, field->name,
                               "stage not configured", fill_cell(filling, row));
        else if (stage[row] < 0 && (stage[row] == WORD_UNKNOWN || field->need == NEED_CELL))
            reading_missed(fill_spot(filling, row), fill_cell(filling, row),
                           stage[row] == WORD_UNKNOWN);
    }
}

static void
fill_team(const struct filling *filling)
{
    const struct index *teams = &filling->intake->loader->index[TABLE_TEAMS];
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text id = fill_cell(filling, row);
        uint32_t team = id.length ? index_find(teams, id) : INDEX_NONE;
        if (team == INDEX_NONE && id.length)
            team = index_find_name(teams, id);
        if (team == INDEX_NONE && id.length)
            team = text_equal(id, TEXT("company")) ? QUOTA_COMPANY : TEAM_UNKNOWN;
        out[row] = team;
    }
}

/* Activities: direction, outcome and type each give bits of their own. */
static void
fill_manner(const struct filling *filling)
{
    const struct loader *loader = filling->intake->loader;
    char initial = filling->intake->field[filling->field].name[0];
    fill_free_byte(filling,
                   initial == 't'   ? loader->types
                   : initial == 'o' ? loader->outcomes
                                    : loader->directions,
                   0);
}

static void (*const fills[KIND_KINDS])(const struct filling *filling) = {
    [KIND_ID] = fill_id,
    [KIND_WORD] = fill_word,
    [KIND_UNKEPT] = fill_unkept,
    [KIND_LATER] = fill_later,
    [KIND_NAME] = fill_name,
    [KIND_DAY] = fill_day,
    [KIND_PERIOD] = fill_period,
    [KIND_MONEY] = fill_money,
    [KIND_CURRENCY] = fill_currency,
    [KIND_TALLY] = fill_tally,
    [KIND_LETTER] = fill_letter,
    [KIND_ANSWER] = fill_answer,
    [KIND_TIER] = fill_tier,
    [KIND_LEVEL] = fill_level,
    [KIND_STAGE] = fill_stage,
    [KIND_CATEGORY] = fill_category,
    [KIND_MANNER] = fill_manner,
    [KIND_CHANGE] = change_fill,
    [KIND_VALUE] = change_fill_value,
    [KIND_TEAM] = fill_team,
    [KIND_SELLER] = reference_fill,
    [KIND_ACCOUNT] = reference_fill,
    [KIND_CONTACT] = reference_fill,
    [KIND_DEAL] = reference_fill,
    [KIND_REFERENCE] = reference_fill,
};

static void
fill_field(const struct intake *intake, struct chunk *chunk, const struct rows *rows, uint32_t f,
           uint32_t *scratch)
{
    const struct field *field = &intake->field[f];
    struct filling filling = {intake, chunk, rows, f, field->need, chunk->column[f], scratch};
    if (!intake->mapped[f] && field->need == NEED_NOTHING && field->kind != KIND_MANNER) {
        blank_fill(field->kind, chunk->column[f], chunk->count);
        return;
    }
    for (uint32_t row = 0; row < rows->count && !chunk->filled[f]; row++)
        chunk->filled[f] = rows->cell[(size_t)row * rows->fields + f].length > 0;
    fills[field->kind](&filling);
}

void
fill_chunk(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    uint32_t *scratch = memory_new(rows->count, sizeof *scratch);
    if (intake->currency != NONE) /* amounts need it */
        fill_field(intake, chunk, rows, intake->currency, scratch);
    for (uint32_t f = 0; f < intake->field_count; f++)
        if (f != intake->currency)
            fill_field(intake, chunk, rows, f, scratch);
    free(scratch);
}
