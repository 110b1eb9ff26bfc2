#include "decode.h"

#include <string.h>

enum { CHUNK = 4096 };

/* Bytes on the way to the buf, and how far the block is read. */
struct step {
    struct decode *decode;
    struct buf *out;
    const unsigned char *bytes;
    size_t length, at;
    bool last;
    size_t filled;
    char chunk[CHUNK];
};

static void
flush(struct step *step)
{
    buf_add(step->out, step->chunk, step->filled);
    step->filled = 0;
}

static void
put_character(struct step *step, uint32_t c)
{
    if (step->filled > CHUNK - DECODE_LONGEST)
        flush(step);
    char *to = step->chunk + step->filled;
    if (c < 0x80) {
        to[0] = (char)c;
        step->filled += 1;
    } else if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        step->filled += 2;
    } else if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        step->filled += 3;
    } else {
        to[0] = (char)(0xF0 | c >> 18);
        to[1] = (char)(0x80 | (c >> 12 & 0x3F));
        to[2] = (char)(0x80 | (c >> 6 & 0x3F));
        to[3] = (char)(0x80 | (c & 0x3F));
        step->filled += 4;
    }
}

/* The next `size` bytes are no character. */
static void
put_fault(struct step *step, size_t size)
{
    struct decode *decode = step->decode;
    if (decode->faults++ == 0)
        decode->first_fault = decode->offset + step->at;
    put_character(step, 0xFFFD);
    step->at += size;
}

/* Length of the longest start of a character at `byte`, at least 1: what one U+FFFD stands for. */
static size_t
start_length(const unsigned char *byte, size_t length)
{
    unsigned char lead = byte[0], low = 0x80, high = 0xBF;
    size_t size = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : low;
    high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : high;
    if (size > 1 && length > 1 && (byte[1] < low || byte[1] > high))
        return 1;
    size_t good = 1;
    while (good < size && good < length && (byte[good] & 0xC0) == 0x80)
        good++;
    return good;
}

/* How many bytes a lead byte announces. */
static size_t
announced(unsigned char lead)
{
    return lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static void
step_utf8(struct step *step)
{
    while (step->at < step->length) {
        const unsigned char *from = step->bytes + step->at;
        size_t left = step->length - step->at, valid = text_valid_utf8((const char *)from, left);
        if (valid) {
            flush(step);
            buf_add(step->out, from, valid);
            step->at += valid;
            continue;
        }
        size_t good = start_length(from, left);
        if (good == left && good < announced(*from) && !step->last)
            return;
        put_fault(step, good);
    }
}

static uint32_t
unit_at(const unsigned char *bytes, bool big_endian)
{
    return big_endian ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

/* Four ASCII characters at once while there are such. */
static void
pack_ascii(struct step *step, bool big_endian)
{
    uint64_t mask = big_endian ? UINT64_C(0x80FF80FF80FF80FF) : UINT64_C(0xFF80FF80FF80FF80);
    for (; step->length - step->at >= 8; step->at += 8) {
        const unsigned char *from = step->bytes + step->at;
        uint64_t word = 0;
        for (int i = 0; i < 8; i++)
            word |= (uint64_t)from[i] << 8 * i;
        if (word & mask)
            return;
        if (step->filled > CHUNK - 4)
            flush(step);
        for (int i = 0; i < 4; i++)
            step->chunk[step->filled++] = (char)from[2 * i + big_endian];
    }
}

static void
step_utf16(struct step *step)
{
    bool big_endian = step->decode->big_endian;
    for (;;) {
        pack_ascii(step, big_endian);
        size_t left = step->length - step->at;
        if (left < 2)
            break;
        const unsigned char *from = step->bytes + step->at;
        uint32_t unit = unit_at(from, big_endian);
        if (unit < 0xD800 || unit > 0xDFFF) {
            put_character(step, unit);
            step->at += 2;
        } else if (unit > 0xDBFF) {
            put_fault(step, 2);
        } else if (left < 4) {
            break;
        } else {
            uint32_t trail = unit_at(from + 2, big_endian);
            if (trail < 0xDC00 || trail > 0xDFFF) {
                put_fault(step, 2);
                continue;
            }
            put_character(step, 0x10000 + ((unit - 0xD800) << 10) + (trail - 0xDC00));
            step->at += 4;
        }
    }
    if (step->last && step->at < step->length)
        put_fault(step, step->length - step->at);
}

static void
step_utf32(struct step *step)
{
    bool big_endian = step->decode->big_endian;
    for (; step->length - step->at >= 4;) {
        const unsigned char *b = step->bytes + step->at;
        uint32_t c = big_endian
                         ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                         : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
        if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
            put_fault(step, 4);
            continue;
        }
        put_character(step, c);
        step->at += 4;
    }
    if (step->last && step->at < step->length)
        put_fault(step, step->length - step->at);
}

/* Eight ASCII bytes at once while there are such: every listed encoding begins with ASCII. */
static void
copy_ascii(struct step *step)
{
    for (uint64_t eight; step->length - step->at >= 8; step->at += 8, step->filled += 8) {
        memcpy(&eight, step->bytes + step->at, 8);
        if (eight & UINT64_C(0x8080808080808080))
            return;
        if (step->filled > CHUNK - 8)
            flush(step);
        memcpy(step->chunk + step->filled, &eight, 8);
    }
}

static void
step_bytes(struct step *step)
{
    const struct decode_letter *letters = step->decode->letters;
    while (step->at < step->length) {
        if (step->bytes[step->at] < 0x80)
            copy_ascii(step);
        if (step->at == step->length)
            return;
        struct decode_letter letter = letters[step->bytes[step->at]];
        if (step->filled > CHUNK - DECODE_LONGEST)
            flush(step);
        if (letter.length == 0) {
            put_fault(step, 1);
            continue;
        }
        memcpy(step->chunk + step->filled, letter.bytes, sizeof letter.bytes);
        step->filled += letter.length;
        step->at++;
    }
}

size_t
decode_block(struct decode *decode, const char *bytes, size_t length, bool last, struct buf *out)
{
    static void (*const steps[])(struct step * step) = {
        [DECODE_UTF8] = step_utf8,
        [DECODE_UTF16] = step_utf16,
        [DECODE_UTF32] = step_utf32,
        [DECODE_BYTES] = step_bytes,
    };
    struct step step; /* not initialised as a whole: the chunk is large */
    step.decode = decode;
    step.out = out;
    step.bytes = (const unsigned char *)bytes;
    step.length = length;
    step.at = step.filled = 0;
    step.last = last;
    steps[decode->form](&step);
    flush(&step);
    decode->offset += step.at;
    return step.at;
}
