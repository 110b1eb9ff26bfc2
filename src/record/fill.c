#include "fill.h"

#include "blank.h"

#include "loader.h"
#include "memory.h"

enum { SEEN = 32 };
#include "reading.h"

/* The ids of a batch lie in one block, which the dataset then keeps. */
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
fill_words(const struct filling *filling, enum glossary_kind glossary)
{
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        if (cell.length == 0 && filling->need == NEED_CELL)
            reading_missed(fill_spot(filling, row), cell, false);
        out[row] = chunk_word(filling->chunk, glossary, cell);
    }
}

static void
fill_word(const struct filling *filling)
{
    fill_words(filling, GLOSSARY_WORDS);
}

static void
fill_name(const struct filling *filling)
{
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++)
        out[row] = chunk_name(filling->chunk, fill_cell(filling, row));
}

static void
fill_later(const struct filling *filling)
{
    uint32_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text id = fill_cell(filling, row);
        out[row] = index_is_null(id) ? 0 : chunk_word(filling->chunk, GLOSSARY_LATER, id);
    }
}

static void
fill_day(const struct filling *filling)
{
    day *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        bool bad = false;
        out[row] = cell.length ? reading_day(fill_spot(filling, row), cell, &bad) : DAY_NONE;
        if (out[row] == DAY_NONE && (bad || filling->need == NEED_CELL))
            reading_missed(fill_spot(filling, row), cell, bad);
    }
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
    uint16_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        int rate = cell.length ? loader_rate(filling->intake->loader, cell) : 0;
        if (rate < 0)
            chunk_refuse_value(filling->chunk, filling->rows, row,
                               filling->intake->field[filling->field].name,
                               "currency without a rate", cell);
        out[row] = rate < 0 ? 0 : (uint16_t)rate;
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
    uint8_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        int value = cell.length ? lexicon_find(lexicon, cell) : -1;
        if (value < 0 && cell.length)
            reading_missed(fill_spot(filling, row), cell, true);
        out[row] = value < 0 ? unknown : (uint8_t)value;
    }
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
    uint8_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        int value = lexicon_find(filling->intake->loader->levels, fill_cell(filling, row));
        out[row] = value < 0 ? LEVEL_UNKNOWN : (uint8_t)value;
    }
}

static void
fill_category(const struct filling *filling)
{
    fill_byte(filling, filling->intake->loader->categories, CATEGORY_UNSET);
}

static void
fill_stage(const struct filling *filling)
{
    int16_t *out = filling->column;
    const struct field *field = &filling->intake->field[filling->field];
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        int stage = cell.length ? lexicon_find(filling->intake->loader->stages, cell) : -1;
        out[row] = (int16_t)stage;
        if (stage < 0 && cell.length && field->need == NEED_CELL)
            chunk_refuse_value(filling->chunk, filling->rows, row, field->name,
                               "stage not configured", cell);
        else if (stage < 0 && (cell.length || field->need == NEED_CELL))
            reading_missed(fill_spot(filling, row), cell, cell.length > 0);
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

/* The few words of a column of a batch, by length and ends. */
struct seen {
    struct text word;
    uint8_t bits;
};

static struct seen *
seen_at(struct seen seen[SEEN], struct text word)
{
    uint32_t first = 0, last = 0;
    if (word.length) {
        first = (unsigned char)word.bytes[0];
        last = (unsigned char)word.bytes[word.length - 1];
    }
    return &seen[(first * 7 + last * 3 + word.length) % SEEN];
}

/* Activities: direction, outcome and type each give bits of their own. */
static void
fill_manner(const struct filling *filling)
{
    const struct loader *loader = filling->intake->loader;
    const char *name = filling->intake->field[filling->field].name;
    const struct lexicon *lexicon = name[0] == 't'   ? loader->types
                                    : name[0] == 'o' ? loader->outcomes
                                                     : loader->directions;
    int none = lexicon_find(lexicon, TEXT(""));
    struct seen seen[SEEN];
    uint8_t *out = filling->column;
    for (int i = 0; i < SEEN; i++)
        seen[i] = (struct seen){TEXT(""), none < 0 ? 0 : (uint8_t)none};
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        struct seen *place = seen_at(seen, cell);
        if (!index_same(cell, place->word)) {
            int value = lexicon_find(lexicon, cell);
            *place = (struct seen){cell, value < 0 ? 0 : (uint8_t)value};
        }
        out[row] = place->bits;
    }
}

static void (*const fills[KIND_KINDS])(const struct filling *filling) = {
    [KIND_ID] = fill_id,
    [KIND_WORD] = fill_word,
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
fill_field(const struct intake *intake, struct chunk *chunk, const struct rows *rows, uint32_t f)
{
    const struct field *field = &intake->field[f];
    struct filling filling = {intake, chunk, rows, f, field->need, chunk->column[f]};
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
    if (intake->currency != NONE) /* amounts need it */
        fill_field(intake, chunk, rows, intake->currency);
    for (uint32_t f = 0; f < intake->field_count; f++)
        if (f != intake->currency)
            fill_field(intake, chunk, rows, f);
}
