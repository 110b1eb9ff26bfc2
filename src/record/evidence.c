#include "evidence.h"

static const struct {
    const char *id, *setting, *what, *reading[2], *hint;
} kinds[EVIDENCE_KINDS] = {
    [EVIDENCE_DAY] = {"record.date_format",
                      "date_format",
                      "day",
                      {"month/day/year", "day/month/year"},
                      "set `date_format: DD/MM/YYYY` or `date_format: MM/DD/YYYY`"},
    [EVIDENCE_NUMBER] = {"record.decimal",
                         "decimal",
                         "number",
                         {"a decimal point", "a decimal comma"},
                         "set `decimal: \".\"` or `decimal: \",\"`"},
};

void
evidence_see(struct sighting *sighting, const char *file, uint32_t line, struct text cell)
{
    if (sighting->file)
        return;
    size_t room = sizeof sighting->cell - 1, length = cell.length < room ? cell.length : room;
    sighting->file = file;
    sighting->line = line;
    length = text_valid_utf8(cell.bytes, length);
    memcpy(sighting->cell, cell.bytes, length);
    sighting->cell[length] = '\0';
}

void
evidence_merge(struct evidence *evidence, const struct evidence *later)
{
    for (int i = 0; i < 2; i++)
        if (!evidence->only[i].file)
            evidence->only[i] = later->only[i];
    if (!evidence->both.file)
        evidence->both = later->both;
}

static bool
contradicts(const struct evidence *evidence)
{
    return evidence->only[0].file && evidence->only[1].file;
}

/* What all columns that know agree on; -1 where none knows or they differ. */
static int
common_reading(const struct evidence_column *columns, uint32_t count)
{
    int common = -1;
    for (uint32_t i = 0; i < count; i++) {
        if (columns[i].reading < 0)
            continue;
        if (common >= 0 && common != columns[i].reading)
            return -1;
        common = columns[i].reading;
    }
    return common;
}

static void
report_contradiction(const struct evidence_column *column, enum evidence_kind kind,
                     const char *table, struct diag *diag)
{
    const struct sighting *first = &column->evidence->only[0], *second = &column->evidence->only[1];
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, kinds[kind].id,
                (struct place){first->file, first->line, 0},
                "%s: column `%s` mixes two ways to write a %s: '%s' here is %s, '%s' in line %u is "
                "%s",
                table, column->field, kinds[kind].what, first->cell, kinds[kind].reading[0],
                second->cell, second->line, kinds[kind].reading[1]);
    diag_hint(diag, "%s for `%s`; cells that do not fit it are then unknown", kinds[kind].hint,
              table);
}

static void
report_ambiguity(const struct evidence_column *column, enum evidence_kind kind, const char *table,
                 struct diag *diag)
{
    const struct sighting *both = &column->evidence->both;
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, kinds[kind].id,
                (struct place){both->file, both->line, 0},
                "%s: column `%s`: '%s' fits %s and %s, and no other cell decides", table,
                column->field, both->cell, kinds[kind].reading[0], kinds[kind].reading[1]);
    diag_hint(diag, "%s for `%s`", kinds[kind].hint, table);
}

bool
evidence_decide(struct evidence_column *columns, uint32_t count, enum evidence_kind kind,
                const char *table, struct diag *diag)
{
    bool decided = true;
    for (uint32_t i = 0; i < count; i++) {
        const struct evidence *evidence = columns[i].evidence;
        columns[i].reading = evidence->only[0].file ? 0 : evidence->only[1].file ? 1 : -1;
        if (contradicts(evidence)) {
            report_contradiction(&columns[i], kind, table, diag);
            decided = false;
        }
    }
    int common = common_reading(columns, count);
    for (uint32_t i = 0; i < count; i++) {
        if (columns[i].reading >= 0 || !columns[i].evidence->both.file)
            continue;
        columns[i].reading = common;
        if (common < 0) {
            report_ambiguity(&columns[i], kind, table, diag);
            decided = false;
        }
    }
    return decided;
}
