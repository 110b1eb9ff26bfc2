#include "change.h"
#include "chunk.h"
#include "deals.h"
#include "late.h"
#include "memory.h"
#include "order.h"
#include "settle.h"
#include "tables.h"

#include <stdlib.h>

enum {
    STATE_DEAL,
    STATE_DAY,
    STATE_STAGE,
    STATE_AMOUNT,
    STATE_CURRENCY,
    STATE_CLOSE,
    STATE_OWNER,
    STATE_CATEGORY,
    STATE_FIELDS
};

static const struct field state_fields[] = {
    [STATE_DEAL] = {"deal", KIND_DEAL, NEED_CELL},
    [STATE_DAY] = {"day", KIND_DAY, NEED_CELL},
    [STATE_STAGE] = {"stage", KIND_STAGE, NEED_NOTHING},
    [STATE_AMOUNT] = {"amount", KIND_MONEY, NEED_NOTHING},
    [STATE_CURRENCY] = {"currency", KIND_CURRENCY, NEED_NOTHING},
    [STATE_CLOSE] = {"close", KIND_DAY, NEED_NOTHING},
    [STATE_OWNER] = {"owner", KIND_SELLER, NEED_NOTHING},
    [STATE_CATEGORY] = {"category", KIND_CATEGORY, NEED_NOTHING},
};

static const struct field change_fields[] = {
    [CHANGED_DEAL] = {"deal", KIND_DEAL, NEED_CELL},
    [CHANGED_DAY] = {"day", KIND_DAY, NEED_CELL},
    [CHANGED_FIELD] = {"field", KIND_CHANGE, NEED_COLUMN},
    [CHANGED_OLD] = {"old", KIND_VALUE, NEED_NOTHING},
    [CHANGED_NEW] = {"new", KIND_VALUE, NEED_COLUMN},
    [CHANGED_CURRENCY] = {"currency", KIND_CURRENCY, NEED_NOTHING},
};

static void
judge_day(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    const day *days = chunk->column[STATE_DAY];
    (void)rows;
    for (uint32_t row = 0; row < chunk->count; row++)
        if (chunk->verdict[row] == VERDICT_KEEP && days[row] > intake->loader->as_of)
            chunk->verdict[row] = VERDICT_FUTURE;
}

/* A row of stage columns lies in the future when all its days do. */
static void
judge_columns(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    (void)rows;
    for (uint32_t row = 0; row < chunk->count; row++) {
        bool later = false, known = false;
        for (uint32_t f = 1; f < chunk->fields; f++) {
            day d = ((const day *)chunk->column[f])[row];
            later |= d > intake->loader->as_of;
            known |= d != DAY_NONE && d <= intake->loader->as_of;
        }
        if (chunk->verdict[row] == VERDICT_KEEP && later && !known)
            chunk->verdict[row] = VERDICT_FUTURE;
    }
}

/* The deal, and a day for each configured stage under the stage's name. */
static const struct field *
stage_fields(struct loader *loader, uint32_t *count)
{
    const struct config *config = loader->config;
    *count = config->stage_count + 1;
    struct field *fields = loader_keep(loader, memory_new(*count, sizeof *fields));
    fields[0] = state_fields[STATE_DEAL];
    for (uint32_t s = 0; s < config->stage_count; s++)
        fields[s + 1] = (struct field){config->stage[s].name, KIND_DAY, NEED_NOTHING};
    return fields;
}

struct dated { /* a row of one deal */
    day day;
    uint32_t row;
};

static int
compare_dated(const void *left, const void *right)
{
    const struct dated *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool
in_order(const struct column *deals, const struct column *days, uint64_t count)
{
    for (uint64_t row = 1; row < count; row++) {
        uint32_t before = column_at(deals, row - 1), deal = column_at(deals, row);
        if (deal < before || (deal == before && column_day(days, row) < column_day(days, row - 1)))
            return false;
    }
    return true;
}

/* first[d]: where the rows of deal d begin among rows in order of deals. */
static uint64_t *
count_by_deal(const struct column *deal, uint64_t count, uint32_t deals)
{
    uint64_t *first = memory_new((size_t)deals + 2, sizeof *first);
    for (uint64_t row = 0; row < count; row++)
        first[column_at(deal, row) + 1]++;
    for (uint32_t d = 0; d < deals; d++)
        first[d + 1] += first[d];
    return first;
}

/* The rows in order of deal, day and file. */
static uint32_t *
order_states(const struct column *deal, const struct column *days, uint32_t count, uint32_t deals)
{
    uint64_t *next = count_by_deal(deal, count, deals);
    struct dated *dated = memory_new((size_t)count + 1, sizeof *dated);
    uint32_t *rows = memory_new((size_t)count + 1, sizeof *rows);
    for (uint32_t row = 0; row < count; row++)
        dated[next[column_at(deal, row)]++] = (struct dated){column_day(days, row), row};
    for (uint32_t d = 0; d < deals; d++) { /* next[d] is now the end of deal d */
        uint64_t from = d ? next[d - 1] : 0;
        qsort(dated + from, next[d] - from, sizeof *dated, compare_dated);
    }
    for (uint32_t i = 0; i < count; i++)
        rows[i] = dated[i].row;
    free(dated);
    free(next);
    return rows;
}

static void
settle_states(struct intake *intake, uint32_t deals)
{
    const struct column *deal = &intake->number[STATE_DEAL], *days = &intake->number[STATE_DAY];
    if (in_order(deal, days, intake->count))
        return;
    uint32_t *rows = order_states(deal, days, intake->count, deals);
    settle_keep(intake, rows, intake->count);
    free(rows);
}

static void
gather(void *column, size_t width, const uint32_t *rows, uint32_t count)
{
    void **place = column;
    void *gathered = order_gather(*place, width, rows, count);
    free(*place);
    *place = gathered;
}

/* Stage columns give rows of one deal in the order of the stages: days decide first. Nothing but
 * day and stage is known of them. */
static void
settle_spread(struct history_rows *history, const struct column *deal, uint32_t deals)
{
    uint32_t count = (uint32_t)history->count;
    if (in_order(deal, &history->day, count))
        return;
    uint32_t *rows = order_states(deal, &history->day, count, deals);
    column_gather(&history->day, rows, count);
    gather(&history->stage, sizeof *history->stage, rows, count);
    free(rows);
}

static bool
read_states(struct loader *loader, const struct intake *deals, struct intake *intake)
{
    struct history_rows *history = &loader->dataset->history;
    if (!intake_read(intake))
        return false;
    settle_states(intake, deals->count);
    history->count = intake->count;
    history->day = intake_release_numbers(intake, STATE_DAY);
    history->stage = intake_release(intake, STATE_STAGE);
    history->amount = intake_release(intake, STATE_AMOUNT);
    history->close = intake_release_numbers(intake, STATE_CLOSE);
    history->owner = intake_release_numbers(intake, STATE_OWNER);
    history->category = intake_release(intake, STATE_CATEGORY);
    history->first = count_by_deal(&intake->number[STATE_DEAL], history->count, deals->count);
    return true;
}

/* Takes the states over; gives the deals of the rows. */
static struct column
take_states(struct history_rows *history, struct states states)
{
    struct column deal = {0};
    history->count = states.count;
    history->stage = states.stage;
    history->amount = states.amount;
    history->category = states.category;
    column_append(&deal, 0, states.deal, states.count, 0);
    column_append(&history->owner, 0, states.owner, states.count, 0);
    column_append_days(&history->day, 0, states.day, states.count, 0);
    column_append_days(&history->close, 0, states.close, states.count, 0);
    free(states.deal);
    free(states.owner);
    free(states.day);
    free(states.close);
    return deal;
}

static bool
read_changes(struct loader *loader, const struct intake *deals, struct intake *intake)
{
    struct history_rows *history = &loader->dataset->history;
    loader_name_changes(loader, &intake->extract->field_names);
    if (!intake_read(intake))
        return false;
    settle_states(intake, deals->count);
    struct column deal = take_states(history, change_fold(intake, deals->column[DEAL_CREATED]));
    history->first = count_by_deal(&deal, history->count, deals->count);
    free(deal.cells);
    return true;
}

static bool
read_columns(struct loader *loader, const struct intake *deals, struct intake *intake)
{
    struct history_rows *history = &loader->dataset->history;
    if (!intake_read(intake))
        return false;
    struct column deal = take_states(history, change_spread(intake, loader->as_of));
    settle_spread(history, &deal, deals->count);
    history->first = count_by_deal(&deal, history->count, deals->count);
    free(deal.cells);
    return true;
}

bool
history_read(struct loader *loader, const struct intake *deals, struct intake *intake)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_HISTORY];
    struct extract_report *report = &loader->log->table[TABLE_HISTORY];
    const struct field *fields = state_fields;
    uint32_t count = STATE_FIELDS;
    if (extract->history_form == HISTORY_FIELDS) {
        fields = change_fields;
        count = sizeof change_fields / sizeof *change_fields;
    } else if (extract->history_form == HISTORY_COLUMNS) {
        fields = stage_fields(loader, &count);
    }
    intake_open(intake, loader, TABLE_HISTORY, extract, report, fields, count);
    loader->dataset->history.present = extract->present;
    if (!extract->present)
        return true;
    intake->placed = true;
    intake->narrow = true;
    intake->deal = STATE_DEAL;
    intake->deal_currency = deals->column[DEAL_CURRENCY];
    intake->judge = extract->history_form == HISTORY_COLUMNS ? judge_columns : judge_day;
    if (extract->history_form == HISTORY_FIELDS)
        return read_changes(loader, deals, intake);
    if (extract->history_form == HISTORY_COLUMNS)
        return read_columns(loader, deals, intake);
    return read_states(loader, deals, intake);
}

static void
move(struct history_rows *history, uint64_t to, uint64_t from)
{
    column_set(&history->day, to, column_at(&history->day, from));
    history->stage[to] = history->stage[from];
    history->amount[to] = history->amount[from];
    column_set(&history->close, to, column_at(&history->close, from));
    column_set(&history->owner, to, column_at(&history->owner, from));
    history->category[to] = history->category[from];
}

/* Keeps the rows of deals that are still there, under their new numbers. */
static void
renumber(struct history_rows *history, const uint32_t *row, uint32_t deals)
{
    uint64_t kept = 0, from = 0;
    uint32_t last = 0;
    for (uint32_t d = 0; d < deals; d++) {
        uint64_t end = history->first[d + 1];
        if (row[d] != NONE) {
            history->first[row[d]] = kept;
            for (uint64_t at = from; at < end; at++)
                move(history, kept++, at);
            last = row[d] + 1;
        }
        from = end;
    }
    history->first[last] = kept;
    history->count = kept;
}

/* Rows of rejected deals are rejected, too; the others are used. */
static void
count_rows(struct loader *loader, struct intake *intake, const uint32_t *row)
{
    const struct column *deal = &intake->number[STATE_DEAL];
    struct late *late = late_new();
    for (uint32_t at = 0; at < intake->count; at++) {
        if (row && row[column_at(deal, at)] == NONE) {
            late_add(late, places_file(&intake->places, at), places_line(&intake->places, at),
                     "deal", "deal not in deals");
            continue;
        }
        intake->report->used++;
        intake->report->orphans += (intake->mark[at] & MARK_ORPHAN) != 0;
    }
    late_reject(late, loader, TABLE_HISTORY, intake->extract, intake->report);
    late_free(late);
}

void
history_conclude(struct loader *loader, struct intake *intake, const uint32_t *row, uint32_t deals)
{
    struct history_rows *history = &loader->dataset->history;
    if (!history->present)
        return;
    count_rows(loader, intake, row);
    if (row)
        renumber(history, row, deals);
    void *arrays[] = {history->first,       history->day.cells,   history->stage,   history->amount,
                      history->close.cells, history->owner.cells, history->category};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        loader_keep(loader, arrays[i]);
}
