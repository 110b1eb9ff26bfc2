#include "chunk.h"
#include "engage.h"
#include "tables.h"

static const struct field fields[ACTIVITY_FIELDS] = {
    [ACTIVITY_DAY] = {"day", KIND_DAY, NEED_CELL},
    [ACTIVITY_OWNER] = {"owner", KIND_SELLER, NEED_COLUMN},
    [ACTIVITY_TYPE] = {"type", KIND_MANNER, NEED_COLUMN},
    [ACTIVITY_ACCOUNT] = {"account", KIND_ACCOUNT, NEED_NOTHING},
    [ACTIVITY_DEAL] = {"deal", KIND_REFERENCE, NEED_NOTHING},
    [ACTIVITY_CONTACT] = {"contact", KIND_CONTACT, NEED_NOTHING},
    [ACTIVITY_DIRECTION] = {"direction", KIND_MANNER, NEED_NOTHING},
    [ACTIVITY_OUTCOME] = {"outcome", KIND_MANNER, NEED_NOTHING},
    [ACTIVITY_COUNT] = {"count", KIND_TALLY, NEED_NOTHING},
};

static void
judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    engage_chunk(intake->context, chunk, rows);
}

static void
restart(struct intake *intake)
{
    engage_restart(intake->context);
}

bool
activities_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_ACTIVITIES];
    struct extract_report *report = &loader->log->table[TABLE_ACTIVITIES];
    struct engagement *engagement = &loader->dataset->engagement;
    struct engage *engage = engage_open(loader);
    struct intake intake;
    bool read = true;
    engagement->present = extract->present;
    if (extract->present) {
        intake_open(&intake, loader, TABLE_ACTIVITIES, extract, report, fields, ACTIVITY_FIELDS);
        intake.keeps_nothing = true;
        intake.judge = judge;
        intake.restart = restart;
        intake.context = engage;
        read = intake_read(&intake);
        intake_close(&intake);
    }
    engage_finish(engage);
    report->used += engagement->read_used;
    report->orphans += engagement->orphan;
    return read;
}
