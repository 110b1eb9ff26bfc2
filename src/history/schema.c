#include "schema.h"

/* What is asked for goes by run, and a new run goes to the end of the tables. */
const char *const schema_statements =
    "CREATE TABLE run (run INTEGER PRIMARY KEY, as_of TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL,"
    " id TEXT, version TEXT, period TEXT, period_start TEXT, period_end TEXT, scopes INTEGER,"
    " deals INTEGER);"
    "CREATE TABLE measures (names TEXT NOT NULL);"
    "CREATE TABLE name (name INTEGER PRIMARY KEY, measure TEXT NOT NULL, key TEXT NOT NULL,"
    " field TEXT NOT NULL, UNIQUE (measure, key, field));"
    "CREATE TABLE scope (scope INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL,"
    " UNIQUE (kind, id));"
    "CREATE TABLE value (run INTEGER NOT NULL, scope INTEGER NOT NULL, name INTEGER NOT NULL,"
    " value, PRIMARY KEY (run, scope, name)) WITHOUT ROWID;"
    "CREATE TABLE deal (run INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT, stage TEXT,"
    " amount INTEGER, close INTEGER, qualified INTEGER, segment INTEGER, category INTEGER, q REAL,"
    " PRIMARY KEY (run, id)) WITHOUT ROWID;";
