#include "survey.h"

#include "arena.h"
#include "loader.h"
#include "memory.h"
#include "names.h"

#include <stdlib.h>

static void
take_missed(struct intake *intake, const struct chunk *chunk)
{
    enum { ENOUGH = 64 * 1024 };
    for (int table = 0; table < TABLE_COUNT; table++) {
        const struct missed *missed = &chunk->missed[table];
        for (uint32_t i = 0; i < missed->count && intake->missed[table].length < ENOUGH; i++)
            buf_add(&intake->missed[table], chunk->text.bytes + missed->text[i].offset,
                    missed->text[i].length),
                buf_add(&intake->missed[table], "", 1);
    }
}

static void
add_noted(struct noted *all, const struct noted *noted)
{
    if (all->count == 0)
        *all = *noted;
    else
        all->count += noted->count;
}

void
survey_take(struct intake *intake, const struct chunk *chunk)
{
    for (uint32_t f = 0; f < chunk->fields; f++) {
        for (int k = 0; k < EVIDENCE_KINDS; k++)
            evidence_merge(&intake->evidence[f][k], &chunk->evidence[f][k]);
        add_noted(&intake->unreadable[f], &chunk->unreadable[f]);
        add_noted(&intake->orphaned[f], &chunk->orphaned[f]);
        intake->filled[f] |= chunk->filled[f];
    }
    for (size_t i = 0; i < chunk->refusal_count; i++) {
        const struct refusal *refusal = &chunk->refusal[i];
        struct text raw = {chunk->text.bytes + refusal->raw.offset, refusal->raw.length};
        struct text value = {chunk->text.bytes + refusal->value.offset, refusal->value.length};
        extract_reject(intake->loader->log, intake->table, chunk->file, refusal->line,
                       refusal->column, refusal->reason, value, raw);
    }
    for (uint32_t row = 0; row < chunk->count; row++) {
        intake->ignored += chunk->verdict[row] == VERDICT_IGNORE;
        intake->future += chunk->verdict[row] == VERDICT_FUTURE;
    }
    take_missed(intake, chunk);
    intake->report->rejected += chunk->refusal_count;
    intake->by_name += chunk->by_name;
}

/* The readings that hold, by the whole file. `again` is set where a column was read otherwise. */
static bool
decide_readings(struct intake *intake, bool *again)
{
    bool decided = true;
    struct evidence_column *columns = memory_new(intake->field_count, sizeof *columns);
    *again = false;
    for (int k = 0; k < EVIDENCE_KINDS; k++) {
        for (uint32_t f = 0; f < intake->field_count; f++)
            columns[f] =
                (struct evidence_column){intake->field[f].name, &intake->evidence[f][k], -1};
        decided &= evidence_decide(columns, intake->field_count, (enum evidence_kind)k,
                                   table_names[intake->table], intake->loader->diag);
        for (uint32_t f = 0; f < intake->field_count; f++)
            if (columns[f].reading > 0 && intake->reading[f][k] != columns[f].reading) {
                intake->reading[f][k] = (uint8_t)columns[f].reading;
                *again = true;
            }
    }
    free(columns);
    return decided;
}

/* Whether references that were missed are names of rows: then the tables know them from now on. */
static bool
learn_names(struct intake *intake)
{
    bool learnt = false;
    for (int table = 0; table < TABLE_COUNT; table++) {
        const struct buf *missed = &intake->missed[table];
        size_t count = 0, most = 0;
        struct text *name = NULL;
        for (size_t at = 0; at < missed->length; at += name[count++].length + 1) {
            memory_grow(&name, &most, count + 1, sizeof *name);
            name[count] = text_of(missed->bytes + at);
        }
        learnt |= names_offer(intake->loader, (enum table)table, name, (uint32_t)count);
        free(name);
    }
    return learnt;
}

bool
survey_decide(struct intake *intake, bool *again)
{
    bool decided = decide_readings(intake, again);
    *again |= learn_names(intake);
    return decided;
}

void
survey_forget(struct intake *intake)
{
    size_t fields = intake->field_count;
    memset(intake->evidence, 0, fields * sizeof *intake->evidence);
    memset(intake->unreadable, 0, fields * sizeof *intake->unreadable);
    memset(intake->orphaned, 0, fields * sizeof *intake->orphaned);
    memset(intake->filled, 0, fields * sizeof *intake->filled);
    intake->by_name = intake->ignored = intake->future = 0;
    for (int table = 0; table < TABLE_COUNT; table++)
        buf_clear(&intake->missed[table]);
}

/* What was noted of each field, as the data report has it. */
static struct extract_noted *
keep_noted(const struct intake *intake, const struct noted *noted, uint32_t *count)
{
    struct extract_noted *kept =
        arena_array(intake->loader->log->arena, intake->field_count, sizeof *kept);
    *count = 0;
    for (uint32_t f = 0; f < intake->field_count; f++)
        if (noted[f].count)
            kept[(*count)++] = (struct extract_noted){intake->field[f].name, noted[f].count,
                                                      noted[f].file, noted[f].line};
    return kept;
}

static void
keep_findings(const struct intake *intake)
{
    struct extract_report *report = intake->report;
    report->by_name = intake->by_name;
    report->unreadable = keep_noted(intake, intake->unreadable, &report->unreadable_count);
    report->orphaned = keep_noted(intake, intake->orphaned, &report->orphaned_count);
    for (uint32_t f = 0; f < intake->field_count && f < report->column_count; f++)
        report->column[f].filled = intake->filled[f];
}

/* What was found is said once, with the first place. */
static void
report_findings(const struct intake *intake)
{
    struct diag *diag = intake->loader->diag;
    const char *table = table_names[intake->table];
    for (uint32_t f = 0; f < intake->field_count; f++) {
        const struct noted *unreadable = &intake->unreadable[f];
        if (unreadable->count == 0)
            continue;
        diag_report(diag, SEVERITY_WARNING, EXIT_OK, "record.unreadable_cells",
                    (struct place){unreadable->file, unreadable->line, 0},
                    "%s: %llu unreadable in `%s`, taken as unknown; the first is here", table,
                    (unsigned long long)unreadable->count, intake->field[f].name);
    }
    if (intake->by_name)
        diag_report(diag, SEVERITY_NOTE, EXIT_OK, "record.by_name",
                    (struct place){intake->extract->file, 0, 0},
                    "%s: references found by name, not by id: %llu", table,
                    (unsigned long long)intake->by_name);
}

/* Which forms of days and numbers the extract was read in, for the data report. */
static void
state_formats(struct intake *intake)
{
    static const char *const days[] = {"MM/DD/YYYY", "DD/MM/YYYY"}, *const marks[] = {".", ","};
    for (uint32_t f = 0; f < intake->field_count; f++)
        for (int k = 0; k < EVIDENCE_KINDS; k++) {
            const struct evidence *evidence = &intake->evidence[f][k];
            const char **found =
                k == EVIDENCE_DAY ? &intake->report->date_found : &intake->report->decimal_found;
            if (!*found && (evidence->only[0].file || evidence->only[1].file))
                *found = (k == EVIDENCE_DAY ? days : marks)[intake->reading[f][k]];
        }
}

void
survey_report(struct intake *intake)
{
    state_formats(intake);
    keep_findings(intake);
    report_findings(intake);
}
