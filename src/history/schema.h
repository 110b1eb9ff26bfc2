/* schema: the tables of history.sqlite and how one memory.json comes into them. */
#ifndef SEFPACK_HISTORY_SCHEMA_H
#define SEFPACK_HISTORY_SCHEMA_H

enum {
    SCHEMA_MEMORY = 1, /* the newest memory.json that can be read */
    SCHEMA_INDEX = 2   /* the index; an older one is made anew */
};

/* run: one row a run; its stamp tells whether it is still the same. name: the words of measures,
 * keys and fields, once each. value: each number of each measure of each scope (key "" for the
 * measure itself, else the key of its row), and the few values that are words. deal: the open
 * deals. figure: the values with their names, for people. */
extern const char *const schema_statements;

/* Where one memory.json is taken apart; no table of the file. */
extern const char *const schema_staging;

/* Takes one memory.json into the tables: ?1 its text, ?2 the as-of day, ?3 its stamp. NULL ends.
 * Statements refer to the run by its as-of day. */
extern const char *const schema_imports[];

#endif
