/* check: what the table of keys cannot say: keys that go together, names that must be known. */
#ifndef SEFPACK_CONFIG_CHECK_H
#define SEFPACK_CONFIG_CHECK_H

#include "diag.h"

struct config;
struct reader;
struct trail;
struct tree;

/* Of one mapping each, as `check` of the table of keys. */
void
check_field(struct reader *reader, const struct trail *trail, const struct tree *node, void *base);

void
check_extract(struct reader *reader, const struct trail *trail, const struct tree *node,
              void *base);

void
check_pack(struct reader *reader, const struct trail *trail, const struct tree *node, void *base);

/* The place of a key of the root for a message; the section's, or the file as a whole, where it is
 * not there. */
struct place
check_place(const struct tree *root, const char *section, const char *key);

/* Of the whole, once everything was read: completes it and reports what does not fit. */
void
check_config(struct reader *reader, const struct tree *root, struct config *config);

#endif
