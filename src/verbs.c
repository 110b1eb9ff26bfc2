#include "verbs.h"

#include "buf.h"
#include "config.h"
#include "dataset.h"
#include "measures.h"
#include "pack.h"
#include "run.h"

#include <stdio.h>

static void
print(struct run *run, struct buf *out)
{
    if (out->length &&
        (fwrite(out->bytes, 1, out->length, stdout) != out->length || fflush(stdout)))
        diag_report(run->diag, SEVERITY_ERROR, EXIT_FAILED, "output.write",
                    (struct place){NULL, 0, 0}, "standard output cannot be written");
    buf_free(out);
}

static void
do_run(struct run *run)
{
    if (run_configure(run) && run_read(run) && run_measure(run) && run_prepare_packs(run))
        run_publish(run);
}

static void
do_check(struct run *run)
{
    struct buf out = {0};
    if (!run_configure(run))
        return;
    bool read = run_read(run);
    if (run->log && run_prepare_packs(run))
        packs_data_report(run->packs, run->log, run->options->verbose, &out);
    if (read)
        run_measure(run);
    print(run, &out);
}

/* A scope by "company" or the id of a team or seller; teams come first. */
static uint32_t
find_scope(const struct dataset *dataset, struct text id)
{
    if (id.length == 0 || text_equal(id, TEXT("company")))
        return 0;
    for (uint32_t t = 0; t < dataset->teams.count; t++)
        if (text_equal(dataset->teams.id[t], id))
            return dataset->team_scope[t];
    for (uint32_t s = 0; s < dataset->sellers.count; s++)
        if (text_equal(dataset->sellers.id[s], id))
            return dataset->seller_scope[s];
    return NONE;
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
do_explain(struct run *run)
{
    struct buf out = {0};
    struct text name = text_of(run->options->word[1]), id = text_of(run->options->scope);
    enum measure_id measure = measure_find(name);
    if (measure == MEASURE_COUNT) {
        diag_report(run->diag, SEVERITY_ERROR, EXIT_USAGE, "explain.measure",
                    (struct place){NULL, 0, 0}, "no measure is called '%s'", run->options->word[1]);
        suggest_measure(run->diag, name);
        return;
    }
    if (!run_configure(run) || !run_read(run) || !run_measure(run))
        return;
    uint32_t scope = find_scope(run->dataset, id);
    if (scope == NONE) {
        diag_report(run->diag, SEVERITY_ERROR, EXIT_USAGE, "explain.scope",
                    (struct place){NULL, 0, 0}, "no team or seller has the id '%s'",
                    run->options->scope);
        return;
    }
    measures_explain(run->measures, scope, measure, run->options->json, &out);
    print(run, &out);
}

static void
do_schema(struct run *run)
{
    struct buf out = {0};
    config_write_schema(&out);
    print(run, &out);
}

static void
do_reference(struct run *run)
{
    struct buf out = {0};
    struct text what = text_of(run->options->word[0]);
    if (text_equal(what, TEXT("config")))
        config_write_reference(&out);
    else if (text_equal(what, TEXT("measures")))
        measures_write_reference(&out);
    else
        diag_report(run->diag, SEVERITY_ERROR, EXIT_USAGE, "usage.reference",
                    (struct place){NULL, 0, 0},
                    "there is a reference of `config` and of `measures`, not of '%s'",
                    run->options->word[0]);
    print(run, &out);
}

void
verbs_do(struct run *run)
{
    static void (*const verbs[VERB_COUNT])(struct run *) = {
        [VERB_RUN] = do_run,       [VERB_CHECK] = do_check,         [VERB_EXPLAIN] = do_explain,
        [VERB_SCHEMA] = do_schema, [VERB_REFERENCE] = do_reference,
    };
    if (verbs[run->options->verb])
        verbs[run->options->verb](run);
    else
        diag_report(run->diag, SEVERITY_ERROR, EXIT_USAGE, "usage.verb", (struct place){NULL, 0, 0},
                    "this verb is not built yet");
}
