#include "change.h"

#include "fill.h"
#include "loader.h"
#include "memory.h"

void
change_fill(const struct filling *filling)
{
    uint8_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        int value = lexicon_find(filling->intake->loader->changes, fill_cell(filling, row));
        out[row] = value < 0 ? CHANGE_NOTHING : (uint8_t)value;
        if (value < 0 && filling->chunk->verdict[row] == VERDICT_KEEP)
            filling->chunk->verdict[row] = VERDICT_IGNORE;
    }
}

static int64_t
read_stage(struct spot spot, struct text cell, bool *bad)
{
    int stage = lexicon_find(spot.intake->loader->stages, cell);
    *bad = stage < 0;
    return stage < 0 ? VALUE_NONE : stage;
}

static int64_t
read_close(struct spot spot, struct text cell, bool *bad)
{
    day d = reading_day(spot, cell, bad);
    return d == DAY_NONE ? VALUE_NONE : d;
}

static int64_t
read_owner(struct spot spot, struct text cell, bool *bad)
{
    const struct loader *loader = spot.intake->loader;
    const struct index *sellers = &loader->index[TABLE_SELLERS];
    uint32_t seller = index_find(sellers, cell);
    *bad = false;
    if (seller == INDEX_NONE)
        seller = index_find_name(sellers, cell);
    return seller == INDEX_NONE ? loader->dataset->sellers.count : seller;
}

static int64_t
read_category(struct spot spot, struct text cell, bool *bad)
{
    int category = lexicon_find(spot.intake->loader->categories, cell);
    *bad = category < 0;
    return category < 0 ? VALUE_NONE : category;
}

static int64_t (*const readers[])(struct spot spot, struct text cell, bool *bad) = {
    [CHANGE_STAGE] = read_stage, [CHANGE_AMOUNT] = reading_money,   [CHANGE_CLOSE] = read_close,
    [CHANGE_OWNER] = read_owner, [CHANGE_CATEGORY] = read_category,
};

void
change_fill_value(const struct filling *filling)
{
    const uint8_t *change = filling->chunk->column[CHANGED_FIELD];
    int64_t *out = filling->column;
    for (uint32_t row = 0; row < filling->chunk->count; row++) {
        struct text cell = fill_cell(filling, row);
        bool bad = false;
        out[row] = VALUE_NONE;
        if (cell.length == 0 || change[row] == CHANGE_NOTHING)
            continue;
        out[row] = readers[change[row]](fill_spot(filling, row), cell, &bad);
        if (bad)
            reading_missed(fill_spot(filling, row), cell, true);
    }
}

/* Rows in which nothing is known. */
static struct states
new_states(uint64_t count)
{
    struct states states = {
        .count = count,
        .deal = memory_new(count + 1, sizeof *states.deal),
        .day = memory_new(count + 1, sizeof *states.day),
        .stage = memory_new(count + 1, sizeof *states.stage),
        .amount = memory_new(count + 1, sizeof *states.amount),
        .close = memory_new(count + 1, sizeof *states.close),
        .owner = memory_new(count + 1, sizeof *states.owner),
        .category = memory_new(count + 1, sizeof *states.category),
    };
    for (uint64_t at = 0; at < count; at++) {
        states.stage[at] = -1;
        states.amount[at] = MONEY_NONE;
        states.close[at] = DAY_NONE;
        states.owner[at] = NONE;
        states.category[at] = CATEGORY_UNSET;
    }
    return states;
}

static void
set(struct states *states, uint64_t at, enum change change, int64_t value)
{
    if (value == VALUE_NONE)
        return;
    if (change == CHANGE_STAGE)
        states->stage[at] = (int16_t)value;
    else if (change == CHANGE_AMOUNT)
        states->amount[at] = value;
    else if (change == CHANGE_CLOSE)
        states->close[at] = (day)value;
    else if (change == CHANGE_OWNER)
        states->owner[at] = (uint32_t)value;
    else if (change == CHANGE_CATEGORY)
        states->category[at] = (uint8_t)value;
}

/* The state before the changes of one deal, rows from..to, into row `at`. */
static void
set_first(const struct intake *intake, uint32_t from, uint32_t to, struct states *states,
          uint64_t at)
{
    const uint8_t *change = intake->column[CHANGED_FIELD];
    const int64_t *old = intake->column[CHANGED_OLD];
    bool seen[CHANGES] = {false};
    for (uint32_t row = from; row < to; row++)
        if (!seen[change[row]]) {
            seen[change[row]] = true;
            set(states, at, (enum change)change[row], old[row]);
        }
}

static uint32_t
count_deals(const struct column *deal, uint32_t count)
{
    uint32_t deals = 0;
    for (uint32_t row = 0; row < count; row++)
        deals += row == 0 || column_at(deal, row) != column_at(deal, row - 1);
    return deals;
}

struct states
change_fold(const struct intake *intake, const day *created)
{
    const struct column *of = &intake->number[CHANGED_DEAL], *days = &intake->number[CHANGED_DAY];
    const uint8_t *change = intake->column[CHANGED_FIELD];
    const int64_t *new = intake->column[CHANGED_NEW];
    struct states states = new_states((uint64_t)intake->count + count_deals(of, intake->count));
    uint64_t at = 0;
    for (uint32_t from = 0, to; from < intake->count; from = to) {
        uint32_t deal = column_at(of, from);
        for (to = from + 1; to < intake->count && column_at(of, to) == deal;)
            to++;
        day first = created[deal], changed = column_day(days, from);
        states.deal[at] = deal;
        states.day[at] = first < changed ? first : changed;
        set_first(intake, from, to, &states, at++);
        for (uint32_t row = from; row < to; row++, at++) {
            states.deal[at] = deal;
            states.day[at] = column_day(days, row);
            set(&states, at, (enum change)change[row], new[row]);
        }
    }
    return states;
}

static bool
is_past(day d, day as_of)
{
    return d != DAY_NONE && d <= as_of;
}

struct states
change_spread(const struct intake *intake, day as_of)
{
    uint64_t count = 0, at = 0;
    for (uint32_t f = 1; f < intake->field_count; f++)
        for (uint32_t row = 0; row < intake->count; row++)
            count += is_past(column_day(&intake->number[f], row), as_of);
    if (count >= UINT32_MAX) /* rows have 32-bit numbers */
        memory_exhausted(SIZE_MAX);
    struct states states = new_states(count);
    for (uint32_t row = 0; row < intake->count; row++)
        for (uint32_t f = 1; f < intake->field_count; f++) {
            day d = column_day(&intake->number[f], row);
            if (!is_past(d, as_of))
                continue;
            states.deal[at] = column_at(&intake->number[CHANGED_DEAL], row);
            states.day[at] = d;
            states.stage[at++] = (int16_t)(f - 1);
        }
    return states;
}
