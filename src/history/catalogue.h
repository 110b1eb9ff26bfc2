/* catalogue: history.sqlite, which indexes the memory of all runs. It may be thrown away at any
 * time. */
#ifndef SEFPACK_HISTORY_CATALOGUE_H
#define SEFPACK_HISTORY_CATALOGUE_H

#include "history.h"
#include "runs.h"

struct catalogue;

enum catalogue_state {
    CATALOGUE_SOUND,
    CATALOGUE_ABSENT,
    CATALOGUE_OLD,
    CATALOGUE_DAMAGED,
    CATALOGUE_NEWER,
    CATALOGUE_SHUT
};

/* Opens a sound index of this program's version; NULL with the reason in *state. CATALOGUE_SHUT: it
 * cannot be opened or is held by another process. `version` is what it says of itself. `measures`,
 * ended by NULL, are those whose values it must hold, no more and no less: an index of others is
 * CATALOGUE_OLD. They must outlive it. */
struct catalogue *
catalogue_open(const char *path, const char *const *measures, bool write,
               enum catalogue_state *state, int *version);

/* An empty index, in place of what is at `path`; in memory for NULL. NULL when it cannot be made.
 */
struct catalogue *
catalogue_make(const char *path, const char *const *measures);

void
catalogue_close(struct catalogue *index); /* NULL is allowed */

/* What SQLite said last. */
const char *
catalogue_fault(const struct catalogue *index);

/* One transaction around a change; catalogue_end gives false when it could not be kept. */
bool
catalogue_begin(struct catalogue *index);

bool
catalogue_end(struct catalogue *index, bool keep);

/* Whether it holds exactly these runs. */
bool
catalogue_is_in_line(struct catalogue *index, const struct runs *runs);

bool
catalogue_holds(struct catalogue *index, const struct remembered *run);

/* Drops runs that are not among these; *dropped counts them. False after a fault. */
bool
catalogue_drop_others(struct catalogue *index, const struct runs *runs, uint32_t *dropped);

enum catalogue_taken {
    CATALOGUE_TAKEN,
    CATALOGUE_UNREADABLE,
    CATALOGUE_FROM_NEWER,
    CATALOGUE_FAULT
};

/* Takes one memory.json in; `version` is its schema. CATALOGUE_UNREADABLE: no JSON, or of another
 * day than its link. */
enum catalogue_taken
catalogue_take(struct catalogue *index, const struct remembered *run, const char *memory,
               size_t length, int *version);

/* What the index numbers runs, scopes and names by; from 1. */
struct catalogue_run {
    uint32_t number;
    day as_of;
};

/* The runs by as-of. False after a fault, as all that follow. */
bool
catalogue_runs(struct catalogue *index,
               void (*take)(void *context, const struct catalogue_run *run), void *context);

/* Every scope that any run knew, by kind and id in byte order. */
bool
catalogue_scopes(struct catalogue *index,
                 void (*take)(void *context, uint32_t number, struct text kind, struct text id),
                 void *context);

/* The name of a number; 0 when none is called so. */
uint32_t
catalogue_name(struct catalogue *index, const struct history_wanted *wanted);

/* All values, of whatever run, scope and name. */
struct catalogue_value {
    uint32_t run, scope, name;
    double number;
    struct text word; /* where the value is one, else empty */
};

bool
catalogue_values(struct catalogue *index,
                 void (*take)(void *context, const struct catalogue_value *), void *context);

/* The open deals of these runs, by id, then in the runs' order. */
bool
catalogue_deals(struct catalogue *index, uint32_t count, const struct catalogue_run *runs,
                void (*take)(void *context, day as_of, const struct history_deal *), void *context);

/* The runs for people: rows as history_report tells them. */
bool
catalogue_list(struct catalogue *index,
               void (*take)(void *context, const struct history_cell *cells), void *context);

#endif
