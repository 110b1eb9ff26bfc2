/* recollection: one memory.json, read from front to back: what it says of its run, the figures of
 * its scopes, its deals. */
#ifndef SEFPACK_HISTORY_RECOLLECTION_H
#define SEFPACK_HISTORY_RECOLLECTION_H

#include "arena.h"
#include "history.h"

/* A number, or the word that is a measure's value; `key` is that of a row, or "" for the measure
 * itself. The texts last until the next one. */
struct recalled_figure {
    struct text kind, id, measure, key, field;
    struct history_cell cell;
};

/* Who hears what is read. Whatever is NULL is passed over. */
struct recollection_ear {
    void *context;
    /* Whether the figures of this measure and scope matter; those of others are not taken apart. */
    bool (*wants)(void *context, struct text kind, struct text id, struct text measure);
    void (*figure)(void *context, const struct recalled_figure *figure);
    void (*deal)(void *context, const struct history_deal *deal);
};

struct recollection {
    int64_t version;                                  /* of its schema; 0 when it says none */
    struct text as_of, id, program, name, start, end; /* of the run and its period; bytes NULL
                                                         where unknown; in the arena */
    uint32_t scopes, deals;
};

/* `memory` has a NUL behind it. False when it is no JSON, or no memory: without the lists of scopes
 * and deals. A list may have been heard by then. Of a newer schema than `newest` nothing is heard.
 */
bool
recollection_read(struct arena *arena, struct text memory, int newest,
                  const struct recollection_ear *ear, struct recollection *out);

#endif
