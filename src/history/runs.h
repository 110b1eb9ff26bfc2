/* runs: the published runs of a folder, as the links of their as-of days show them. */
#ifndef SEFPACK_HISTORY_RUNS_H
#define SEFPACK_HISTORY_RUNS_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct remembered { /* a run with a memory.json */
    char as_of[11];
    const char
        *stamp; /* its folder, the file's size and its time: another one when it is replaced */
};

struct runs {
    uint32_t count;
    struct remembered *run; /* ascending as-of */
};

/* The runs under `out_dir` that hold a memory.json, none where there is no such folder. False with
 * errno when they cannot be listed. */
bool
runs_list(struct arena *arena, const char *out_dir, struct runs *runs);

/* The bytes of a run's memory.json, to be freed, with a NUL behind them; NULL with errno. */
char *
runs_memory(const char *out_dir, const char *as_of, size_t *length);

#endif
