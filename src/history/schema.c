#include "schema.h"

#include <stddef.h>

const char *const schema_statements =
    "CREATE TABLE run (as_of TEXT PRIMARY KEY, folder TEXT NOT NULL, id TEXT, period TEXT,"
    " period_start TEXT, period_end TEXT) WITHOUT ROWID;"
    "CREATE TABLE value (as_of TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,"
    " measure TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, value REAL,"
    " PRIMARY KEY (as_of, kind, id, measure, key, field)) WITHOUT ROWID;"
    "CREATE TABLE deal (as_of TEXT NOT NULL, id TEXT NOT NULL, owner TEXT, stage TEXT,"
    " amount INTEGER, close TEXT, qualified TEXT, segment INTEGER, category TEXT, q REAL,"
    " PRIMARY KEY (as_of, id)) WITHOUT ROWID;";

const char *const schema_imports[] = {
    "INSERT INTO run SELECT ?2, ?3, json_extract(?1, '$.run.id'),"
    " json_extract(?1, '$.run.period.name'), json_extract(?1, '$.run.period.start'),"
    " json_extract(?1, '$.run.period.end')",

    "INSERT INTO value SELECT ?2, json_extract(s.value, '$.kind'), json_extract(s.value, '$.id'),"
    " m.key, '', f.key, f.value"
    " FROM json_each(?1, '$.scopes') s, json_each(s.value, '$.measures') m, json_each(m.value) f"
    " WHERE f.type IN ('integer', 'real', 'true', 'false') AND ?3 IS NOT NULL",

    "INSERT INTO value SELECT ?2, json_extract(s.value, '$.kind'), json_extract(s.value, '$.id'),"
    " m.key, coalesce(json_extract(r.value, '$.key'), ''), f.key, f.value"
    " FROM json_each(?1, '$.scopes') s, json_each(s.value, '$.measures') m,"
    " json_each(m.value, '$.rows') r, json_each(r.value) f"
    " WHERE f.type IN ('integer', 'real', 'true', 'false')"
    " AND coalesce(json_extract(r.value, '$.key'), '') <> '' AND ?3 IS NOT NULL",

    "INSERT INTO deal SELECT ?2, json_extract(value, '$.id'), json_extract(value, '$.owner'),"
    " json_extract(value, '$.stage'), json_extract(value, '$.amount'),"
    " json_extract(value, '$.close'), json_extract(value, '$.qualified'),"
    " json_extract(value, '$.segment'), json_extract(value, '$.category'),"
    " json_extract(value, '$.q') FROM json_each(?1, '$.deals') WHERE ?3 IS NOT NULL",
    NULL,
};
