#include "report.h"

#include "pack.h"

#include <inttypes.h>
#include <string.h>

enum { REJECTED_SHOWN = 12 };

static const char *
whole(const struct voice *voice, uint64_t value)
{
    return voice_count(voice, (double)value);
}

static void
add_extract(const struct voice *voice, struct doc_table *table, const char *name,
            const struct extract_report *report)
{
    struct doc_row *row = build_row(voice->doc, table, ROW_BODY);
    const uint64_t counts[] = {report->read,    report->used,   report->rejected,
                               report->ignored, report->future, report->orphans};
    build_cell(voice->doc, row, 0, name, RUN_PLAIN);
    for (uint32_t c = 0; c < 6; c++)
        build_cell(voice->doc, row, c + 1, whole(voice, counts[c]), RUN_PLAIN);
}

static void
add_extracts(const struct voice *voice, struct block *section)
{
    static const char *const keys[] = {"table",   "read",   "used",   "rejected",
                                       "ignored", "future", "orphans"};
    struct doc_column columns[7];
    for (uint32_t c = 0; c < 7; c++)
        columns[c] = (struct doc_column){
            voice_tell(voice, arena_printf(voice->doc->arena, "data.columns.%s", keys[c])),
            c ? ALIGN_END : ALIGN_START, 0};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table =
        build_table(voice->doc, voice_tell(voice, "data.caption"), 7, columns, TABLE_COUNT + 1);
    for (enum table t = 0; t < TABLE_COUNT; t++)
        if (voice->log->table[t].configured)
            add_extract(voice, block->table,
                        voice_tell(voice, arena_printf(voice->doc->arena, "data.tables.%s",
                                                       table_names[t])),
                        &voice->log->table[t]);
    if (voice->log->previous.configured)
        add_extract(voice, block->table, voice_tell(voice, "data.tables.previous"),
                    &voice->log->previous);
    block->table->note = voice_tell(voice, "data.note");
}

/* Tables that were not given, and what that costs. */
static void
add_missing(const struct voice *voice, struct block *section)
{
    struct block *list = NULL;
    for (enum table t = 0; t < TABLE_COUNT; t++) {
        const char *key = arena_printf(voice->doc->arena, "data.without.%s", table_names[t]);
        if (voice->log->table[t].configured || !voice_knows(voice, key))
            continue;
        if (!list)
            list = build_block(voice->doc, section, BLOCK_LIST);
        build_text(voice->doc, list, BLOCK_PARAGRAPH, voice_tell(voice, key));
    }
}

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Reasons without what the rows hold: a pack shows no row of another team. */
static void
add_rejected(const struct voice *voice, struct block *section)
{
    const struct extract_log *log = voice->log;
    uint32_t shown =
        log->rejected_count < REJECTED_SHOWN ? (uint32_t)log->rejected_count : REJECTED_SHOWN;
    if (shown == 0)
        return;
    const struct doc_column columns[] = {
        {voice_tell(voice, "data.rejected.place"), ALIGN_START, 0},
        {voice_tell(voice, "data.rejected.column"), ALIGN_START, 0},
        {voice_tell(voice, "data.rejected.reason"), ALIGN_START, 0}};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = build_table(
        voice->doc, SAY(voice, "data.rejected.caption", NUMBER("n", (double)log->rejected_count)),
        3, columns, shown);
    for (uint32_t i = 0; i < shown; i++) {
        const struct rejected *rejected = &log->rejected[i];
        struct doc_row *row = build_row(voice->doc, block->table, ROW_BODY);
        build_cell(voice->doc, row, 0,
                   arena_printf(voice->doc->arena, "%s:%" PRIu32, base_name(rejected->file),
                                rejected->line),
                   RUN_CRM);
        build_cell(voice->doc, row, 1, rejected->column ? rejected->column : "", RUN_CRM);
        build_cell(voice->doc, row, 2, rejected->reason, RUN_PLAIN);
    }
}

void
report_data(const struct voice *voice, struct block *section)
{
    if (!voice->log)
        return;
    add_extracts(voice, section);
    add_rejected(voice, section);
    add_missing(voice, section);
}

void
report_identities(const struct voice *voice, struct block *section)
{
    const struct measures *measures = voice->measures;
    const struct doc_column columns[] = {{voice_tell(voice, "identities.id"), ALIGN_START, 0},
                                         {voice_tell(voice, "identities.what"), ALIGN_START, 0},
                                         {voice_tell(voice, "identities.holds"), ALIGN_START, 0}};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = build_table(voice->doc, voice_tell(voice, "identities.caption"), 3, columns,
                               measures->identity_count);
    for (uint32_t i = 0; i < measures->identity_count; i++) {
        const struct identity *identity = &measures->identity[i];
        struct doc_row *row = build_row(voice->doc, block->table, ROW_BODY);
        const char *state = !identity->applies ? "identities.absent"
                            : identity->holds  ? "identities.yes"
                                               : "identities.no";
        build_cell(voice->doc, row, 0, identity->id, RUN_PLAIN);
        build_cell(voice->doc, row, 1, identity->what, RUN_PLAIN);
        build_cell(voice->doc, row, 2, voice_tell(voice, state),
                   identity->applies && !identity->holds ? RUN_BOLD : RUN_PLAIN);
    }
}

/* The value of a measure here, in its unit; why there is none. */
static const char *
value_of(const struct voice *voice, enum measure_id id)
{
    const struct measure *measure = voice_measure(voice, id);
    double value = 0;
    if (measure->why != WHY_NONE)
        return voice_why(voice, measure->why);
    if (!voice_has(voice, id, &value)) {
        const char *text = voice_cell_text(&measure->fields, F_VALUE);
        return text[0] ? voice_term(voice, "factors", text)
                       : SAY(voice, "definitions.rows", NUMBER("n", measure->row_count));
    }
    switch (measure_table[id].unit) {
    case UNIT_SHARE:
        return voice_share(voice, value);
    case UNIT_MONEY:
        return voice_money(voice, value);
    case UNIT_DAY:
        return voice_day(voice, (day)value);
    case UNIT_RATE:
        return SAY(voice, "definitions.rate", NUMBER("a_month", value * 365.25 / 12));
    case UNIT_RATIO:
        return voice_ratio(voice, value);
    default:
        return voice_count(voice, value);
    }
}

void
report_definitions(const struct voice *voice, struct block *section)
{
    const struct doc_column columns[] = {
        {voice_tell(voice, "definitions.measure"), ALIGN_START, 2.2},
        {voice_tell(voice, "definitions.value"), ALIGN_END, 1.1},
        {voice_tell(voice, "definitions.formula"), ALIGN_START, 5}};
    struct block *block = build_block(voice->doc, section, BLOCK_TABLE);
    block->table = build_table(voice->doc, voice_tell(voice, "definitions.caption"), 3, columns,
                               MEASURE_COUNT);
    for (enum measure_id m = 0; m < MEASURE_COUNT; m++) {
        if (voice_measure(voice, m)->why == WHY_NOT_DEFINED)
            continue;
        struct doc_row *row = build_row(voice->doc, block->table, ROW_BODY);
        row->anchor = measure_table[m].name;
        build_cell(voice->doc, row, 0, measure_table[m].name, RUN_PLAIN);
        build_cell(voice->doc, row, 1, value_of(voice, m), RUN_PLAIN);
        build_cell(voice->doc, row, 2, measure_table[m].formula, RUN_PLAIN);
    }
    block->table->note = voice_tell(voice, "definitions.note");
}

static void
print_columns(const struct extract_report *report, struct buf *out)
{
    for (uint32_t c = 0; c < report->column_count; c++) {
        const struct extract_column *column = &report->column[c];
        buf_printf(out, "    %-16s %s%s%s\n", column->field, column->column ? column->column : "-",
                   column->near ? "   near: " : "", column->near ? column->near : "");
    }
    for (uint32_t u = 0; u < report->unmapped_count; u++)
        buf_printf(out, "    %-16s %s\n", u ? "" : "not used:", report->unmapped[u]);
}

static void
print_extract(const char *name, const struct extract_report *report, bool verbose, struct buf *out)
{
    buf_printf(out, "%s\n", name);
    for (uint32_t f = 0; f < report->file_count; f++) {
        const struct extract_file *file = &report->file[f];
        buf_printf(out, "  %s (%s", file->path, file->encoding ? file->encoding : "utf-8");
        if (file->delimiter)
            buf_printf(out, file->delimiter == '\t' ? ", tab" : ", %c", file->delimiter);
        buf_printf(out, ", %" PRIu64 " rows)\n", file->rows);
    }
    buf_printf(out,
               "  read %" PRIu64 " = used %" PRIu64 " + rejected %" PRIu64 " + ignored %" PRIu64
               " + future %" PRIu64 "\n",
               report->read, report->used, report->rejected, report->ignored, report->future);
    if (report->orphans)
        buf_printf(out, "  %" PRIu64 " orphans: kept, their owner or account is unknown\n",
                   report->orphans);
    if (report->date_found)
        buf_printf(out, "  dates: %s\n", report->date_found);
    if (report->decimal_found)
        buf_printf(out, "  numbers: %s\n", report->decimal_found);
    if (verbose)
        print_columns(report, out);
}

void
packs_data_report(const struct packs *packs, const struct extract_log *log, bool verbose,
                  struct buf *out)
{
    (void)packs;
    for (enum table t = 0; t < TABLE_COUNT; t++)
        if (log->table[t].configured)
            print_extract(table_names[t], &log->table[t], verbose, out);
    if (log->previous.configured)
        print_extract("previous", &log->previous, verbose, out);
    for (size_t i = 0; i < log->rejected_count && i < (verbose ? 1000u : 20u); i++) {
        const struct rejected *rejected = &log->rejected[i];
        buf_printf(out, "%s:%" PRIu32 ": rejected: %s%s%s\n", rejected->file, rejected->line,
                   rejected->reason, rejected->column ? ": " : "",
                   rejected->column ? rejected->column : "");
    }
}
