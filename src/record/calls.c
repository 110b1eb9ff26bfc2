#include "chunk.h"
#include "settle.h"
#include "tables.h"

enum { CALL_OWNER, CALL_PERIOD, CALL_DAY, CALL_COMMIT, CALL_BEST, CALL_FIELDS };

static const struct field fields[CALL_FIELDS] = {
    [CALL_OWNER] = {"owner", KIND_SELLER, NEED_COLUMN},
    [CALL_PERIOD] = {"period", KIND_PERIOD, NEED_CELL},
    [CALL_DAY] = {"day", KIND_DAY, NEED_CELL},
    [CALL_COMMIT] = {"commit", KIND_MONEY, NEED_NOTHING},
    [CALL_BEST] = {"best", KIND_MONEY, NEED_NOTHING},
};

static void
judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    const day *days = chunk->column[CALL_DAY];
    uint32_t *owner = chunk->column[CALL_OWNER];
    (void)rows;
    for (uint32_t row = 0; row < chunk->count; row++) {
        if (days[row] > intake->loader->as_of)
            chunk->mark[row] |= MARK_FUTURE;
        if (owner[row] == NONE)
            owner[row] = intake->loader->dataset->sellers.count;
    }
}

static int
compare(const void *context, uint32_t a, uint32_t b)
{
    const struct intake *intake = context;
    const uint32_t *owner = intake->column[CALL_OWNER];
    const day *period = intake->column[CALL_PERIOD], *days = intake->column[CALL_DAY];
    if (owner[a] != owner[b])
        return owner[a] < owner[b] ? -1 : 1;
    if (period[a] != period[b])
        return period[a] < period[b] ? -1 : 1;
    if (days[a] != days[b])
        return days[a] < days[b] ? -1 : 1;
    /* calls of different unknown people are no duplicates */
    if (owner[a] == intake->loader->dataset->sellers.count &&
        intake_residue(intake, a) != intake_residue(intake, b))
        return intake_residue(intake, a) < intake_residue(intake, b) ? -1 : 1;
    return 0;
}

bool
calls_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_CALLS];
    struct calls *calls = &loader->dataset->calls;
    struct intake intake;
    calls->present = extract->present;
    if (!extract->present)
        return true;
    intake_open(&intake, loader, TABLE_CALLS, extract, &loader->log->table[TABLE_CALLS], fields,
                CALL_FIELDS);
    intake.judge = judge;
    bool read = settle_read(&intake, compare, "two calls of one day");
    if (read) {
        calls->count = intake.count;
        calls->owner = settle_column(&intake, CALL_OWNER);
        calls->period = quotas_periods(loader, intake.column[CALL_PERIOD], intake.count);
        calls->day = settle_column(&intake, CALL_DAY);
        calls->commit = settle_column(&intake, CALL_COMMIT);
        calls->best = settle_column(&intake, CALL_BEST);
    }
    intake_close(&intake);
    return read;
}
