/* The whole way: config -> extract -> record -> measure -> pack -> write -> publish. */
#include "run.h"

#include "config.h"
#include "dataset.h"
#include "extract.h"
#include "head.h"
#include "history.h"
#include "measures.h"
#include "pack.h"
#include "packing.h"
#include "publish.h"
#include "sha256.h"
#include "threads.h"
#include "write.h"
#include "zone.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The program's data lies beside an installed program, else in the source tree. */
static void
find_data(struct run *run)
{
    char program[3000], probe[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    const char *root = SEFPACK_SOURCE_DATA, *templates = "templates", *presets = "config/presets";
    program[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash) {
        snprintf(slash, sizeof program - (size_t)(slash - program), "/../share/sefpack");
        snprintf(probe, sizeof probe, "%s/templates/pack.html", program);
        if (access(probe, R_OK) == 0) {
            root = program;
            presets = "presets";
        }
    }
    snprintf(run->templates, sizeof run->templates, "%s/%s", root, templates);
    snprintf(run->presets, sizeof run->presets, "%s/%s", root, presets);
}

bool
run_configure(struct run *run)
{
    const struct options *options = run->options;
    find_data(run);
    run->jobs = options->jobs ? options->jobs : threads_available();
    run->config =
        config_load(options->word[0], run->presets, options->set_count, options->set, run->diag);
    if (!run->config)
        return false;
    run->zone = zone_open(run->config->timezone);
    if (!run->zone) {
        diag_report(run->diag, SEVERITY_ERROR, EXIT_CONFIG, "config.timezone",
                    (struct place){run->config->path, 0, 0}, "unknown time zone '%s'",
                    run->config->timezone);
        return false;
    }
    return true;
}

bool
run_read(struct run *run)
{
    run->log = extract_log_new();
    run->dataset = dataset_load(run->config, zone_table(run->zone), run->jobs, run->options->strict,
                                run->log, run->diag);
    if (run->dataset)
        head_run_id(run->config, run->log, run->id);
    return run->dataset != NULL;
}

bool
run_measure(struct run *run)
{
    const struct config *config = run->config;
    if (config->out.history)
        run->history = history_open(config->out.dir, config->out.history, config->as_of, run->diag);
    if (config->out.history && !run->history && diag_exit(run->diag) != EXIT_OK)
        return false;
    run->measures = measures_compute(config, run->dataset, run->history, run->jobs, run->diag);
    return true;
}

bool
run_prepare_packs(struct run *run)
{
    run->fonts = fonts_open(run->diag);
    if (!run->fonts)
        return false;
    struct metrics metrics = fonts_metrics(run->fonts);
    run->packs = packs_open(run->config, run->templates, &metrics, run->diag);
    return run->packs != NULL;
}

bool
run_publish(struct run *run)
{
    char as_of[11];
    struct buf head = {0};
    day_to_iso(run->config->as_of, as_of);
    if (run->options->dry_run)
        return packing_list(run);
    run->publication = publication_open(run->config->out.dir, as_of, run->id, 60, run->diag);
    if (!run->publication)
        return false;
    struct packing_result result = {0};
    bool packed = packing_write(run, &result);
    if (packed) {
        head_write(run, &result, &head);
        packed = publication_commit(run->publication, buf_as_text(&head), run->diag);
    }
    buf_free(&head);
    free(result.scopes);
    return packed;
}

void
run_close(struct run *run)
{
    publication_close(run->publication);
    if (run->packs)
        packs_close(run->packs);
    if (run->fonts)
        fonts_close(run->fonts);
    if (run->measures)
        measures_free(run->measures);
    if (run->history)
        history_close(run->history);
    if (run->dataset)
        dataset_free(run->dataset);
    if (run->log)
        extract_log_free(run->log);
    if (run->zone)
        zone_close(run->zone);
    if (run->config)
        config_free(run->config);
}
