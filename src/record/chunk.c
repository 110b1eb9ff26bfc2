#include "chunk.h"

#include "hash.h"
#include "memory.h"

#include <stdlib.h>

static size_t
aligned(size_t bytes)
{
    return (bytes + 15) / 16 * 16;
}

/* Lays one array of a chunk behind the others; with `base` NULL only the room is counted. */
static void *
lay(char *base, size_t *used, size_t bytes)
{
    void *place = base ? base + *used : NULL;
    *used += aligned(bytes);
    return place;
}

static size_t
lay_out(struct chunk *chunk, char *base, const struct intake *intake, uint32_t count)
{
    size_t used = 0, rows = count, fields = intake->field_count;
    chunk->evidence = lay(base, &used, fields * sizeof *chunk->evidence);
    chunk->unreadable = lay(base, &used, fields * sizeof *chunk->unreadable);
    chunk->orphaned = lay(base, &used, fields * sizeof *chunk->orphaned);
    chunk->filled = lay(base, &used, fields * sizeof *chunk->filled);
    chunk->verdict = lay(base, &used, rows);
    chunk->mark = lay(base, &used, rows);
    chunk->residue = lay(base, &used, rows * sizeof *chunk->residue);
    size_t zeroed = used;
    chunk->line = lay(base, &used, rows * sizeof *chunk->line);
    void **column = lay(base, &used, fields * sizeof *column);
    for (size_t f = 0; f < fields; f++) {
        void *place = lay(base, &used, rows * intake_width(intake->field[f].kind));
        if (base)
            column[f] = place;
    }
    chunk->column = column;
    if (base)
        memset(base, 0, zeroed);
    return used;
}

struct chunk *
chunk_new(const struct intake *intake, const struct rows *rows)
{
    struct chunk plan = {0};
    size_t room = lay_out(&plan, NULL, intake, rows->count), head = aligned(sizeof plan);
    char *block = malloc(head + room);
    if (!block)
        memory_exhausted(head + room);
    struct chunk *chunk = (struct chunk *)(void *)block;
    *chunk = plan;
    chunk->count = rows->count;
    chunk->fields = intake->field_count;
    chunk->file = rows->file;
    chunk->bytes = rows->bytes;
    chunk->ahead = rows->ahead;
    lay_out(chunk, block + head, intake, rows->count);
    memcpy(chunk->line, rows->line, rows->count * sizeof *chunk->line);
    return chunk;
}

void
chunk_free(struct chunk *chunk)
{
    for (int g = 0; g < GLOSSARIES; g++)
        free(chunk->glossary[g].entry);
    free(chunk->refusal);
    buf_free(&chunk->text);
    free(chunk->ids);
    free(chunk);
}

static struct entry
store(struct chunk *chunk, struct text text)
{
    struct entry entry = {chunk->text.length, text.length};
    buf_text(&chunk->text, text);
    return entry;
}

void
chunk_refuse(struct chunk *chunk, const struct rows *rows, uint32_t row, const char *column,
             const char *reason)
{
    chunk_refuse_value(chunk, rows, row, column, reason, (struct text){NULL, 0});
}

void
chunk_refuse_value(struct chunk *chunk, const struct rows *rows, uint32_t row, const char *column,
                   const char *reason, struct text value)
{
    if (chunk->verdict[row] != VERDICT_KEEP)
        return;
    chunk->verdict[row] = VERDICT_REJECT;
    memory_grow(&chunk->refusal, &chunk->refusal_capacity, chunk->refusal_count + 1,
                sizeof *chunk->refusal);
    chunk->refusal[chunk->refusal_count++] = (struct refusal){
        rows->line[row], column, reason, store(chunk, rows->raw[row]), store(chunk, value)};
}

void
chunk_postpone(struct chunk *chunk, uint32_t row)
{
    if (chunk->verdict[row] == VERDICT_KEEP)
        chunk->verdict[row] = VERDICT_FUTURE;
}

static void
take_note(struct noted *noted, const struct rows *rows, uint32_t row)
{
    if (noted->count++ == 0) {
        noted->file = rows->file;
        noted->line = rows->line[row];
    }
}

void
chunk_unreadable(struct chunk *chunk, const struct rows *rows, uint32_t row, uint32_t field)
{
    chunk_residue(chunk, row, field, chunk_cell(rows, row, field));
    take_note(&chunk->unreadable[field], rows, row);
}

void
chunk_orphan(struct chunk *chunk, const struct rows *rows, uint32_t row, uint32_t field)
{
    chunk->mark[row] |= MARK_ORPHAN;
    take_note(&chunk->orphaned[field], rows, row);
}

void
chunk_missed(struct chunk *chunk, enum table table, struct text id)
{
    struct missed *missed = &chunk->missed[table];
    if (missed->count < MISSED_MOST && id.length <= MISSED_TEXT)
        missed->text[missed->count++] = store(chunk, id);
}

struct text
chunk_text(const struct chunk *chunk, const struct glossary *glossary, uint32_t number)
{
    if (number == 0)
        return (struct text){"", 0};
    struct entry entry = glossary->entry[number - 1];
    return (struct text){chunk->text.bytes + entry.offset, entry.length};
}

void
chunk_residue(struct chunk *chunk, uint32_t row, uint32_t field, struct text text)
{
    chunk->residues = true;
    chunk->residue[row] = (chunk->residue[row] ^ (uint32_t)hash_text(text)) * 0x9E3779B1u + field;
}

uint32_t
chunk_word(struct chunk *chunk, enum glossary_kind kind, struct text text)
{
    struct glossary *glossary = &chunk->glossary[kind];
    if (text.length == 0)
        return 0;
    memory_grow(&glossary->entry, &glossary->capacity, glossary->count + 1,
                sizeof *glossary->entry);
    glossary->entry[glossary->count++] = store(chunk, text);
    return (uint32_t)glossary->count;
}
