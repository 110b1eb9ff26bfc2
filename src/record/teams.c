#include "tables.h"

#include "chunk.h"
#include "cycle.h"
#include "memory.h"
#include "names.h"
#include "order.h"
#include "settle.h"

#include <stdlib.h>

enum { TEAM_ID, TEAM_NAME, TEAM_PARENT, TEAM_MANAGER, TEAM_EMAIL, TEAM_FIELDS };

static const struct field fields[TEAM_FIELDS] = {
    [TEAM_ID] = {"id", KIND_ID, NEED_CELL},
    [TEAM_NAME] = {"name", KIND_WORD, NEED_NOTHING},
    [TEAM_PARENT] = {"parent", KIND_LATER, NEED_NOTHING},
    [TEAM_MANAGER] = {"manager", KIND_LATER, NEED_NOTHING},
    [TEAM_EMAIL] = {"email", KIND_WORD, NEED_NOTHING},
};

static const struct text company = TEXT("company");

static void
judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    for (uint32_t row = 0; row < chunk->count; row++) {
        struct text id = chunk_cell(rows, row, TEAM_ID);
        if (id.length == 0)
            id = chunk_cell(rows, row, TEAM_NAME);
        if (text_equal(id, company))
            chunk_refuse(chunk, rows, row, intake->field[TEAM_ID].name, "reserved id `company`");
    }
}

bool
teams_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_TEAMS];
    struct teams *teams = &loader->dataset->teams;
    struct intake intake;
    if (!extract->present)
        return true;
    intake_open(&intake, loader, TABLE_TEAMS, extract, &loader->log->table[TABLE_TEAMS], fields,
                TEAM_FIELDS);
    intake.index = &loader->index[TABLE_TEAMS];
    intake.id_otherwise = TEAM_NAME;
    intake.judge = judge;
    bool read = settle_read(&intake, NULL, "two rows with one id");
    if (read) {
        teams->count = intake.count;
        teams->id = settle_list(loader, settle_texts(&intake, TEAM_ID));
        teams->name = settle_column(&intake, TEAM_NAME);
        teams->parent = settle_column(&intake, TEAM_PARENT);
        teams->manager = settle_column(&intake, TEAM_MANAGER);
        teams->email = settle_column(&intake, TEAM_EMAIL);
        names_complete(loader, teams->name, teams->id, teams->count);
        names_index(loader, TABLE_TEAMS, teams->name, teams->count);
    }
    intake_close(&intake);
    return read;
}

/* The teams that sellers name, where there is no table of them: all directly below the company. */
static void
found_teams(struct loader *loader)
{
    const struct sellers *sellers = &loader->dataset->sellers;
    struct teams *teams = &loader->dataset->teams;
    uint32_t known = symbols_count(loader->later);
    bool *used = memory_new((size_t)known + 1, sizeof *used);
    struct texts named = {0};
    for (uint32_t s = 0; s < sellers->count; s++) {
        uint32_t team = sellers->team[s];
        struct text text = symbols_text(loader->later, team);
        if (team != WORD_EMPTY && !used[team] && !text_equal(text, company))
            texts_append(&named, &text, 1);
        used[team] = true;
    }
    struct ordering ordering = {.id = &named};
    uint32_t count = named.count, *rows = order_rows(&ordering, count, 1);
    struct texts id = loader_keep_texts(loader, texts_gather(&named, rows, count, 1));
    teams->count = count;
    teams->id = settle_list(loader, id);
    teams->name = loader_keep(loader, memory_new((size_t)count + 1, sizeof *teams->name));
    teams->email = loader_keep(loader, memory_new((size_t)count + 1, sizeof *teams->email));
    teams->parent = loader_keep(loader, memory_new((size_t)count + 1, sizeof *teams->parent));
    teams->manager = loader_keep(loader, memory_new((size_t)count + 1, sizeof *teams->manager));
    index_open(&loader->index[TABLE_TEAMS], id);
    names_complete(loader, teams->name, teams->id, count);
    free(rows);
    texts_free(&named);
    free(used);
}

/* Teams of unknown parents lie below the company; so do those that name it. */
static uint64_t
count_company(const struct loader *loader, const uint32_t *later, uint32_t count)
{
    uint64_t named = 0;
    for (uint32_t row = 0; row < count; row++)
        named += text_equal(symbols_text(loader->later, later[row]), company);
    return named;
}

static bool
has_cycle(struct loader *loader)
{
    const struct teams *teams = &loader->dataset->teams;
    struct buf chain = {0};
    uint32_t row;
    bool found = cycle_find(teams->parent, teams->count, teams->id, &chain, &row);
    if (found)
        diag_report(loader->diag, SEVERITY_ERROR, EXIT_INPUT, "record.cycle",
                    (struct place){loader->config->extract[TABLE_TEAMS].file, 0, 0},
                    "teams: a cycle of parents: %s", chain.bytes);
    buf_free(&chain);
    return found;
}

bool
teams_link(struct loader *loader)
{
    struct sellers *sellers = &loader->dataset->sellers;
    struct teams *teams = &loader->dataset->teams;
    struct extract_report *team_report = &loader->log->table[TABLE_TEAMS];
    if (!loader->config->extract[TABLE_TEAMS].present)
        found_teams(loader);
    uint64_t above = count_company(loader, teams->parent, teams->count);
    uint64_t direct = count_company(loader, sellers->team, sellers->count);
    team_report->orphans += names_resolve(loader, TABLE_TEAMS, teams->parent, teams->count) - above;
    names_resolve(loader, TABLE_SELLERS, teams->manager, teams->count);
    loader->log->table[TABLE_SELLERS].orphans +=
        names_resolve(loader, TABLE_TEAMS, sellers->team, sellers->count) - direct;
    return !has_cycle(loader);
}
