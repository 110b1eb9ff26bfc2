/* history: the memory of published runs.
 *
 * Each run's memory.json is the record; history.sqlite is an index over what later runs ask of
 * them, brought into line at the start of a run and rebuilt when it lags, is damaged or is lost. A
 * run looks only at runs of earlier as-of days. The values that were asked for lie in memory: they
 * may be read by any thread and after a fork. The deals are read from the index, by the thread that
 * opened it. */
#ifndef SEFPACK_HISTORY_HISTORY_H
#define SEFPACK_HISTORY_HISTORY_H

#include "day.h"
#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct history;

/* One number of every scope and run: `key` is that of a row, or "" for the measure itself; `field`
 * a JSON key (value, number, k). */
struct history_wanted {
    const char *measure, *key, *field;
};

struct history_source {
    const char *out_dir, *index; /* the folder of the runs; the path of the index */
    const char *const *measures; /* whose numbers the index holds, ended by NULL */
    day as_of;                   /* only runs before it are seen */
    bool mend;                   /* write the index; else nothing is written */
    uint32_t wanted_count;
    const struct history_wanted *wanted; /* what history_value may be asked: of the measures */
};

/* Opens the memory of the runs. A newer schema than ours and a memory that cannot be read from the
 * disk are errors (exit 1): NULL. An index that cannot be written is a warning: the runs are then
 * read themselves. Without a single run it is there and empty. */
struct history *
history_open(const struct history_source *source, struct diag *diag);

void
history_close(struct history *history); /* NULL is allowed */

/* Takes what was just published into the index; what fails here the next run mends. Of the source,
 * as for history_rebuild, the first three matter. */
void
history_mend(const struct history_source *source);

/* Makes the index anew from the runs, so that nothing of what they no longer hold is left in it.
 * False with a message (exit 1). */
bool
history_rebuild(const struct history_source *source, struct diag *diag);

/* The run days before as-of, ascending; valid until close. */
uint32_t
history_runs(const struct history *history, const day **as_of);

/* A wanted number of one scope in one run; false when unknown. `kind` is company, team or seller.
 */
bool
history_value(const struct history *history, day as_of, const char *kind, struct text id,
              const char *measure, const char *key, const char *field, double *out);

/* The same where the value is a word; NULL when unknown. */
const char *
history_word(const struct history *history, day as_of, const char *kind, struct text id,
             const char *measure, const char *key, const char *field);

/* An open, qualified deal as a run saw it. */
struct history_deal {
    struct text id, owner, stage;
    bool has_amount;
    int64_t amount;
    day close, qualified;
    uint8_t segment;
    int category;
    double q;
};

/* The open deals of a run, ascending id; valid until close. */
uint32_t
history_deals(const struct history *history, day as_of, const struct history_deal **deals);

/* Every run's state of every deal, by id, then as-of; the texts last until the next call. */
void
history_each_deal(const struct history *history,
                  void (*take)(void *context, day as_of, const struct history_deal *deal),
                  void *context);

/* ---- What people ask ---- */

struct history_filter {
    bool runs;                               /* the runs; else the figures */
    const char *as_of, *kind, *id, *measure; /* NULL: any */
};

enum history_cell_kind { HISTORY_NONE, HISTORY_TEXT, HISTORY_WHOLE, HISTORY_REAL };

struct history_cell {
    enum history_cell_kind kind;
    struct text text;
    int64_t whole;
    double real;
};

enum { HISTORY_RUN_CELLS = 6, HISTORY_FIGURE_CELLS = 7 };

/* The heads of the rows of history_report, as many as the enum says. */
extern const char *const history_run_heads[], *const history_figure_heads[];

/* Rows by as-of: as_of, run, version, period, scopes, deals; or as_of, kind, id, measure, key,
 * field, value, of every measure of the runs before the source's as-of, from their own
 * memory.json. False after a fault of the index or of the disk. */
bool
history_report(const struct history *history, const struct history_filter *filter,
               void (*take)(void *context, const struct history_cell *cells), void *context);

#endif
