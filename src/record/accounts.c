#include "tables.h"

#include "memory.h"
#include "names.h"
#include "settle.h"

enum {
    ACCOUNT_ID,
    ACCOUNT_NAME,
    ACCOUNT_OWNER,
    ACCOUNT_SEGMENT,
    ACCOUNT_INDUSTRY,
    ACCOUNT_POTENTIAL,
    ACCOUNT_ICP,
    ACCOUNT_CUSTOMER,
    ACCOUNT_PARENT,
    ACCOUNT_FIELDS
};

static const struct field fields[ACCOUNT_FIELDS] = {
    [ACCOUNT_ID] = {"id", KIND_ID, NEED_CELL},
    [ACCOUNT_NAME] = {"name", KIND_NAME, NEED_COLUMN},
    [ACCOUNT_OWNER] = {"owner", KIND_SELLER, NEED_NOTHING},
    [ACCOUNT_SEGMENT] = {"segment", KIND_WORD, NEED_NOTHING},
    [ACCOUNT_INDUSTRY] = {"industry", KIND_WORD, NEED_NOTHING},
    [ACCOUNT_POTENTIAL] = {"potential", KIND_MONEY, NEED_NOTHING},
    [ACCOUNT_ICP] = {"icp", KIND_TIER, NEED_NOTHING},
    [ACCOUNT_CUSTOMER] = {"customer", KIND_ANSWER, NEED_NOTHING},
    [ACCOUNT_PARENT] = {"parent", KIND_LATER, NEED_NOTHING},
};

static void
own_by_unknown(uint32_t *owner, uint32_t count, uint32_t unknown)
{
    for (uint32_t row = 0; row < count; row++)
        if (owner[row] == NONE)
            owner[row] = unknown;
}

bool
accounts_read(struct loader *loader)
{
    const struct config_extract *extract = &loader->config->extract[TABLE_ACCOUNTS];
    struct accounts *accounts = &loader->dataset->accounts;
    struct intake intake;
    accounts->present = extract->present;
    if (!extract->present)
        return true;
    intake_open(&intake, loader, TABLE_ACCOUNTS, extract, &loader->log->table[TABLE_ACCOUNTS],
                fields, ACCOUNT_FIELDS);
    intake.index = &loader->index[TABLE_ACCOUNTS];
    bool read = settle_read(&intake, NULL, "two rows with one id");
    if (read) {
        accounts->count = intake.count;
        accounts->id = settle_texts(&intake, 0);
        accounts->name = loader_keep_texts(
            loader, names_or_ids(intake_release_texts(&intake, ACCOUNT_NAME), &accounts->id));
        accounts->owner = settle_column(&intake, ACCOUNT_OWNER);
        accounts->parent = settle_column(&intake, ACCOUNT_PARENT);
        accounts->potential = settle_column(&intake, ACCOUNT_POTENTIAL);
        accounts->icp = settle_column(&intake, ACCOUNT_ICP);
        accounts->customer = settle_column(&intake, ACCOUNT_CUSTOMER);
        names_keep(loader, TABLE_ACCOUNTS, accounts->name);
        names_resolve(loader, TABLE_ACCOUNTS, accounts->parent, accounts->count);
        own_by_unknown(accounts->owner, accounts->count, loader->dataset->sellers.count);
    }
    intake_close(&intake);
    return read;
}
