/* buf: bytes that grow; the one way in which outputs are put together. */
#ifndef SEFPACK_BASE_BUF_H
#define SEFPACK_BASE_BUF_H

#include "text.h"

#include <stddef.h>
#include <stdint.h>

struct buf { /* zero-initialise; bytes are always followed by a NUL once something was added */
    char *bytes;
    size_t length, capacity;
};

void
buf_free(struct buf *buf); /* leaves it empty and usable */

void
buf_clear(struct buf *buf); /* keeps the room */

/* What stands in it at `start`, until it changes; an empty text at no matter which place. */
struct text
buf_slice(const struct buf *buf, size_t start, size_t length);

/* buf_add where there is no room for it yet. */
void
buf_add_growing(struct buf *buf, const void *bytes, size_t length);

static inline void
buf_add(struct buf *buf, const void *bytes, size_t length)
{
    if (length >= buf->capacity - buf->length) {
        buf_add_growing(buf, bytes, length);
        return;
    }
    if (length)
        memcpy(buf->bytes + buf->length, bytes, length);
    buf->length += length;
    buf->bytes[buf->length] = '\0';
}

static inline void
buf_text(struct buf *buf, struct text text)
{
    buf_add(buf, text.bytes, text.length);
}

static inline void
buf_string(struct buf *buf, const char *string)
{
    buf_add(buf, string, strlen(string));
}

static inline void
buf_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void
buf_int(struct buf *buf, int64_t value);

/* The shortest decimal that reads back as the same double (17 digits at most), with '.', without
 * exponent while 1e-7 <= |value| < 1e21. -0 is written as 0. NaN and infinity must not
 * come here (assert). */
void
buf_real(struct buf *buf, double value);

/* `digits` (0..30) decimals of the number that buf_real would write, half away from zero: 1.005
 * gives 1.01; '.'; -0 is 0. For coordinates and CSV. */
void
buf_fixed(struct buf *buf, double value, int digits);

/* The same of value x 10^power, without the error of a multiplication: 0.285 by 2 is 28.5. */
void
buf_scaled(struct buf *buf, double value, int power, int digits);

void
buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct text
buf_as_text(const struct buf *buf);

#endif
