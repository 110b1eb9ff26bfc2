/* bidi: the visual order of a line of text of both directions (UAX 9). */
#ifndef SEFPACK_I18N_BIDI_H
#define SEFPACK_I18N_BIDI_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum bidi_base {
    BIDI_LEFT_TO_RIGHT,
    BIDI_RIGHT_TO_LEFT,
    BIDI_FIRST_STRONG /* as the first letter, left to right without one */
};

/* A piece of one direction. Pieces stand in visual order, left to right; the bytes inside a piece
 * are in logical order, for a shaper that is told the direction. */
struct bidi_run {
    uint32_t start, length; /* bytes of the paragraph */
    bool right_to_left;
};

struct bidi;

/* Quick: no character that could be right to left or change direction, so that every line is one
 * run from left to right (in a left-to-right paragraph). */
bool
bidi_is_plain(struct text paragraph);

/* Resolves a paragraph; line feeds in it count as blanks, invalid UTF-8 as U+FFFD. */
struct bidi *
bidi_open(struct text paragraph, enum bidi_base base);

void
bidi_close(struct bidi *bidi); /* NULL is allowed */

bool
bidi_right_to_left(const struct bidi *bidi); /* the paragraph's own direction */

/* The runs of the line [start, end) of bytes, which must lie between characters. *runs is valid
 * until the next call; an empty line gives 0. */
uint32_t
bidi_line(struct bidi *bidi, uint32_t start, uint32_t end, const struct bidi_run **runs);

#endif
