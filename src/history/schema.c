#include "schema.h"

#include <stddef.h>

const char *const schema_statements =
    "CREATE TABLE run (run INTEGER PRIMARY KEY, as_of TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL,"
    " id TEXT, version TEXT, period TEXT, period_start TEXT, period_end TEXT, scopes INTEGER,"
    " deals INTEGER);"
    "CREATE TABLE name (name INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"
    "CREATE TABLE scope (scope INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL,"
    " UNIQUE (kind, id));"
    "CREATE TABLE value (measure INTEGER NOT NULL, key INTEGER NOT NULL, field INTEGER NOT NULL,"
    " scope INTEGER NOT NULL, run INTEGER NOT NULL, value,"
    " PRIMARY KEY (measure, key, field, scope, run)) WITHOUT ROWID;"
    "CREATE TABLE deal (id TEXT NOT NULL, run INTEGER NOT NULL, owner TEXT, stage TEXT,"
    " amount INTEGER, close TEXT, qualified TEXT, segment INTEGER, category INTEGER, q REAL,"
    " PRIMARY KEY (id, run)) WITHOUT ROWID;"
    "CREATE VIEW figure AS SELECT as_of, kind, scope.id AS id, measure.text AS measure,"
    " key.text AS key, field.text AS field, value.value AS value"
    " FROM value JOIN run USING (run) JOIN scope USING (scope)"
    " JOIN name measure ON measure.name = value.measure JOIN name key ON key.name = value.key"
    " JOIN name field ON field.name = value.field;";

const char *const schema_staging =
    "CREATE TEMP TABLE IF NOT EXISTS staged_scope (kind TEXT, id TEXT, measures TEXT);"
    "CREATE TEMP TABLE IF NOT EXISTS staged_measure (kind TEXT, id TEXT, measure TEXT, body TEXT);"
    "CREATE TEMP TABLE IF NOT EXISTS staged_row"
    " (kind TEXT, id TEXT, measure TEXT, key TEXT, body TEXT);"
    "CREATE TEMP TABLE IF NOT EXISTS staged"
    " (kind TEXT, id TEXT, measure TEXT, key TEXT, field TEXT, value);";

/* Of two rows of one key the first stands. */
const char *const schema_imports[] = {
    "INSERT INTO run (as_of, stamp, id, version, period, period_start, period_end, scopes, deals)"
    " SELECT ?2, ?3, json_extract(?1, '$.run.id'), json_extract(?1, '$.run.version'),"
    " json_extract(?1, '$.run.period.name'), json_extract(?1, '$.run.period.start'),"
    " json_extract(?1, '$.run.period.end'), json_array_length(?1, '$.scopes'),"
    " json_array_length(?1, '$.deals')",

    /* step by step, so that no text is parsed more often than once */
    "INSERT INTO staged_scope"
    " SELECT json_extract(value, '$.kind'), json_extract(value, '$.id'),"
    " json_extract(value, '$.measures') FROM json_each(?1, '$.scopes')",

    "INSERT INTO staged_measure SELECT s.kind, s.id, m.key, m.value"
    " FROM staged_scope s, json_each(s.measures) m",

    "INSERT INTO staged SELECT m.kind, m.id, m.measure, '', f.key, f.value"
    " FROM staged_measure m, json_each(m.body) f"
    " WHERE f.type IN ('integer', 'real', 'true', 'false')"
    " OR (f.type = 'text' AND f.key = 'value')",

    "INSERT INTO staged_row SELECT m.kind, m.id, m.measure, json_extract(r.value, '$.key'), r.value"
    " FROM staged_measure m, json_each(m.body, '$.rows') r"
    " WHERE json_extract(r.value, '$.key') <> ''",

    "INSERT INTO staged SELECT r.kind, r.id, r.measure, r.key, f.key, f.value"
    " FROM staged_row r, json_each(r.body) f WHERE f.type IN ('integer', 'real', 'true', 'false')",

    "INSERT OR IGNORE INTO name (text) SELECT measure FROM staged UNION SELECT key FROM staged"
    " UNION SELECT field FROM staged",

    "INSERT OR IGNORE INTO scope (kind, id) SELECT DISTINCT kind, id FROM staged",

    "INSERT OR IGNORE INTO value"
    " SELECT measure.name, key.name, field.name, scope.scope,"
    " (SELECT run FROM run WHERE as_of = ?2), staged.value"
    " FROM staged JOIN scope USING (kind, id) JOIN name measure ON measure.text = staged.measure"
    " JOIN name key ON key.text = staged.key JOIN name field ON field.text = staged.field"
    " ORDER BY 1, 2, 3, 4",

    "DELETE FROM staged_scope",
    "DELETE FROM staged_measure",
    "DELETE FROM staged_row",
    "DELETE FROM staged",

    "INSERT OR IGNORE INTO deal"
    " SELECT json_extract(value, '$.id'), (SELECT run FROM run WHERE as_of = ?2),"
    " json_extract(value, '$.owner'), json_extract(value, '$.stage'),"
    " json_extract(value, '$.amount'), json_extract(value, '$.close'),"
    " json_extract(value, '$.qualified'), json_extract(value, '$.segment'),"
    " json_extract(value, '$.category'), json_extract(value, '$.q')"
    " FROM json_each(?1, '$.deals')",
    NULL,
};
