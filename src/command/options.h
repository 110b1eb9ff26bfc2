/* options: the words of the command line as one struct; one table gives parsing, --help and
 * did-you-mean. */
#ifndef SEFPACK_OPTIONS_H
#define SEFPACK_OPTIONS_H

#include "buf.h"
#include "day.h"
#include "diag.h"

#include <stdbool.h>
#include <stdint.h>

enum verb {
    VERB_RUN,
    VERB_CHECK,
    VERB_EXPLAIN,
    VERB_SEND,
    VERB_HISTORY,
    VERB_INIT,
    VERB_SCHEMA,
    VERB_REFERENCE,
    VERB_COUNT
};

enum { OPTIONS_MOST_WORDS = 8, OPTIONS_MOST_SETS = 64 };

struct options {
    enum verb verb;
    uint32_t word_count;
    const char *word[OPTIONS_MOST_WORDS]; /* what stands behind the verb, without options */
    uint32_t set_count;
    const char *set[OPTIONS_MOST_SETS]; /* key=value; --as-of and --out are sets too */
    char joined[2][4096];               /* the sets of --as-of and --out */
    const char *only, *format, *scope, *progress, *color, *log_format, *to, *config;
    uint32_t jobs, samples;
    bool strict, dry_run, keep_going, resend, quiet, verbose, json, help, version;
};

/* Reads the command line. False after an error with exit code 2. */
bool
options_read(struct options *options, int count, char **words, struct diag *diag);

void
options_write_help(struct buf *out);

#endif
