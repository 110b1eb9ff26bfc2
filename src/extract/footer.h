/* footer: rows of a report that are no records: totals, copyright, who made it. */
#ifndef SEFPACK_EXTRACT_FOOTER_H
#define SEFPACK_EXTRACT_FOOTER_H

#include "text.h"

#include <stdbool.h>

/* Judged by the beginning of the row's text; for rows with one cell that is not empty. */
bool
footer_is(struct text raw);

#endif
