/* message: patterns of words with arguments, in the style of MessageFormat.
 *
 *   {name}                      text, or a number as it is
 *   {forecast.gap, money}       a format: money, full, short (money without its code), signed,
 *                               share, points, number, whole, days, day, month, ratio; of text:
 *                               upper, its first letter as at the start of a sentence
 *   {n, plural, =0 {none} one {# deal} other {# deals}}    # is the number
 *   {which, select, win {winning} other {the rest}}
 *   {forecast.gap, select, known {it is told} other {it is not}}    of a number: known, unknown
 *
 * An apostrophe before a brace makes it a plain brace: '{. Names may hold dots: measure ids. */
#ifndef SEFPACK_PACK_MESSAGE_H
#define SEFPACK_PACK_MESSAGE_H

#include "arena.h"
#include "buf.h"
#include "diag.h"

#include <stdbool.h>
#include <stdint.h>

struct message; /* a parsed pattern */
struct locale;

/* Parses `pattern`; a fault (unbalanced braces, an unknown format, a plural without `other`) is
 * reported at `place` (exit code 4) and gives NULL. */
struct message *
message_parse(struct arena *arena, const char *pattern, struct place place, struct diag *diag);

enum argument_kind { ARGUMENT_NONE, ARGUMENT_NUMBER, ARGUMENT_TEXT };

struct argument {
    enum argument_kind kind; /* NONE: the number is null; `text` says why, in words */
    double number;
    const char *text;
};

/* Where arguments come from; false when the name is unknown. */
struct arguments {
    void *context;
    bool (*find)(void *context, const char *name, struct argument *out);
};

struct message_money { /* how money is written */
    const char *code;
    int digits;
};

/* Appends the finished text. An unknown name is written as {name}, for the reader to see. */
void
message_write(const struct message *message, const struct locale *locale,
              struct message_money money, struct arguments arguments, struct buf *out);

/* Calls back for every argument name, for checking. */
void
message_names(const struct message *message, void (*visit)(void *context, const char *name),
              void *context);

#endif
