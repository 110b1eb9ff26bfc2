/* words: every word of a pack, from templates/words/<language>.yaml.
 *
 * The file is a tree of keys; a pattern is found by its keys joined with dots: "summary.title".
 * What a language lacks is said in English; what a user's folder gives goes before what is built
 * in, key by key. */
#ifndef SEFPACK_PACK_WORDS_H
#define SEFPACK_PACK_WORDS_H

#include "arena.h"
#include "diag.h"
#include "message.h"

struct words;

/* Reads and parses all patterns of a language; `folders` are the templates' folders, the one that
 * goes before first, NULL-ended. Faults, a placeholder that nothing fills among them, are reported
 * with file, line and column (exit code 4): NULL. */
struct words *
words_open(struct arena *arena, const char *const *folders, const char *language,
           struct diag *diag);

void
words_close(struct words *words); /* NULL is allowed */

/* "de": the language that was asked for, or "en" where no folder has its words. */
const char *
words_language(const struct words *words);

/* NULL when there is no such key. */
const struct message *
words_find(const struct words *words, const char *key);

/* Calls back for every key in the order of the files, for tests of completeness. */
void
words_keys(const struct words *words, void (*visit)(void *context, const char *key), void *context);

/* Whether a placeholder of that name can be filled anywhere: a measure, a field of one, or one of
 * the names of voice_say. */
bool
words_general(const char *name);

#endif
