#include "dataset.h"

#include "memory.h"
#include "scope.h"
#include "tables.h"
#include "words.h"

#include <stdlib.h>

/* Deals and their history speak together: close days and stages of one come from the other. */
static bool
read_deals(struct loader *loader)
{
    struct intake deals, history;
    bool read = deals_read(loader, &deals);
    if (read) {
        read = history_read(loader, &deals, &history) && deals_conclude(loader, &deals, &history);
        intake_close(&history);
    }
    intake_close(&deals);
    return read;
}

/* Few ask for contacts after the activities: leads whose accounts are contacts. */
static bool
read_activities(struct loader *loader)
{
    bool read = activities_read(loader);
    index_relax(&loader->index[TABLE_CONTACTS]);
    return read;
}

static bool (*const steps[])(struct loader *loader) = {
    teams_read,      sellers_read, teams_link,  accounts_read, contacts_read, read_deals,
    read_activities, leads_read,   quotas_read, calls_read,    earlier_read,
};

static bool
within_share(uint64_t rejected, uint64_t read, double share)
{
    return (double)rejected <= share * (double)read;
}

/* The limits hold for each extract alone: a hundred bad deals do not hide among activities. */
static bool
check_limit(const struct loader *loader, const struct extract_report *report, const char *name)
{
    double share = loader->strict ? 0 : loader->config->limits.rejected_share;
    if (report->rejected == 0 || within_share(report->rejected, report->read, share))
        return true;
    diag_report(loader->diag, SEVERITY_ERROR, EXIT_INPUT, "record.rejected_share",
                (struct place){0}, "%s: %llu of %llu rows rejected, more than the limit of %.4g %%",
                name, (unsigned long long)report->rejected, (unsigned long long)report->read,
                share * 100);
    diag_hint(loader->diag, loader->strict ? "--strict allows no rejected row"
                                           : "see rejected rows with `check`, or set "
                                             "`limits: {rejected_share: ...}`");
    return false;
}

static bool
check_limits(const struct loader *loader)
{
    const struct extract_log *log = loader->log;
    int64_t most = loader->strict ? 0 : loader->config->limits.rejected_rows;
    uint64_t rejected = log->previous.rejected;
    bool within = check_limit(loader, &log->previous, "previous deals");
    for (int table = 0; table < TABLE_COUNT; table++) {
        within &= check_limit(loader, &log->table[table], table_names[table]);
        rejected += log->table[table].rejected;
    }
    if (!within || most < 0 || rejected <= (uint64_t)most || rejected == 0)
        return within;
    diag_report(loader->diag, SEVERITY_ERROR, EXIT_INPUT, "record.rejected_rows", (struct place){0},
                "%llu rows rejected, more than the limit of %lld", (unsigned long long)rejected,
                (long long)most);
    return false;
}

static void
find_periods(struct dataset *dataset, const struct config *config)
{
    dataset->period = period_of(config->period, config->fiscal_year_starts, config->as_of);
    dataset->next_period = period_next(config->period, config->fiscal_year_starts, dataset->period);
    dataset->previous_period =
        period_previous(config->period, config->fiscal_year_starts, dataset->period);
}

static struct row_fate
fate_of(const struct extract_report *report, const char *name)
{
    return (struct row_fate){
        name, report->read, report->used, report->rejected, report->ignored, report->future};
}

static void
keep_fates(struct dataset *dataset, const struct config *config, const struct extract_log *log)
{
    dataset->fate = arena_array(dataset->arena, TABLE_COUNT + 1, sizeof *dataset->fate);
    for (int table = 0; table < TABLE_COUNT; table++)
        if (config->extract[table].present)
            dataset->fate[dataset->fate_count++] = fate_of(&log->table[table], table_names[table]);
    if (config->previous.present)
        dataset->fate[dataset->fate_count++] = fate_of(&log->previous, "previous deals");
}

struct dataset *
dataset_load(const struct config *config, const struct zone *zone, unsigned jobs, bool strict,
             struct extract_log *log, struct diag *diag)
{
    struct dataset *dataset = memory_new(1, sizeof *dataset);
    struct loader loader = {.config = config,
                            .zone = zone,
                            .jobs = jobs,
                            .strict = strict,
                            .log = log,
                            .diag = diag,
                            .dataset = dataset,
                            .as_of = config->as_of};
    bool read = true;
    dataset->arena = arena_new();
    dataset->holdings = memory_new(1, sizeof *dataset->holdings);
    dataset->as_of = config->as_of;
    dataset->currency_digits = config->currency_digits;
    find_periods(dataset, config);
    loader_open(&loader);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && read; i++)
        read = steps[i](&loader);
    read = read && check_limits(&loader);
    if (read) {
        scope_build(&loader);
        words_renumber(&loader);
        keep_fates(dataset, config, log);
    }
    loader_close(&loader);
    if (read)
        return dataset;
    dataset_free(dataset);
    return NULL;
}

void
dataset_free(struct dataset *dataset)
{
    if (!dataset)
        return;
    struct holdings *holdings = dataset->holdings;
    for (size_t i = 0; i < holdings->block_count; i++)
        free(holdings->block[i]);
    free(holdings->block);
    free(holdings);
    symbols_free(dataset->words);
    arena_free(dataset->arena);
    free(dataset);
}
