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
    (void)rows;
    for (uint32_t row = 0; row < chunk->count; row++)
        if (created[row] > intake->loader->as_of)
            chunk->mark[row] |= MARK_FUTURE;
}

/* A step after as-of has not happened yet. */
static void
cut(day *step, day as_of)
{
    if (*step > as_of)
        *step = DAY_NONE;
}

/* A later step implies the earlier ones; a lead that was worked on an unknown day was worked when
 * it was created. */
static uint8_t
reached(struct leads *leads, uint32_t row, day created)
{
    uint8_t steps = 0;
    if (leads->qualified[row] != DAY_NONE)
        steps = LEAD_QUALIFIED | LEAD_MET | LEAD_REPLIED | LEAD_WORKED;
    else if (leads->met[row] != DAY_NONE)
        steps = LEAD_MET | LEAD_REPLIED | LEAD_WORKED;
    else if (leads->replied[row] != DAY_NONE)
        steps = LEAD_REPLIED | LEAD_WORKED;
    else if (leads->worked[row] != DAY_NONE)
        steps = LEAD_WORKED;
    if (steps && leads->worked[row] == DAY_NONE)
        leads->worked[row] = created;
    return steps;
}

struct completion {
    const struct loader *loader;
    const day *created;
};

static void
complete_part(void *context, uint32_t part, unsigned worker)
{
    const struct completion *completion = context;
    const struct loader *loader = completion->loader;
    struct leads *leads = &loader->dataset->leads;
    uint32_t from = (uint32_t)((uint64_t)leads->count * part / PARTS);
    uint32_t to = (uint32_t)((uint64_t)leads->count * (part + 1) / PARTS);
    (void)worker;
    for (uint32_t row = from; row < to; row++) {
        cut(&leads->worked[row], loader->as_of);
        cut(&leads->replied[row], loader->as_of);
        cut(&leads->met[row], loader->as_of);
        cut(&leads->qualified[row], loader->as_of);
        cut(&leads->closed[row], loader->as_of);
        leads->reached[row] = reached(leads, row, completion->created[row]);
        if (leads->owner[row] == NONE)
            leads->owner[row] = loader->dataset->sellers.count;
    }
}

static void
keep(struct loader *loader, struct intake *intake)
{
    struct leads *leads = &loader->dataset->leads;
    struct completion completion = {loader, intake->column[LEAD_CREATED]};
    leads->count = intake->count;
    leads->id = settle_texts(intake, 0);
    leads->owner = settle_column(intake, LEAD_OWNER);
    leads->deal = settle_column(intake, LEAD_DEAL);
    leads->source = settle_column(intake, LEAD_SOURCE);
    leads->worked = settle_column(intake, LEAD_DAY_WORKED);
    leads->replied = settle_column(intake, LEAD_DAY_REPLIED);
    leads->met = settle_column(intake, LEAD_DAY_MET);
    leads->qualified = settle_column(intake, LEAD_DAY_QUALIFIED);
    leads->closed = settle_column(intake, LEAD_CLOSED);
    leads->reached = loader_keep(loader, memory_new((size_t)leads->count + 1, 1));
    threads_each(loader->jobs, PARTS, complete_part, &completion);
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
    bool read = settle_read(&intake, NULL, "two rows with one id");
    if (read)
        keep(loader, &intake);
    intake_close(&intake);
    return read;
}
