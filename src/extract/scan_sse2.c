/* 16 bytes a step with what every x86-64 has. */
#ifdef __x86_64__
#include "scan.h"

#include <emmintrin.h>

#define SCAN_TARGET
#define SCAN_INLINE static inline __attribute__((always_inline))

struct lanes {
    __m128i quarter[4];
};

SCAN_INLINE struct lanes
lanes_load(const char *bytes)
{
    struct lanes lanes;
    for (int i = 0; i < 4; i++)
        lanes.quarter[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + (size_t)i * 16));
    return lanes;
}

SCAN_INLINE uint64_t
lanes_equal(const struct lanes *lanes, char c)
{
    __m128i wanted = _mm_set1_epi8(c);
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) {
        int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(lanes->quarter[i], wanted));
        mask |= (uint64_t)(uint32_t)bits << (16 * i);
    }
    return mask;
}

SCAN_INLINE bool
lanes_high(const struct lanes *lanes)
{
    __m128i any = _mm_or_si128(_mm_or_si128(lanes->quarter[0], lanes->quarter[1]),
                               _mm_or_si128(lanes->quarter[2], lanes->quarter[3]));
    return _mm_movemask_epi8(any) != 0;
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

const struct scan_kernel scan_sse2 = {"sse2", cut, split, ascii};
#else
typedef int scan_sse2_is_for_x86;
#endif
