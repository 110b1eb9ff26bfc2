#include "shelf.h"

#include "amount.h"
#include "chart.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    const struct deal_fact *fact;
    double rank;
};

struct shelf
shelf_of(const struct voice *voice,
         bool (*pass)(const struct voice *voice, const struct deal_fact *fact))
{
    uint32_t count, *facts = measures_facts(voice->measures, voice->scope, &count);
    struct shelf shelf = {0, arena_array(voice->doc->arena, count, sizeof(void *))};
    for (uint32_t i = 0; i < count; i++) {
        const struct deal_fact *fact = &voice->measures->fact[facts[i]];
        if (!pass || pass(voice, fact))
            shelf.fact[shelf.count++] = fact;
    }
    free(facts);
    return shelf;
}

static int
by_rank(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    if (one->rank != other->rank)
        return one->rank > other->rank ? -1 : 1;
    return (one->fact->deal > other->fact->deal) - (one->fact->deal < other->fact->deal);
}

void
shelf_order(const struct voice *voice, struct shelf *shelf,
            double (*rank)(const struct voice *voice, const struct deal_fact *fact))
{
    struct ranked *ranked = arena_array(voice->doc->arena, shelf->count, sizeof *ranked);
    for (uint32_t i = 0; i < shelf->count; i++)
        ranked[i] = (struct ranked){shelf->fact[i], rank(voice, shelf->fact[i])};
    if (shelf->count)
        qsort(ranked, shelf->count, sizeof *ranked, by_rank);
    for (uint32_t i = 0; i < shelf->count; i++)
        shelf->fact[i] = ranked[i].fact;
}

double
shelf_amount(const struct voice *voice, const struct deal_fact *fact)
{
    int64_t amount = voice->dataset->deals.amount[fact->deal];
    return amount == MONEY_NONE ? 0 : (double)amount;
}

double
shelf_expected(const struct voice *voice, const struct deal_fact *fact)
{
    return shelf_amount(voice, fact) * fact->q;
}

double
shelf_age(const struct voice *voice, const struct deal_fact *fact)
{
    (void)voice;
    return fact->age;
}

const char *
shelf_flags(const struct voice *voice, const struct deal_fact *fact)
{
    struct buf words = {0};
    for (enum flag flag = 0; flag < FLAG_COUNT; flag++) {
        if (!(fact->flags & 1u << flag))
            continue;
        if (words.length)
            buf_string(&words, ", ");
        buf_string(&words, voice_term(voice, "flags", config_flag_names[flag]));
    }
    const char *text = arena_copy(voice->doc->arena, words.length ? words.bytes : "", words.length);
    buf_free(&words);
    return text;
}

const char *
shelf_flags_brief(const struct voice *voice, const struct deal_fact *fact)
{
    enum { NAMED = 2 };
    const char *words = "";
    uint32_t count = 0;
    for (int turn = 0; turn < 2; turn++)
        for (int flag = 0; flag < FLAG_COUNT; flag++) {
            if (!(fact->flags & 1u << flag) || (flag == fact->primary) != (turn == 0))
                continue;
            if (++count <= NAMED)
                words = arena_printf(voice->doc->arena, "%s%s%s", words, words[0] ? ", " : "",
                                     voice_term(voice, "flags", config_flag_names[flag]));
        }
    return count <= NAMED
               ? words
               : SAY(voice, "common.and_more", WORDS("these", words), NUMBER("n", count - NAMED));
}

const char *
shelf_name(const struct voice *voice, uint32_t deal)
{
    const struct deals *deals = &voice->dataset->deals;
    struct text name = texts_at(&deals->name, deal);
    return voice_text(voice, name.length ? name : texts_at(&deals->id, deal));
}

void
shelf_runs(const struct voice *voice, struct runs *runs, uint32_t deal)
{
    int64_t amount = voice->dataset->deals.amount[deal];
    build_run(voice->doc, runs, shelf_name(voice, deal), RUN_CRM, NULL);
    if (amount != MONEY_NONE)
        build_run(voice->doc, runs,
                  arena_printf(voice->doc->arena, ", %s", voice_money(voice, (double)amount)),
                  RUN_PLAIN, NULL);
}

static const char *
account_of(const struct voice *voice, uint32_t deal)
{
    uint32_t account = voice->dataset->deals.account[deal];
    return account == NONE ? ""
                           : voice_text(voice, texts_at(&voice->dataset->accounts.name, account));
}

static const char *
owner_of(const struct voice *voice, uint32_t deal)
{
    uint32_t owner = voice->dataset->deals.owner[deal];
    return owner >= voice->dataset->sellers.count
               ? voice_tell(voice, "common.unassigned")
               : voice_word(voice, voice->dataset->sellers.name[owner]);
}

const char *
shelf_who(const struct voice *voice, uint32_t deal)
{
    return voice->seller_sheet ? account_of(voice, deal) : owner_of(voice, deal);
}

static void
add_deal(const struct voice *voice, struct doc_table *table, struct amount_unit unit,
         const struct deal_fact *fact)
{
    const struct deals *deals = &voice->dataset->deals;
    uint32_t deal = fact->deal, c = 0;
    int64_t amount = deals->amount[deal];
    struct doc_row *row = build_row(voice->doc, table, ROW_BODY);
    build_cell(voice->doc, row, c++, shelf_name(voice, deal), RUN_CRM);
    build_cell(voice->doc, row, c++, shelf_who(voice, deal), RUN_CRM);
    build_cell(voice->doc, row, c++,
               deals->stage[deal] < 0 ? voice_tell(voice, "common.unknown")
                                      : voice->config->stage[deals->stage[deal]].name,
               RUN_CRM);
    build_cell(voice->doc, row, c++,
               amount == MONEY_NONE ? "\xE2\x80\x93" : amount_cell(voice, unit, (double)amount),
               RUN_PLAIN);
    build_cell(voice->doc, row, c++, voice_count(voice, fact->age), RUN_PLAIN);
    build_cell(voice->doc, row, c++, voice_chance_brief(voice, fact->q), RUN_PLAIN);
    build_cell(voice->doc, row, c++, voice_day(voice, deals->close[deal]), RUN_PLAIN);
    const char *flags = shelf_flags_brief(voice, fact),
               *next = voice_word(voice, deals->next_step[deal]);
    if (flags[0])
        build_run(voice->doc, &row->cell[c], flags, RUN_PLAIN, NULL);
    else if (next[0])
        build_run(voice->doc, &row->cell[c], next, RUN_CRM, NULL);
}

void
shelf_table(const struct voice *voice, struct block *section, const char *caption,
            const struct shelf *shelf, uint32_t most)
{
    uint32_t shown = shelf->count < most ? shelf->count : most;
    if (shown == 0)
        return;
    double largest = 0;
    for (uint32_t i = 0; i < shown; i++)
        largest = fmax(largest, fabs(shelf_amount(voice, shelf->fact[i])));
    struct amount_unit unit = amount_unit(voice, largest);
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table =
        chart_table(voice, caption,
                    CELL_TEXTS("deal", voice->seller_sheet ? "account" : "owner", "stage", "$value",
                               "age_days", "chance", "close", "watch"),
                    unit.power, shown);
    static const double weights[] = {3, 2, 1.6, 0, 0, 0, 0, 3.4};
    static const enum align aligns[] = {ALIGN_START, ALIGN_START, ALIGN_START, ALIGN_END,
                                        ALIGN_END,   ALIGN_END,   ALIGN_START, ALIGN_START};
    for (uint32_t c = 0; c < block->table->column_count; c++) {
        block->table->column[c].weight = weights[c];
        block->table->column[c].align = aligns[c];
    }
    for (uint32_t i = 0; i < shown; i++)
        add_deal(voice, block->table, unit, shelf->fact[i]);
    if (shelf->count > shown)
        block->table->note = SAY(voice, "tables.deals.more", NUMBER("n", shelf->count - shown));
}
