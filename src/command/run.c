/* The whole way: config -> extract -> record -> measure -> pack -> write -> publish. */
#include "run.h"

#include "arena.h"
#include "config.h"
#include "dataset.h"
#include "extract.h"
#include "head.h"
#include "history.h"
#include "measures.h"
#include "pack.h"
#include "packing.h"
#include "progress.h"
#include "publish.h"
#include "recipients.h"
#include "remembered.h"
#include "threads.h"
#include "write.h"
#include "zone.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOCK_SECONDS = 60 }; /* as long as another run may keep us waiting */

/* The program's data lies beside an installed program, else in the source tree. */
void
run_find_data(struct batch *batch)
{
    char program[3000], probe[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    const char *root = SEFPACK_SOURCE_DATA, *templates = "templates", *presets = "config/presets",
               *demo = "config/demo";
    program[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash) {
        snprintf(slash, sizeof program - (size_t)(slash - program), "/../share/sefpack");
        snprintf(probe, sizeof probe, "%s/templates/pack.html", program);
        if (access(probe, R_OK) == 0) {
            root = program;
            presets = "presets";
            demo = "demo";
        }
    }
    snprintf(batch->templates, sizeof batch->templates, "%s/%s", root, templates);
    snprintf(batch->demo, sizeof batch->demo, "%s/%s", root, demo);
    snprintf(batch->presets, sizeof batch->presets, "%s/%s", root, presets);
}

bool
run_configure(struct batch *batch)
{
    const struct options *options = batch->options;
    run_find_data(batch);
    batch->jobs = options->jobs ? options->jobs : threads_available();
    batch->config = config_load(options->word[0], batch->presets, options->set_count, options->set,
                                batch->diag);
    if (!batch->config)
        return false;
    batch->zone = zone_open(batch->config->timezone);
    if (!batch->zone) {
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.timezone",
                    (struct place){batch->config->path, 0, 0}, "unknown time zone '%s'",
                    batch->config->timezone);
        return false;
    }
    return true;
}

bool
run_read(struct batch *batch)
{
    batch->log = extract_log_new();
    batch->log->hashed = batch->options->verb == VERB_RUN && !batch->options->dry_run;
    progress_stage(batch->progress, "reading the extracts");
    batch->dataset = dataset_load(batch->config, batch->zone, batch->jobs, batch->options->strict,
                                  batch->log, batch->diag);
    if (!batch->dataset)
        return false;
    batch->recipients = recipients_read(batch->config, batch->dataset, batch->diag);
    return batch->recipients != NULL;
}

/* Measures need what earlier runs knew; a run that is going to be published has the folder to
 * itself by then, so that what it reads is what it follows. */
static bool
recall(struct batch *batch)
{
    const struct config *config = batch->config;
    if (!config->out.history)
        return true;
    struct arena *arena = arena_new();
    struct history_source source = remembered_source(config);
    source.as_of = config->as_of;
    source.mend = batch->publication != NULL;
    source.wanted = remembered_wanted(batch->dataset, arena, &source.wanted_count);
    batch->history = history_open(&source, batch->diag);
    arena_free(arena);
    return batch->history != NULL;
}

bool
run_measure(struct batch *batch)
{
    if (!recall(batch))
        return false;
    progress_stage(batch->progress, "measuring");
    batch->measures =
        measures_compute(batch->config, batch->dataset, batch->history, batch->jobs, batch->diag);
    progress_wipe(batch->progress);
    return batch->measures->sums_fit;
}

static bool
check_logo(const struct batch *batch)
{
    const char *logo = packs_logo(batch->packs), *fault = logo ? write_check_logo(logo) : NULL;
    if (fault)
        diag_report(batch->diag, SEVERITY_ERROR, EXIT_CONFIG, "theme.logo",
                    (struct place){logo, 0, 0}, "the logo %s", fault);
    return !fault;
}

bool
run_prepare_packs(struct batch *batch)
{
    batch->fonts = fonts_open(batch->diag);
    if (!batch->fonts)
        return false;
    struct metrics metrics = fonts_metrics(batch->fonts);
    batch->packs = packs_open(batch->config, batch->templates, &metrics, batch->diag);
    bool all = batch->packs && check_logo(batch);
    for (uint32_t r = 0; all && batch->recipients && r < batch->recipients->count; r++)
        if (batch->recipients->row[r].language)
            all = packs_speak(batch->packs, batch->recipients->row[r].language, batch->diag);
    return all;
}

bool
run_claim(struct batch *batch)
{
    const struct config *config = batch->config;
    char as_of[11];
    day_to_iso(config->as_of, as_of);
    head_run_id(batch);
    batch->publication =
        publication_open(config->out.dir, as_of, batch->id, LOCK_SECONDS, batch->diag);
    if (batch->publication)
        publication_keep(batch->publication, (uint32_t)config->out.keep, batch->diag);
    return batch->publication != NULL;
}

bool
run_publish(struct batch *batch)
{
    const struct config *config = batch->config;
    struct buf head = {0};
    struct packing_result result = {0};
    bool packed = packing_write(batch, &result);
    if (packed) {
        head_write(batch, &result, &head);
        packed =
            publication_commit(batch->publication, buf_as_text(&head), batch->jobs, batch->diag);
    }
    if (packed) {
        publication_keep(batch->publication, (uint32_t)config->out.keep, batch->diag);
        history_close(batch->history);
        batch->history = NULL;
        struct history_source source = remembered_source(config);
        if (source.index)
            history_mend(&source);
    }
    buf_free(&head);
    packing_free(&result);
    return packed;
}

void
run_close(struct batch *batch)
{
    if (batch->packs)
        packs_close(batch->packs);
    if (batch->fonts)
        fonts_close(batch->fonts);
    if (batch->measures)
        measures_free(batch->measures);
    history_close(batch->history);
    recipients_free(batch->recipients);
    if (batch->dataset)
        dataset_free(batch->dataset);
    if (batch->log)
        extract_log_free(batch->log);
    if (batch->zone)
        zone_close(batch->zone);
    if (batch->config)
        config_free(batch->config);
    publication_close(batch->publication); /* last: it holds the folder for all that came before */
}
