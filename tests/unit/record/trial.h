/* trial: a folder of small extracts with a config, read as a run would read them. */
#ifndef SEFPACK_TESTS_RECORD_TRIAL_H
#define SEFPACK_TESTS_RECORD_TRIAL_H

#include "buf.h"
#include "config.h"
#include "dataset.h"
#include "diag.h"
#include "extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AS_OF "2026-10-31"

struct trial {
    char folder[64];
    const char *option[TABLE_COUNT]; /* further keys of an extract: `, date_format: ...` */
    const char *extra;               /* further lines of the config */
    const char *previous;            /* file of an earlier state */
    const char *zone_name;
    bool present[TABLE_COUNT];
    bool strict, failed;
    unsigned jobs;
    struct config *config;
    struct extract_log *log;
    struct diag *diag;
    FILE *messages;
    char *said;
    size_t said_length;
    struct dataset *dataset;
};

static inline void
trial_write(struct trial *trial, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", trial->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* An extract in one file under the table's name. */
static inline void
trial_put(struct trial *trial, enum table table, const char *text)
{
    char name[32];
    snprintf(name, sizeof name, "%s.csv", table_names[table]);
    trial->present[table] = true;
    trial_write(trial, name, text);
}

static inline struct trial
trial_new(void)
{
    struct trial trial = {.jobs = 2};
    snprintf(trial.folder, sizeof trial.folder, "/tmp/trial-XXXXXX");
    assert_non_null(mkdtemp(trial.folder));
    trial_put(&trial, TABLE_SELLERS, "id,name,team\nS1,Ana Diaz,T1\nS2,Bo Lee,T1\nS3,Cy Fox,T2\n");
    trial_put(&trial, TABLE_DEALS, "id,owner,stage,created\n");
    return trial;
}

static inline void
trial_config(struct trial *trial, struct buf *yaml)
{
    buf_string(yaml, "version: 1\ncompany: Trial\nas_of: " AS_OF "\nperiod: quarter\n"
                     "currency: {report: EUR, rates: {USD: 0.92, JPY: 0.006}}\n"
                     "stages:\n"
                     "  - {name: Discovery, outcome: open}\n"
                     "  - {name: Qualified, aliases: [Qualif.], outcome: open, qualified: yes, "
                     "category: pipeline}\n"
                     "  - {name: Proposal, outcome: open, qualified: yes, category: best}\n"
                     "  - {name: Won, outcome: won}\n"
                     "  - {name: Lost, outcome: lost}\n"
                     "  - {name: Stalled, outcome: no_decision}\n"
                     "  - {name: Junk, outcome: disqualified}\n"
                     "segments: {Existing: expansion, Renew: renewal}\n"
                     "levels: {executive: [chief, vp], director: [head], manager: [manager]}\n"
                     "qualification: [pain, champion]\n");
    if (!trial->extra || !strstr(trial->extra, "limits:"))
        buf_string(yaml, "limits: {rejected_share: 1}\n");
    if (trial->extra)
        buf_string(yaml, trial->extra);
    buf_string(yaml, "extracts:\n");
    for (int table = 0; table < TABLE_COUNT; table++)
        if (trial->present[table])
            buf_printf(yaml, "  %s: {file: \"%s*.csv\"%s}\n", table_names[table],
                       table_names[table], trial->option[table] ? trial->option[table] : "");
    if (trial->previous)
        buf_printf(yaml, "previous: {day: 2026-06-30, deals: %s}\n", trial->previous);
    buf_string(yaml, "packs:\n  - {scope: company, template: board, formats: [html]}\n");
}

/* Reads; trial->failed says that there is no dataset. */
static inline void
trial_load(struct trial *trial)
{
    static const int64_t at[] = {INT64_MIN};
    static const int32_t offset[] = {3600};
    static const struct zone zone = {1, at, offset};
    char path[96];
    struct buf yaml = {0};
    trial_config(trial, &yaml);
    trial_write(trial, "sefpack.yaml", yaml.bytes);
    buf_free(&yaml);
    trial->messages = open_memstream(&trial->said, &trial->said_length);
    trial->diag = diag_new(trial->messages, false, false);
    trial->log = extract_log_new();
    snprintf(path, sizeof path, "%s/sefpack.yaml", trial->folder);
    trial->config = config_load(path, SOURCE_DIR "/config/presets", 0, NULL, trial->diag);
    if (trial->config)
        trial->dataset =
            dataset_load(trial->config, &zone, trial->jobs, trial->strict, trial->log, trial->diag);
    trial->failed = !trial->dataset;
    diag_flush(trial->diag);
    fflush(trial->messages);
    if (!trial->config)
        fail_msg("%s", trial->said);
}

/* Forgets the dataset, so that the same folder can be read again. */
static inline void
trial_unload(struct trial *trial)
{
    dataset_free(trial->dataset);
    extract_log_free(trial->log);
    config_free(trial->config);
    diag_free(trial->diag);
    fclose(trial->messages);
    free(trial->said);
    trial->dataset = NULL;
}

static inline void
trial_end(struct trial *trial)
{
    char command[96];
    trial_unload(trial);
    snprintf(command, sizeof command, "rm -rf '%s'", trial->folder);
    assert_int_equal(system(command), 0);
}

static inline void
trial_ok(struct trial *trial)
{
    trial_load(trial);
    if (trial->failed)
        fail_msg("%s", trial->said);
    for (int table = 0; table < TABLE_COUNT; table++) {
        const struct extract_report *report = &trial->log->table[table];
        if (report->read != report->used + report->rejected + report->ignored + report->future)
            fail_msg("%s: %lu read, %lu used, %lu rejected, %lu ignored, %lu future",
                     table_names[table], report->read, report->used, report->rejected,
                     report->ignored, report->future);
    }
}

/* The only rejected row is that one. */
static inline void
trial_rejects(struct trial *trial, enum table table, uint32_t line, const char *column,
              const char *reason)
{
    for (size_t i = 0; i < trial->log->rejected_count; i++) {
        const struct rejected *row = &trial->log->rejected[i];
        if (row->table != table || row->line != line)
            continue;
        assert_string_equal(row->reason, reason);
        assert_string_equal(row->column ? row->column : "-", column);
        return;
    }
    fail_msg("%s, line %u is not rejected", table_names[table], line);
}

static inline bool
trial_said(const struct trial *trial, const char *what)
{
    return strstr(trial->said, what) != NULL;
}

static inline void
trial_says(const struct trial *trial, const char *what)
{
    if (!trial_said(trial, what))
        fail_msg("'%s' is not in:\n%s", what, trial->said);
}

static inline day
trial_day(const char *iso)
{
    return iso ? day_from_iso(iso, 10) : DAY_NONE;
}

static inline uint32_t
trial_find(const struct text *id, uint32_t count, const char *wanted)
{
    for (uint32_t row = 0; row < count; row++)
        if (text_equal(id[row], text_of(wanted)))
            return row;
    fail_msg("no row has the id '%s'", wanted);
    return NONE;
}

static inline uint32_t
trial_deal(const struct trial *trial, const char *id)
{
    const struct texts *ids = &trial->dataset->deals.id;
    for (uint32_t row = 0; row < ids->count; row++)
        if (text_equal(texts_at(ids, row), text_of(id)))
            return row;
    fail_msg("no deal has the id '%s'", id);
    return NONE;
}

static inline void
trial_text(struct text text, const char *wanted)
{
    assert_int_equal(text.length, strlen(wanted));
    assert_memory_equal(text.bytes, wanted, text.length);
}

static inline void
trial_word(const struct trial *trial, uint32_t word, const char *wanted)
{
    trial_text(dataset_word(trial->dataset, word), wanted);
}

#endif
