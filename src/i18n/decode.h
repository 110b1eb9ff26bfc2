/* decode: the encodings that charset.c knows, one block at a time. */
#ifndef SEFPACK_I18N_DECODE_H
#define SEFPACK_I18N_DECODE_H

#include "buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum decode_form { DECODE_UTF8, DECODE_UTF16, DECODE_UTF32, DECODE_BYTES };

enum { DECODE_LONGEST = 4 /* bytes of a character, in and out */ };

struct decode_letter { /* a byte of a single-byte encoding as UTF-8; length 0: it is none */
    unsigned char length;
    char bytes[3];
};

struct decode {
    enum decode_form form;
    bool big_endian;
    const struct decode_letter *letters; /* 256, DECODE_BYTES */
    uint64_t offset;                     /* bytes decoded so far */
    uint64_t faults, first_fault;        /* count, and the offset of the first */
};

/* Appends what is whole in the block, or all of it where `last`; returns how many bytes that was:
 * at most DECODE_LONGEST - 1 are left. Faults become U+FFFD. */
size_t
decode_block(struct decode *decode, const char *bytes, size_t length, bool last, struct buf *out);

#endif
