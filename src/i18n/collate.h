/* collate: the order of names for readers of one locale: accents and case count last, and numbers
 * inside names count as numbers (Team 2 before Team 10). Never equal unless the bytes are: ties are
 * broken by bytes, so that a sorted list is the same on every run. */
#ifndef SEFPACK_I18N_COLLATE_H
#define SEFPACK_I18N_COLLATE_H

#include "buf.h"
#include "text.h"

struct collator;

/* A BCP 47 tag; NULL when it is malformed. Languages without rules of their own get the root's. */
struct collator *
collate_open(const char *tag);

void
collate_close(struct collator *collator); /* NULL is allowed */

/* <0, 0, >0. Invalid UTF-8 sorts as U+FFFD. */
int
collate_compare(const struct collator *collator, struct text a, struct text b);

/* Appends bytes whose memcmp order, a prefix first, is that of collate_compare: for long lists. */
void
collate_key(const struct collator *collator, struct text name, struct buf *key);

#endif
