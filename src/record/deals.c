#include "deals.h"

#include "chunk.h"
#include "link.h"
#include "memory.h"
#include "names.h"
#include "qualify.h"
#include "settle.h"
#include "tables.h"

#include <stdlib.h>

const struct field deals_fields[DEAL_FIELDS] = {
    [DEAL_ID] = {"id", KIND_ID, NEED_CELL},
    [DEAL_OWNER] = {"owner", KIND_SELLER, NEED_COLUMN},
    [DEAL_STAGE] = {"stage", KIND_STAGE, NEED_CELL},
    [DEAL_CREATED] = {"created", KIND_DAY, NEED_CELL},
    [DEAL_NAME] = {"name", KIND_NAME, NEED_NOTHING},
    [DEAL_ACCOUNT] = {"account", KIND_ACCOUNT, NEED_NOTHING},
    [DEAL_AMOUNT] = {"amount", KIND_MONEY, NEED_NOTHING},
    [DEAL_CURRENCY] = {"currency", KIND_CURRENCY, NEED_NOTHING},
    [DEAL_QUALIFIED] = {"qualified", KIND_DAY, NEED_NOTHING},
    [DEAL_CLOSE] = {"close", KIND_DAY, NEED_NOTHING},
    [DEAL_TYPE] = {"type", KIND_WORD, NEED_NOTHING},
    [DEAL_SOURCE] = {"source", KIND_WORD, NEED_NOTHING},
    [DEAL_CATEGORY] = {"category", KIND_CATEGORY, NEED_NOTHING},
    [DEAL_NEXT_STEP] = {"next_step", KIND_WORD, NEED_NOTHING},
    [DEAL_NEXT_STEP_DATE] = {"next_step_date", KIND_DAY, NEED_NOTHING},
    [DEAL_LOSS_REASON] = {"loss_reason", KIND_WORD, NEED_NOTHING},
    [DEAL_STRATEGIC] = {"strategic", KIND_ANSWER, NEED_NOTHING},
    [DEAL_PLAN] = {"plan", KIND_WORD, NEED_NOTHING},
    [DEAL_STORY] = {"story", KIND_WORD, NEED_NOTHING},
    [DEAL_LEAD] = {"lead", KIND_UNKEPT, NEED_NOTHING},
};

void
deals_judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    const struct loader *loader = intake->loader;
    const day *created = chunk->column[DEAL_CREATED], *close = chunk->column[DEAL_CLOSE];
    const int64_t *amount = chunk->column[DEAL_AMOUNT];
    const int16_t *stage = chunk->column[DEAL_STAGE];
    for (uint32_t row = 0; row < chunk->count; row++) {
        if (chunk->verdict[row] != VERDICT_KEEP)
            continue;
        if (created[row] > loader->as_of) {
            chunk->mark[row] |= MARK_FUTURE;
            continue;
        }
        bool open = loader->config->stage[stage[row]].outcome == OUTCOME_OPEN ||
                    (close[row] != DAY_NONE && close[row] > loader->as_of);
        if (open && amount[row] < 0 && amount[row] != MONEY_NONE)
            chunk_refuse(chunk, rows, row, intake->field[DEAL_AMOUNT].name,
                         "negative amount on an open deal");
    }
}

uint8_t *
deals_segments(const struct loader *loader, const uint32_t *type, uint32_t count)
{
    uint8_t *known = memory_new(symbols_count(loader->words), 1);
    uint8_t *segment = memory_new((size_t)count + 1, 1);
    for (uint32_t row = 0; row < count; row++) {
        uint8_t *value = &known[type[row]];
        if (*value == 0) {
            int found = lexicon_find(loader->segments, symbols_text(loader->words, type[row]));
            *value = (uint8_t)(1 + (found < 0 ? SEGMENT_NEW : found));
        }
        segment[row] = (uint8_t)(*value - 1);
    }
    free(known);
    return segment;
}

/* The fixed fields and the configured letters. */
static struct field *
fields_of(struct loader *loader, uint32_t *count)
{
    const struct config_strings *letters = &loader->config->qualification;
    struct field *fields =
        loader_keep(loader, memory_new((size_t)DEAL_FIELDS + letters->count, sizeof *fields));
    memcpy(fields, deals_fields, sizeof deals_fields);
    for (uint32_t i = 0; i < letters->count; i++)
        fields[DEAL_FIELDS + i] = (struct field){letters->string[i], KIND_LETTER, NEED_NOTHING};
    *count = DEAL_FIELDS + letters->count;
    return fields;
}

bool
deals_read(struct loader *loader, struct intake *intake)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_DEALS];
    struct extract_report *report = &loader->log->table[TABLE_DEALS];
    uint32_t count;
    const struct field *fields = fields_of(loader, &count);
    intake_open(intake, loader, TABLE_DEALS, extract, report, fields, count);
    intake->index = &loader->index[TABLE_DEALS];
    intake->unborn = &loader->unborn;
    intake->judge = deals_judge;
    intake->placed = true;
    if (!extract->present) {
        index_open(intake->index, (struct texts){0});
        return true;
    }
    if (!intake_read(intake))
        return false;
    struct late *late = late_new();
    settle_rows(intake, NULL, late, "two rows with one id");
    late_reject(late, loader, TABLE_DEALS, extract, report);
    late_free(late);
    names_keep(loader, TABLE_DEALS, intake->text[DEAL_NAME]);
    return true;
}

/* letter[deal * letters + i] from one column a letter. */
static int8_t *
interleave(struct intake *intake, uint32_t letters)
{
    size_t count = intake->count;
    int8_t *out = loader_keep(intake->loader, memory_new(count * letters + 1, 1));
    for (uint32_t i = 0; i < letters; i++) {
        const int8_t *column = intake->column[DEAL_FIELDS + i];
        for (size_t d = 0; d < count; d++)
            out[d * letters + i] = column[d];
    }
    return out;
}

static void
keep_mapped(const struct intake *intake, struct deals *deals)
{
    deals->mapped_next_step = intake->mapped[DEAL_NEXT_STEP];
    deals->mapped_next_step_date = intake->mapped[DEAL_NEXT_STEP_DATE];
    deals->mapped_close = intake->mapped[DEAL_CLOSE];
    deals->mapped_loss_reason = intake->mapped[DEAL_LOSS_REASON];
    deals->mapped_source = intake->mapped[DEAL_SOURCE];
}

static void
keep(struct loader *loader, struct intake *intake)
{
    struct deals *deals = &loader->dataset->deals;
    deals->count = intake->count;
    deals->letters = intake->field_count - DEAL_FIELDS;
    deals->letter = interleave(intake, deals->letters);
    deals->id = settle_texts(intake, 0);
    deals->owner = settle_column(intake, DEAL_OWNER);
    deals->account = settle_column(intake, DEAL_ACCOUNT);
    deals->stage = settle_column(intake, DEAL_STAGE);
    deals->created = settle_column(intake, DEAL_CREATED);
    deals->qualified = settle_column(intake, DEAL_QUALIFIED);
    deals->close = settle_column(intake, DEAL_CLOSE);
    deals->amount = settle_column(intake, DEAL_AMOUNT);
    deals->source = settle_column(intake, DEAL_SOURCE);
    deals->loss_reason = settle_column(intake, DEAL_LOSS_REASON);
    deals->name = settle_texts(intake, DEAL_NAME);
    names_keep(loader, TABLE_DEALS, deals->name);
    deals->plan = settle_column(intake, DEAL_PLAN);
    deals->story = settle_column(intake, DEAL_STORY);
    deals->next_step = settle_column(intake, DEAL_NEXT_STEP);
    deals->next_step_date = settle_column(intake, DEAL_NEXT_STEP_DATE);
    deals->strategic = settle_column(intake, DEAL_STRATEGIC);
    deals->category = settle_column(intake, DEAL_CATEGORY);
    deals->segment =
        loader_keep(loader, deals_segments(loader, intake->column[DEAL_TYPE], deals->count));
    deals->outcome = loader_keep(loader, memory_new((size_t)deals->count + 1, 1));
    deals->qualified_from = loader_keep(loader, memory_new((size_t)deals->count + 1, 1));
    keep_mapped(intake, deals);
}

/* The rows that stay, and what becomes of each: false when all stay. */
static bool
drop_undated(struct intake *intake, const struct config *config, uint32_t *row)
{
    const int16_t *stage = intake->column[DEAL_STAGE];
    const day *close = intake->column[DEAL_CLOSE];
    struct late *late = late_new();
    uint32_t kept = 0, count = intake->count;
    uint32_t *rows = memory_new((size_t)count + 1, sizeof *rows);
    for (uint32_t d = 0; d < count; d++) {
        bool undated = config->stage[stage[d]].outcome != OUTCOME_OPEN && close[d] == DAY_NONE;
        row[d] = undated ? NONE : kept;
        if (undated)
            late_add(late, places_file(&intake->places, d), places_line(&intake->places, d),
                     intake->field[DEAL_CLOSE].name, "closed without a day");
        else
            rows[kept++] = d;
    }
    if (kept < count) {
        settle_keep(intake, rows, kept);
        settle_index(intake);
        late_reject(late, intake->loader, TABLE_DEALS, intake->extract, intake->report);
    }
    late_free(late);
    free(rows);
    return kept < count;
}

static void
link_deals(struct loader *loader)
{
    struct deals *deals = &loader->dataset->deals;
    uint32_t unknown = loader->dataset->sellers.count;
    for (uint32_t d = 0; d < deals->count; d++)
        if (deals->owner[d] == NONE)
            deals->owner[d] = unknown;
    link_rows(loader, deals->owner, deals->count, unknown + 1, &deals->owner_first,
              &deals->by_owner);
    link_rows(loader, deals->account, deals->count, loader->dataset->accounts.count,
              &deals->account_first, &deals->by_account);
}

bool
deals_conclude(struct loader *loader, struct intake *deals, struct intake *history)
{
    uint32_t read = deals->count;
    uint32_t *row = memory_new((size_t)read + 1, sizeof *row);
    qualify_close_days(loader, deals, &loader->dataset->history);
    bool dropped = drop_undated(deals, loader->config, row);
    history_conclude(loader, history, dropped ? row : NULL, read);
    free(row);
    intake_count_used(deals);
    keep(loader, deals);
    qualify_deals(loader);
    link_deals(loader);
    return true;
}
