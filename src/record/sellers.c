#include "tables.h"

#include "cycle.h"
#include "memory.h"
#include "names.h"
#include "settle.h"

enum {
    SELLER_ID,
    SELLER_NAME,
    SELLER_TEAM,
    SELLER_EMAIL,
    SELLER_MANAGER,
    SELLER_ROLE,
    SELLER_START,
    SELLER_END,
    SELLER_FIELDS
};

static const struct field fields[SELLER_FIELDS] = {
    [SELLER_ID] = {"id", KIND_ID, NEED_CELL},
    [SELLER_NAME] = {"name", KIND_WORD, NEED_COLUMN},
    [SELLER_TEAM] = {"team", KIND_LATER, NEED_COLUMN},
    [SELLER_EMAIL] = {"email", KIND_WORD, NEED_NOTHING},
    [SELLER_MANAGER] = {"manager", KIND_LATER, NEED_NOTHING},
    [SELLER_ROLE] = {"role", KIND_WORD, NEED_NOTHING},
    [SELLER_START] = {"start", KIND_DAY, NEED_NOTHING},
    [SELLER_END] = {"end", KIND_DAY, NEED_NOTHING},
};

/* A column with one more row at its end, for the unknown owner. */
static void *
with_unknown(struct intake *intake, uint32_t field, uint32_t unknown)
{
    uint32_t count = intake->count;
    uint32_t *column = memory_new((size_t)count + 1, sizeof *column);
    if (count)
        memcpy(column, intake->column[field], count * sizeof *column);
    column[count] = unknown;
    return loader_keep(intake->loader, column);
}

static struct text *
ids_with_unknown(struct intake *intake)
{
    struct texts id = settle_texts(intake, SELLER_ID);
    index_open(intake->index, id);
    return settle_list(intake->loader, id);
}

static void
keep(struct intake *intake, struct sellers *sellers)
{
    sellers->count = intake->count;
    sellers->id = ids_with_unknown(intake);
    sellers->name = with_unknown(intake, SELLER_NAME, WORD_EMPTY);
    sellers->email = with_unknown(intake, SELLER_EMAIL, WORD_EMPTY);
    sellers->role = with_unknown(intake, SELLER_ROLE, WORD_EMPTY);
    sellers->team = with_unknown(intake, SELLER_TEAM, NONE);
    sellers->manager = with_unknown(intake, SELLER_MANAGER, NONE);
    sellers->start = with_unknown(intake, SELLER_START, (uint32_t)DAY_NONE);
    sellers->end = with_unknown(intake, SELLER_END, (uint32_t)DAY_NONE);
    sellers->left =
        loader_keep(intake->loader, memory_new((size_t)sellers->count + 1, sizeof *sellers->left));
    for (uint32_t s = 0; s < sellers->count; s++)
        sellers->left[s] = sellers->end[s] != DAY_NONE && sellers->end[s] < intake->loader->as_of;
}

static bool
has_cycle(struct loader *loader)
{
    const struct sellers *sellers = &loader->dataset->sellers;
    struct buf chain = {0};
    uint32_t row;
    bool found = cycle_find(sellers->manager, sellers->count, sellers->id, &chain, &row);
    if (found)
        diag_report(loader->diag, SEVERITY_ERROR, EXIT_INPUT, "record.cycle",
                    (struct place){loader->config->extract[TABLE_SELLERS].file, 0, 0},
                    "sellers: a cycle of managers: %s", chain.bytes);
    buf_free(&chain);
    return found;
}

bool
sellers_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_SELLERS];
    struct sellers *sellers = &loader->dataset->sellers;
    struct intake intake;
    intake_open(&intake, loader, TABLE_SELLERS, extract, &loader->log->table[TABLE_SELLERS], fields,
                SELLER_FIELDS);
    intake.index = &loader->index[TABLE_SELLERS];
    bool read = true;
    if (extract->present)
        read = settle_read(&intake, NULL, "two rows with one id");
    else
        index_open(intake.index, (struct texts){0});
    if (read) {
        keep(&intake, sellers);
        names_complete(loader, sellers->name, sellers->id, sellers->count);
        names_index(loader, TABLE_SELLERS, sellers->name, sellers->count);
        names_index(loader, TABLE_SELLERS, sellers->email, sellers->count);
        names_resolve(loader, TABLE_SELLERS, sellers->manager, sellers->count);
        read = !has_cycle(loader);
    }
    intake_close(&intake);
    return read;
}
