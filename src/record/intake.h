/* intake: one extract as typed columns.
 *
 * A table names its fields with their kinds; batches of text become chunks of typed cells on many
 * threads (fill.c, reading.c), and chunks are appended in the order of the input (intake.c). Then
 * duplicates and future rows go and the rest is put in order (settle.c). Rows that turn out to be
 * wrong only then are rejected by place; a second look at the file fetches their text (late.c). */
#ifndef SEFPACK_RECORD_INTAKE_H
#define SEFPACK_RECORD_INTAKE_H

#include "buf.h"
#include "column.h"
#include "evidence.h"
#include "extract.h"
#include "moment.h"
#include "number.h"
#include "places.h"
#include "table.h"
#include "texts.h"

#include <stdbool.h>
#include <stdint.h>

struct index;
struct loader;

/* What a cell is, and what stands in its column. */
enum kind {
    KIND_ID,       /* a text; without it no row */
    KIND_WORD,     /* uint32_t symbol of loader.words; 0 is "" */
    KIND_NAME,     /* a text that hardly repeats; in a chunk uint32_t as KIND_WORD's */
    KIND_UNKEPT,   /* no column: the text only tells rows of one id apart */
    KIND_LATER,    /* uint32_t symbol of loader.later: an id of a table not yet read; 0 is "" */
    KIND_DAY,      /* day */
    KIND_PERIOD,   /* day: the first of the period */
    KIND_MONEY,    /* int64_t in the reporting currency; MONEY_NONE */
    KIND_CURRENCY, /* uint16_t: index of loader.rate */
    KIND_TALLY,    /* uint32_t whole number; TALLY_NONE */
    KIND_LETTER,   /* int8_t 0..3; -1 */
    KIND_ANSWER,   /* uint8_t enum answer */
    KIND_TIER,     /* the same; A and B are yes, C and D no */
    KIND_LEVEL,    /* uint8_t enum level */
    KIND_STAGE,    /* int16_t; -1 */
    KIND_CATEGORY, /* uint8_t enum category; CATEGORY_UNSET when empty or unknown */
    KIND_MANNER,   /* uint8_t: bits by the lexicons of activities */
    KIND_CHANGE,   /* uint8_t: which field a history row changes */
    KIND_VALUE,    /* int64_t: a value of the field that KIND_CHANGE names */
    KIND_TEAM,     /* uint32_t row; NONE empty, TEAM_UNKNOWN, QUOTA_COMPANY for `company` */
    KIND_SELLER,   /* uint32_t row; NONE empty, sellers.count unknown */
    KIND_ACCOUNT,  /* uint32_t row; NONE */
    KIND_CONTACT,
    KIND_DEAL,
    KIND_REFERENCE, /* KIND_DEAL whose unknown texts are told apart: ROW_UNKNOWN */
    KIND_KINDS
};

#define TALLY_NONE UINT32_MAX
#define CATEGORY_UNSET 0xFF
#define ROW_UNKNOWN (UINT32_MAX - 1)
#define TEAM_UNKNOWN (UINT32_MAX - 2)
#define VALUE_NONE INT64_MIN

/* NEED_COLUMN: the file must have it; NEED_CELL: a row without it is rejected, too. */
enum need { NEED_NOTHING, NEED_COLUMN, NEED_CELL };

struct field {
    const char *name;
    enum kind kind;
    enum need need;
};

enum verdict { VERDICT_KEEP, VERDICT_REJECT, VERDICT_FUTURE, VERDICT_IGNORE };
enum { MARK_FUTURE = 1, MARK_ORPHAN = 2 };

struct entry { /* a text of the chunk */
    size_t offset;
    uint32_t length;
};

struct glossary { /* texts that repeat are mostly there once */
    struct entry *entry;
    size_t count, capacity;
};

enum glossary_kind { GLOSSARY_WORDS, GLOSSARY_LATER, GLOSSARY_NAMES, GLOSSARIES };

struct refusal {
    uint32_t line;
    const char *column, *reason;
    struct entry raw, value;
};

enum { MISSED_MOST = 4, MISSED_TEXT = 120 };

/* The first references of a batch that no id of a table answers: names, perhaps. */
struct missed {
    uint32_t count;
    struct entry text[MISSED_MOST];
};

struct noted { /* cells of one field, with the place of the first */
    uint64_t count;
    const char *file;
    uint32_t line;
};

/* A batch as typed cells. */
struct chunk {
    uint32_t count, fields;
    const char *file;
    uint64_t bytes, ahead; /* see extract.h */
    void **column;         /* by field */
    uint8_t *verdict, *mark;
    uint32_t *line;
    uint32_t *residue; /* of cells whose text is lost: unknown ids, unreadable cells */
    bool residues;     /* there are some */
    char *ids;         /* the bytes of KIND_ID */
    struct evidence (*evidence)[EVIDENCE_KINDS];
    struct noted *unreadable, *orphaned; /* by field */
    bool *filled;                        /* by field: a cell that holds something was seen */
    uint64_t by_name;
    struct missed missed[TABLE_COUNT];
    struct refusal *refusal;
    size_t refusal_count, refusal_capacity;
    struct buf text;
    struct glossary glossary[GLOSSARIES];
};

struct intake {
    struct loader *loader;
    enum table table;
    const struct config_extract *extract;
    struct extract_report *report;
    const struct field *field;
    uint32_t field_count;
    struct index *index;   /* of the table's own ids, or NULL */
    struct index *unborn;  /* takes the ids of future rows, or NULL */
    bool narrow;           /* numbers of four bytes are kept in columns of their own width */
    bool keeps_nothing;    /* `judge` has used the rows up */
    uint32_t id_otherwise; /* the field that stands in for an empty id, or NONE */
    uint32_t currency;     /* the field of KIND_CURRENCY, or NONE */
    uint32_t deal;         /* the field whose deal lends its currency, or NONE */
    const uint16_t *deal_currency;
    void (*judge)(const struct intake *intake, struct chunk *chunk, const struct rows *rows);
    void (*restart)(struct intake *intake); /* forget what judge() gathered; may be NULL */
    void *context;                          /* of judge and restart */

    bool *mapped;
    uint8_t (*reading)[EVIDENCE_KINDS]; /* by field: which of two readings holds */
    enum day_order order;               /* declared, or ORDER_FIND */
    int declared_decimal;               /* 0 '.', 1 ',', or -1 */

    uint32_t count; /* rows taken */
    size_t capacity;
    void **column;         /* by field; NULL where the cells are texts */
    struct texts *text;    /* by field: KIND_ID and KIND_NAME */
    struct column *number; /* by field: kinds of four bytes, where `narrow` */
    uint8_t *mark;
    uint32_t *residue;    /* NULL where all are 0 */
    struct places places; /* of rows in the order of the input, later only where `placed` */
    bool placed;          /* rows may turn out to be wrong once they were put in order */
    struct evidence (*evidence)[EVIDENCE_KINDS];
    struct noted *unreadable, *orphaned;
    bool *filled;
    uint64_t by_name, ignored, future;
    struct buf missed[TABLE_COUNT]; /* texts, each with a NUL behind it */
    bool too_many;
};

/* Bytes of one cell in the column of a kind, in a chunk. */
size_t
intake_width(enum kind kind);

/* Whether the cells of a kind are texts of the intake rather than a column. */
static inline bool
intake_is_text(enum kind kind)
{
    return kind == KIND_ID || kind == KIND_NAME;
}

/* Prepares for the fields of a table; set judge and the like before intake_read. */
void
intake_open(struct intake *intake, struct loader *loader, enum table table,
            const struct config_extract *extract, struct extract_report *report,
            const struct field *fields, uint32_t field_count);

/* Reads the extract. False after an error in the loader's diag. */
bool
intake_read(struct intake *intake);

void
intake_close(struct intake *intake);

/* The same for numbers that are kept in as few bytes as they need. */
static inline bool
intake_is_number(const struct intake *intake, enum kind kind)
{
    return intake->narrow && kind != KIND_NAME && intake_width(kind) == sizeof(uint32_t);
}

/* Takes a column out of the intake: the caller frees it. */
void *
intake_release(struct intake *intake, uint32_t field);

struct texts
intake_release_texts(struct intake *intake, uint32_t field);

struct column
intake_release_numbers(struct intake *intake, uint32_t field);

/* Tells rows apart whose columns are equal but whose texts were not. */
static inline uint32_t
intake_residue(const struct intake *intake, uint32_t row)
{
    return intake->residue ? intake->residue[row] : 0;
}

/* Counts the rows that remain as used, and the orphans among them. */
void
intake_count_used(struct intake *intake);

#endif
