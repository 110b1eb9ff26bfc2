/* 8 bytes a step in plain 64-bit arithmetic, for any processor. */
#include "scan.h"

#include <string.h>

#define SCAN_TARGET
#define SCAN_INLINE static inline __attribute__((always_inline))

struct lanes {
    uint64_t word[8];
};

SCAN_INLINE struct lanes
lanes_load(const char *bytes)
{
    struct lanes lanes;
    memcpy(lanes.word, bytes, sizeof lanes.word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (int i = 0; i < 8; i++)
        lanes.word[i] = __builtin_bswap64(lanes.word[i]);
#endif
    return lanes;
}

/* One bit for each byte: the high bits of the bytes, gathered by a multiplication. */
SCAN_INLINE uint64_t
gather(uint64_t high)
{
    return ((high >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

SCAN_INLINE uint64_t
lanes_equal(const struct lanes *lanes, char c)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t mask = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t x = lanes->word[i] ^ (ones * (unsigned char)c);
        mask |= gather(~(((x & low) + low) | x | low)) << (8 * i); /* exact: no carry runs over */
    }
    return mask;
}

SCAN_INLINE bool
lanes_high(const struct lanes *lanes)
{
    uint64_t any = 0;
    for (int i = 0; i < 8; i++)
        any |= lanes->word[i];
    return (any & UINT64_C(0x8080808080808080)) != 0;
}

SCAN_INLINE uint64_t
mask_prefix_xor(uint64_t mask)
{
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

SCAN_INLINE uint32_t
mask_count(uint64_t mask)
{
    mask -= (mask >> 1) & UINT64_C(0x5555555555555555);
    mask = (mask & UINT64_C(0x3333333333333333)) + ((mask >> 2) & UINT64_C(0x3333333333333333));
    mask = (mask + (mask >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((mask * UINT64_C(0x0101010101010101)) >> 56);
}

/* The lowest set bit; any number when there is none. */
SCAN_INLINE uint32_t
mask_first(uint64_t mask)
{
    return (uint32_t)__builtin_ctzll(mask | UINT64_C(1) << 63);
}

#include "scan_body.h"

const struct scan_kernel scan_portable = {"portable", cut, split, ascii};
