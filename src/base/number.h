/* number: cells of text to exact decimals and money; never through a double, never by locale. */
#ifndef SEFPACK_BASE_NUMBER_H
#define SEFPACK_BASE_NUMBER_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

#define MONEY_NONE INT64_MIN

/* coefficient x 10^-scale */
struct decimal {
    int64_t coefficient;
    uint8_t scale; /* 0..9 */
};

struct number_format {
    char decimal; /* '.' or ',' */
    char group;   /* ',', '.', '\'', ' ' (any blank) or 0 for none */
    bool indian;  /* groups of two above the thousand */
};

enum number_fault { NUMBER_OK, NUMBER_EMPTY, NUMBER_UNREADABLE, NUMBER_TOO_LARGE };

/* Reads one cell: sign or U+2212 in front or behind, (1,234), currency signs and ISO codes around
 * it, blanks, groups of the right size, k / m / mn / bn suffixes, a % (the value is then divided
 * by 100). Exponents, hex, nan and inf are unreadable. Trailing zeros beyond 9 decimals are
 * dropped; other digits beyond 9 are unreadable. The scale of the result is the least that does. */
enum number_fault
number_parse(struct text cell, struct number_format format, struct decimal *out);

/* Digits with an optional '-' and '.': the fast path; false means: try number_parse. Zeros
 * at the end stay, so that the scale may be larger than number_parse's. */
bool
number_parse_plain(struct text cell, struct decimal *out);

/* value x rate in minor units with `digits` minor digits, half away from zero, in 128 bits;
 * false on overflow of 64 bits. A rate of 1 is {1, 0}. */
bool
number_to_minor(struct decimal value, struct decimal rate, int digits, int64_t *minor);

double
number_to_real(struct decimal value);

/* a + b with a check; an overflow ends the program as a located error of the caller: false. */
bool
number_add(int64_t a, int64_t b, int64_t *sum);

/* Minor digits by ISO 4217 (JPY 0, KWD 3, else 2); -1 for text that is no three-letter code. */
int
currency_digits(struct text code);

#endif
