/* run: everything that one batch run holds, and its stages in order. */
#ifndef SEFPACK_RUN_H
#define SEFPACK_RUN_H

#include "diag.h"
#include "options.h"

struct batch {
    const struct options *options;
    struct diag *diag;
    bool progress; /* shown */
    unsigned jobs;
    char templates[4096], presets[4096], demo[4096]; /* folders of the program's own data */
    struct config *config;
    struct zone *zone;
    struct extract_log *log;
    struct dataset *dataset;
    struct recipients *recipients;
    struct history *history;
    struct measures *measures;
    struct fonts *fonts;
    struct packs *packs;
    struct publication *publication;
    char id[13]; /* 12 hex digits, see head_run_id; once the folder is claimed */
};

/* Where the program's own data lies. */
void
run_find_data(struct batch *batch);

/* Each stage needs the one before; false after an error in diag. A run that was not claimed leaves
 * no trace in the folder of the runs. */
bool
run_configure(struct batch *batch);

bool
run_read(struct batch *batch);

bool
run_measure(struct batch *batch);

bool
run_prepare_packs(struct batch *batch);

/* Before run_measure by who is going to publish: waits for the folder, makes room for the run. */
bool
run_claim(struct batch *batch);

/* Writes all packs and makes them visible; then the memory takes them in. */
bool
run_publish(struct batch *batch);

/* Frees what was opened, in reverse. */
void
run_close(struct batch *batch);

#endif
