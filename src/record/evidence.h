/* evidence: what the cells of one column say about the order of its days and its decimal mark.
 *
 * Each column gathers where a cell fits one reading alone and where it fits two; the whole column,
 * and where it is silent the other columns of the extract, then decide. Two readings that fit
 * everywhere, and columns that contradict themselves, are errors that ask for the setting. */
#ifndef SEFPACK_RECORD_EVIDENCE_H
#define SEFPACK_RECORD_EVIDENCE_H

#include "diag.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct sighting {     /* the first such cell */
    const char *file; /* NULL: none */
    uint32_t line;
    char cell[44]; /* its beginning, for the message */
};

struct evidence {
    struct sighting only[2]; /* fits the first, the second reading alone */
    struct sighting both;    /* fits both, with different values */
};

enum evidence_kind { EVIDENCE_DAY, EVIDENCE_NUMBER, EVIDENCE_KINDS };

void
evidence_see(struct sighting *sighting, const char *file, uint32_t line, struct text cell);

/* `later` comes from rows after those of `evidence`. */
void
evidence_merge(struct evidence *evidence, const struct evidence *later);

/* What one column asks of the reader. */
struct evidence_column {
    const char *field;
    const struct evidence *evidence;
    int reading; /* out: 0 or 1; -1 where nothing needs a decision */
};

/* Decides all columns of an extract for one kind. Reports and gives false where a column needs
 * `setting` (exit code 5). */
bool
evidence_decide(struct evidence_column *columns, uint32_t count, enum evidence_kind kind,
                const char *table, struct diag *diag);

#endif
