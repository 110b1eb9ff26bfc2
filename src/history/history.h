/* history: the memory of published runs.
 *
 * Each run's memory.json is the record; history.sqlite is an index over them, brought into line at
 * the start of a run and rebuilt when it lags, is damaged or is lost. A run looks only at runs of
 * earlier as-of days. */
#ifndef SEFPACK_HISTORY_HISTORY_H
#define SEFPACK_HISTORY_HISTORY_H

#include "buf.h"
#include "day.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct history;

/* Opens (and mends) the index of the runs under `out_dir`. Only runs before `as_of` are seen.
 * A newer schema than ours is an error (exit 1). NULL on error or when memory is off. */
struct history *
history_open(const char *out_dir, const char *index_path, day as_of, struct diag *diag);

void
history_close(struct history *history);

/* The run days before as-of, ascending; valid until close. */
uint32_t
history_runs(const struct history *history, const day **as_of);

/* One measure's field of one scope in one run; false when unknown. `kind` is company, team or
 * seller; `key` the key of a row, or "" for the measure itself; `field` a JSON key (value, k). */
bool
history_value(const struct history *history, day as_of, const char *kind, struct text id,
              const char *measure, const char *key, const char *field, double *out);

/* The open deals of a run, ascending id, as `earlier` states; texts valid until close. */
struct history_deal {
    struct text id, owner, stage, category;
    bool has_amount;
    int64_t amount;
    day close, qualified;
    uint8_t segment;
    double q;
};

uint32_t
history_deals(const struct history *history, day as_of, const struct history_deal **deals);

#endif
