#include "chunk.h"
#include "memory.h"
#include "settle.h"
#include "tables.h"

enum { QUOTA_PERIOD, QUOTA_AMOUNT, QUOTA_SELLER, QUOTA_TEAM, QUOTA_FIELDS };

static const struct field fields[QUOTA_FIELDS] = {
    [QUOTA_PERIOD] = {"period", KIND_PERIOD, NEED_CELL},
    [QUOTA_AMOUNT] = {"amount", KIND_MONEY, NEED_CELL},
    [QUOTA_SELLER] = {"seller", KIND_SELLER, NEED_NOTHING},
    [QUOTA_TEAM] = {"team", KIND_TEAM, NEED_NOTHING},
};

/* Exactly one of seller and team, and a known one; no negative amount. */
static const char *
fault(const struct intake *intake, const struct chunk *chunk, uint32_t row, uint32_t *field)
{
    uint32_t seller = ((const uint32_t *)chunk->column[QUOTA_SELLER])[row];
    uint32_t team = ((const uint32_t *)chunk->column[QUOTA_TEAM])[row];
    *field = seller == NONE ? QUOTA_TEAM : QUOTA_SELLER;
    if (seller == NONE && team == NONE)
        return "neither seller nor team";
    if (seller != NONE && team != NONE)
        return "both seller and team";
    if (seller == intake->loader->dataset->sellers.count)
        return "unknown seller";
    if (team == TEAM_UNKNOWN)
        return "unknown team";
    *field = QUOTA_AMOUNT;
    return ((const int64_t *)chunk->column[QUOTA_AMOUNT])[row] < 0 ? "negative quota" : NULL;
}

static void
judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    for (uint32_t row = 0; row < chunk->count; row++) {
        uint32_t field;
        if (chunk->verdict[row] != VERDICT_KEEP)
            continue;
        const char *reason = fault(intake, chunk, row, &field);
        if (reason)
            chunk_refuse(chunk, rows, row, intake->field[field].name, reason);
    }
}

static int
compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int
compare(const void *context, uint32_t a, uint32_t b)
{
    const struct intake *intake = context;
    const day *period = intake->column[QUOTA_PERIOD];
    const uint32_t *seller = intake->column[QUOTA_SELLER], *team = intake->column[QUOTA_TEAM];
    if (period[a] != period[b])
        return period[a] < period[b] ? -1 : 1;
    int order = compare_numbers(seller[a], seller[b]);
    return order ? order : compare_numbers(team[a], team[b]);
}

struct period *
quotas_periods(struct loader *loader, const day *start, uint32_t count)
{
    const struct config *config = loader->config;
    struct period *periods = memory_new((size_t)count + 1, sizeof *periods);
    for (uint32_t row = 0; row < count; row++)
        periods[row] = row > 0 && start[row] == start[row - 1]
                           ? periods[row - 1]
                           : period_of(config->period, config->fiscal_year_starts, start[row]);
    return loader_keep(loader, periods);
}

bool
quotas_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_QUOTAS];
    struct quotas *quotas = &loader->dataset->quotas;
    struct intake intake;
    quotas->present = extract->present;
    if (!extract->present)
        return true;
    intake_open(&intake, loader, TABLE_QUOTAS, extract, &loader->log->table[TABLE_QUOTAS], fields,
                QUOTA_FIELDS);
    intake.judge = judge;
    bool read = settle_read(&intake, compare, "two quotas of one period");
    if (read) {
        quotas->count = intake.count;
        quotas->period = quotas_periods(loader, intake.column[QUOTA_PERIOD], intake.count);
        quotas->seller = settle_column(&intake, QUOTA_SELLER);
        quotas->team = settle_column(&intake, QUOTA_TEAM);
        quotas->amount = settle_column(&intake, QUOTA_AMOUNT);
    }
    intake_close(&intake);
    return read;
}
