#include "intake.h"

#include "arena.h"
#include "chunk.h"
#include "fill.h"
#include "loader.h"
#include "memory.h"
#include "survey.h"

#include <stdlib.h>

static const uint8_t widths[KIND_KINDS] = {
    [KIND_ID] = sizeof(struct text),
    [KIND_NAME] = 4,
    [KIND_WORD] = 4,
    [KIND_UNKEPT] = 0,
    [KIND_LATER] = 4,
    [KIND_DAY] = 4,
    [KIND_PERIOD] = 4,
    [KIND_MONEY] = 8,
    [KIND_CURRENCY] = 2,
    [KIND_TALLY] = 4,
    [KIND_LETTER] = 1,
    [KIND_ANSWER] = 1,
    [KIND_TIER] = 1,
    [KIND_LEVEL] = 1,
    [KIND_STAGE] = 2,
    [KIND_CATEGORY] = 1,
    [KIND_MANNER] = 1,
    [KIND_CHANGE] = 1,
    [KIND_VALUE] = 8,
    [KIND_SELLER] = 4,
    [KIND_ACCOUNT] = 4,
    [KIND_CONTACT] = 4,
    [KIND_TEAM] = 4,
    [KIND_DEAL] = 4,
    [KIND_REFERENCE] = 4,
};

size_t
intake_width(enum kind kind)
{
    return widths[kind];
}

static uint32_t
find_kind(const struct intake *intake, enum kind kind)
{
    for (uint32_t f = 0; f < intake->field_count; f++)
        if (intake->field[f].kind == kind)
            return f;
    return NONE;
}

void
intake_open(struct intake *intake, struct loader *loader, enum table table,
            const struct config_extract *extract, struct extract_report *report,
            const struct field *fields, uint32_t field_count)
{
    *intake = (struct intake){
        .loader = loader,
        .table = table,
        .extract = extract,
        .report = report,
        .field = fields,
        .field_count = field_count,
        .id_otherwise = NONE,
        .deal = NONE,
        .order = moment_order(extract->date_format),
        .declared_decimal = extract->decimal == '.'   ? 0
                            : extract->decimal == ',' ? 1
                                                      : -1,
    };
    intake->currency = find_kind(intake, KIND_CURRENCY);
    intake->mapped = memory_new(field_count, sizeof *intake->mapped);
    intake->reading = memory_new(field_count, sizeof *intake->reading);
    intake->column = memory_new(field_count, sizeof *intake->column);
    intake->text = memory_new(field_count, sizeof *intake->text);
    intake->number = memory_new(field_count, sizeof *intake->number);
    intake->evidence = memory_new(field_count, sizeof *intake->evidence);
    intake->unreadable = memory_new(field_count, sizeof *intake->unreadable);
    intake->orphaned = memory_new(field_count, sizeof *intake->orphaned);
    intake->filled = memory_new(field_count, sizeof *intake->filled);
}

void
intake_close(struct intake *intake)
{
    for (uint32_t f = 0; f < intake->field_count; f++)
        free(intake->column[f]), texts_free(&intake->text[f]), free(intake->number[f].cells);
    free(intake->column);
    free(intake->text);
    free(intake->number);
    free(intake->mapped);
    free(intake->reading);
    free(intake->evidence);
    free(intake->unreadable);
    free(intake->orphaned);
    free(intake->filled);
    free(intake->mark);
    free(intake->residue);
    places_free(&intake->places);
    for (int table = 0; table < TABLE_COUNT; table++)
        buf_free(&intake->missed[table]);
}

void *
intake_release(struct intake *intake, uint32_t field)
{
    void *column = intake->column[field];
    intake->column[field] = NULL;
    return column ? column : memory_new(1, 8);
}

struct texts
intake_release_texts(struct intake *intake, uint32_t field)
{
    struct texts texts = intake->text[field];
    intake->text[field] = (struct texts){0};
    return texts;
}

struct column
intake_release_numbers(struct intake *intake, uint32_t field)
{
    struct column column = intake->number[field];
    intake->number[field] = (struct column){0};
    return column;
}

static void *
parse(void *context, const struct rows *rows)
{
    const struct intake *intake = context;
    struct chunk *chunk = chunk_new(intake, rows);
    fill_chunk(intake, chunk, rows);
    if (intake->judge)
        intake->judge(intake, chunk, rows);
    return chunk;
}

static void
grow_column(void **column, size_t capacity, size_t width)
{
    if (width == 0)
        return;
    if (capacity > SIZE_MAX / width)
        memory_exhausted(SIZE_MAX);
    void *grown = realloc(*column, capacity * width);
    if (!grown)
        memory_exhausted(capacity * width);
    memory_large(grown, capacity * width);
    *column = grown;
}

/* How many rows may come behind those of a chunk: columns that have their room from the start are
 * never moved, and what they do not fill is never touched. */
static size_t
guess(const struct chunk *chunk)
{
    enum { SHORTEST = 16 }; /* bytes of a row: nobody shall make us ask for too much */
    if (chunk->bytes == 0)
        return 0;
    double rows = (double)chunk->count * (double)chunk->ahead / (double)chunk->bytes * 1.02;
    size_t most = chunk->ahead / SHORTEST;
    return rows < (double)most ? (size_t)rows : most;
}

static void
reserve(struct intake *intake, size_t count, size_t more)
{
    if (count <= intake->capacity)
        return;
    size_t capacity = intake->capacity + intake->capacity / 2;
    capacity = capacity < count + more ? count + more : capacity;
    for (uint32_t f = 0; f < intake->field_count; f++)
        if (!intake_is_text(intake->field[f].kind) &&
            !intake_is_number(intake, intake->field[f].kind))
            grow_column(&intake->column[f], capacity, intake_width(intake->field[f].kind));
    grow_column((void **)&intake->mark, capacity, sizeof *intake->mark);
    if (intake->residue)
        grow_column((void **)&intake->residue, capacity, sizeof *intake->residue);
    intake->capacity = capacity;
}

/* Puts the kept rows of one column of the chunk behind each other, in place. */
static uint32_t
squeeze(const struct chunk *chunk, void *column, size_t width)
{
    char *bytes = column;
    uint32_t kept = 0;
    for (uint32_t row = 0; row < chunk->count; row++)
        if (chunk->verdict[row] == VERDICT_KEEP) {
            if (kept != row)
                memcpy(bytes + kept * width, bytes + row * width, width);
            kept++;
        }
    return kept;
}

static uint32_t
squeeze_all(const struct intake *intake, struct chunk *chunk)
{
    uint32_t kept = 0;
    for (uint32_t row = 0; row < chunk->count; row++)
        kept += chunk->verdict[row] == VERDICT_KEEP;
    if (kept == chunk->count)
        return kept;
    for (uint32_t f = 0; f < chunk->fields; f++)
        squeeze(chunk, chunk->column[f], intake_width(intake->field[f].kind));
    squeeze(chunk, chunk->mark, sizeof *chunk->mark);
    squeeze(chunk, chunk->line, sizeof *chunk->line);
    squeeze(chunk, chunk->residue, sizeof *chunk->residue);
    return kept;
}

/* The chunk's own numbers of texts become those of the whole run. */
struct translation {
    const struct chunk *chunk;
    struct symbols *symbols;
    uint32_t *known;
};

static void
translate(struct translation *translation, const struct glossary *glossary, uint32_t *cells,
          uint32_t kept)
{
    uint32_t *known = translation->known;
    for (uint32_t row = 0; row < kept; row++) {
        uint32_t number = cells[row];
        if (known[number] == SYMBOL_NONE)
            known[number] = symbols_intern(translation->symbols,
                                           chunk_text(translation->chunk, glossary, number));
        cells[row] = known[number];
    }
}

static void
translate_kind(const struct intake *intake, struct chunk *chunk, uint32_t kept, enum kind kind)
{
    const struct loader *loader = intake->loader;
    bool later = kind == KIND_LATER;
    const struct glossary *glossary = &chunk->glossary[later ? GLOSSARY_LATER : GLOSSARY_WORDS];
    size_t bytes = (glossary->count + 1) * sizeof(uint32_t);
    struct translation translation = {chunk, later ? loader->later : loader->words, NULL};
    for (uint32_t f = 0; f < chunk->fields; f++) {
        if (intake->field[f].kind != kind)
            continue;
        if (!translation.known) {
            translation.known = memory_new(1, bytes);
            memset(translation.known, 0xFF, bytes);
            translation.known[0] = WORD_EMPTY;
        }
        translate(&translation, glossary, chunk->column[f], kept);
    }
    free(translation.known);
}

static void
append_names(struct texts *texts, const struct chunk *chunk, const uint32_t *cells, uint32_t kept)
{
    struct text *name = memory_new(kept, sizeof *name);
    for (uint32_t row = 0; row < kept; row++)
        name[row] = chunk_text(chunk, &chunk->glossary[GLOSSARY_NAMES], cells[row]);
    texts_append(texts, name, kept);
    free(name);
}

static void
append_numbers(struct intake *intake, const struct chunk *chunk, uint32_t f, uint32_t kept)
{
    struct column *column = &intake->number[f];
    size_t ahead = intake->capacity - intake->count - kept;
    if (intake->field[f].kind == KIND_DAY)
        column_append_days(column, intake->count, chunk->column[f], kept, ahead);
    else
        column_append(column, intake->count, chunk->column[f], kept, ahead);
}

static void
append_column(struct intake *intake, const struct chunk *chunk, uint32_t f, uint32_t kept)
{
    enum kind kind = intake->field[f].kind;
    size_t width = intake_width(kind);
    if (kind == KIND_ID)
        texts_append(&intake->text[f], chunk->column[f], kept);
    else if (kind == KIND_NAME)
        append_names(&intake->text[f], chunk, chunk->column[f], kept);
    else if (intake_is_number(intake, kind))
        append_numbers(intake, chunk, f, kept);
    else if (width)
        memcpy((char *)intake->column[f] + intake->count * width, chunk->column[f], kept * width);
}

static void
append(struct intake *intake, struct chunk *chunk)
{
    uint32_t kept = squeeze_all(intake, chunk), at = intake->count;
    if (kept == 0)
        return;
    if (kept > ROW_UNKNOWN - 1 - at) {
        intake->too_many = true;
        return;
    }
    translate_kind(intake, chunk, kept, KIND_WORD);
    translate_kind(intake, chunk, kept, KIND_LATER);
    reserve(intake, (size_t)at + kept, guess(chunk));
    for (uint32_t f = 0; f < chunk->fields; f++)
        append_column(intake, chunk, f, kept);
    memcpy(intake->mark + at, chunk->mark, kept * sizeof *chunk->mark);
    places_add(&intake->places, at, chunk->file, chunk->line, kept);
    if (chunk->residues && !intake->residue)
        intake->residue = memory_new(intake->capacity, sizeof *intake->residue);
    if (intake->residue)
        memcpy(intake->residue + at, chunk->residue, kept * sizeof *chunk->residue);
    intake->count = at + kept;
}

static void
take(void *context, void *parsed)
{
    struct intake *intake = context;
    struct chunk *chunk = parsed;
    survey_take(intake, chunk);
    if (!intake->keeps_nothing)
        append(intake, chunk);
    chunk_free(chunk);
}

/* What the references of this table are looked up in. */
static void
prepare(const struct intake *intake)
{
    struct index *index = intake->loader->index;
    unsigned jobs = intake->loader->jobs;
    for (uint32_t f = 0; f < intake->field_count; f++) {
        enum kind kind = intake->field[f].kind;
        if (kind == KIND_ACCOUNT)
            index_prepare(&index[TABLE_ACCOUNTS], jobs);
        else if (kind == KIND_CONTACT)
            index_prepare(&index[TABLE_CONTACTS], jobs);
        else if (kind == KIND_DEAL || kind == KIND_REFERENCE)
            index_prepare(&index[TABLE_DEALS], jobs);
        else if (kind == KIND_SELLER || kind == KIND_VALUE)
            index_prepare(&index[TABLE_SELLERS], jobs);
    }
}

static bool
read_once(struct intake *intake, struct diag *diag)
{
    struct loader *loader = intake->loader;
    const char **names = memory_new(intake->field_count, sizeof *names);
    struct row_sink sink = {intake, parse, take};
    for (uint32_t f = 0; f < intake->field_count; f++)
        names[f] = intake->field[f].name;
    prepare(intake);
    bool read =
        extract_read(loader->config, intake->extract, intake->table, names, intake->field_count,
                     intake->mapped, sink, loader->jobs, loader->log, intake->report, diag);
    free(names);
    if (read && intake->too_many) {
        diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "record.too_many_rows",
                    (struct place){intake->extract->file, 0, 0}, "%s: more than 4 billion rows",
                    table_names[intake->table]);
        read = false;
    }
    return read;
}

static bool
has_needed_columns(const struct intake *intake)
{
    bool complete = true;
    for (uint32_t f = 0; f < intake->field_count; f++) {
        const struct field *field = &intake->field[f];
        bool other = f == 0 && intake->id_otherwise != NONE && intake->mapped[intake->id_otherwise];
        if (field->need == NEED_NOTHING || intake->mapped[f] || other)
            continue;
        diag_report(intake->loader->diag, SEVERITY_ERROR, EXIT_INPUT, "record.missing_column",
                    (struct place){intake->extract->file, 0, 0}, "%s: nothing feeds `%s`",
                    table_names[intake->table], field->name);
        diag_hint(intake->loader->diag,
                  "name its column under `map:` of extracts.%s, or give it a `constant`",
                  table_names[intake->table]);
        complete = false;
    }
    return complete;
}

/* Forgets all that a reading has given but what it says about the next one. */
static void
forget(struct intake *intake, const struct extract_report *before, size_t rejected)
{
    *intake->report = *before;
    intake->loader->log->rejected_count = rejected;
    survey_forget(intake);
    intake->count = 0;
    for (uint32_t f = 0; f < intake->field_count; f++)
        texts_free(&intake->text[f]);
    places_free(&intake->places);
    if (intake->restart)
        intake->restart(intake);
}

static bool
can_read_again(const struct intake *intake)
{
    struct diag *diag = intake->loader->diag;
    if (!extract_once(intake->report))
        return true;
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "record.once",
                (struct place){intake->extract->file, 0, 0},
                "%s: what its last rows have shown takes a second reading, and a pipe is read once",
                table_names[intake->table]);
    if (intake->report->belated)
        diag_hint(diag, "give a file");
    else
        diag_hint(diag, "give a file, or set `decimal` and `date_format`");
    return false;
}

/* Reads once more, as the reading before has shown that it must be. Messages were given before; a
 * column that this one is the first to look into may ask for yet another. */
static bool
read_again(struct intake *intake, const struct extract_report *before, size_t rejected)
{
    struct diag *unheard = diag_new(NULL, false, false);
    bool belated = intake->report->belated, again = true, read = true, decided = true;
    for (int more = belated ? 2 : 1; more > 0 && read && decided && again; more--) {
        forget(intake, before, rejected);
        intake->report->belated = belated;
        read = read_once(intake, unheard);
        decided = read && survey_decide(intake, &again);
        again |= intake->report->belated;
    }
    diag_free(unheard);
    if (!read || (decided && again))
        diag_report(intake->loader->diag, SEVERITY_ERROR, EXIT_INPUT, "record.changed",
                    (struct place){intake->extract->file, 0, 0},
                    "%s: changed while it was being read", table_names[intake->table]);
    return decided && !again;
}

bool
intake_read(struct intake *intake)
{
    struct extract_report before = *intake->report;
    size_t rejected = intake->loader->log->rejected_count;
    bool again;
    if (!read_once(intake, intake->loader->diag) || !has_needed_columns(intake) ||
        !survey_decide(intake, &again))
        return false;
    again |= intake->report->belated;
    if (again && (!can_read_again(intake) || !read_again(intake, &before, rejected)))
        return false;
    survey_report(intake);
    intake->report->future += intake->future;
    intake->report->ignored += intake->ignored;
    intake->report->ignored_dropped += intake->ignored;
    return true;
}

void
intake_count_used(struct intake *intake)
{
    for (uint32_t row = 0; row < intake->count; row++)
        intake->report->orphans += (intake->mark[row] & MARK_ORPHAN) != 0;
    intake->report->used += intake->count;
}
