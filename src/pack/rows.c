#include "rows.h"

#include "config.h"
#include "csv.h"
#include "dataset.h"
#include "measures.h"
#include "memory.h"
#include "threads.h"

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
    double unit = 1;
    for (int i = 0; i < config->currency_digits; i++)
        unit *= 10;
    if (amount == MONEY_NONE)
        csv_plain(csv, "");
    else
        csv_fixed(csv, (double)amount / unit, config->currency_digits);
}

static void
write_flags(struct csv *csv, uint32_t flags)
{
    const char *between = "";
    csv_plain(csv, "");
    for (enum flag f = 0; f < FLAG_COUNT; f++)
        if (flags & 1u << f) {
            buf_string(csv->out, between);
            buf_string(csv->out, config_flag_names[f]);
            between = " ";
        }
}

static void
write_deal(struct csv *csv, const struct measures *measures, const struct deal_fact *fact)
{
    const struct dataset *data = measures->dataset;
    const struct deals *deals = &data->deals;
    uint32_t d = fact->deal, account = deals->account[d];
    csv_text(csv, texts_at(&deals->id, d));
    csv_text(csv, texts_at(&deals->name, d));
    csv_text(csv, data->sellers.id[deals->owner[d]]);
    csv_text(csv, account == NONE ? TEXT("") : texts_at(&data->accounts.name, account));
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

/* ---- Each deal once ---- */

enum { CHUNK = 2048 }; /* facts whose rows one thread writes in one go */

enum form { FORM_CSV, FORM_JSON, FORMS };

/* What was written of the facts, one behind the other. */
struct sheet {
    struct buf *chunk;
    uint32_t *end; /* of each fact, in its chunk */
};

struct rows {
    const struct measures *measures;
    struct sheet sheet[FORMS];
};

static uint32_t
chunk_count(const struct rows *rows)
{
    return (rows->measures->fact_count + CHUNK - 1) / CHUNK;
}

static void
write_fact(const struct measures *measures, uint32_t fact, enum form form, struct buf *out)
{
    struct csv csv = {.out = out};
    if (form == FORM_CSV)
        write_deal(&csv, measures, &measures->fact[fact]);
    else
        measures_write_deal(measures, fact, out);
}

struct writing {
    struct rows *rows;
    const bool *sellers;
};

static void
write_chunk(void *context, uint32_t item, unsigned worker)
{
    const struct writing *writing = context;
    struct rows *rows = writing->rows;
    const struct measures *measures = rows->measures;
    uint32_t first = item * CHUNK, rest = measures->fact_count - first;
    (void)worker;
    for (enum form form = 0; form < FORMS; form++)
        for (uint32_t f = first; f < first + (rest < CHUNK ? rest : CHUNK); f++) {
            struct buf *out = &rows->sheet[form].chunk[item];
            if (writing->sellers[measures->dataset->deals.owner[measures->fact[f].deal]])
                write_fact(measures, f, form, out);
            rows->sheet[form].end[f] = (uint32_t)out->length;
        }
}

struct rows *
rows_open(const struct measures *measures, const bool *sellers, unsigned jobs)
{
    struct rows *rows = memory_new(1, sizeof *rows);
    rows->measures = measures;
    for (enum form form = 0; form < FORMS; form++)
        rows->sheet[form] =
            (struct sheet){memory_new(chunk_count(rows), sizeof *rows->sheet[form].chunk),
                           memory_new(measures->fact_count, sizeof *rows->sheet[form].end)};
    threads_each(jobs, chunk_count(rows), write_chunk, &(struct writing){rows, sellers});
    return rows;
}

void
rows_close(struct rows *rows)
{
    for (enum form form = 0; form < FORMS; form++) {
        for (uint32_t c = 0; c < chunk_count(rows); c++)
            buf_free(&rows->sheet[form].chunk[c]);
        free(rows->sheet[form].chunk);
        free(rows->sheet[form].end);
    }
    free(rows);
}

/* ---- And in the files of its scopes ---- */

static struct text
fact_text(const struct sheet *sheet, uint32_t fact)
{
    uint32_t start = fact % CHUNK ? sheet->end[fact - 1] : 0;
    return buf_slice(&sheet->chunk[fact / CHUNK], start, sheet->end[fact] - start);
}

void
rows_write_csv(const struct rows *rows, uint32_t scope, struct buf *out)
{
    struct csv csv = {.out = out};
    uint32_t count, *facts = measures_facts(rows->measures, scope, &count);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_plain(&csv, heads[i]);
    csv_end(&csv);
    for (uint32_t i = 0; i < count; i++)
        buf_text(out, fact_text(&rows->sheet[FORM_CSV], facts[i]));
    free(facts);
}

void
rows_write_json(const struct rows *rows, uint32_t scope, struct buf *out)
{
    uint32_t count, *facts = measures_facts(rows->measures, scope, &count);
    buf_char(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_char(out, ',');
        buf_text(out, fact_text(&rows->sheet[FORM_JSON], facts[i]));
    }
    buf_string(out, count > 0 ? "\n]\n" : "]\n");
    free(facts);
}
