/* charset: other encodings to UTF-8, block by block.
 *
 * Known: utf-8, utf-16le, utf-16be, utf-32le, utf-32be, and the single-byte encodings of Windows,
 * ISO 8859, macintosh and koi8, by the names that people use (latin1, cp1252). Nothing with states
 * or several bytes a character: UTF-7, ISO-2022 and Shift_JIS are refused. */
#ifndef SEFPACK_I18N_CHARSET_H
#define SEFPACK_I18N_CHARSET_H

#include "buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charset;

struct charset_guess {
    const char *name; /* canonical, or NULL when bytes do not tell: UTF-8 or a single-byte one */
    uint32_t bom;     /* its length, to be skipped */
};

/* By the byte order mark; without one, by where the zero bytes of ASCII characters stand in up to
 * 4 KiB from the start of the file. */
struct charset_guess
charset_detect(const char *bytes, size_t length);

/* The canonical name ("windows-1252") of a name in any case; NULL when it is not known. */
const char *
charset_find(const char *name);

/* A converter for one stream; NULL when the name is not known. */
struct charset *
charset_open(const char *name);

void
charset_close(struct charset *charset); /* NULL is allowed */

const char *
charset_name(const struct charset *charset); /* canonical */

/* Appends a block as UTF-8. A character cut by the end of the block waits for the next one, or is a
 * fault where `last`. What is no character becomes U+FFFD and is counted; U+0000 stays. */
void
charset_convert(struct charset *charset, const char *bytes, size_t length, bool last,
                struct buf *out);

/* Faults so far, and the offset in the stream of the first one. */
uint64_t
charset_faults(const struct charset *charset);

uint64_t
charset_first_fault(const struct charset *charset);

#endif
