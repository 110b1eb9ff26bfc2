#include "table.h"

const char *const table_names[TABLE_COUNT] = {
    [TABLE_SELLERS] = "sellers",       [TABLE_TEAMS] = "teams", [TABLE_ACCOUNTS] = "accounts",
    [TABLE_CONTACTS] = "contacts",     [TABLE_DEALS] = "deals", [TABLE_HISTORY] = "history",
    [TABLE_ACTIVITIES] = "activities", [TABLE_LEADS] = "leads", [TABLE_QUOTAS] = "quotas",
    [TABLE_CALLS] = "calls",
};
