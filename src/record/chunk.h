/* chunk: a batch while it becomes typed cells. */
#ifndef SEFPACK_RECORD_CHUNK_H
#define SEFPACK_RECORD_CHUNK_H

#include "intake.h"

struct chunk *
chunk_new(const struct intake *intake, const struct rows *rows);

void
chunk_free(struct chunk *chunk);

/* Rejects a row, unless it is already out. `reason` must be a literal. */
void
chunk_refuse(struct chunk *chunk, const struct rows *rows, uint32_t row, const char *column,
             const char *reason);

/* The same with what stands in the cell, for one that holds a word of a closed list. */
void
chunk_refuse_value(struct chunk *chunk, const struct rows *rows, uint32_t row, const char *column,
                   const char *reason, struct text value);

/* Marks a row as one whose reference is unknown. */
void
chunk_orphan(struct chunk *chunk, const struct rows *rows, uint32_t row, uint32_t field);

/* Counts a row as future, unless it is already out. */
void
chunk_postpone(struct chunk *chunk, uint32_t row);

/* Counts an unreadable optional cell. */
void
chunk_unreadable(struct chunk *chunk, const struct rows *rows, uint32_t row, uint32_t field);

/* Notes a reference that no id of `table` answers. */
void
chunk_missed(struct chunk *chunk, enum table table, struct text id);

/* Notes a text that the row's columns do not tell, for the comparison of rows. */
void
chunk_residue(struct chunk *chunk, uint32_t row, uint32_t field, struct text text);

/* A new number for a text in a glossary, from 1; 0 for the empty one. */
uint32_t
chunk_word(struct chunk *chunk, enum glossary_kind kind, struct text text);

/* The text of a number that chunk_word gave, as long as nothing is added. */
struct text
chunk_text(const struct chunk *chunk, const struct glossary *glossary, uint32_t number);

/* text_trim without a call for the usual cell. */
static inline struct text
chunk_trim(struct text cell)
{
    if (cell.length == 0)
        return cell;
    unsigned char first = (unsigned char)cell.bytes[0],
                  last = (unsigned char)cell.bytes[cell.length - 1];
    if (first > ' ' && first < 0x80 && last > ' ' && last < 0x80)
        return cell;
    return text_trim(cell);
}

/* The cell, without blanks at its ends. */
static inline struct text
chunk_cell(const struct rows *rows, uint32_t row, uint32_t field)
{
    return chunk_trim(rows->cell[(size_t)row * rows->fields + field]);
}

#endif
