/* letters: characters of foreign text, one after the other, as far as they may be shown. */
#ifndef SEFPACK_WRITE_LETTERS_H
#define SEFPACK_WRITE_LETTERS_H

#include "buf.h"

#include <stdbool.h>
#include <stdint.h>

#define LETTER_UNKNOWN 0xFFFDu

/* The next code point of [*at, end), which must not be empty, and moves *at behind it. Bytes that
 * are not UTF-8, controls and noncharacters are U+FFFD; tab and line ends are a space; the controls
 * that turn the direction of what follows (U+202A-E, U+2066-7) are 0: leave them out. U+2068 and
 * U+2069, between which a sentence sets foreign text off, take no room. */
uint32_t
letters_next(const char **at, const char *end);

/* Whether every byte stands for itself: printable ASCII. */
bool
letters_plain(const char *bytes, size_t length);

/* Appends one code point as UTF-8. */
void
letters_add(struct buf *out, uint32_t letter);

/* Appends the text as letters_next sees it. */
void
letters_clean(struct buf *out, const char *text);

/* Whether a letter belongs to a script that is written from right to left. */
bool
letters_right_to_left(uint32_t letter);

#endif
