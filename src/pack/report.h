/* report: what was read, what was left out, and whether it adds up. */
#ifndef SEFPACK_PACK_REPORT_H
#define SEFPACK_PACK_REPORT_H

#include "voice.h"

/* Parts (part.h): a table of the extracts; what was found in them, with the first rejected rows;
 * both; the identities. */
void
report_rows(const struct voice *voice, struct block *section);

void
report_found(const struct voice *voice, struct block *section);

void
report_data(const struct voice *voice, struct block *section);

/* How many characters of the packs are boxes on paper since no font has them; nothing for 0. */
void
report_boxes(const struct voice *voice, struct block *section, uint32_t boxed);

void
report_identities(const struct voice *voice, struct block *section);

/* The data report as plain text, for `check`. */
void
report_print(const struct voice *voice, bool verbose, struct buf *out);

/* Definitions of all measures, from the table. */
void
report_definitions(const struct voice *voice, struct block *section);

#endif
