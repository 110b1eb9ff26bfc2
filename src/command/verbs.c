#include "verbs.h"

#include "archive.h"
#include "buf.h"
#include "config.h"
#include "dataset.h"
#include "dispatch.h"
#include "extract.h"
#include "measures.h"
#include "pack.h"
#include "packing.h"
#include "run.h"
#include "scope_name.h"
#include "selection.h"
#include "starter.h"

#include <inttypes.h>
#include <stdio.h>

static void
print(struct batch *batch, struct buf *out)
{
    if (out->length &&
        (fwrite(out->bytes, 1, out->length, stdout) != out->length || fflush(stdout)))
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_FAILED, "output.write",
                    (struct place){NULL, 0, 0}, "standard output cannot be written");
    buf_free(out);
}

/* What the packs are without: one line, the rows are in a file. */
static void
tell_rejected(struct batch *batch, const char *folder)
{
    const struct extract_log *log = batch->log;
    uint64_t read = log->previous.read, rejected = log->previous.rejected;
    char path[4200];
    for (enum table t = 0; t < TABLE_COUNT; t++) {
        read += log->table[t].read;
        rejected += log->table[t].rejected;
    }
    if (rejected == 0)
        return;
    snprintf(path, sizeof path, "%s/rejected.csv", folder);
    diag_report(batch->diag, SEVERITY_WARNING, EXIT_OK, "record.rejected",
                (struct place){path, 0, 0}, "%" PRIu64 " of %" PRIu64 " rows rejected", rejected,
                read);
}

static void
do_run(struct batch *batch)
{
    if (!selection_check(batch->options, batch->diag) || !run_configure(batch) ||
        !run_read(batch) || !run_prepare_packs(batch))
        return;
    if (batch->options->dry_run) {
        if (run_measure(batch))
            packing_list(batch);
    } else if (run_claim(batch) && run_measure(batch) && run_publish(batch)) {
        char as_of[11], folder[4160];
        struct buf out = {0};
        day_to_iso(batch->config->as_of, as_of);
        snprintf(folder, sizeof folder, "%s/%s", batch->config->out.dir, as_of);
        tell_rejected(batch, folder);
        buf_printf(&out, "%s/index.html\n", folder);
        print(batch, &out);
    }
}

static void
do_check(struct batch *batch)
{
    struct buf out = {0};
    if (!run_configure(batch))
        return;
    bool read = run_read(batch);
    if (batch->log && run_prepare_packs(batch))
        packs_data_report(batch->packs, batch->log, batch->options->verbose, &out);
    if (read)
        run_measure(batch);
    print(batch, &out);
}

static void
suggest_measure(struct diag *diag, struct text name)
{
    int best = 6;
    const char *near = NULL;
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++) {
        int distance = text_distance(name, text_of(measure_table[m].name), best);
        if (distance < best) {
            best = distance;
            near = measure_table[m].name;
        }
    }
    if (near)
        diag_hint(diag, "did you mean %s?", near);
}

static void
do_explain(struct batch *batch)
{
    struct buf out = {0};
    struct text name = text_of(batch->options->word[1]), id = text_of(batch->options->scope);
    enum measure_id measure = measure_find(name);
    if (measure == MEASURE_COUNT) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "explain.measure",
                    (struct place){NULL, 0, 0}, "no measure is called '%s'",
                    batch->options->word[1]);
        suggest_measure(batch->diag, name);
        return;
    }
    if (!run_configure(batch) || !run_read(batch) || !run_measure(batch))
        return;
    uint32_t scope = scope_name_find(batch->dataset, batch->config, id, batch->diag);
    if (scope == NONE)
        return;
    measures_explain(batch->measures, scope, measure, batch->options->json, &out);
    print(batch, &out);
}

static void
do_init(struct batch *batch)
{
    const char *folder = batch->options->word[0];
    run_find_data(batch);
    if (starter_write(batch->demo, batch->presets, folder, batch->diag))
        printf("sefpack run %s/sefpack.yaml\n", folder);
}

static void
do_schema(struct batch *batch)
{
    struct buf out = {0};
    config_write_schema(&out);
    print(batch, &out);
}

static void
do_reference(struct batch *batch)
{
    struct buf out = {0};
    struct text what = text_of(batch->options->word[0]);
    if (text_equal(what, TEXT("config")))
        config_write_reference(&out);
    else if (text_equal(what, TEXT("manual")))
        config_write_manual(&out);
    else if (text_equal(what, TEXT("measures")))
        measures_write_reference(&out);
    else
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_USAGE, "usage.reference",
                    (struct place){NULL, 0, 0},
                    "there is a reference of `config`, `manual` and `measures`, not of '%s'",
                    batch->options->word[0]);
    print(batch, &out);
}

void
verbs_do(struct batch *batch)
{
    static void (*const verbs[VERB_COUNT])(struct batch *) = {
        [VERB_RUN] = do_run,       [VERB_CHECK] = do_check,         [VERB_EXPLAIN] = do_explain,
        [VERB_SEND] = dispatch_do, [VERB_HISTORY] = archive_do,     [VERB_INIT] = do_init,
        [VERB_SCHEMA] = do_schema, [VERB_REFERENCE] = do_reference,
    };
    verbs[batch->options->verb](batch);
}
