#include "rows.h"

#include "config.h"
#include "csv.h"
#include "dataset.h"
#include "measures.h"
#include "memory.h"

#include <stdlib.h>

static const char *const heads[] = {
    "id",    "name", "owner",  "account",  "stage", "amount",       "created", "qualified",
    "close", "age",  "chance", "expected", "clean", "primary_flag", "flags",   "next_step"};

static void
write_day(struct csv *csv, day d)
{
    char iso[11] = "";
    if (d != DAY_NONE)
        day_to_iso(d, iso);
    csv_plain(csv, iso);
}

static void
write_money(struct csv *csv, const struct config *config, int64_t amount)
{
    struct buf number = {0};
    double unit = 1;
    for (int i = 0; i < config->currency_digits; i++)
        unit *= 10;
    if (amount != MONEY_NONE)
        buf_fixed(&number, (double)amount / unit, config->currency_digits);
    csv_plain(csv, number.bytes ? number.bytes : "");
    buf_free(&number);
}

static void
write_flags(struct csv *csv, uint32_t flags)
{
    struct buf names = {0};
    for (enum flag f = 0; f < FLAG_COUNT; f++)
        if (flags & 1u << f) {
            if (names.length)
                buf_char(&names, ' ');
            buf_string(&names, config_flag_names[f]);
        }
    csv_plain(csv, names.bytes ? names.bytes : "");
    buf_free(&names);
}

static void
write_deal(struct csv *csv, const struct measures *measures, const struct deal_fact *fact)
{
    const struct dataset *data = measures->dataset;
    const struct deals *deals = &data->deals;
    uint32_t d = fact->deal, account = deals->account[d];
    csv_text(csv, deals->id[d]);
    csv_text(csv, dataset_word(data, deals->name[d]));
    csv_text(csv, data->sellers.id[deals->owner[d]]);
    csv_text(csv, account == NONE ? TEXT("") : dataset_word(data, data->accounts.name[account]));
    csv_text(csv, deals->stage[d] < 0 ? TEXT("")
                                      : text_of(measures->config->stage[deals->stage[d]].name));
    write_money(csv, measures->config, deals->amount[d]);
    write_day(csv, deals->created[d]);
    write_day(csv, deals->qualified[d]);
    write_day(csv, deals->close[d]);
    csv_int(csv, fact->age);
    csv_real(csv, fact->q);
    write_money(csv, measures->config,
                deals->amount[d] == MONEY_NONE ? MONEY_NONE
                                               : (int64_t)(fact->q * (double)deals->amount[d]));
    csv_plain(csv, fact->clean ? "yes" : "no");
    csv_plain(csv, fact->primary < 0 ? "" : config_flag_names[fact->primary]);
    write_flags(csv, fact->flags);
    csv_text(csv, dataset_word(data, deals->next_step[d]));
    csv_end(csv);
}

static int
ascending(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

void
rows_write(const struct measures *measures, uint32_t scope, struct buf *out)
{
    const struct dataset *data = measures->dataset;
    const struct scope *is = &data->scope[scope];
    struct csv csv = {.out = out};
    uint32_t count = 0, *facts = memory_new(measures->fact_count + 1u, sizeof *facts);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_plain(&csv, heads[i]);
    csv_end(&csv);
    for (uint32_t i = is->first; i < is->end; i++) {
        uint32_t seller = data->order[i];
        for (uint32_t j = data->deals.owner_first[seller]; j < data->deals.owner_first[seller + 1];
             j++) {
            uint32_t fact = measures->fact_of_deal[data->deals.by_owner[j]];
            if (fact != NONE)
                facts[count++] = fact;
        }
    }
    if (count > 0)
        qsort(facts, count, sizeof *facts, ascending);
    for (uint32_t i = 0; i < count; i++)
        write_deal(&csv, measures, &measures->fact[facts[i]]);
    free(facts);
}
