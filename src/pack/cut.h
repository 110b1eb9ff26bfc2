/* cut: a sum of money cut into rows by one thing, as bars with number and value; beyond a
 * page's worth of rows the rest is one row "Other". */
#ifndef SEFPACK_PACK_CUT_H
#define SEFPACK_PACK_CUT_H

#include "amount.h"
#include "chart_rows.h"

struct cut {
    struct chart_rows *rows;
    struct doc_table *table;
    double value, number; /* sums */
    double most;          /* the largest row's value */
    const char *largest;  /* its label */
    struct amount_unit unit;
    uint32_t others; /* rows that share the last bar */
    double other_number;
};

/* `head` is a column's word (columns.<head>); the rows are those of a measure, at most one more. */
struct cut
cut_new(const struct voice *voice, const char *head, enum measure_id id);

void
cut_add(const struct voice *voice, struct cut *cut, const char *label, double value, double number,
        bool unknown);

/* An exhibit of it with the arguments deals, value, largest, share (of the largest), rows; a line
 * with the reason when there is no row. */
void
cut_draw(const struct voice *voice, struct block *section, enum measure_id id, const char *key,
         struct cut *cut);

#endif
