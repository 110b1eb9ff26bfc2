/* schema: the tables of history.sqlite, and which memory.json can be read. */
#ifndef SEFPACK_HISTORY_SCHEMA_H
#define SEFPACK_HISTORY_SCHEMA_H

enum {
    SCHEMA_MEMORY = 1, /* the newest memory.json that can be read */
    SCHEMA_INDEX = 3   /* the index; an older one is made anew */
};

/* run: one row a run; its stamp tells whether it is still the same. measures: which are held, one
 * text. name: what a number is called, once each. value: each number of each held measure and scope
 * (key "" for the measure itself, else the key of its row), and the few values that are words; rows
 * in the order in which a memory.json tells them. deal: the open deals; a day is its number. */
extern const char *const schema_statements;

#endif
