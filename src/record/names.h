/* names: rows by what people call them: sellers and teams whose ids an extract does not know. */
#ifndef SEFPACK_RECORD_NAMES_H
#define SEFPACK_RECORD_NAMES_H

#include "loader.h"

/* A row without a name is called by its id. */
void
names_complete(struct loader *loader, uint32_t *name, const struct text *id, uint32_t count);

/* The same where names are texts: new ones when any is empty. */
struct texts
names_or_ids(struct texts name, const struct texts *id);

/* Remembers what the rows are called, for names_offer; somebody else owns it. */
void
names_keep(struct loader *loader, enum table table, struct texts name);

/* Lets the rows be found by name too if one of `count` texts is the name of a row: true when they
 * could not be found by name before. */
bool
names_offer(struct loader *loader, enum table table, const struct text *text, uint32_t count);

/* Lets the rows of a table be found by names that only one of them has. */
void
names_index(struct loader *loader, enum table table, const uint32_t *name, uint32_t count);

/* Replaces each word of loader.later by the row it means, by id or else by name, NONE when empty or
 * unknown; gives how many were not empty and unknown. */
uint64_t
names_resolve(const struct loader *loader, enum table table, uint32_t *later, uint32_t count);

#endif
