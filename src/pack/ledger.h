/* ledger: what was read of one extract, told line by line: the files, where every row went and
 * why, what is unknown, which columns and fields lie idle and what each missing field costs. One
 * text for the terminal, index.html and the appendix of packs. */
#ifndef SEFPACK_PACK_LEDGER_H
#define SEFPACK_PACK_LEDGER_H

#include "voice.h"

struct ledger {
    const struct voice *voice; /* config and log set; measures and dataset may be NULL */
    bool verbose;              /* every column by name */
    bool alone;                /* no table stands beside it: counts too, and paths in full */
    void *context;
    /* Takes one line; `topic` repeats where several lines belong to it. */
    void (*line)(void *context, const char *topic, const char *text);
};

void
ledger_tell(const struct ledger *ledger, const struct extract_report *report);

/* Whether every table was given. */
bool
ledger_is_whole(const struct voice *voice);

/* Tables that were not given, and what that costs. */
void
ledger_absent(const struct ledger *ledger);

#endif
