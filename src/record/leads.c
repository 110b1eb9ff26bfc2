#include "chunk.h"
#include "memory.h"
#include "settle.h"
#include "tables.h"
#include "threads.h"

enum {
    LEAD_ID,
    LEAD_OWNER,
    LEAD_CREATED,
    LEAD_ACCOUNT,
    LEAD_SOURCE,
    LEAD_DAY_WORKED,
    LEAD_DAY_REPLIED,
    LEAD_DAY_MET,
    LEAD_DAY_QUALIFIED,
    LEAD_DEAL,
    LEAD_CLOSED,
    LEAD_FIELDS
};

enum { PARTS = 64 };

static const struct field fields[LEAD_FIELDS] = {
    [LEAD_ID] = {"id", KIND_ID, NEED_CELL},
    [LEAD_OWNER] = {"owner", KIND_SELLER, NEED_COLUMN},
    [LEAD_CREATED] = {"created", KIND_DAY, NEED_CELL},
    [LEAD_ACCOUNT] = {"account", KIND_ACCOUNT, NEED_NOTHING},
    [LEAD_SOURCE] = {"source", KIND_WORD, NEED_NOTHING},
    [LEAD_DAY_WORKED] = {"worked", KIND_DAY, NEED_NOTHING},
    [LEAD_DAY_REPLIED] = {"replied", KIND_DAY, NEED_NOTHING},
    [LEAD_DAY_MET] = {"met", KIND_DAY, NEED_NOTHING},
    [LEAD_DAY_QUALIFIED] = {"qualified", KIND_DAY, NEED_NOTHING},
    [LEAD_DEAL] = {"deal", KIND_DEAL, NEED_NOTHING},
    [LEAD_CLOSED] = {"closed", KIND_DAY, NEED_NOTHING},
};

static void
judge(const struct intake *intake, struct chunk *chunk, const struct rows *rows)
{
    const day *created = chunk->column[LEAD_CREATED];
    uint32_t *owner = chunk->column[LEAD_OWNER];
    (void)rows;
    for (uint32_t row = 0; row < chunk->count; row++) {
        if (created[row] > intake->loader->as_of)
            chunk->mark[row] |= MARK_FUTURE;
        if (owner[row] == NONE)
            owner[row] = intake->loader->dataset->sellers.count;
    }
}

/* A step after as-of has not happened yet. */
static void
cut(struct column *step, uint32_t row, day as_of)
{
    if (column_day(step, row) > as_of)
        column_set(step, row, NONE);
}

struct completion {
    struct leads *leads;
    const struct column *created;
    day as_of;
};

/* A lead that was worked on an unknown day was worked when it was created. */
static void
complete_part(void *context, uint32_t part, unsigned worker)
{
    const struct completion *completion = context;
    struct leads *leads = completion->leads;
    uint32_t from = (uint32_t)((uint64_t)leads->count * part / PARTS);
    uint32_t to = (uint32_t)((uint64_t)leads->count * (part + 1) / PARTS);
    (void)worker;
    for (uint32_t row = from; row < to; row++) {
        cut(&leads->worked, row, completion->as_of);
        cut(&leads->replied, row, completion->as_of);
        cut(&leads->met, row, completion->as_of);
        cut(&leads->qualified, row, completion->as_of);
        cut(&leads->closed, row, completion->as_of);
        if (column_at(&leads->worked, row) == NONE && leads_reached(leads, row))
            column_set(&leads->worked, row, column_at(completion->created, row));
    }
}

static void
keep(struct loader *loader, struct intake *intake)
{
    struct leads *leads = &loader->dataset->leads;
    const struct column *created = &intake->number[LEAD_CREATED];
    struct completion completion = {leads, created, loader->as_of};
    leads->count = intake->count;
    column_widen(&intake->number[LEAD_DAY_WORKED], leads->count, created->width);
    leads->id = settle_texts(intake, LEAD_ID);
    leads->owner = settle_numbers(intake, LEAD_OWNER);
    leads->deal = settle_numbers(intake, LEAD_DEAL);
    leads->source = settle_numbers(intake, LEAD_SOURCE);
    leads->worked = settle_numbers(intake, LEAD_DAY_WORKED);
    leads->replied = settle_numbers(intake, LEAD_DAY_REPLIED);
    leads->met = settle_numbers(intake, LEAD_DAY_MET);
    leads->qualified = settle_numbers(intake, LEAD_DAY_QUALIFIED);
    leads->closed = settle_numbers(intake, LEAD_CLOSED);
    threads_each(loader->jobs, PARTS, complete_part, &completion);
}

/* No row names a contact any more, and few a deal or an account: before leads are put in order,
 * which takes the most memory of all. */
static void
forget(struct loader *loader)
{
    contacts_forget(loader);
    index_relax(&loader->index[TABLE_ACCOUNTS]);
    index_relax(&loader->index[TABLE_DEALS]);
}

bool
leads_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_LEADS];
    struct intake intake;
    loader->dataset->leads.present = extract->present;
    if (!extract->present)
        return true;
    intake_open(&intake, loader, TABLE_LEADS, extract, &loader->log->table[TABLE_LEADS], fields,
                LEAD_FIELDS);
    intake.index = &loader->index[TABLE_LEADS];
    intake.judge = judge;
    intake.narrow = true;
    bool read = intake_read(&intake);
    if (read) {
        forget(loader);
        settle_table(&intake, NULL, "two rows with one id");
        keep(loader, &intake);
    }
    intake_close(&intake);
    return read;
}
