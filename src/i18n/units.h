/* units: characters of UTF-16, which ICU works in; for the files of this folder. */
#ifndef SEFPACK_I18N_UNITS_H
#define SEFPACK_I18N_UNITS_H

#include "buf.h"

#include <stdint.h>

/* The character at *at, which moves behind it; a lone surrogate stands for itself. */
static inline uint32_t
units_next(const uint16_t *unit, int32_t length, int32_t *at)
{
    uint32_t c = unit[(*at)++];
    if (c >= 0xD800 && c < 0xDC00 && *at < length && unit[*at] >= 0xDC00 && unit[*at] < 0xE000)
        c = 0x10000 + ((c - 0xD800) << 10) + (uint32_t)(unit[(*at)++] - 0xDC00);
    return c;
}

/* Appends a character as UTF-8; U+FFFD for a lone surrogate. */
void
units_add(struct buf *out, uint32_t c);

/* Appends UTF-16 as UTF-8. */
void
units_to_utf8(const uint16_t *unit, int32_t length, struct buf *out);

#endif
