/* words: every word of a pack, from templates/words/<language>.yaml.
 *
 * The file is a tree of keys; a pattern is found by its keys joined with dots: "summary.title". */
#ifndef SEFPACK_PACK_WORDS_H
#define SEFPACK_PACK_WORDS_H

#include "arena.h"
#include "diag.h"
#include "message.h"

struct words;

/* Reads and parses all patterns of a language; `folder` is the templates' folder. Unknown language:
 * English. Faults are reported with file, line and column (exit code 4): NULL. */
struct words *
words_open(struct arena *arena, const char *folder, const char *language, struct diag *diag);

void
words_close(struct words *words); /* NULL is allowed */

/* NULL when there is no such key. */
const struct message *
words_find(const struct words *words, const char *key);

#endif
