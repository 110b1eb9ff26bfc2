/* hash: bytes to 64 bits, the same on every run of one byte order; nothing that is written depends
 * on it.
 *
 * Multiply and fold, 16 bytes a step (after wyhash by Wang Yi, with its inputs kept in the fold so
 * that no input can erase what came before it). Here as a whole, for it is part of inner loops. */
#ifndef SEFPACK_BASE_HASH_H
#define SEFPACK_BASE_HASH_H

#include "text.h"

#include <stddef.h>

static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t
hash_load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Up to eight bytes as one number, without a loop: overlapping loads. */
static inline uint64_t
hash_load_short(const char *bytes, size_t length)
{
    uint32_t first, last;
    if (length >= 4) {
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + length - sizeof last, sizeof last);
        return first | (uint64_t)last << 32;
    }
    if (length == 0)
        return 0;
    return (uint64_t)(unsigned char)bytes[0] | (uint64_t)(unsigned char)bytes[length / 2] << 8 |
           (uint64_t)(unsigned char)bytes[length - 1] << 16;
}

static inline uint64_t
hash_text(struct text text)
{
    const uint64_t k0 = 0xA0761D6478BD642Fu, k1 = 0xE7037ED1A0B428DBu, k2 = 0x8EBC6AF09C88C6E3u;
    const char *at = text.bytes;
    size_t rest = text.length;
    uint64_t state = k0 ^ rest, a, b;
    for (; rest > 16; rest -= 16, at += 16) {
        a = hash_load(at);
        b = hash_load(at + 8);
        state = hash_mix(a ^ k1, b ^ state) ^ a ^ (b << 32 | b >> 32);
    }
    if (rest > 8) {
        a = hash_load(at);
        b = hash_load(at + rest - 8);
    } else {
        a = hash_load_short(at, rest);
        b = 0;
    }
    state = hash_mix(a ^ k1, b ^ state) ^ a ^ (b << 32 | b >> 32);
    return hash_mix(state ^ k2, state ^ k0 ^ text.length);
}

#endif
