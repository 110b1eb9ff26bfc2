/* table: the ten canonical tables of a CRM, named once for every stage. */
#ifndef SEFPACK_BASE_TABLE_H
#define SEFPACK_BASE_TABLE_H

enum table {
    TABLE_SELLERS,
    TABLE_TEAMS,
    TABLE_ACCOUNTS,
    TABLE_CONTACTS,
    TABLE_DEALS,
    TABLE_HISTORY,
    TABLE_ACTIVITIES,
    TABLE_LEADS,
    TABLE_QUOTAS,
    TABLE_CALLS,
    TABLE_COUNT
};

/* "sellers" ... "calls" */
extern const char *const table_names[TABLE_COUNT];

#endif
