#include "buf.h"

#include "memory.h"
#include "real.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and the NUL behind them. */
static char *
reserve(struct buf *buf, size_t more)
{
    size_t need;
    if (__builtin_add_overflow(buf->length, more, &need) || need == SIZE_MAX)
        memory_exhausted(SIZE_MAX);
    if (need + 1 > buf->capacity)
        memory_grow(&buf->bytes, &buf->capacity, need + 1, 1);
    return buf->bytes + buf->length;
}

static void
advance(struct buf *buf, size_t more)
{
    buf->length += more;
    buf->bytes[buf->length] = '\0';
}

void
buf_free(struct buf *buf)
{
    free(buf->bytes);
    *buf = (struct buf){NULL, 0, 0};
}

void
buf_clear(struct buf *buf)
{
    buf->length = 0;
    if (buf->bytes)
        buf->bytes[0] = '\0';
}

struct text
buf_slice(const struct buf *buf, size_t start, size_t length)
{
    if (length == 0) /* perhaps of a buffer that has no bytes yet */
        return TEXT("");
    return (struct text){buf->bytes + start, (uint32_t)length};
}

void
buf_add_growing(struct buf *buf, const void *bytes, size_t length)
{
    char *room = reserve(buf, length);
    if (length)
        memcpy(room, bytes, length);
    advance(buf, length);
}

static void
add_zeros(struct buf *buf, size_t count)
{
    memset(reserve(buf, count), '0', count);
    advance(buf, count);
}

void
buf_int(struct buf *buf, int64_t value)
{
    char digits[20], *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (; rest > UINT32_MAX; rest /= 10)
        *--at = (char)('0' + rest % 10);
    uint32_t small = (uint32_t)rest; /* divided in less time */
    do
        *--at = (char)('0' + small % 10);
    while (small /= 10);
    if (value < 0)
        *--at = '-';
    buf_add(buf, at, (size_t)(digits + sizeof digits - at));
}

/* Digits with the point where it belongs, zeros filled in on either side. */
static void
add_positional(struct buf *buf, const struct real *real)
{
    size_t count = (size_t)real->count;
    if (real->point <= 0) {
        buf_add(buf, "0.", 2);
        add_zeros(buf, (size_t)-real->point);
        buf_add(buf, real->digit, count);
    } else if (real->point >= real->count) {
        buf_add(buf, real->digit, count);
        add_zeros(buf, (size_t)real->point - count);
    } else {
        size_t point = (size_t)real->point;
        buf_add(buf, real->digit, point);
        buf_char(buf, '.');
        buf_add(buf, real->digit + point, count - point);
    }
}

void
buf_real(struct buf *buf, double value)
{
    assert(isfinite(value));
    if (value == 0) {
        buf_char(buf, '0');
        return;
    }
    struct real real = real_digits(value);
    if (value < 0)
        buf_char(buf, '-');
    if (real.point > -7 && real.point <= 21) {
        add_positional(buf, &real);
        return;
    }
    buf_char(buf, real.digit[0]);
    if (real.count > 1) {
        buf_char(buf, '.');
        buf_add(buf, real.digit + 1, (size_t)real.count - 1);
    }
    buf_char(buf, 'e');
    buf_int(buf, real.point - 1);
}

static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

enum { MOST_TENS = sizeof tens / sizeof *tens - 1, MOST_FAST_DIGITS = 6 };

/* Whole units of the last decimal where plain doubles decide it safely: far from a tie. */
static bool
round_fast(double value, int power, int digits, int64_t *units)
{
    int shift = power + digits;
    if (digits > MOST_FAST_DIGITS || shift > MOST_TENS || shift < -MOST_TENS)
        return false;
    double scaled = shift < 0 ? value / tens[-shift] : value * tens[shift];
    if (fabs(scaled) > 1e12)
        return false;
    double whole = floor(scaled), part = scaled - whole;
    if (fabs(part - 0.5) < 1e-3)
        return false;
    *units = (int64_t)whole + (part > 0.5);
    return true;
}

static void
add_units(struct buf *buf, int64_t units, int digits)
{
    int64_t ten = (int64_t)tens[digits], part = llabs(units % ten);
    if (units < 0)
        buf_char(buf, '-');
    buf_int(buf, llabs(units / ten));
    if (digits == 0)
        return;
    buf_char(buf, '.');
    for (ten /= 10; ten > 0; ten /= 10)
        buf_char(buf, (char)('0' + part / ten % 10));
}

void
buf_scaled(struct buf *buf, double value, int power, int digits)
{
    int64_t units;
    assert(isfinite(value) && digits >= 0 && digits <= 30);
    if (round_fast(value, power, digits, &units)) {
        add_units(buf, units, digits);
        return;
    }
    struct real real = real_rounded(value, power, digits);
    if (real.count == 0) { /* rounded to zero */
        buf_char(buf, '0');
        real.point = 1;
    } else {
        if (value < 0)
            buf_char(buf, '-');
        add_positional(buf, &real);
    }
    int decimals = real.count > real.point ? real.count - real.point : 0;
    if (digits > 0 && decimals == 0)
        buf_char(buf, '.');
    add_zeros(buf, (size_t)(digits - decimals));
}

void
buf_fixed(struct buf *buf, double value, int digits)
{
    buf_scaled(buf, value, 0, digits);
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    size_t room = buf->capacity - buf->length; /* most often enough */
    va_start(arguments, format);
    int length = vsnprintf(room ? buf->bytes + buf->length : NULL, room, format, arguments);
    va_end(arguments);
    if (length < 0)
        memory_exhausted(SIZE_MAX);
    if ((size_t)length >= room) {
        char *more = reserve(buf, (size_t)length);
        va_start(arguments, format);
        vsnprintf(more, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    buf->length += (size_t)length;
}

struct text
buf_as_text(const struct buf *buf)
{
    if (buf->length > UINT32_MAX)
        memory_exhausted(buf->length);
    return (struct text){buf->bytes, (uint32_t)buf->length};
}
