/* schema: the tables of history.sqlite, and the version of memory.json that they index. */
#ifndef SEFPACK_HISTORY_SCHEMA_H
#define SEFPACK_HISTORY_SCHEMA_H

enum { SCHEMA_VERSION = 1 };

/* run: one row a published run; `folder` is what the as-of link points to, so that a re-run of the
 * same day is seen to be another. value: each number of each measure of each scope (key "" for the
 * measure itself, else the key of its row). deal: the state of each open deal. */
extern const char *const schema_statements;

/* Takes one memory.json (?1 its text, ?2 the as-of day, ?3 the folder) into the tables. */
extern const char *const schema_imports[];

#endif
